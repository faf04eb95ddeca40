"""Saved views in the app: kept, applied, changed, shared, deleted and brought back; also without the service."""

import os
import tempfile
import unittest

from app_kit import App, takes, wait_until
from dialog_kit import Dialog, wait_anywhere
from harness import Service

LEADS = [("Ana", "new"), ("Ben", "new"), ("Cem", "qualified"), ("Dora", "won")]


class SavedViewsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Landing page")
        for number, (name, status) in enumerate(LEADS):
            assert cls.service.post(webhook["path"], {"firstname": name, "phone": f"+4917112345{number:02}", "product": "Solar",
                                                      "lead_status": status}).status == 200
        token_file = os.path.join(cls.folder, "token")
        with open(token_file, "w") as file:
            file.write(cls.service.create_token("demo", role="manager") + "\n")
        cls.app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", token_file)
        cls.addClassCleanup(cls.check_errors)
        cls.addClassCleanup(cls.app.stop)
        cls.app.wait_for("table row", starts="Dora")
        cls.app.focus()

    @classmethod
    def check_errors(cls):
        errors = [line for line in cls.app.errors if ("CRITICAL" in line or "ERROR" in line) and "dbind" not in line]
        if errors:
            raise AssertionError("".join(errors))

    def wait_for_rows(self, number):
        def count():
            rows = self.app.find("list", "GtkColumnListView")
            return rows.childCount if rows is not None else 0
        wait_until(lambda: count() == number, f"{number} rows")

    def search(self, text):
        self.app.focus()
        self.app.key("ctrl+f")
        self.app.key("ctrl+a", *text)

    def choose(self, label, starts="View"):
        """From the menu of the views."""
        self.app.focus()
        self.app.click(self.app.wait_for("push button", starts=starts)[0])
        item = wait_anywhere(self.app, name=label)
        self.app.click(item)

    def wait_stored(self, where, number=1):
        wait_until(lambda: self.service.count("views", where=where) == number, f"{number} views at the service where {where}")

    @takes("views.save-as")
    def test_1_save(self):
        """Filter and sorting under a name, by menu and keyboard; at the service at once."""
        self.search("ben")
        self.wait_for_rows(1)
        with Dialog(self.app, lambda: self.choose("Save View As…")) as dialog:
            dialog.type("Only Ben")
            dialog.key("Return")
        self.app.wait_for("push button", "View: Only Ben")
        self.wait_stored("name = 'Only Ben' AND NOT is_shared AND filter->>'text' = 'ben' AND sort = '-created'")

    @takes("views.update")
    def test_2_change(self):
        """What is changed since is marked and can be kept; another filter does not change the view by itself."""
        self.app.click(self.app.wait_for("push button", "Clear all"))
        self.wait_for_rows(4)
        self.app.wait_for("push button", "View: Only Ben, changed")
        self.search("ana")
        self.wait_for_rows(1)
        self.choose("Save Changes")
        self.app.wait_for("push button", "View: Only Ben")
        self.wait_stored("filter->>'text' = 'ana'")

    @takes("views.apply", "alt+1")
    def test_3_apply(self):
        """From the menu and by Alt with its number; all leads again as well."""
        self.choose("All Leads")
        self.wait_for_rows(4)
        self.app.wait_for("push button", "Views")
        self.app.focus()
        self.app.key("alt+1")
        self.wait_for_rows(1)
        self.app.wait_for("push button", "View: Only Ben")
        self.choose("All Leads")
        self.wait_for_rows(4)
        self.choose("Only Ben", starts="Views")
        self.wait_for_rows(1)

    @takes("views.edit")
    def test_4_rename(self):
        """Another name, and for all members."""
        with Dialog(self.app, lambda: self.choose("Rename or Share…")) as dialog:
            dialog.type("Only Ana")
            dialog.key("Tab", "Tab", "space")
            self.app.click(wait_anywhere(self.app, "push button", ends="Save"))
        self.app.wait_for("push button", "View: Only Ana")
        self.wait_stored("name = 'Only Ana' AND is_shared")

    @takes("views.delete")
    def test_5_delete(self):
        """Gone at once, and back by Ctrl+Z."""
        self.choose("Delete View")
        self.app.wait_for("label", "View “Only Ana” deleted")
        self.app.wait_for("push button", "Views")
        self.wait_stored("deleted_at IS NOT NULL")
        self.app.focus()
        self.app.key("Escape")
        self.app.click(self.app.wait_for("push button", "Clear all"))
        self.wait_for_rows(4)
        self.app.key("Escape", "k")
        self.app.key("ctrl+z")
        self.wait_stored("deleted_at IS NULL AND name = 'Only Ana'")
        self.choose("Only Ana", starts="Views")
        self.wait_for_rows(1)
        self.choose("All Leads")

    def test_6_offline(self):
        """Without the service a view is kept and used; it arrives once when the service is back."""
        self.service.stop()
        self.app.wait_for("label", starts="Offline.")
        self.search("cem")
        self.wait_for_rows(1)
        with Dialog(self.app, lambda: self.choose("Save View As…", starts="Views")) as dialog:
            dialog.type("Cem, offline")
            dialog.key("Return")
        self.app.wait_for("push button", "View: Cem, offline")
        self.choose("All Leads")
        self.wait_for_rows(4)
        self.app.key("alt+2")
        self.app.wait_for("push button", "View: Cem, offline")
        # Where it was.
        self.service.options = ["--listen", f"127.0.0.1:{self.service.port}"]
        self.service.start()
        self.app.focus()
        self.app.key("F5")
        self.wait_stored("name = 'Cem, offline'")


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
