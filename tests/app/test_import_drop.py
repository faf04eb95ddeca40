"""Files that are dropped on the window are imported; what cannot be is said. Columns that have no name can be imported as well."""

import csv
import os
import subprocess
import tempfile
import unittest

import app_kit
from app_kit import App, wait_until
from dialog_kit import Dialog, find_anywhere, find_matching, wait_anywhere, windows
from drag_source import DragSource
from harness import Service

app_kit.PATIENCE = max(app_kit.PATIENCE, 60)

HINT = "Drop a CSV file to import it"
MIDDLE = (500, 450)
OUTSIDE = (1275, 895)


class DropTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Fair")
        assert cls.service.post(webhook["path"], {"name": "Ana Sol", "email": "ana@example.com", "product": "Solar"}).status == 200
        cls.app = cls.start_app("manager")
        cls.addClassCleanup(lambda: cls.app.stop())
        cls.source = cls.enterClassContext(DragSource())
        cls.people = cls.write("people.csv", ["email", "city"], ["ada@example.com", "Bonn"])

    @classmethod
    def start_app(cls, role):
        path = os.path.join(cls.folder, "token")
        with open(path, "w") as file:
            file.write(cls.service.create_token("demo", role=role) + "\n")
        app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", path)
        app.wait_for("table row", starts="Ana")
        return app

    @classmethod
    def write(cls, name, *lines):
        path = os.path.join(cls.folder, name)
        with open(path, "w", newline="") as file:
            csv.writer(file).writerows(lines)
        return "file://" + path

    def hold(self, hint, *uris):
        self.source.hold(MIDDLE, *uris, until=lambda: find_anywhere(self.app, "label", hint))

    def drop(self, *uris):
        self.hold(HINT, *uris)
        self.source.let_go()
        wait_until(lambda: find_anywhere(self.app, "label", HINT) is None, "the hint to go")

    def open(self, *uris):
        return Dialog(self.app, lambda: self.drop(*uris))

    def press(self, name):
        def find():
            return find_matching(self.app, lambda item: item.role == "push button" and item.sensitive and item.name.endswith(name))
        self.app.click(wait_until(find, f"“{name}” to be possible"))

    def test_1_file(self):
        """It is read, and what its columns mean can be chosen at once."""
        with self.open(self.people) as dialog:
            wait_anywhere(self.app, name="people.csv")
            wait_anywhere(self.app, name="city becomes: City")
            # Another instead of it, on the dialog.
            other = self.write("other.csv", ["Telefon", "PLZ"], ["+4915112345678", "53111"])
            self.drop(other)
            wait_anywhere(self.app, name="other.csv")
            wait_anywhere(self.app, name="PLZ becomes: Postal code")
            dialog.key("Escape")

    def test_2_taken_away_again(self):
        """What was only held over the window leaves no trace."""
        self.hold(HINT, self.people)
        self.source.move(OUTSIDE)
        wait_until(lambda: find_anywhere(self.app, "label", HINT) is None, "the hint to go")
        self.source.let_go()
        self.assertEqual(len(windows(self.app)), 1)

    def test_3_several(self):
        self.drop(self.people, self.people)
        wait_anywhere(self.app, starts="These are several files")
        self.assertEqual(len(windows(self.app)), 1)

    def test_3_no_file(self):
        """A folder, a pipe, a page of the web."""
        pipe = os.path.join(self.folder, "pipe")
        os.mkfifo(pipe)
        for uri, problem in (("file://" + self.folder, "This is a folder"), ("file://" + pipe, "This is not a file that can be read"),
                             ("https://example.com/people.csv", "This is not on this computer"),
                             (self.people + "x", "Error when getting information for file")):
            with self.subTest(uri=uri), self.open(uri) as dialog:
                wait_anywhere(self.app, name="The File Cannot Be Read")
                wait_anywhere(self.app, starts=problem)
                dialog.key("Escape")

    def test_4_unnamed_columns(self):
        """Each has its own field, and is shown by its place."""
        file = self.write("unnamed.csv", ["email", "", "", ""], ["grace@example.com", "x", "Köln", "blue"])
        with self.open(file) as dialog:
            for column, field in ((3, "City"), (4, "Custom field")):
                self.app.click(wait_anywhere(self.app, name=f"Column {column}, unnamed becomes: Do not import"))
                wait_anywhere(self.app, "list item", "Do not import")
                subprocess.run(["xdotool", "type", "--clearmodifiers", field], check=True)
                dialog.app.key("Return")
                wait_anywhere(self.app, name=f"Column {column}, unnamed becomes: {field}")
            self.press("Check")
            self.press("Import")
            wait_anywhere(self.app, "push button", ends="Undo Import")
            self.press("Close")
        self.assertEqual(self.service.psql("SELECT city FROM contacts WHERE email = 'grace@example.com'", "demo"), [["Köln"]])
        self.assertEqual(self.service.psql("SELECT custom_fields FROM contacts WHERE email = 'grace@example.com'", "demo"),
                         [['{"_ (3)": "blue"}']])

    def test_5_role(self):
        """An agent is told why not, over the window already."""
        self.app.stop()
        type(self).app = self.start_app("agent")
        reason = "Only managers can import"
        self.hold(reason, self.people)
        self.source.move(OUTSIDE)
        wait_until(lambda: find_anywhere(self.app, "label", reason) is None, "the hint to go")
        self.source.move(MIDDLE)
        self.source.let_go()
        wait_anywhere(self.app, "label", reason)
        self.assertEqual(len(windows(self.app)), 1)

    def tearDown(self):
        errors = [line for line in self.app.errors if ("CRITICAL" in line or "ERROR" in line) and "dbind" not in line]
        self.assertEqual(errors, [])


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
