"""Editing leads: real service, real app, read through AT-SPI; what is done arrives at the service."""

import json
import os
import subprocess
import tempfile
import unittest

from app_kit import App, focus_window, takes, wait_until
from harness import Service


class EditsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.service = Service().start()
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Landing page")
        answer = cls.service.post(webhook["path"], {
            "firstname": "Ada", "lastname": "Lovelace", "phone": "+491711234500", "email": "ada@example.org", "product": "Solar"})
        assert answer.status == 200
        cls.lead_id = json.loads(answer.body)["lead_id"]
        cls.token = cls.service.create_token("demo")
        token_file = os.path.join(cls.folder.name, "token")
        with open(token_file, "w") as file:
            file.write(cls.token + "\n")
        cls.app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", token_file, LC_ALL="C.UTF-8")
        cls.app.wait_for("table row", "Ada Lovelace, New, Solar, Landing page")
        cls.app.focus()
        cls.app.key("k", "Return")
        cls.app.wait_for("push button", "Stage: New")

    @classmethod
    def tearDownClass(cls):
        cls.app.stop()
        cls.service.stop()
        cls.service.remove()
        cls.folder.cleanup()

    def read(self):
        return json.loads(self.service.get(f"/api/inbound-leads/{self.lead_id}?workspace_id=demo", self.token).body)

    def wait_field(self, name, value):
        wait_until(lambda: self.read()["lead"][name] == value, f"{name} {value}")

    def write(self, text):
        subprocess.run(["xdotool", "type", "--delay", "40", text], check=True)

    def test_1_stage(self):
        """e, a stage, Enter: shown at once, sent, taken back by u."""
        self.app.key("e")
        self.app.wait_for("list item", "Contacted")
        self.app.key("Down", "Return")
        self.app.wait_for("push button", "Stage: Contacted")
        self.wait_field("stage", "contacted")
        self.app.key("u")
        self.app.wait_for("push button", "Stage: New")
        self.wait_field("stage", "new")

    def test_2_field(self):
        """A value is edited in its place, and refused with a reason when it is none."""
        self.app.click(self.app.wait_for("push button", "Mail: ada@example.org, edit"))
        self.app.wait_for("text", "Mail")
        self.app.key("ctrl+a")
        self.write("nobody")
        self.app.key("Return")
        self.app.wait_for("label", "Write a mail address such as name@example.org.")
        self.app.key("ctrl+a")
        self.write("countess@example.org")
        self.app.key("Return")
        self.app.wait_for("push button", "Mail: countess@example.org, edit")
        wait_until(lambda: self.read()["lead"]["contact"]["email"] == "countess@example.org", "the mail address")

    @takes("win.write-note", "n")
    def test_3_note(self):
        """n, a text, Ctrl+Enter: in the timeline here and there."""
        self.app.key("Escape")
        self.app.wait_gone("push button", "Stage: New")
        self.app.key("Return")
        self.app.wait_for("push button", "Stage: New")
        self.app.key("n")
        self.app.wait_for("push button", "Save")
        self.write("Call on Monday")
        self.app.key("ctrl+Return")
        self.app.wait_for("label", "Call on Monday")
        wait_until(lambda: any(a["description"] == "Call on Monday" for a in self.read()["activities"]), "the note")

    def test_4_create(self):
        """Ctrl+N: a person and a lead by hand; a known number is told."""
        main = self.app.root
        self.app.key("ctrl+n")
        wait_until(lambda: main.parent.childCount > 1, "the dialog")
        self.app.root = [window for window in main.parent if window != main][0]
        self.app.wait_for("push button", "Create")
        found = subprocess.run(["xdotool", "search", "--sync", "--name", "^New Lead$"], capture_output=True, text=True, check=True)
        focus_window(found.stdout.split()[0])
        self.write("Grace")
        self.app.key("Tab")
        self.write("Hopper")
        self.app.key("Return")
        self.app.root = main
        self.app.wait_for("table row", starts="Grace Hopper, New")
        wait_until(lambda: self.service.count("leads") == 2, "the new lead")

    def test_5_offline(self):
        """What is done without a connection waits, and arrives."""
        self.app.focus()
        self.app.wait_for("push button", "Stage: New")
        self.service.options = ["--listen", f"127.0.0.1:{self.service.port}"]
        self.service.stop()
        self.app.wait_for("push button", starts="Connection: Offline")
        self.app.key("e")
        self.app.wait_for("list item", "Qualified")
        self.app.key("Down", "Down", "Return")
        self.app.wait_for("push button", "Stage: Qualified")
        self.app.wait_for("push button", "Connection: Offline · 1 change waiting")
        self.service.start()
        self.app.key("F5")
        wait_until(lambda: self.service.count("leads", where="stage = 'qualified'") == 1, "the stage")

    def test_6_conflict(self):
        """What somebody else changed meanwhile is shown beside the user's own, who decides."""
        self.app.wait_for("push button", starts="Connection: Live")
        self.service.stop()
        self.app.wait_for("push button", starts="Connection: Offline")
        self.app.key("e")
        self.app.wait_for("list item", "Won")
        self.app.key("Down", "Down", "Return")
        self.app.wait_for("push button", "Stage: Won")
        known = self.service.options
        self.service.options = []
        self.service.start()
        leads = json.loads(self.service.get("/api/inbound-leads?workspace_id=demo", self.token).body)["leads"]
        type(self).lead_id = next(lead["id"] for lead in leads if lead["contact"]["lastname"] == "Hopper")
        answer = self.service.request("PATCH", f"/api/inbound-leads/{self.lead_id}?workspace_id=demo", b'{"stage":"proposal"}',
                                      Authorization=f"Bearer {self.token}", Content_Type="application/json")
        self.assertEqual(answer.status, 200, answer.body)
        self.service.stop()
        self.service.options = known
        self.service.start()
        self.app.key("F5")
        self.app.click(self.app.wait_for("push button", starts="Stage: keep mine"))
        self.app.wait_gone("push button", starts="Stage: keep mine")
        self.wait_field("stage", "won")

    @takes("detail.delete-lead")
    def test_7_delete(self):
        """A lead is deleted from its menu, and brought back by Ctrl+Z."""
        self.app.click(self.app.wait_for("push button", "More about this lead")[0])
        self.app.wait_for("menu item", "Delete Lead")
        self.app.key("Down", "Down", "Return")
        self.app.wait_for("label", "No Longer Here")
        wait_until(lambda: self.service.count("leads", where="deleted_at IS NOT NULL") == 1, "the deletion")
        self.app.key("ctrl+z")
        self.app.wait_for("push button", "Stage: Won")
        wait_until(lambda: self.service.count("leads", where="deleted_at IS NULL") == 2, "the way back")


if __name__ == "__main__":
    unittest.main()
