"""Each item of the menus of heat map and charts: real service, real app."""

import unittest

import pyatspi

from app_kit import takes, wait_until
from dialog_kit import find_anywhere
from menus_kit import LEADS, MenusTest


class ViewMenusTest(MenusTest):
    def cell_menu(self, *names):
        wait_until(lambda: self.app.key("shift+F10") or find_anywhere(self.app, name="Filter by Row"), "the menu of the cell", pause=0.5)
        self.take(*names)
        wait_until(lambda: find_anywhere(self.app, name="Filter by Row") is None, "the menu to close")

    def focused(self):
        cell = self.app.find("table cell")
        return cell if cell is not None and cell.getState().contains(pyatspi.STATE_FOCUSED) else None

    def enter_map(self):
        """By Tab; the first cell is the biggest."""
        self.app.key("ctrl+2")
        self.app.wait_for("table", "Leads by source and product")
        wait_until(lambda: self.focused() or self.app.key("Tab"), "a cell", pause=0.4)
        self.app.key("ctrl+Home")
        wait_until(lambda: self.focused().name == "Landing page, Solar: 3 leads", "the first cell")

    @takes("heat-map.copy-number", "heat-map.copy-table", "heat-map.copy-picture", "heat-map.export::csv", "heat-map.export::png",
           "heat-map.export::svg")
    def test_1_heat_map(self):
        """The whole map: copied, and saved in each format."""
        self.app.key("ctrl+2")
        self.menu("Copy and Export", "Copy Table")
        self.menu("Copy and Export", "Copy Picture")
        for kind, start in (("CSV", b"\xef\xbb\xbf"), ("PNG", b"\x89PNG"), ("SVG", b"<?xml")):
            saved = self.save(lambda: self.menu("Copy and Export", f"Export as {kind}…"), f"map.{kind.lower()}")
            self.assertTrue(saved.startswith(start), saved[:20])
        self.app.key("ctrl+1")
        self.enter_map()
        self.cell_menu("Copy Number")

    @takes("heat-map.show-leads", "heat-map.add", "heat-map.filter-row", "heat-map.filter-column")
    def test_2_cells(self):
        """One cell's leads, its row's, its column's; and one more cell."""
        everybody = [lead["firstname"] for lead in LEADS]
        self.app.key("ctrl+1")
        self.enter_map()
        for name, rows in (("Filter by Row", everybody), ("Filter by Column", ["Ana", "Carla", "Emil"]),
                           ("Show Leads", ["Ana", "Carla", "Emil"])):
            self.cell_menu(name)
            self.wait_rows(*rows)
            self.desk.press("Clear all")
            self.wait_rows(*everybody)
            self.enter_map()
        self.cell_menu("Add to Filter")
        self.app.wait_for("label", "Landing page × Solar")
        self.app.key("ctrl+1")
        self.desk.press("Clear all")

    @takes("chart.as-table", "chart.save-png", "chart.save-svg", "chart.save-csv", "chart.copy")
    def test_3_charts(self):
        """A chart as a table and back, as a file of each kind, on the clipboard."""
        self.app.key("ctrl+3")
        button = "Chart Menu"
        self.app.wait_for(None, button)
        for _ in range(2):
            self.menu(button, "As Table")
        for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<?xml"), ("CSV", b"\xef\xbb\xbf")):
            saved = self.save(lambda: self.menu(button, f"Save as {kind}…"), f"chart.{kind.lower()}")
            self.assertTrue(saved.startswith(start), saved[:20])
        self.menu(button, "Copy Picture")


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
