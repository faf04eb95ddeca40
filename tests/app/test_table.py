"""Selecting and exporting rows by keyboard and button: real service, real app, read through AT-SPI."""

import os
import subprocess
import tempfile
import unittest

import pyatspi

from app_kit import App, focus_window, takes, wait_until
from harness import Service

LEADS = 12


class TableTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.service = Service().start()
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Landing page")
        cls.webhook = webhook["path"]
        for number in range(LEADS):
            answer = cls.service.post(webhook["path"], {
                "firstname": "Lead", "lastname": f"{number:02}", "phone": f"+4917112345{number:02}", "product": "=Solar"})
            assert answer.status == 200
        cls.token_file = os.path.join(cls.folder.name, "token")
        with open(cls.token_file, "w") as file:
            file.write(cls.service.create_token("demo") + "\n")
        cls.start_app()

    @classmethod
    def start_app(cls, **environment):
        cls.app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", cls.token_file, LC_ALL="C.UTF-8",
                      **environment)
        cls.app.wait_for("table row", f"Lead {LEADS - 1:02}, New, =Solar, Landing page")
        cls.app.focus()

    @classmethod
    def tearDownClass(cls):
        cls.app.stop()
        cls.service.stop()
        cls.service.remove()
        cls.folder.cleanup()

    def find_checked(self):
        rows = self.app.wait_for("list", "GtkColumnListView")
        boxes = [box for row in rows for cell in row for box in cell if box.getRoleName() == "check box"]
        return [box.name for box in boxes if box.getState().contains(pyatspi.STATE_CHECKED)]

    @takes("space", "table.clear-selection")
    def test_1_one(self):
        """Space checks the current lead; the bar tells of it."""
        self.app.key("k")
        self.app.key("space")
        self.app.wait_for("label", "1 selected")
        self.assertEqual(self.find_checked(), [f"Lead {LEADS - 1:02}"])
        self.app.click(self.app.wait_for("push button", "Clear Selection"))
        self.app.wait_gone("label", "1 selected")
        self.assertEqual(self.find_checked(), [])

    def test_2_all(self):
        """Ctrl+A selects all that match; one can be left out again."""
        self.app.key("k")
        self.app.key("ctrl+a")
        self.app.wait_for("label", f"{LEADS} selected")
        self.app.key("space")
        self.app.wait_for("label", f"{LEADS - 1} selected")
        self.assertEqual(len(self.find_checked()), LEADS - 1)

    @takes("table.copy-rows", "ctrl+c", "c")
    def test_3_copy(self):
        """What is copied is said: of the selection, of a row, a phone number, and that there is none."""
        self.app.key("ctrl+c")
        self.app.wait_for("label", f"{LEADS - 1} rows copied")
        self.app.click(self.app.wait_for("push button", "Clear Selection"))
        self.app.key(*["k"] * LEADS, "ctrl+c")
        self.app.wait_for("label", "Row copied")
        self.app.key("c")
        self.app.wait_for("label", "Phone number copied")
        answer = self.service.post(self.webhook, {"firstname": "Without", "lastname": "Phone", "email": "without@example.org",
                                                  "product": "Solar"})
        self.assertEqual(answer.status, 200)
        self.app.wait_for("table row", starts="Without Phone")
        self.app.key("k", "k", "c")
        self.app.wait_for("label", "There is no phone number to copy")

    @takes("table.export-selection")
    def test_4_export(self):
        """The selection as a file: chosen in the dialog, without the lead that was left out, safe to open."""
        # The file dialog leaks in a library without frame pointers: only whole stacks, which are slow, tell its leaks from ours.
        self.app.stop()
        self.start_app(ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":fast_unwind_on_malloc=0")
        self.app.key("ctrl+a")
        self.app.wait_for("label", f"{LEADS + 1} selected")
        self.app.key("space")   # the current one is the newest
        self.app.wait_for("label", f"{LEADS} selected")
        path = os.path.join(self.folder.name, "saved.csv")
        before = self.app.window_id()
        self.app.click(self.app.wait_for("push button", "Export…"))
        dialog = wait_until(lambda: next((window for window in self.windows() if window != before), None), "the file dialog")
        focus_window(dialog)
        subprocess.run(["xdotool", "key", "--clearmodifiers", "ctrl+a"], check=True)
        subprocess.run(["xdotool", "type", "--clearmodifiers", path], check=True)
        self.app.key("Return")
        wait_until(lambda: os.path.exists(path), "the file")
        with open(path, encoding="utf-8-sig", newline="") as file:
            lines = file.read().split("\r\n")
        self.assertEqual(len(lines), LEADS + 2)   # titles, one less than all, and the end of the last line
        self.assertTrue(lines[0].startswith('"Name","Phone",'), lines[0])
        self.assertTrue(lines[1].startswith(f'"Lead {LEADS - 1:02}","\'+49 '), lines[1])
        self.assertIn('"\'=Solar"', lines[1])
        self.app.wait_for("label", f"{LEADS} rows exported")

    def windows(self):
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.app.process.pid)], capture_output=True,
                              text=True).stdout.split()


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
