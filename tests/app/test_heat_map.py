"""The heat map with the keyboard alone, as a screen reader tells it, on a real service."""

import os
import tempfile
import unittest

import pyatspi

from app_kit import App, wait_until
from harness import Service

LEADS = [("Facebook Ads", "Solar", 5), ("Facebook Ads", "Battery", 2), ("Website", "Solar", 3), ("Website", "Wallbox", 1)]


class HeatMapTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.service = Service().start()
        cls.service.create_workspace("demo")
        cls.webhooks = {name: cls.service.create_webhook("demo", name)["path"] for name in ("Facebook Ads", "Website")}
        cls.number = 0
        for source, product, count in LEADS:
            for _ in range(count):
                cls.post(source, product)
        token_file = os.path.join(cls.folder.name, "token")
        with open(token_file, "w") as file:
            file.write(cls.service.create_token("demo") + "\n")
        cls.app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", token_file)

    @classmethod
    def tearDownClass(cls):
        cls.app.stop()
        cls.service.stop()
        cls.service.remove()
        cls.folder.cleanup()
        errors = [line for line in cls.app.errors if "CRITICAL" in line or "WARNING" in line or "ERROR" in line
                  if "dbind" not in line]
        if errors:
            raise AssertionError("".join(errors))

    @classmethod
    def post(cls, source, product):
        cls.number += 1
        answer = cls.service.post(cls.webhooks[source], {"firstname": "Lead", "lastname": str(cls.number), "product": product,
                                                         "email": f"lead{cls.number}@example.org"})
        assert answer.status == 200, answer.status

    def focused(self):
        """The name of the cell that has the focus, or None."""
        cell = self.app.find("table cell")
        return cell if cell is not None and cell.getState().contains(pyatspi.STATE_FOCUSED) else None

    def wait_focused(self, name):
        return wait_until(lambda: self.focused() if self.focused().name == name else None, f"the focus on “{name}”")

    def enter_map(self):
        self.app.key("ctrl+2")
        self.app.wait_for("table", "Leads by source and product")
        for _ in range(25):
            if self.focused() is not None:
                return
            self.app.key("Tab")
            try:
                wait_until(self.focused, "the focus", patience=0.4)
            except AssertionError:
                continue
        self.fail("Tab does not reach the map")

    def test_1_reads(self):
        """Every cell and every total speaks when the arrows reach it."""
        self.app.wait_for("table row", starts="Lead 11, New, Wallbox, Website")
        self.app.focus()
        self.app.key("ctrl+2")
        first = self.app.wait_for(name="Source × Product")
        wait_until(lambda: first.getState().contains(pyatspi.STATE_FOCUSED), "the focus on the first of the view")
        self.enter_map()
        cell = self.wait_focused("Facebook Ads, Solar: 5 leads")
        self.assertIn("45.5\u202f% of all shown", cell.description)
        self.assertIn("0.0\u202f% converted", cell.description)
        self.assertIn("No response yet", cell.description)
        self.assertIn("5 in the last 30 days, 0 in the 30 before", cell.description)
        self.app.key("Right")
        self.wait_focused("Facebook Ads, Battery: 2 leads")
        self.app.key("Down")
        self.wait_focused("Website, Battery: 0 leads")
        self.app.key("End")
        self.wait_focused("Website, all products: 4 leads")
        self.app.key("ctrl+End")
        self.wait_focused("All leads: 11 leads")
        table = self.app.wait_for("table", "Leads by source and product")
        self.assertIn("Most: Facebook Ads, Solar: 5 leads.", table.description)

    def test_2_arrival(self):
        """An arriving lead changes the cell that is being read."""
        self.app.key("ctrl+Home")
        self.wait_focused("Facebook Ads, Solar: 5 leads")
        self.post("Facebook Ads", "Solar")
        self.wait_focused("Facebook Ads, Solar: 6 leads")

    def test_3_filters(self):
        """Enter shows the cell's leads; the map is as it was when one comes back."""
        self.app.key("Down")
        self.wait_focused("Website, Solar: 3 leads")
        self.app.key("Return")
        self.app.wait_gone("table row", starts="Lead 11,")
        for number in (8, 9, 10):
            self.app.wait_for("table row", starts=f"Lead {number}, New, Solar, Website")
        self.assertIsNone(self.app.find("table row", starts="Lead 1,"))
        self.enter_map()
        self.wait_focused("Website, Solar: 3 leads")
        self.app.wait_for("label", "Website × Solar")

    def test_4_adds(self):
        """Shift+Enter takes another cell to those picked and stays."""
        self.app.key("Up")
        self.wait_focused("Facebook Ads, Solar: 6 leads")
        self.app.key("shift+Return")
        self.app.wait_for("label", "2 sources × Solar")
        self.assertIsNotNone(self.focused())

    def test_5_menu(self):
        """The menu key opens what can be done with the cell."""
        self.app.key("shift+F10")
        self.app.wait_for(name="Filter by Row")
        self.app.wait_for(name="Copy Number")
        self.app.key("Escape")
        self.app.wait_gone(name="Filter by Row")

    def test_6_table(self):
        """The same figures as a table of words."""
        self.app.click(self.app.wait_for(name="As Table"))
        row = self.app.wait_for("table row", "Facebook Ads, Solar: 6 leads")
        self.assertIn("% of all shown", row.description)
        self.app.wait_for("table row", "All leads: 12 leads")
        self.app.wait_for("table row", "Website, all products: 4 leads")

    def test_7_week(self):
        """The days of the week by their hours, and back."""
        self.app.click(self.app.wait_for(name="As Table"))
        self.app.wait_for("table", "Leads by source and product")
        self.app.click(self.app.wait_for(name="Weekday × Hour"))
        self.app.wait_for("table", "Leads by weekday and hour")
        self.app.click(self.app.wait_for(name="Source × Product"))
        self.app.wait_for("table", "Leads by source and product")


if __name__ == "__main__":
    unittest.main(verbosity=2)
