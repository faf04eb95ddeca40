"""Changes that the service has not got: asked about before the workspace is removed, kept or salvaged, and sent later."""

import glob
import json
import os
import tempfile
import unittest

from app_kit import App, wait_until
from dialog_kit import Dialog, find_anywhere, wait_anywhere
from harness import Service


class UnsentTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Landing page")
        answer = cls.service.post(webhook["path"], {"firstname": "Ana", "phone": "+491711234501", "product": "Solar",
                                                    "lead_status": "new"})
        cls.lead = json.loads(answer.body)["lead_id"]
        cls.token_file = os.path.join(cls.folder, "token")
        with open(cls.token_file, "w") as file:
            file.write(cls.service.create_token("demo", role="manager") + "\n")
        cls.service.options = ["--listen", f"127.0.0.1:{cls.service.port}"]

    def start(self):
        type(self).app = App("--server", self.service.url, "--workspace", "demo", "--token-file", self.token_file, "--data-dir",
                             os.path.join(self.folder, "data"))

    def stop(self):
        self.app.stop()
        errors = [line for line in self.app.errors if ("CRITICAL" in line or "ERROR" in line) and "dbind" not in line]
        self.assertEqual(errors, [])

    def edit(self, stage, *keys):
        """A change without the service."""
        self.app.focus()
        self.app.key("k", "Return")
        self.app.wait_for("push button", starts="Stage: ")
        self.service.stop()
        self.app.wait_for("push button", starts="Connection: Offline")
        self.app.focus()
        self.app.key("e")
        self.app.wait_for("list item", stage)
        self.app.key(*keys, "Return")
        self.app.wait_for("push button", "Connection: Offline · 1 change waiting")

    def wait_stage(self, stage):
        self.service.start()
        self.app.focus()
        self.app.key("F5")
        wait_until(lambda: self.service.count("leads", where=f"stage = '{stage}'") == 1, f"the stage {stage}")

    def ask_for_removal(self):
        self.app.focus()
        self.app.click(self.app.wait_for("push button", "Workspace: demo")[0])
        self.app.click(wait_anywhere(self.app, name="Remove From This Computer…"))

    def find_files(self, pattern):
        return glob.glob(os.path.join(self.folder, "data", "*", pattern))

    def test_1_damaged(self):
        """What could be read of a damaged file is sent, and the user is told what and where."""
        self.start()
        self.app.wait_for("table row", starts="Ana")
        self.edit("Contacted", "Down")
        self.stop()
        path, = self.find_files("outbox.db")
        with open(path, "r+b") as file:
            file.seek(100)
            file.write(b"\xff" * 8)
        self.start()
        wait_anywhere(self.app, "label", "Some Changes May Be Lost")
        text = wait_anywhere(self.app, "label", starts="Changes that the service had not got yet").name
        self.assertIn("1 of them could be read and will be sent.", text)
        self.assertIn(os.path.dirname(path), text)
        self.assertEqual(len(self.find_files("outbox.db.damaged-*")), 1)
        self.app.click(find_anywhere(self.app, "push button", ends="Close"))
        wait_until(lambda: find_anywhere(self.app, "label", "Some Changes May Be Lost") is None, "the dialog to go")
        self.app.wait_for("table row", starts="Ana, Contacted")
        self.wait_stage("contacted")

    def test_2_removed(self):
        """Removing the workspace says what would be lost; what is kept is sent when it is opened again."""
        self.app.wait_for("push button", "Connection: Live")
        self.edit("Qualified", "Down")
        with Dialog(self.app, self.ask_for_removal) as dialog:
            wait_anywhere(self.app, "label", starts="Its copy and its token are deleted here. The service keeps every lead.\n\n1 change of yours")
            dialog.key("Escape")
        self.app.wait_for("push button", "Connection: Offline · 1 change waiting")
        with Dialog(self.app, self.ask_for_removal):
            self.app.click(wait_anywhere(self.app, "push button", ends="Remove, Keep Changes"))
        wait_until(lambda: self.find_files("replica.db") == [], "the copy to go")
        self.assertEqual(len(self.find_files("outbox.db")), 1)
        self.stop()
        self.start()
        self.app.wait_for("push button", starts="Connection: Offline")
        self.wait_stage("qualified")
        self.app.wait_for("table row", starts="Ana, Qualified")
        with Dialog(self.app, self.ask_for_removal):
            wait_anywhere(self.app, "label", "Its copy and its token are deleted here. The service keeps every lead.")
            self.app.click(wait_anywhere(self.app, "push button", ends="Remove"))
        wait_until(lambda: self.find_files("*.db") == [], "everything to go")
        self.stop()


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
