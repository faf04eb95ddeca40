"""Team and members: inviting, roles, teams, tokens; what is refused is said before it is tried."""

import json
import os
import re
import tempfile
import unittest

import pyatspi

from app_kit import App, takes, wait_until
from dialog_kit import Dialog, wait_anywhere
from harness import Service


class TeamTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Landing page")
        for name, mail, role in (("Ann Adler", "ann@sales.example", "owner"), ("Bo Berg", "bo@sales.example", "agent")):
            cls.service.run("user", "create", "--workspace", "demo", "--name", name, "--email", mail, "--role", role)
        cls.token = cls.service.create_token("demo", role="owner", user="ann@sales.example", name="Desk")
        answer = cls.service.post(webhook["path"], {"firstname": "Ana", "phone": "+491711234501", "product": "Solar",
                                                    "lead_status": "new"})
        cls.lead = json.loads(answer.body)["lead_id"]
        token_file = os.path.join(cls.folder, "token")
        with open(token_file, "w") as file:
            file.write(cls.token + "\n")
        cls.app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", token_file)
        cls.addClassCleanup(cls.check_errors)
        cls.addClassCleanup(cls.app.stop)
        cls.app.wait_for("table row", starts="Ana")

    @classmethod
    def check_errors(cls):
        errors = [line for line in cls.app.errors if ("CRITICAL" in line or "ERROR" in line) and "dbind" not in line]
        if errors:
            raise AssertionError("".join(errors))

    # The API, as somebody else uses it

    def call(self, method, path, body=None, token=None):
        fields = {"Content_Type": "application/json"} if body is not None else {}
        return self.service.request(method, path, json.dumps(body).encode() if body is not None else b"",
                                    Authorization=f"Bearer {token or self.token}", **fields)

    def get(self, path, name):
        answer = self.call("GET", path)
        self.assertEqual(answer.status, 200, answer.body)
        return json.loads(answer.body)[name]

    def member(self, name):
        return next((user for user in self.get("/api/users", "users") if user["name"] == name), None)

    def new_token(self, name):
        answer = self.call("POST", "/api/tokens", {"user_id": self.member("Bo Berg")["user_id"], "name": name})
        self.assertEqual(answer.status, 201, answer.body)
        return json.loads(answer.body)["token"]

    # The window

    def open(self):
        def choose():
            self.app.focus()
            self.app.key("F10")
            self.app.click(wait_anywhere(self.app, name="Team and Members…"))
        dialog = Dialog(self.app, choose)
        return dialog

    def find(self, role=None, name=None, starts=None, ends=None):
        """In the windows above the app's own, whose table would take long to look through."""
        main = self.app.root
        try:
            for window in reversed(list(main.getApplication())):
                self.app.root = window
                found = self.app.find(role, name, starts, ends) if window != main else None
                if found is not None:
                    return found
        finally:
            self.app.root = main
        return None

    def wait_for(self, role=None, name=None, starts=None, ends=None):
        return wait_until(lambda: self.find(role, name, starts, ends), f"{role or 'anything'} “{name or starts or ends}”")

    def is_sensitive(self, name, role="push button"):
        return self.find(role, ends=name).getState().contains(pyatspi.STATE_SENSITIVE)

    def press(self, name):
        wait_until(lambda: self.is_sensitive(name), f"“{name}” to be possible")
        self.app.click(self.find("push button", ends=name))

    def sub(self, name):
        """A window above the window."""
        return Dialog(self.app, lambda: self.press(name))

    def label(self, **how):
        return self.wait_for("label", **how)

    def is_focused(self, role, name):
        node = self.find(role, name)
        return node is not None and node.getState().contains(pyatspi.STATE_FOCUSED)

    def enter(self, dialog, name):
        """Opens a page and puts the keyboard into its first field."""
        self.press(name)
        wait_until(lambda: self.is_focused("push button", "Back"), "the page")
        wait_until(lambda: dialog.key("Tab") or not self.is_focused("push button", "Back"), "the first field", pause=0.2)

    def choose(self, dialog, row, *keys):
        """In a list of the page, by keyboard."""
        wait_until(lambda: self.is_focused("combo box", row) or dialog.key("Tab"), f"the keyboard to get to “{row}”", pause=0.2)
        dialog.key("space")
        wait_until(lambda: not self.is_focused("combo box", row), "the list to open")
        self.app.key(*keys, "Return")

    def texts(self, pattern):
        """Of all labels of the windows above, what matches."""
        found = []

        def look(node):
            if node is None or not node.getState().contains(pyatspi.STATE_VISIBLE):
                return
            if node.getRoleName() == "label":
                found.extend(re.findall(pattern, node.name))
            for i in range(min(node.childCount, 60)):
                look(node[i])
        application = self.app.root.getApplication()
        for i in range(application.childCount):
            if application[i] != self.app.root:
                look(application[i])
        return found

    def write(self, dialog, text, condition):
        """A window that has just got the keyboard may miss the first keys; what an entry row holds is not told."""
        wait_until(lambda: dialog.type(text) or dialog.key("Return") or condition(), f"“{text}” to be kept", pause=0.3)

    @takes("win.team")
    def test_1_invite(self):
        """Somebody is invited; the token that is shown lets them in, and is asked about before it is lost."""
        with self.open() as dialog:
            self.label(name="Ann Adler")
            with self.sub("Invite…") as form:
                form.type("Dana Dorn")
                form.key("Tab")
                form.type("bo@sales.example")
                self.label(starts="Somebody with this address is a member already")
                self.assertFalse(self.is_sensitive("Invite"))
                form.type("dana@sales.example")
                form.key("Return")
                self.label(name="Access for Dana Dorn")
                token, = self.texts(r"^inb_\S+$")
                self.assertTrue(any(t.endswith(token) for t in self.texts(r"^inbound-leads://\S+$")))
                self.label(starts="This address reaches the service only from this computer")
                answer = self.call("GET", "/api/me", token=token)
                self.assertEqual((answer.status, json.loads(answer.body)["user"]["name"]), (200, "Dana Dorn"))
                form.key("Escape")
                self.label(name="Close Without Copying?")
                self.press("Back")
                wait_until(lambda: self.find("label", "Close Without Copying?") is None, "the question to go")
                self.press("Copy the token")
                self.wait_for(name="The token is copied.")
                form.key("Escape")
            self.label(name="Dana Dorn")
            self.assertEqual(self.texts(r"^inb_\S+$"), [])
            dialog.key("Escape")
        # Pickers elsewhere know her at once.
        self.app.focus()
        self.app.key("k", "Return")
        self.app.wait_for("push button", "Stage: New")
        self.app.key("a")
        self.app.wait_for("list item", "Dana Dorn")
        self.app.key("Escape", "Escape")
        self.app.wait_gone("push button", "Stage: New")

    def test_2_role_and_team(self):
        """A new role counts for the tokens that there are; teams are made, renamed, joined."""
        token = self.new_token("Laptop")
        note = {"activity_type": "note", "title": "x", "description": "y"}
        self.assertEqual(self.call("POST", f"/api/inbound-leads/{self.lead}/activities", note, token).status, 201)
        with self.open() as dialog:
            with self.sub("Add Team…") as name:
                wait_until(lambda: name.type("North") or self.is_sensitive("Add"), "the name to be typed", pause=0.2)
                name.key("Return")
            self.enter(dialog, " North")
            self.write(dialog, "Far North", lambda: self.get("/api/teams", "teams")[0]["name"] == "Far North")
            dialog.key("Escape")

            self.press(" Bo Berg")
            self.label(name="Edits leads and writes to their timelines")
            self.choose(dialog, "Role", "Up")
            wait_until(lambda: self.member("Bo Berg")["role"] == "viewer", "the role")
            self.assertEqual(self.call("POST", f"/api/inbound-leads/{self.lead}/activities", note, token).status, 403)
            self.choose(dialog, "Team", "Down")
            wait_until(lambda: self.member("Bo Berg").get("team_id") == "north", "the team")
            # The list that was chosen from may still be closing, and take the key.
            wait_until(lambda: self.find("push button", "Back") is None or dialog.key("Escape"), "the page to be left", pause=2)
            wait_until(lambda: self.texts(r"Viewer · Far North\b"), "role and team in the list")
            dialog.key("Escape")

    def test_3_team_with_leads(self):
        """A team with leads cannot be deleted, and the page says why; without them it goes."""
        answer = self.call("PATCH", f"/api/inbound-leads/{self.lead}", {"team_id": "north"})
        self.assertEqual(answer.status, 200, answer.body)
        with self.open() as dialog:
            self.press(" Far North")
            self.label(starts="1 lead is of this team: give it to another team, or to none, first")
            self.assertFalse(self.is_sensitive("Delete…"))
            self.call("PATCH", f"/api/inbound-leads/{self.lead}", {"team_id": None})
            wait_until(lambda: self.is_sensitive("Delete…"), "the lead to be of no team")
            with self.sub("Delete…"):
                self.press("Delete")
            wait_until(lambda: self.get("/api/teams", "teams") == [], "the team to go")
            wait_until(lambda: self.find("push button", ends=" Far North") is None, "the page to be left")
            dialog.key("Escape")
        self.assertNotIn("team_id", self.member("Bo Berg"))

    def test_4_tokens(self):
        """A token with an end is made; revoking one tells who has it."""
        with self.open() as dialog:
            self.press(" Bo Berg")
            self.label(name="Laptop")
            with self.sub("New Token…") as form:
                form.type("Phone")
                self.choose(form, "Token Ends", "Down")
                self.press("Make")
                self.label(name="Access for Bo Berg")
                phone, = self.texts(r"^inb_\S+$")
                self.press("Copy Message to Send")
                self.wait_for(name="The message is copied.")
                self.press("Done")
            kept, = (token for token in self.get("/api/tokens", "tokens") if token["name"] == "Phone")
            self.assertIsNotNone(kept["expires_at"])
            socket = self.service.websocket(phone)
            socket.event()
            with self.sub("Revoke “Phone”…"):
                self.press("Revoke")
            self.assertEqual(socket.close_code(), 4401)
            socket.sock.close()
            self.assertEqual(self.call("GET", "/api/me", token=phone).status, 401)
            wait_until(lambda: self.find("label", "Phone") is None, "the token to go")
            dialog.key("Escape", "Escape")

    def test_5_last_owner(self):
        """The only person who is an owner can neither go nor be less, and it is said; a second one changes that at once. The service's own
        program, by which the app on its computer gets in, is an owner too and does not count."""
        with self.open() as dialog:
            self.press(" This computer")
            self.assertTrue(wait_until(lambda: self.is_sensitive("Remove…"), "a program that is not needed"))
            dialog.key("Escape")
            self.press(" Ann Adler")
            self.label(name="The only person who is an owner: make somebody else an owner first")
            self.assertFalse(self.is_sensitive("Remove…"))
            for method, body in (("DELETE", None), ("PATCH", {"role": "agent"})):
                answer = self.call(method, f"/api/users/{self.member('Ann Adler')['user_id']}", body)
                self.assertEqual(answer.status, 409)
            answer = self.call("PATCH", f"/api/users/{self.member('Dana Dorn')['user_id']}", {"role": "owner"})
            self.assertEqual(answer.status, 200)
            wait_until(lambda: self.is_sensitive("Remove…"), "the second owner to be known")
            self.call("PATCH", f"/api/users/{self.member('Dana Dorn')['user_id']}", {"role": "agent"})
            wait_until(lambda: not self.is_sensitive("Remove…"), "her to be the only one again")
            dialog.key("Escape", "Escape")

    def test_6_remove(self):
        """Who is removed is asked about, and stays by name."""
        self.call("PATCH", f"/api/inbound-leads/{self.lead}", {"assigned_to": self.member("Bo Berg")["user_id"]})
        with self.open() as dialog:
            self.press(" Bo Berg")
            self.label(starts="1 lead stays theirs, under their name")
            with self.sub("Remove…"):
                self.press("Remove")
            self.label(name="Former Members")
            self.assertIsNone(self.member("Bo Berg"))
            self.assertIsNotNone(self.find("push button", "Invite “Bo Berg” again…"))
            dialog.key("Escape")

    def test_7_again(self):
        """Who was a member is one again, with their leads; a token that nobody copied may be given up."""
        before = self.get("/api/users/former", "users")[0]["user_id"]
        with self.open() as dialog:
            self.label(name="Former Members")
            with self.sub("Invite “Bo Berg” again…") as form:
                wait_until(lambda: self.is_sensitive("Invite"), "name and address to be filled in")
                form.key("Return")
                self.label(name="Access for Bo Berg")
                self.press("Done")
                self.label(name="Close Without Copying?")
                self.press("Close")
            wait_until(lambda: self.find("label", "Former Members") is None, "nobody to be gone")
            self.assertEqual(self.member("Bo Berg")["user_id"], before)
            # Another person of the same name is somebody else, told apart by the address.
            with self.sub("Invite…") as form:
                form.type("Bo Berg")
                form.key("Tab")
                form.type("bo.berg@other.example")
                form.key("Return")
                self.label(name="Access for Bo Berg")
                self.press("Copy the link")
                self.press("Done")
            self.label(starts="bo.berg@other.example")
            self.label(starts="bo@sales.example")
            self.assertEqual([user["name"] for user in self.get("/api/users", "users")].count("Bo Berg"), 2)
            dialog.key("Escape")

    def test_8_meanwhile(self):
        """What another owner does shows at once, and does not take away what is being typed."""
        dana = f"/api/users/{self.member('Dana Dorn')['user_id']}"
        with self.open() as dialog:
            self.enter(dialog, " Dana Dorn")
            dialog.type("Dana D.")
            self.assertEqual(self.call("PATCH", dana, {"name": "Dana Dorn-Elm"}).status, 200)
            self.label(starts="Somebody else calls this member “Dana Dorn-Elm” now")
            dialog.key("Return")
            wait_until(lambda: self.member("Dana D.") is not None, "the typed name to be kept")
            self.assertEqual(self.call("PATCH", dana, {"role": "viewer"}).status, 200)
            self.label(name="Reads everything, changes nothing")
            # A page whose member is gone is left.
            self.assertEqual(self.call("DELETE", dana).status, 200)
            self.wait_for("push button", "Invite “Dana D.” again…")
            wait_until(lambda: self.find("push button", "Back") is None, "the page to be left")
            dialog.key("Escape")

    def test_9_last_seen(self):
        """A token that was used says when, on the member's page and in the list."""
        token = self.new_token("Tablet")
        with self.open() as dialog:
            self.press(" Bo Berg")
            self.label(name="Tablet")
            self.assertIsNone(self.find("label", starts="Agent · made just now · last used"))
            self.assertEqual(self.call("GET", "/api/me", token=token).status, 200)
            wait_until(lambda: any(kept["name"] == "Tablet" and kept["last_used_at"] for kept in self.get("/api/tokens", "tokens")), "the use")
            dialog.key("Escape", "Escape")
        with self.open() as dialog:
            self.wait_for("label", ends="last seen just now")
            dialog.key("Escape")

    def test_offline(self):
        """Without the service nothing can be changed, and it says why; with it everything can again."""
        reason = "Members and tokens can only be changed while the service is there"
        with self.open() as dialog:
            self.press(" Bo Berg")
            self.label(name="Tablet")
            self.service.stop()
            self.label(name=reason)
            for name in ("Remove…", "New Token…", "Revoke “Tablet”…"):
                self.assertFalse(self.is_sensitive(name), name)
            dialog.key("Escape")
            for name in ("Invite…", "Add Team…"):
                wait_until(lambda: not self.is_sensitive(name), f"“{name}” to be greyed")
            dialog.key("Escape")
        self.app.focus()
        self.app.key("F10")
        item = wait_anywhere(self.app, "menu item", "Team and Members…")
        self.assertFalse(item.getState().contains(pyatspi.STATE_SENSITIVE))
        self.app.wait_for("label", "Only while connected")
        self.app.key("Escape")
        self.app.wait_gone("menu item", "Preferences")
        self.service.options = ["--listen", f"127.0.0.1:{self.service.port}"]
        self.service.start()
        wait_until(lambda: self.app.find("push button", starts="Connection: Live"), "the service again", patience=60)
        with self.open() as dialog:
            wait_until(lambda: self.is_sensitive("Invite…"), "members to be invited again")
            self.assertIsNone(self.find("label", reason))
            dialog.key("Escape")


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
