"""Importing files: mapping, trial, import, refused lines, undo, an export imported again, offline, and who may."""

import csv
import os
import subprocess
import tempfile
import unittest

import pyatspi

import app_kit
from api_kit import HEADS
from app_kit import App, focus_window, takes, wait_until
from dialog_kit import Dialog, find_anywhere, find_matching, wait_all, wait_anywhere, windows
from harness import Service

# Each look walks through a dialog of many rows; on a busy computer that takes its time.
app_kit.PATIENCE = max(app_kit.PATIENCE, 120)

# What an import that writes nothing may not change.
TABLES = ("contacts", "leads", "lead_activities", "mutations", HEADS, "lead_counts")


class ImportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo", region="DE")
        cls.webhook = cls.service.create_webhook("demo", "Landing page")
        cls.send(firstname="Ana", lastname="de la Cruz", phone="+491711234501", email="ana@example.com", product="=Solar, \"blue\"",
                 lead_status="proposal", estimated_value="1234.50", lead_score="82", utm_campaign="spring", company="ACME\nGmbH")
        cls.send(email="nameless@example.com", product="Wind", lead_status="won", conversion_value="99.90", estimated_value="12",
                 temperature="hot")
        cls.send(name="Jörg Groß", phone="0171 1234503", notes="-1", lead_source="Fair", shoe_size="42")
        cls.send(firstname="Without", lastname="Lead", phone="+491711234504", lead_source="Fair", company="=ACME")
        cls.send(name="Without Phone", email="without@example.com", city="Bonn")
        cls.token = cls.service.create_token("demo", role="manager")
        # The file dialog leaks in a library without frame pointers. Whole stacks, which would tell its leaks from ours, take minutes here;
        # test_table.py has them for the dialog's use.
        cls.app = cls.start_app(cls.token, ASAN_OPTIONS=os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0")
        cls.addClassCleanup(lambda: cls.app.stop())
        cls.app.wait_for("table row", starts="Ana")

    @classmethod
    def send(cls, **body):
        assert cls.service.post(cls.webhook["path"], body).status == 200

    @classmethod
    def start_app(cls, token, **environment):
        path = os.path.join(cls.folder, "token")
        with open(path, "w") as file:
            file.write(token + "\n")
        return App("--server", cls.service.url, "--workspace", "demo", "--token-file", path, **environment)

    def write(self, name, *lines):
        path = os.path.join(self.folder, name)
        with open(path, "w", newline="") as file:
            csv.writer(file).writerows(lines)
        return path

    def snapshot(self):
        return {table: self.service.psql(f"SELECT t::text FROM {table} AS t ORDER BY 1", "demo") for table in TABLES}

    def count(self, condition="TRUE"):
        return self.service.count("leads", where=f"deleted_at IS NULL AND {condition}")

    # The dialog

    def open(self):
        def choose():
            self.app.focus()
            self.app.key("ctrl+i")
        return Dialog(self.app, choose)

    def answer_file_dialog(self, opening, path, begin, prepare=None):
        """Types the path into the dialog that opens; what was there before is replaced."""
        before = set(windows(self.app))
        focused = subprocess.run(["xdotool", "getwindowfocus"], capture_output=True, text=True, check=True).stdout.strip()
        opening()
        window = wait_until(lambda: next(iter(set(windows(self.app)) - before), None), "the file dialog")
        focus_window(window)
        if prepare is not None:
            prepare()
        subprocess.run(["xdotool", "key", "--clearmodifiers", *begin], check=True)
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "1", path], check=True)
        # The first Return may go to what completes the path.
        wait_until(lambda: window not in windows(self.app) or self.app.key("Return"), "the file dialog to close", pause=0.5)
        focus_window(focused)

    def choose(self, path):
        self.answer_file_dialog(lambda: self.press("Choose File…"), path, ["ctrl+l", "ctrl+a"])
        wait_anywhere(self.app, "push button", ends="Check")

    def find(self, name, is_sensitive):
        # Buttons are read with their mnemonic, or with what they are labelled by.
        return find_matching(self.app, lambda item: item.role == "push button" and item.sensitive == is_sensitive and
                             (item.name.endswith(name) or item.name.startswith(name)))

    def press(self, name):
        self.app.click(wait_until(lambda: self.find(name, True), f"“{name}” to be possible"))

    def wait_figures(self, **figures):
        wait_all(self.app, "list item", [f"{count} {name.replace('_', ' ')}" for name, count in figures.items()])

    @takes("win.import")
    def test_1_happy_path(self):
        """From the menu: the mapping is guessed and corrected, tried, done; the leads are in the table."""
        path = self.write("people.csv", ["Vorname", "Nachname", "E-Mail", "Produkt", "Schuhe", "Ort der Messe"],
                          ["Ada", "Lovelace", "ada@example.com", "Solar", "38", "Bonn"], ["Grace", "Hopper", "grace@example.com", "Wind", "", ""],
                          ["Ana", "", "ana@example.com", "", "", ""])

        def from_menu():
            self.app.focus()
            self.app.key("F10")
            # The first item gets the keyboard when the menu is there.
            wait_until(lambda: wait_anywhere(self.app, "menu item", "New Lead…").getState().contains(pyatspi.STATE_FOCUSED), "the menu")
            self.app.click(wait_anywhere(self.app, "menu item", "Import CSV…"))
        before = self.snapshot()
        with Dialog(self.app, from_menu) as dialog:
            self.choose(path)
            for column, field in (("Vorname", "First name"), ("E-Mail", "Mail"), ("Produkt", "Product"), ("Schuhe", "Custom field")):
                wait_anywhere(self.app, name=f"{column} becomes: {field}")
            # By keyboard: the button has a list to search in.
            self.app.click(find_anywhere(self.app, name="Ort der Messe becomes: Custom field"))
            wait_anywhere(self.app, "list item", "Do not import")
            subprocess.run(["xdotool", "type", "--clearmodifiers", "City"], check=True)
            dialog.app.key("Return")
            wait_anywhere(self.app, name="Ort der Messe becomes: City")
            self.press("Check")
            self.wait_figures(New_contacts=2, New_leads=2, Changed_contacts=0, Say_nothing_new=1)
            self.assertEqual(before, self.snapshot())
            self.press("Import")
            wait_anywhere(self.app, "push button", ends="Undo Import")
            self.wait_figures(New_contacts=2, New_leads=2)
            self.press("Close")
        self.app.wait_for("table row", starts="Ada Lovelace")
        self.assertEqual(self.count("lead_source = 'Import' AND custom_fields ->> 'Schuhe' = '38'"), 1)
        self.assertEqual(self.service.psql("SELECT city FROM contacts WHERE firstname = 'Ada'", "demo"), [["Bonn"]])

    @takes("ctrl+i")
    def test_2_undo(self):
        """Ctrl+Z takes the whole import back; so does the button."""
        n_leads = self.count()
        self.app.focus()
        self.app.key("ctrl+z")
        wait_until(lambda: self.count() == n_leads - 2, "the undo")
        wait_until(lambda: self.app.find("table row", starts="Ada Lovelace") is None, "the lead to go")
        with self.open():
            self.choose(os.path.join(self.folder, "people.csv"))
            self.press("Check")
            self.wait_figures(New_leads=2)
            self.press("Import")
            self.press("Undo Import")
            wait_anywhere(self.app, name="The Import Was Undone")
            self.assertEqual(self.count(), n_leads - 2)
            self.press("Close")

    def test_3_refused(self):
        """Lines that cannot be taken are said before and after, and saved with the reason; corrected, they go in."""
        path = self.write("mixed.csv", ["email", "product", "lead_score", "owner"], ["good@example.com", "Solar", "5", ""],
                          ["", "Solar", "", ""], ["bad@example.com", "Solar", "", "Nobody At All"])
        report = os.path.join(self.folder, "report.csv")
        with self.open():
            self.choose(path)
            self.press("Check")
            self.wait_figures(New_leads=1, Refused=2)
            wait_anywhere(self.app, starts="Line 3: Neither a phone number nor a mail address")
            wait_anywhere(self.app, starts="Line 4: Nobody here is called “Nobody At All”")
            self.press("Import")
            wait_anywhere(self.app, "push button", ends="Undo Import")
            self.answer_file_dialog(lambda: self.press("Save the refused lines"), report, ["ctrl+a"])
            wait_until(lambda: os.path.exists(report), "the report")
            self.press("Close")
        with open(report, encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
        self.assertEqual(lines[0], ["Import: line", "Import: reason", "Import: what to do", "email", "product", "lead_score", "owner"])
        self.assertEqual([line[0] for line in lines[1:]], ["3", "4"])
        self.assertEqual(lines[2][3:], ["bad@example.com", "Solar", "", "Nobody At All"])
        lines[1][3], lines[2][6] = "mended@example.com", ""
        with open(report, "w", newline="") as file:
            csv.writer(file).writerows(lines)
        with self.open():
            self.choose(report)
            wait_anywhere(self.app, name="Import: reason becomes: Do not import")
            self.press("Check")
            self.wait_figures(New_leads=2)
            self.press("Import")
            wait_anywhere(self.app, "push button", ends="Undo Import")
            self.press("Close")

    def check_nothing(self, path):
        """The file says nothing that is not here already, and nothing is written."""
        before = self.snapshot()
        with self.open() as dialog:
            self.choose(path)
            self.press("Check")
            wait_anywhere(self.app, name="No line says anything that is not here already.")
            self.wait_figures(New_contacts=0, Changed_contacts=0, New_leads=0, Changed_leads=0)
            self.assertIsNone(find_anywhere(self.app, ends=" Refused"))
            self.assertTrue(self.find("Import", False))
            dialog.key("Escape")
        # The app offers nothing to write; the service, asked all the same, writes nothing either, but that it was asked.
        with open(path, "rb") as file:
            answer = self.service.post("/api/import?workspace_id=demo", file.read(), Authorization=f"Bearer {self.token}",
                                       Content_Type="text/csv")
        self.assertEqual(answer.status, 200)
        after = self.snapshot()
        before.pop("mutations"), after.pop("mutations")
        self.assertEqual(before, after)

    def choose_all_columns(self):
        """In the file dialog: the list beside “Columns”."""
        row = wait_anywhere(self.app, "label", "Columns").parent
        choice = next(child for child in row if child.getRoleName() == "combo box")
        self.app.click(choice[0])
        wait_anywhere(self.app, name="All")
        # Back to the file's name at last.
        subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "40", "Down", "Return", "alt+n"], check=True)

    def export(self, name, first, prepare=None):
        """All rows of the table, the first of which is awaited."""
        path = os.path.join(self.folder, name)
        self.app.wait_for("table row", starts=first)
        self.app.focus()
        self.app.key("Escape", "k", "ctrl+a")
        self.app.wait_for("label", ends=" selected")
        self.answer_file_dialog(lambda: self.app.click(self.app.wait_for("push button", "Export…")), path, ["ctrl+a"], prepare)
        wait_until(lambda: os.path.exists(path), "the file")
        self.app.click(self.app.wait_for("push button", "Clear Selection"))
        with open(path, encoding="utf-8-sig", newline="") as file:
            return path, list(csv.reader(file))

    def test_4_export_again(self):
        """What the app and the service export changes nothing when it is imported again."""
        path, lines = self.export("shown.csv", "Ana")
        self.assertEqual(lines[0][-1], "ID")
        self.assertEqual(len(lines), self.count() + 1)
        self.check_nothing(path)
        shown = len(lines[0])
        path, lines = self.export("all.csv", "Ana", self.choose_all_columns)
        self.assertGreater(len(lines[0]), shown)
        self.assertIn("First Response (seconds)", lines[0])
        self.check_nothing(path)
        answer = self.service.get("/api/inbound-leads/export.csv?workspace_id=demo", self.token)
        path = os.path.join(self.folder, "service.csv")
        with open(path, "wb") as file:
            file.write(answer.body)
        self.check_nothing(path)

    def test_4_export_contacts_again(self):
        """Contacts without a lead as well."""
        self.app.focus()
        self.app.key("ctrl+f")
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "1", "Without"], check=True)
        self.app.click(self.app.wait_for("push button", "Look Among Contacts Without a Lead"))
        path, lines = self.export("contacts.csv", "Without", self.choose_all_columns)
        self.assertEqual((lines[0][-1], len(lines)), ("Contact ID", 3))
        self.check_nothing(path)
        self.app.click(self.app.wait_for("push button", "Clear all"))

    def test_5_offline(self):
        """Without the service nothing is asked of it, what was chosen stays, and it goes on when the service is back."""
        with self.open() as dialog:
            self.choose(os.path.join(self.folder, "people.csv"))
            self.assertTrue(self.find("Check", True))
            self.service.stop()
            wait_anywhere(self.app, "label", starts="Importing needs the service")
            self.assertTrue(self.find("Check", False))
            self.service.options = ["--listen", f"127.0.0.1:{self.service.port}"]
            self.service.start()
            wait_until(lambda: self.find("Check", True), "the service again", patience=60)
            self.press("Check")
            self.wait_figures(New_leads=2)
            dialog.key("Escape")

    def test_6_role(self):
        """An agent is not offered it."""
        self.app.stop()
        type(self).app = self.start_app(self.service.create_token("demo", role="agent"))
        self.app.wait_for("table row", starts="Ana")
        self.app.focus()
        self.app.key("F10")
        wait_until(lambda: not wait_anywhere(self.app, name="Import CSV…").getState().contains(pyatspi.STATE_SENSITIVE), "no import")
        self.app.key("Escape", "ctrl+i")
        self.assertEqual(len(windows(self.app)), 1)

    def tearDown(self):
        errors = [line for line in self.app.errors if ("CRITICAL" in line or "ERROR" in line) and "dbind" not in line]
        self.assertEqual(errors, [])


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
