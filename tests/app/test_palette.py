"""The command palette by keyboard alone, and changing a lead in its cell: real service, real app, read through AT-SPI."""

import os
import tempfile
import unittest

from app_kit import App, wait_until
from harness import Service


class PaletteTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.service = Service().start()
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Landing page")
        for name in ("Ann", "Berta", "Zoë"):
            answer = cls.service.post(webhook["path"], {"firstname": name, "email": f"{name[0].lower()}@example.org", "product": "Solar",
                                                        "appointment_date": f"call of {name}"})
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

    def open(self):
        self.app.key("ctrl+k")
        self.app.wait_for("list item", "Show the trends")

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
