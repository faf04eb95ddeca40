"""What each role may do in the window: one table of actions, each with what is said where it is not offered. Real service, real app."""

import os
import tempfile
import unittest

import pyatspi

from app_kit import App, wait_until
from harness import Service

ROLES = ("viewer", "agent", "manager", "owner")
EDIT = ("agent", "Viewers can only read; agents can edit")
BULK = ("manager", "Only managers can change several leads at once")
EXPORT = ("manager", "Only managers can export")
IMPORT = ("manager", "Only managers can import")
MEMBERS = ("owner", "Only owners can change members")
STAGES = ("manager", "Only managers can change the stages")

# The reasons are the title of the menu's section, a line each.
MENU = {"New Lead…": EDIT, "Import CSV…": IMPORT, "Pipeline Stages…": STAGES, "Team and Members…": MEMBERS, "Connect To…": None,
        "Preferences": None}
ONE = {"Assign": EDIT, "Stage": EDIT, "Temperature": EDIT, "Tag": EDIT, "Follow-Up": EDIT, "Delete": EDIT, "Export…": EXPORT, "Copy": None}
MANY = {**ONE, **{name: BULK for name, rule in ONE.items() if rule == EDIT}}
# By the beginning of the name.
DETAIL = {"Stage: ": EDIT, "Owner: ": EDIT, "Follow-up: ": EDIT, "Temperature: ": EDIT, "Score: ": EDIT}
PALETTE = {"New lead": EDIT, "Change the stage": EDIT, "Assign to a member or a team": EDIT, "Add or remove a tag": EDIT, "Write a note": EDIT,
           "Delete the lead": EDIT, "Export all leads": EXPORT, "Edit the pipeline's stages": STAGES, "Import a CSV file": IMPORT,
           "Team and members": MEMBERS, "Show the trends": None}


def may(role, rule):
    return rule is None or ROLES.index(role) >= ROLES.index(rule[0])


def get_reason(role, rule):
    """A viewer is told of the first step that is missing."""
    return None if may(role, rule) else rule[1]


def read(root):
    """(role, name) → (offered, description) of what shows, the table's rows left out: all at one go, for one look at a time is slow."""
    found = {}
    queue = [root]
    while queue:
        node = queue.pop(0)
        if node is None or not node.getState().contains(pyatspi.STATE_VISIBLE) or node.getRoleName() == "tree table":
            continue
        found.setdefault((node.getRoleName(), node.name), (node.getState().contains(pyatspi.STATE_SENSITIVE), node.description))
        queue.extend(node[i] for i in range(min(node.childCount, 60)))
    return found


class RolesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.service = Service().start()
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Landing page")
        for name in ("Ann", "Berta"):
            answer = cls.service.post(webhook["path"], {"firstname": name, "email": f"{name[0].lower()}@example.org", "product": "Solar"})
            assert answer.status == 200

    @classmethod
    def tearDownClass(cls):
        cls.service.stop()
        cls.service.remove()
        cls.folder.cleanup()

    def start(self, role):
        token_file = os.path.join(self.folder.name, role)
        with open(token_file, "w") as file:
            file.write(self.service.create_token("demo", role=role) + "\n")
        app = App("--server", self.service.url, "--workspace", "demo", "--token-file", token_file, LC_ALL="C.UTF-8")
        self.addCleanup(lambda: app.process.poll() is not None or app.stop())
        app.wait_for("table row", starts="Berta, ")
        app.wait_for("push button", starts="Connection: Live")
        app.focus()
        return app

    def find_wrong(self, root, role, kind, table, described):
        """The first action that is not as the table says, or what it is like."""
        shown = read(root)
        for name, rule in table.items():
            offered, description = next((state for (a_kind, a_name), state in shown.items()
                                         if a_kind == kind and (a_name == name or name.endswith(": ") and a_name.startswith(name))), (None, None))
            if offered != may(role, rule):
                return f"“{name}” to be {'offered' if may(role, rule) else 'greyed'}"
            reason = get_reason(role, rule)
            if reason is not None and (description != reason if described else not any(kind == "label" and reason in name.split("\n") for kind, name in shown)):
                return f"“{name}” to say “{reason}”, not “{description}”"
        return None

    def check(self, root, role, kind, table, described=True):
        try:
            wait_until(lambda: self.find_wrong(root, role, kind, table, described) is None, "all")
        except AssertionError:
            self.fail(f"{role}: waited in vain for {self.find_wrong(root, role, kind, table, described)}")

    def walk(self, role):
        self.app = self.start(role)
        self.app.key("F10")
        self.check(self.app.root, role, "menu item", MENU, described=False)
        self.app.key("Escape")
        self.app.wait_gone("menu item", "Preferences")
        self.app.key("k", "ctrl+k")
        self.app.wait_for("list item", "Show the trends")
        self.check(self.app.root, role, "list item", PALETTE)
        self.app.key("Escape")
        self.app.wait_gone("list item", "Show the trends")
        self.app.key("k", "space")
        self.app.wait_for("label", "1 selected")
        bar = self.app.wait_for(name="Selection")
        self.check(bar, role, "push button", ONE)
        self.app.key("ctrl+a")
        self.app.wait_for("label", "2 selected")
        self.check(bar, role, "push button", MANY)
        self.app.key("Escape", "k", "Return")
        self.check(self.app.root, role, "push button", DETAIL)
        self.app.stop()

    def test_viewer(self):
        self.walk("viewer")

    def test_agent(self):
        self.walk("agent")

    def test_manager(self):
        self.walk("manager")

    def test_owner(self):
        self.walk("owner")


if __name__ == "__main__":
    unittest.main(verbosity=2)
