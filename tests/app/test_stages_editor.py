"""The pipeline's editor: renaming, ordering, adding and removing stages; what others did meanwhile; offline; by role."""

import json
import os
import tempfile
import unittest

import pyatspi

from app_kit import App, wait_until
from dialog_kit import Dialog, find_anywhere, wait_anywhere
from harness import Service


class StagesEditorTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Landing page")
        assert cls.service.post(webhook["path"], {"firstname": "Ana", "phone": "+491711234501", "product": "Solar",
                                                  "lead_status": "proposal"}).status == 200
        cls.token = cls.service.create_token("demo", role="manager")
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

    def stages(self):
        return self.service.get("/api/stages", self.token).json()

    def keys(self):
        return [stage["key"] for stage in self.stages()["stages"]]

    def names(self):
        return [stage["name"] for stage in self.stages()["stages"]]

    def put_others(self, key, **change):
        """What another manager does meanwhile."""
        current = self.stages()
        for stage in current["stages"]:
            if stage["key"] == key:
                stage.update(change)
        answer = self.service.request("PUT", "/api/stages",
                                      json.dumps({"change_seq": current["change_seq"], "stages": current["stages"]}).encode(),
                                      Authorization=f"Bearer {self.token}", Content_Type="application/json")
        self.assertEqual(answer.status, 200, answer.body)

    def open(self):
        def choose():
            self.app.focus()
            self.app.key("F10")
            self.app.click(wait_anywhere(self.app, name="Pipeline Stages…"))
        return Dialog(self.app, choose)

    def press(self, name):
        wait_until(lambda: self.is_sensitive(name), f"“{name}” to be possible")
        self.app.click(find_anywhere(self.app, "push button", ends=name))

    def until(self, act, condition):
        """A window that has just got the keyboard may miss the first keys."""
        wait_until(lambda: act() or condition(), "a key to be heard", pause=0.2)

    def test_1_order(self):
        """One place up, and back by keyboard; saved with one button."""
        with self.open():
            self.press("Move “Qualified” up")
            self.press("Save")
        self.assertEqual(self.keys(), ["new", "qualified", "contacted", "proposal", "won", "lost"])
        with self.open() as dialog:
            self.press("Move “Qualified” down")     # the keyboard is on the row then
            self.until(lambda: dialog.key("alt+Down"), lambda: not self.is_sensitive("Move “Qualified” down"))
            self.until(lambda: dialog.key("alt+Up"), lambda: not self.is_sensitive("Move “Qualified” up"))
            dialog.key("alt+Down", "alt+Down")
            dialog.key("ctrl+s")
        self.assertEqual(self.keys(), ["new", "contacted", "qualified", "proposal", "won", "lost"])

    def test_2_add(self):
        """A new stage is named where it is added; two of one name, or none, are not saved."""
        with self.open() as dialog:
            self.press("Add Stage")
            wait_anywhere(self.app, "label", starts="Each stage needs a name")
            self.until(lambda: dialog.type("Proposal"), lambda: find_anywhere(self.app, "label", "Two stages are called “Proposal”"))
            self.assertFalse(self.is_sensitive("Save"))
            self.until(lambda: dialog.type("Called back"), lambda: self.is_sensitive("Save"))
            self.press("Save")
        self.assertEqual(self.keys(), ["new", "contacted", "qualified", "proposal", "called_back", "won", "lost"])
        self.assertEqual(self.names()[4], "Called back")

    def is_sensitive(self, name):
        return find_anywhere(self.app, "push button", ends=name).getState().contains(pyatspi.STATE_SENSITIVE)

    def test_2_discard(self):
        """What is not saved is asked about before it is lost."""
        with self.open() as dialog:
            self.press("Move “Called back” up")
            wait_until(lambda: self.is_sensitive("Save"), "a change")
            dialog.key("Escape")
            wait_anywhere(self.app, "label", "Discard the Changes?")
            self.press("Back")
            wait_until(lambda: find_anywhere(self.app, "label", "Discard the Changes?") is None, "the question to go")
            self.until(lambda: dialog.key("Escape"), lambda: find_anywhere(self.app, "label", "Discard the Changes?"))
            self.press("Discard")
        self.assertEqual(self.keys(), ["new", "contacted", "qualified", "proposal", "called_back", "won", "lost"])

    def test_3_meanwhile(self):
        """What somebody else saved is not overwritten: it is said, and shown."""
        with self.open():
            self.press("Move “Called back” up")
            wait_until(lambda: self.is_sensitive("Save"), "a change")
            self.put_others("contacted", name="Spoken to")
            wait_anywhere(self.app, "label", starts="Somebody else has changed the stages")
            self.assertFalse(self.is_sensitive("Save"))
            self.press("Show Their List")
            wait_anywhere(self.app, "push button", "Move “Spoken to” up")
            self.press("Move “Called back” up")
            self.press("Save")
        self.assertEqual(self.names(), ["New", "Spoken to", "Qualified", "Called back", "Proposal", "Won", "Lost"])

    def test_4_offline(self):
        """Without the service nothing can be saved, and it says why."""
        with self.open():
            self.press("Move “Called back” up")
            wait_until(lambda: self.is_sensitive("Save"), "a change")
            self.service.stop()
            wait_anywhere(self.app, "label", "Stages can only be changed while the service is there")
            self.assertFalse(self.is_sensitive("Save"))
            self.service.options = ["--listen", f"127.0.0.1:{self.service.port}"]
            self.service.start()
            wait_until(lambda: self.is_sensitive("Save"), "the service again", patience=60)
            self.press("Save")
        self.assertEqual(self.names()[2], "Called back")


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
