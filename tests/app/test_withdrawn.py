"""A right that is taken away while somebody works: what was typed stays where it is, and why it cannot be kept is said. Real service,
real app, read through AT-SPI."""

import unittest

import pyatspi

from app_kit import wait_until
from detail_kit import Desk

REASON = "Viewers can only read; agents can edit"
MESSAGE = f"You cannot save this any more. {REASON}. What you typed can still be copied."


class WithdrawnTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk({"firstname": "Ada", "lastname": "Lovelace", "phone": "+491711234500", "product": "Solar", "roof_size": "120"},
                        role="agent")
        cls.addClassCleanup(cls.desk.stop)
        service = cls.desk.service
        cls.agent = service.get("/api/me", cls.desk.token).json()["user"]["id"]
        cls.owner = service.create_token("demo", "owner")
        cls.desk.start()
        cls.app = cls.desk.app
        cls.ada = cls.desk.ids[0]

    def setUp(self):
        self.addCleanup(self.set_role, "agent")
        self.desk.open("Ada Lovelace")

    def set_role(self, role):
        self.desk.send("PATCH", f"/api/users/{self.agent}", {"role": role}, token=self.owner)

    def wait_right(self, may):
        """As the buttons of the lead have it."""
        def is_so():
            return self.desk.shows("push button", starts="Stage: ").getState().contains(pyatspi.STATE_SENSITIVE) == may
        wait_until(is_so, "the right" if may else "no right")

    def begin(self, field, before, typed):
        """And the right goes before it is saved."""
        self.desk.edit(field, before)
        self.desk.write(typed)
        self.set_role("viewer")
        self.desk.see(MESSAGE)
        self.desk.key("Return")
        self.app.wait_for("text", field)

    def test_1_saved(self):
        """The field stays open with what was typed, which is saved when the right is back."""
        self.begin("Phone", "+49 171 1234500", "+491711234599")
        self.set_role("agent")
        self.app.wait_gone(None, MESSAGE)
        self.assertEqual(self.desk.read(self.ada)["lead"]["contact"]["phone"], "+491711234500")
        self.desk.key("Return")
        self.desk.see("Phone: +49 171 1234599, edit")
        self.desk.wait_field(self.ada, "contact.phone", "+491711234599")

    def test_1_given_up(self):
        """Escape shows what it was, which is not to be edited any more."""
        self.desk.press("More about the lead")
        self.begin("Roof size", "120", "140")
        self.desk.key("Escape")
        self.app.wait_gone(None, MESSAGE)
        self.desk.see("120")
        self.assertIsNone(self.app.find("push button", "Roof size: 120, edit"))
        self.set_role("agent")
        self.desk.see("Roof size: 120, edit")
        self.assertEqual(self.desk.read(self.ada)["lead"]["custom_fields"]["roof_size"], "120")

    def test_2_note(self):
        """What was written is kept when the right comes back."""
        self.desk.key("n")
        self.app.wait_for("text", "Note")
        self.desk.write("Half a sentence")
        self.set_role("viewer")
        self.desk.see(MESSAGE)
        self.desk.key("ctrl+Return")
        self.app.wait_for("text", "Note")
        self.set_role("agent")
        self.app.wait_gone(None, MESSAGE)
        self.desk.write(" more")
        self.desk.key("ctrl+Return")
        self.desk.wait_activity(self.ada, activity_type="note", description="Half a sentence more")

    def test_3_unsent(self):
        """What was done without a connection is refused with the reason, and done when the right is back."""
        def meanwhile():
            self.desk.press("Temperature: None")
            self.desk.pick("Hot")
            self.desk.see("Temperature: Hot")
            self.desk.elsewhere(lambda: self.set_role("viewer"))

        self.desk.restart_service(meanwhile)
        self.desk.see("The server refused this")
        self.wait_right(False)
        self.set_role("agent")
        self.wait_right(True)
        self.desk.press("Try again")
        self.app.wait_gone(None, "The server refused this")
        self.desk.see("Temperature: Hot")
        self.desk.wait_field(self.ada, "temperature", "hot")


if __name__ == "__main__":
    unittest.main(verbosity=2)
