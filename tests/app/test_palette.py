"""The command palette by keyboard alone, and changing a lead in its cell: real service, real app, read through AT-SPI."""

import os
import subprocess
import tempfile
import unittest

import pyatspi

from app_kit import App, takes, wait_until
from dialog_kit import Dialog, wait_anywhere
from harness import Service


class PaletteTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.service = Service().start()
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Landing page")
        for number, name in enumerate(("Ann", "Berta", "Zoë")):
            answer = cls.service.post(webhook["path"], {"firstname": name, "email": f"{name[0].lower()}@example.org", "product": "Solar",
                                                        "phone": f"+49 171 123450{number}", "appointment_date": f"call of {name}"})
            assert answer.status == 200
        token_file = os.path.join(cls.folder.name, "token")
        with open(token_file, "w") as file:
            file.write(cls.service.create_token("demo") + "\n")
        cls.app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", token_file, LC_ALL="C.UTF-8")
        cls.app.wait_for("table row", starts="Zoë, ")
        cls.app.focus()

    @classmethod
    def tearDownClass(cls):
        cls.app.stop()
        cls.service.stop()
        cls.service.remove()
        cls.folder.cleanup()
        errors = [line for line in cls.app.errors if ("CRITICAL" in line or "WARNING" in line) and "dbind" not in line]
        if errors:
            raise AssertionError("".join(errors))

    def open(self):
        self.app.key("ctrl+k")
        self.app.wait_for("list item", "Show the trends")

    def write(self, text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "12", text], check=True)

    def leave(self):
        self.app.key("Escape")
        wait_until(lambda: self.app.find("list", "Commands and leads") is None, "the palette to close")

    def test_0_missing(self):
        """What is not to be had says why, and Enter does not take the next best for it."""
        self.open()
        for title, reason in (("Change the stage", "No lead is chosen"), ("Export the selection", "Nothing is selected"),
                              ("Clear all filters", "Nothing is filtered"), ("Undo the last change", "There is nothing to undo"),
                              ("Changes to settle", "There is nothing to settle"), ("Back to the table", "No lead is open"),
                              ("Delete the view", "No saved view of yours is shown"),
                              ("Copy the heat map as a table", "The heat map is not shown")):
            row = self.app.wait_for("list item", title)
            self.assertEqual(row.description, reason)
            self.assertFalse(row.getState().contains(pyatspi.STATE_SENSITIVE), title)
        for title in ("Import a CSV file", "Possible duplicates", "Team and members", "Export all leads", "Select all leads"):
            self.assertTrue(self.app.wait_for("list item", title).getState().contains(pyatspi.STATE_SENSITIVE), title)
        self.write("export the")
        self.app.wait_gone("list item", "Show the trends")
        self.app.wait_for("list item", "Export the selection")
        self.app.key("Return")
        self.assertIsNotNone(self.app.find("list item", "Export the selection"))
        self.leave()
        # The same with a selection.
        self.app.key("k", "space")
        self.app.wait_for("label", "1 selected")
        self.open()
        for title in ("Change the stage", "Export the selection", "Clear the selection", "Filter by the lead's source"):
            self.assertTrue(self.app.wait_for("list item", title).getState().contains(pyatspi.STATE_SENSITIVE), title)
        self.write("clear the sel")
        self.app.key("Return")
        self.app.wait_gone("label", "1 selected")

    @takes("ctrl+k")
    def test_1_command(self):
        """A view by some letters of its name; then it comes first."""
        self.open()
        self.app.key("h", "e", "a", "t", "Return")
        self.app.wait_gone("list item", "Show the heat map")
        wait_until(lambda: self.app.find("table row", starts="Zoë, ") is None, "another view than the table")
        self.open()
        commands = [row.name for row in self.app.find("list", "Commands and leads") if row.name]
        self.assertEqual(commands[0], "Show the heat map")
        self.app.key("Escape")
        self.app.wait_gone("list item", "Show the trends")

    def test_2_lead(self):
        """A lead is found without its accents, and opened."""
        self.open()
        self.app.key("z", "o", "e")
        self.app.wait_for("list item", "Zoë")
        self.app.key("Return")
        self.app.wait_for("label", starts="Appointment: call of Zoë")

    def test_4_phone(self):
        """A lead by its number, however it is written; who presses Enter before it is found gets it as well."""
        for typed, name in (("0171 / 123 45 01", "Berta"), ("+49 (171) 1234500", "Ann"), ("004917112345-02", "Zoë"), ("2345 01", "Berta")):
            self.app.key("Escape")
            self.open()
            self.write(typed)
            row = self.app.wait_for("list item", name)
            self.assertTrue(row.description.startswith("New · +49 171 12345"), row.description)
            self.app.key("Return")
            self.app.wait_for("label", starts=f"Appointment: call of {name}")
        self.app.key("Escape")
        self.open()
        subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "12", *"1234500", "Return"], check=True)
        self.app.wait_for("label", starts="Appointment: call of Ann")

    @takes("win.import", "win.duplicates", "win.team", "win.edit-stages", "app.preferences")
    def test_5_windows(self):
        """What opens a window of its own."""
        for typed, sign in (("import a", "Choose File…"), ("possible dup", None), ("team and", None), ("pipeline", None), ("preferences", None)):
            with Dialog(self.app, lambda: self.take(typed)) as dialog:
                if sign is not None:
                    wait_anywhere(self.app, name=sign)
                dialog.key("Escape")

    def take(self, typed):
        self.open()
        self.write(typed)
        self.app.wait_gone("list item", "Show the trends")
        self.app.key("Return")

    def test_3_edit(self):
        """A change by its name, of the current lead."""
        self.app.key("Escape")
        self.open()
        self.app.key("t", "e", "m", "p", "Return")
        self.app.wait_for("list item", "Hot")
        self.app.key("Home", "Return")
        wait_until(lambda: self.service.count("leads", where="temperature = 'hot'") == 1, "a hot lead")


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
