"""Each item of the menus of rows, table, details and workspace that no other journey takes; and what is saved of a selection."""

import unittest

from app_kit import takes, wait_until
from dialog_kit import find_anywhere, wait_anywhere
from menus_kit import LEADS, MenusTest


class ItemMenusTest(MenusTest):
    def row_menu(self, *names):
        """Of the current row, by its key."""
        self.app.key("Escape", "j", "k")
        wait_until(lambda: self.app.key("shift+F10") or find_anywhere(self.app, name="Copy Name"), "the menu of the row", pause=0.5)
        self.take(*names)
        wait_until(lambda: find_anywhere(self.app, name="Copy Name") is None, "the menu to close")

    @takes("table.copy", "table.copy-row", "shift+F10")
    def test_01_copy(self):
        self.app.key("k")
        self.row_menu("Copy Name")
        self.app.wait_for("label", starts="“")
        self.row_menu("Copy Mail")
        self.app.wait_for("label", "Mail address copied")
        self.row_menu("Copy Row as Text")
        self.app.wait_for("label", "Row copied")

    @takes("table.open", "detail.show-empty")
    def test_02_open(self):
        """The details, with the fields that are empty, and without."""
        self.row_menu("Open")
        pane = wait_until(lambda: self.desk.shows("push button", "Stage: New"), "the details")
        self.assertIsNotNone(pane)
        for shown in (True, False):
            self.menu("More about this lead", "Show Empty Fields")
            wait_until(lambda: (self.desk.shows(None, starts="Budget") is not None) == shown, f"empty fields {shown}")
        self.app.key("Escape")

    @takes("table.filter::source", "table.filter::product", "table.filter::stage", "win.clear-filter")
    def test_03_filter(self):
        """By each of the three; the first row is Emil with Solar. The palette clears them."""
        everybody = [lead["firstname"] for lead in LEADS]
        self.app.key("k", "k", "k", "k", "k")
        for name, rows in (("Filter by This Source", everybody), ("Filter by This Stage", everybody),
                           ("Filter by This Product", ["Ana", "Carla", "Emil"])):
            self.row_menu(name)
            self.wait_rows(*rows)
            self.app.wait_for("push button", "Clear all")
        self.app.key("ctrl+k")
        self.app.wait_for("list item", "Show the trends")
        self.desk.write("clear all")
        self.app.key("Return")
        self.wait_rows(*everybody)

    @takes("table.select-all", "table.export-selection", "table.clear-selection")
    def test_04_selection(self):
        """All of a filter but one, as a file: by the menu of the table."""
        self.app.key("Escape", "k", "k", "k", "k", "k")
        self.row_menu("Filter by This Product")
        self.wait_rows("Ana", "Carla", "Emil")
        self.menu("Columns and Export", "Select All")
        self.app.wait_for("label", "3 selected")
        self.app.key("k", "k", "k", "space")
        self.app.wait_for("label", "2 selected")
        text = self.save(lambda: self.menu("Columns and Export", "Export Selection…"), "some.csv").decode("utf-8-sig")
        self.assertEqual([line.split('"')[1] for line in text.splitlines()[1:]], ["Carla Silva", "Ana Silva"])
        self.menu("Columns and Export", "Clear Selection")
        self.app.wait_gone("label", "2 selected")
        self.desk.press("Clear all")
        self.wait_rows(*(lead["firstname"] for lead in LEADS))

    @takes("table.export-view")
    def test_05_export(self):
        text = self.save(lambda: self.menu("Columns and Export", "Export All…"), "all.csv").decode("utf-8-sig")
        self.assertEqual(len(text.splitlines()), len(LEADS) + 1)

    @takes("columns.company", "table.reset-columns")
    def test_06_columns(self):
        """One more, and as they were."""
        self.assertIsNone(self.app.find("column header", "Company"))
        self.menu("Columns and Export", "Columns", "Company")
        self.app.key("Escape")
        self.app.wait_for(None, "Company")
        self.menu("Columns and Export", "Columns", "Reset")
        self.app.key("Escape")
        self.app.wait_gone(None, "Company")

    @takes("app.remove-workspace")
    def test_07_remove(self):
        """Removing the workspace is asked about first."""
        self.app.key("ctrl+1")
        workspace = self.app.find(None, starts="Workspace: ").name
        self.menu(workspace, "Remove From This Computer…")
        wait_anywhere(self.app, starts="Remove “")
        self.app.key("Escape")


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
