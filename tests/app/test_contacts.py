"""A workspace of people without a single lead: the empty page leads to them; with the real service."""

import os
import tempfile
import unittest

from app_kit import App
from harness import Service


class ContactsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")
        cls.webhook = cls.service.create_webhook("demo", "Landing page")["path"]
        token_file = os.path.join(cls.folder, "token")
        with open(token_file, "w") as file:
            file.write(cls.service.create_token("demo") + "\n")
        cls.app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", token_file)
        cls.addClassCleanup(cls.app.stop)
        cls.app.focus()

    def post(self, **payload):
        self.assertEqual(self.service.post(self.webhook, payload).status, 200)

    def test_offer(self):
        """There is nothing to offer, then one contact, then two; the button shows them, and a lead takes its place."""
        self.app.wait_for("push button", "Copy Command")
        self.assertIsNone(self.app.find("push button", starts="Show "))
        self.post(firstname="Only", lastname="Contact", phone="+41 44 668 18 00")
        self.app.wait_for("push button", "Show 1 Contact")
        self.post(firstname="Second", lastname="Contact", phone="+41 44 668 18 01")
        self.app.click(self.app.wait_for("push button", "Show 2 Contacts"))
        self.app.wait_for("table row", starts="Only Contact")
        self.app.wait_for("table row", starts="Second Contact")
        self.app.click(self.app.wait_for("push button", "Clear all"))
        self.app.wait_for("push button", "Show 2 Contacts")
        self.post(firstname="Third", lastname="Lead", phone="+41 44 668 18 02", product="Solar")
        self.app.wait_for("table row", starts="Third Lead")


if __name__ == "__main__":
    unittest.main(verbosity=2)
