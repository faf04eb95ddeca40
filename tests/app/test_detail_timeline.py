"""What happened with a lead, written down by hand and read again: real service, real app, read through AT-SPI."""

import unittest

from app_kit import wait_until
from detail_kit import Desk
from dialog_kit import find_anywhere


class TimelineTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk({"firstname": "Ada", "lastname": "Lovelace", "phone": "+491711234500", "product": "Solar"},
                        {"firstname": "Grace", "lastname": "Hopper", "phone": "+491711234501", "product": "Solar"})
        cls.addClassCleanup(cls.desk.stop)
        cls.desk.start()
        cls.ada, cls.grace = cls.desk.ids
        cls.app = cls.desk.app

    def begin(self, kind):
        """The composer of that kind has the keyboard."""
        self.desk.press(kind)
        self.app.wait_for("text", kind)

    def choose_next(self, name, steps):
        """In a list before the text, @steps back; the entry below the one that it shows."""
        self.desk.key(*["shift+Tab"] * steps, "space")
        self.desk.see(name)
        self.desk.key("Down", "Return")

    def test_1_note(self):
        """n on the row: the details open with the composer; without a word it says so; a draft waits for its lead."""
        desk = self.desk
        self.app.wait_for("table row", starts="Grace Hopper")
        desk.key("k", "k", "n")
        self.app.wait_for("text", "Note")
        wait_until(lambda: desk.shows("label", "Grace Hopper"), "the row's details")
        desk.key("ctrl+Return")
        desk.see("Write something first.")
        desk.write("Asked for a quote")
        desk.key("ctrl+Return")
        desk.see("Asked for a quote")
        desk.wait_activity(self.grace, activity_type="note", description="Asked for a quote")
        desk.see("Today")
        desk.key("n")
        self.app.wait_for("text", "Note")
        desk.write("Half a sentence")
        desk.key("Escape")
        wait_until(lambda: desk.shows("push button", "Save") is None, "the composer to close")

    def test_2_call(self):
        """Who called whom, how long, and what came of it."""
        desk = self.desk
        desk.open("Grace Hopper")
        self.begin("Call")
        desk.write("Wants a visit")
        self.choose_next("Reached", 1)
        desk.see("Outcome: Reached")
        desk.key("shift+Tab", "ctrl+a")
        desk.write("7")
        desk.key("Tab")
        desk.press("Save")
        desk.see(starts="Outgoing", ends="Reached")
        call = desk.wait_activity(self.grace, activity_type="call", direction="outbound", outcome="reached",
                                  description="Wants a visit")
        self.assertEqual(call["duration_seconds"], 420)
        self.assertIsNotNone(desk.read(self.grace)["lead"]["first_response_at"])

    def test_3_mail(self):
        desk = self.desk
        desk.open("Grace Hopper")
        self.begin("Mail")
        desk.write("Quote attached")
        desk.key("shift+Tab")
        desk.write("Your quote")
        desk.press("Save")
        desk.see("Mail: Your quote")
        desk.wait_activity(self.grace, activity_type="email", subject="Your quote", direction="outbound")

    def test_4_sms(self):
        """One that came in."""
        desk = self.desk
        desk.open("Grace Hopper")
        self.begin("SMS")
        desk.write("See you")
        self.choose_next("Incoming", 1)
        desk.see("Direction: Incoming")
        desk.press("Save")
        desk.see("Incoming")
        desk.wait_activity(self.grace, activity_type="sms", direction="inbound", description="See you")

    def test_5_meeting(self):
        """When and where; a time that is none is told and repaired."""
        desk = self.desk
        desk.open("Grace Hopper")
        self.begin("Meeting")
        desk.key("shift+Tab")
        desk.write("Harbour 7")
        desk.key("shift+Tab", "ctrl+a")
        desk.write("25:99")
        desk.press("Save")
        desk.see(starts="Write the day as ")
        desk.key("ctrl+a")
        desk.write("14:15")
        desk.press("Save")
        desk.see(ends=", 14:15 · Harbour 7")
        desk.wait_activity(self.grace, activity_type="meeting", location="Harbour 7")

    def test_6_appointment(self):
        desk = self.desk
        desk.open("Grace Hopper")
        self.begin("Appointment")
        desk.write("Bring the plans")
        desk.press("Save")
        desk.see("Bring the plans")
        appointment = desk.wait_activity(self.grace, activity_type="appointment_scheduled", description="Bring the plans")
        self.assertEqual(appointment["status"], "scheduled")
        self.assertEqual(appointment["due_at"], appointment["starts_at"])

    def filter(self, kind, steps):
        self.desk.press(starts="Show in the timeline")
        wait_until(lambda: find_anywhere(self.app, None, kind), "the kinds")
        self.desk.key(*["Down" if steps > 0 else "Up"] * abs(steps), "Return")
        self.desk.see(f"Show in the timeline: {kind}")

    def test_7_filter(self):
        """One kind at a time, and everything again."""
        desk = self.desk
        desk.open("Grace Hopper")
        desk.see("Wants a visit")
        self.filter("Calls", 2)
        wait_until(lambda: desk.shows("label", "Asked for a quote") is None, "the notes to go")
        self.assertIsNotNone(desk.shows("label", "Wants a visit"))
        self.filter("Changes", 3)
        desk.see("New Lead Created")
        self.assertIsNone(desk.shows("label", "Wants a visit"))
        self.filter("Everything", -5)
        desk.see("Asked for a quote")

    def test_8_undo(self):
        """What was written is taken back by u."""
        desk = self.desk
        desk.open("Ada Lovelace")
        desk.key("n")
        self.app.wait_for("text", "Note")
        desk.write("By mistake")
        desk.key("ctrl+Return")
        note = desk.wait_activity(self.ada, activity_type="note", description="By mistake")
        self.assertIsNone(note["deleted_at"])
        desk.key("u")
        wait_until(lambda: desk.shows("label", "By mistake") is None, "the note to go")
        wait_until(lambda: desk.service.count("lead_activities", where="activity_type = 'note' AND deleted_at IS NOT NULL") == 1,
                   "its deletion")

    def test_9_contact(self):
        """Who changed the contact is told in the timeline of its lead."""
        desk = self.desk
        desk.open("Ada Lovelace")
        desk.edit("Phone", "+49 171 1234500")
        desk.write("+491711234599")
        desk.key("Return")
        desk.see("Phone: +491711234500 → +491711234599")
        change = desk.wait_activity(self.ada, field_name="phone", new_value="+491711234599")
        self.assertIsNone(change["lead_id"])
        self.assertEqual(change["contact_id"], desk.read(self.ada)["lead"]["contact_id"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
