"""Changing many leads at once from the selection bar, by key and by menu: real service, real app, read through AT-SPI."""

import os
import tempfile
import unittest

from app_kit import App, takes, wait_until
from harness import Service

LEADS = 12


class BulkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.service = Service().start()
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Landing page")
        cls.webhook = webhook["path"]
        for number in range(LEADS):
            answer = cls.service.post(webhook["path"], {
                "firstname": "Lead", "lastname": f"{number:02}", "phone": f"+4917112345{number:02}", "product": "Solar"})
            assert answer.status == 200
        cls.app = cls.start("manager")

    @classmethod
    def start(cls, role):
        token_file = os.path.join(cls.folder.name, role)
        with open(token_file, "w") as file:
            file.write(cls.service.create_token("demo", role=role) + "\n")
        app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", token_file, LC_ALL="C.UTF-8")
        app.wait_for("table row", starts=f"Lead {LEADS - 1:02}, ")
        app.focus()
        return app

    @classmethod
    def tearDownClass(cls):
        if cls.app is not None:
            cls.app.stop()
        cls.service.stop()
        cls.service.remove()
        cls.folder.cleanup()

    def count(self, where):
        return self.service.count("leads", where=f"deleted_at IS NULL AND ({where})")

    def wait_count(self, number, where):
        wait_until(lambda: self.count(where) == number, f"{number} leads with {where}")

    def select_all(self):
        self.app.key("k", "ctrl+a")
        self.app.wait_for("label", f"{LEADS} selected")

    def press(self, name):
        button = self.app.wait_for("push button", name)
        wait_until(lambda: button.queryAction().nActions > 0, f"“{name}” to be offered")
        self.app.click(button)

    def undo(self, label):
        self.app.key("ctrl+z")
        self.app.wait_for("label", f"Undone: {label}")

    @takes("table.edit::stage", "ctrl+a", "ctrl+z")
    def test_1_stage(self):
        """All get another stage at once, and one Ctrl+Z takes all of it back."""
        self.select_all()
        self.app.key("e")
        self.app.wait_for("list item", "Qualified")
        self.app.key("Down", "Down", "Return")
        self.app.wait_for("label", f"Stage of {LEADS} leads changed")
        self.app.wait_for("table row", starts="Lead 03, Qualified")
        self.wait_count(LEADS, "stage = 'qualified'")
        self.undo(f"Stage of {LEADS} leads changed")
        self.app.wait_for("table row", starts="Lead 03, New")
        self.wait_count(LEADS, "stage = 'new'")

    @takes("table.edit::owner")
    def test_2_assign(self):
        """Assigned to oneself from the bar."""
        self.select_all()
        self.press("Assign")
        self.app.wait_for("list item", "Me")
        self.app.key("Home", "Return")
        self.app.wait_for("label", f"{LEADS} leads assigned")
        self.wait_count(LEADS, "assigned_to IS NOT NULL")
        self.undo(f"{LEADS} leads assigned")
        self.wait_count(LEADS, "assigned_to IS NULL")

    @takes("table.edit::tag")
    def test_3_tag(self):
        """A tag is typed; then it is known, and can be taken away."""
        self.select_all()
        self.press("Tag")
        self.app.wait_for("push button", "Add")
        self.app.key("f", "a", "i", "r", "Return")
        self.app.wait_for("label", f"Tags of {LEADS} leads changed")
        self.wait_count(LEADS, "tags @> '[\"fair\"]'")
        self.press("Tag")
        self.press("Remove Tag “fair”")
        self.wait_count(0, "tags @> '[\"fair\"]'")
        self.app.key("ctrl+z")
        self.wait_count(LEADS, "tags @> '[\"fair\"]'")

    @takes("table.edit::follow-up")
    def test_4_follow_up(self):
        """A time to come back to all of them."""
        self.select_all()
        self.press("Follow-Up")
        self.press("Tomorrow")
        self.app.wait_for("label", f"Follow-up of {LEADS} leads changed")
        self.wait_count(LEADS, "next_follow_up_at > now()")
        self.undo(f"Follow-up of {LEADS} leads changed")
        self.wait_count(LEADS, "next_follow_up_at IS NULL")

    @takes("table.delete")
    def test_5_delete(self):
        """All are gone, and all are back."""
        self.select_all()
        self.press("Delete")
        self.app.wait_for("label", f"{LEADS} leads deleted")
        self.wait_count(0, "true")
        self.undo(f"{LEADS} leads deleted")
        self.wait_count(LEADS, "true")
        self.app.wait_for("table row", starts="Lead 03, ")

    @takes("table.edit::temperature")
    def test_4_temperature(self):
        """How warm all of them are, and back."""
        self.select_all()
        self.press("Temperature")
        self.app.wait_for("list item", "Hot")
        self.app.key("Home", "Return")
        self.app.wait_for("label", f"Temperature of {LEADS} leads changed")
        self.wait_count(LEADS, "temperature = 'hot'")
        self.undo(f"Temperature of {LEADS} leads changed")
        self.wait_count(0, "temperature = 'hot'")

    @takes("win.edit-stage", "e", "u", "F2", "Delete")
    def test_6_one(self):
        """Without a selection it is the current lead; what it has is marked."""
        self.app.key("k", "e")
        self.app.wait_for("list item", "Contacted")
        self.app.key("Down", "Return")
        self.app.wait_for("label", "Stage of 1 lead changed")
        self.wait_count(1, "stage = 'contacted'")
        self.app.key("u")
        self.wait_count(0, "stage = 'contacted'")
        self.app.key("F2")
        self.app.wait_for("list item", "Contacted")
        self.app.key("Escape")
        self.app.wait_gone("list item", "Contacted")
        self.app.key("Delete")
        self.wait_count(LEADS - 1, "true")
        self.app.key("u")
        self.wait_count(LEADS, "true")

    def test_7_agent(self):
        """An agent changes one lead, not many; the reason is told."""
        self.app.stop()
        type(self).app = None
        type(self).app = self.start("agent")
        self.select_all()
        self.app.wait_for("push button", "Stage")
        button = self.app.wait_for("push button", "Assign")
        wait_until(lambda: button.description == "Only managers can change several leads at once", "the reason")
        self.app.key("e")
        self.app.wait_for("label", "Only managers can change several leads at once")
        self.assertIsNone(self.app.find("list item", "Qualified"))
        self.press("Clear Selection")
        self.app.wait_gone("label", f"{LEADS} selected")
        self.app.key("k", "e")
        self.app.wait_for("list item", "Contacted")
        self.app.key("Down", "Return")
        self.wait_count(1, "stage = 'contacted'")

    def test_8_viewer(self):
        """A viewer changes nothing."""
        self.app.stop()
        type(self).app = None
        type(self).app = self.start("viewer")
        self.app.key("k", "e")
        self.app.wait_for("label", "Viewers can only read; agents can edit")
        self.app.key("k", "Delete")
        self.assertEqual(self.count("true"), LEADS)
        self.app.key("space")
        button = self.app.wait_for("push button", "Assign")
        wait_until(lambda: button.description == "Viewers can only read; agents can edit", "the reason")


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
