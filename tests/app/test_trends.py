"""Key figures and trends, by click and by keyboard, in the real app on the real service."""

import os
import tempfile
import unittest

from app_kit import App, wait_until
from harness import Service


class TrendsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.service = Service().start()
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Landing page")
        for number, status in enumerate(["", "", "", "qualified", "converted"]):
            payload = {"firstname": "Lead", "lastname": f"Number {number}", "email": f"lead{number}@example.org",
                       "product": "Solar" if number % 2 == 0 else "Battery"}
            cls.service.post(webhook["path"], {**payload, "lead_status": status} if status else payload)
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
        errors = [line for line in cls.app.errors if ("CRITICAL" in line or "WARNING" in line) and "dbind" not in line]
        if errors:
            raise AssertionError("".join(errors))

    def count_rows(self):
        rows = self.app.find("list", "GtkColumnListView")
        return sum(rows[i].name.startswith("Lead ") for i in range(rows.childCount)) if rows is not None else -1

    def wait_rows(self, number):
        wait_until(lambda: self.count_rows() == number, f"{number} rows")

    def test_1_click(self):
        """A figure shows the leads that it counts; the total shows all again."""
        self.app.wait_for("panel", "Total: 5")
        self.wait_rows(5)
        self.app.click(self.app.wait_for("push button", "Show Leads: New"))
        self.wait_rows(3)
        self.app.wait_for("panel", "Total: 3")
        self.app.click(self.app.wait_for("push button", "Show Leads: Total"))
        self.wait_rows(5)
        self.app.click(self.app.wait_for("push button", "Show Leads: Conversion"))
        self.wait_rows(1)
        self.app.click(self.app.wait_for("push button", "Show Leads: Total"))
        self.wait_rows(5)

    def test_2_course(self):
        """The course of a figure is told in words."""
        self.app.wait_for("image", starts="Last 30 days: 0 to 5 a day")

    def test_3_keyboard(self):
        """The charts are reached and walked with the keys; Enter shows the leads of the part."""
        self.app.focus()
        self.app.key("ctrl+3")
        chart = self.app.wait_for("image", starts="Leads by Source")
        self.assertIn("5 leads in all", chart.description)
        for _ in range(40):
            if chart.name.startswith("Leads by Source: "):
                break
            self.app.key("Tab")
        wait_until(lambda: chart.name.endswith(": 5 leads"), "today's column in words")
        today = chart.name
        self.app.key("Left")
        wait_until(lambda: chart.name != today, "the day before in words")
        self.app.key("Right")
        wait_until(lambda: chart.name == today, "today again")
        self.app.key("Return")
        self.wait_rows(5)

    def test_4_funnel(self):
        """A stage of the funnel shows who came so far."""
        self.app.key("ctrl+3")
        chart = self.app.wait_for("image", starts="Conversion Funnel")
        self.assertIn("Of 5 leads 1 came to the end", chart.description)
        for _ in range(40):
            if chart.name.startswith("Conversion Funnel: "):
                break
            self.app.key("Tab")
        wait_until(lambda: chart.name == "Conversion Funnel: New: 5 leads, 100.0\u202f%", "the first stage in words")
        for _ in range(4):
            self.app.key("Down")
        wait_until(lambda: chart.name.startswith("Conversion Funnel: Won: 1 lead"), "the last stage in words")
        self.app.key("Return")
        self.wait_rows(1)


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
