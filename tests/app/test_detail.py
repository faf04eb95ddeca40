"""Working a lead in its details: real service, real app, read through AT-SPI; what is done arrives in the database."""

import unittest

from app_kit import takes, wait_until
from detail_kit import Desk
from dialog_kit import Dialog, find_anywhere, wait_anywhere


class DetailTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk(
            {"firstname": "Ada", "lastname": "Lovelace", "phone": "+491711234500", "email": "ada@example.org", "product": "Solar",
             "roof_size": "120"},
            {"firstname": "Grace", "lastname": "Hopper", "phone": "+491711234501", "email": "grace@example.org", "product": "Solar"},
            {"firstname": "Alan", "lastname": "Turing", "phone": "+491711234502", "product": "Wallbox"})
        cls.addClassCleanup(cls.desk.stop)
        cls.desk.send("POST", "/api/teams", {"id": "north", "name": "North"})
        cls.nora = cls.desk.send("POST", "/api/users", {"name": "Nora Becker", "role": "agent", "email": "nora@example.org"})["user"]["user_id"]
        current = cls.desk.service.get("/api/stages", cls.desk.token).json()
        for stage in current["stages"]:
            stage["requires_lost_reason"] = stage["key"] == "lost"
            stage["requires_value"] = stage["key"] == "won"
        cls.desk.send("PUT", "/api/stages", {"change_seq": current["change_seq"], "stages": current["stages"]})
        cls.desk.start()
        cls.ada, cls.grace, cls.alan = cls.desk.ids
        cls.app = cls.desk.app

    def test_01_follow_up(self):
        """One of the usual times, then one of the user's own that is no time at first, then none; the button and the field agree."""
        desk = self.desk
        desk.open("Ada Lovelace")
        desk.press("Follow-up: None")
        desk.press("Tomorrow")
        desk.see(starts="Follow-up: ", ends=", 09:00")
        desk.wait_field(self.ada, "next_follow_up_at", lambda value: value and value.endswith((":00:00Z", ":00:00.000000Z")))
        desk.press(starts="Follow-up: ")
        self.type_time("25:00")
        desk.see("Write the time as 17:30.")
        desk.key("ctrl+a")
        desk.write("17:30")
        desk.key("Return")
        desk.see(starts="Follow-up: ", ends=", 17:30")
        desk.wait_field(self.ada, "next_follow_up_at", lambda value: value and ":30:00" in value)
        desk.wait_activity(self.ada, activity_type="follow_up_set")
        desk.press(starts="Follow-up: ")
        desk.press("Remove")
        desk.see("Follow-up: None")
        desk.wait_field(self.ada, "next_follow_up_at", None)

    def type_time(self, text):
        """From the first button of the popover to its entry: back over the end."""
        self.desk.see("Time")
        self.desk.key("shift+Tab", "shift+Tab", "shift+Tab", "ctrl+a")
        self.desk.write(text)
        self.desk.key("Return")

    def test_02_score(self):
        """A score is typed, and comes back by u."""
        desk = self.desk
        desk.open("Ada Lovelace")
        desk.press("Score: None")
        self.app.wait_for("spin button", "Score")
        desk.key("ctrl+a")
        desk.write("85")
        desk.key("Return")
        desk.see("Score: 85")
        desk.wait_field(self.ada, "lead_score", 85)
        desk.key("u")
        desk.see("Score: None")
        desk.wait_field(self.ada, "lead_score", None)

    def test_03_temperature(self):
        desk = self.desk
        desk.open("Ada Lovelace")
        desk.press("Temperature: None")
        desk.pick("Hot")
        desk.see("Temperature: Hot")
        desk.wait_field(self.ada, "temperature", "hot")

    def test_04_tags(self):
        """Two are added where they are typed, one goes again."""
        desk = self.desk
        desk.open("Ada Lovelace")
        desk.point_at("text", "Add a tag")
        desk.write("vip")
        desk.key("Return")
        desk.see("Remove the tag vip")
        desk.key("ctrl+a")
        desk.write("roof")
        desk.key("Return")
        desk.see("Remove the tag roof")
        desk.wait_field(self.ada, "tags", lambda tags: sorted(tags or []) == ["roof", "vip"])
        desk.press("Remove the tag vip")
        desk.wait_field(self.ada, "tags", ["roof"])

    @takes("win.edit-owner", "a")
    def test_05_owner(self):
        """a and a name; the team by its field."""
        desk = self.desk
        desk.open("Ada Lovelace")
        desk.key("a")
        desk.pick("Nora Becker")
        desk.see("Owner: Nora Becker")
        desk.wait_field(self.ada, "assigned_to", self.nora)
        desk.wait_activity(self.ada, activity_type="assigned")
        desk.choose("Down", "Return")
        desk.press("Team: empty, edit")
        desk.pick("North")
        desk.wait_field(self.ada, "team_id", "north")

    def test_06_field(self):
        """What is no amount is refused with an example, and what was repaired is kept."""
        desk = self.desk
        desk.open("Ada Lovelace")
        desk.edit("Estimated value", "empty")
        desk.write("abc")
        desk.key("Return")
        desk.see("Write an amount such as 1250.00.")
        desk.key("ctrl+a")
        desk.write("1250.5")
        desk.key("Return")
        desk.see("Estimated value: 1250.50\u00a0EUR, edit")
        desk.wait_field(self.ada, "estimated_value", "1250.50")
        desk.edit("Estimated value", "1250.50\u00a0EUR")
        desk.write("7")
        desk.key("Escape")
        desk.see("Estimated value: 1250.50\u00a0EUR, edit")

    def test_07_consent(self):
        """A time that has been is picked like one to come."""
        desk = self.desk
        desk.open("Ada Lovelace")
        desk.press("Consent given: empty, edit")
        desk.press("Set")
        desk.wait_field(self.ada, "contact.consent_at", lambda value: value is not None)
        desk.choose("Down", "Return")
        wait_until(lambda: desk.shows(None, "Team: North, edit") is None, "the groups to fold again")

    def test_08_custom(self):
        """What the form sent beside the columns is shown, and stays a text."""
        desk = self.desk
        desk.open("Ada Lovelace")
        desk.press("More about the lead")
        desk.edit("Roof size", "120")
        desk.write("140")
        desk.key("Return")
        desk.see("Roof size: 140, edit")
        desk.wait_field(self.ada, "custom_fields", lambda fields: fields["roof_size"] == "140")

    def test_09_lost(self):
        """The stage asks for its reason; undo takes both back."""
        desk = self.desk
        desk.open("Alan Turing")
        with Dialog(self.app, lambda: self.pick_stage("Lost")) as dialog:
            wait_anywhere(self.app, name="Why Was It Lost?")
            dialog.type("Too expensive")
            dialog.key("Return")
        desk.see("Stage: Lost")
        desk.wait_field(self.alan, "lost_reason", "Too expensive")
        desk.wait_field(self.alan, "is_active", False)
        desk.key("u")
        desk.see("Stage: New")
        desk.wait_field(self.alan, "lost_reason", None)
        desk.wait_field(self.alan, "is_active", True)

    def pick_stage(self, name):
        self.desk.key("e")
        self.desk.pick(name)

    def test_10_won(self):
        """The stage asks for the value; what is none is told."""
        desk = self.desk
        desk.open("Alan Turing")
        with Dialog(self.app, lambda: self.pick_stage("Won")) as dialog:
            dialog.type("much")
            wait_anywhere(self.app, name="Write an amount such as 1250.00.")
            dialog.type("4800")
            dialog.key("Return")
        desk.see("Stage: Won")
        desk.wait_field(self.alan, "conversion_value", "4800.00")
        desk.wait_field(self.alan, "is_converted", True)
        desk.wait_activity(self.alan, activity_type="lead_converted")

    def test_11_undo_twice(self):
        """Two steps back by u and Ctrl+Z, in the order in which they were done."""
        desk = self.desk
        desk.open("Grace Hopper")
        self.pick_stage("Contacted")
        desk.see("Stage: Contacted")
        desk.press("Temperature: None")
        desk.pick("Cold")
        desk.see("Temperature: Cold")
        desk.wait_field(self.grace, "temperature", "cold")
        desk.key("u")
        desk.see("Temperature: None")
        desk.see("Stage: Contacted")
        desk.key("ctrl+z")
        desk.see("Stage: New")
        desk.wait_field(self.grace, "stage", "new")
        desk.wait_field(self.grace, "temperature", None)

    def test_12_why(self):
        """Which rule made the lead, and by what the contact was known."""
        desk = self.desk
        desk.open("Grace Hopper")
        desk.press("Why this lead")
        desk.see(starts="It came in through the webhook Landing page.")

    def test_13_copy(self):
        """Phone by key and button, mail by button."""
        desk = self.desk
        desk.open("Grace Hopper")
        desk.key("c")
        desk.see("Phone number copied")
        desk.press("Copy the mail address")
        desk.see("Mail address copied")

    @takes("detail.create-lead")
    def test_14_lead_for_contact(self):
        """A second lead for the same person; why it is there is that it was made by hand."""
        desk = self.desk
        desk.open("Grace Hopper")
        desk.choose("Return")
        wait_until(lambda: desk.service.count("leads") == 4, "the new lead")
        self.assertEqual(desk.service.count("contacts"), 3)
        wait_until(lambda: desk.shows("push button", "Stage: New"), "its details")
        if desk.shows(None, None, starts="It was made by hand.") is None:
            desk.press("Why this lead")
        desk.see(starts="It was made by hand.")

    @takes("detail.delete-contact")
    def test_15_delete_contact(self):
        """What goes with a contact is said before and after; all of it comes back."""
        desk = self.desk
        desk.open("Grace Hopper")
        desk.press("More about this lead")
        wait_until(lambda: find_anywhere(self.app, "menu item", "Delete Contact With Its 2 Leads"), "what goes with it")
        desk.key("Down", "Down", "Down", "Return")
        desk.see("Contact deleted: Grace Hopper, with 2 leads")
        wait_until(lambda: desk.service.count("leads", where="deleted_at IS NOT NULL") == 2, "both leads to go")
        desk.key("ctrl+z")
        wait_until(lambda: desk.service.count("leads", where="deleted_at IS NOT NULL") == 0, "both leads to come back")
        self.assertEqual(desk.service.count("contacts", where="deleted_at IS NOT NULL"), 0)
        wait_until(lambda: desk.shows("push button", "Stage: New"), "the details to come back")

    def new_lead(self):
        self.app.focus()
        self.desk.key("ctrl+n")

    @takes("win.new-lead", "ctrl+n")
    def test_16_known(self):
        """By hand, with somebody's number: the contact is offered, and gets the lead."""
        desk = self.desk
        with Dialog(self.app, self.new_lead) as dialog:
            dialog.type("Augusta")
            dialog.key("Tab", "Tab")
            dialog.type("0171 1234500")
            wait_anywhere(self.app, starts="Ada Lovelace has this already.")
            self.app.click(wait_anywhere(self.app, "push button", "New Lead for This Contact"))
        wait_until(lambda: desk.service.count("leads") == 5, "the new lead")
        self.assertEqual(desk.service.count("contacts"), 3)
        wait_until(lambda: desk.shows("label", "Ada Lovelace"), "the new lead's details")

    def test_17_by_hand(self):
        """A contact and a lead; without anything it is told what is missing."""
        desk = self.desk
        with Dialog(self.app, self.new_lead) as dialog:
            dialog.key("Return")
            wait_anywhere(self.app, name="Write a name, a phone number or a mail address.")
            dialog.type("Katherine")
            dialog.key("Tab")
            dialog.type("Johnson")
            dialog.key("Tab", "Tab")
            dialog.type("nobody")
            dialog.key("Return")
            wait_anywhere(self.app, name="Write a mail address such as name@example.org.")
            dialog.type("katherine@example.org")
            dialog.key("Return")
        wait_until(lambda: desk.service.count("contacts", where="email_norm = 'katherine@example.org'") == 1, "the contact")
        wait_until(lambda: desk.service.count("leads") == 6, "the lead")
        wait_until(lambda: desk.shows("label", "Katherine Johnson"), "the new lead's details")

    def test_18_refused(self):
        """A stage that was put away meanwhile: why is said in the user's terms, and discarding it brings the old one back."""
        desk = self.desk
        desk.open("Ada Lovelace")

        def archive():
            current = desk.service.get("/api/stages", desk.token).json()
            stages = [stage for stage in current["stages"] if stage["key"] != "proposal"]
            desk.send("PUT", "/api/stages", {"change_seq": current["change_seq"], "stages": stages,
                                             "archive": {"proposal": "contacted"}})

        def meanwhile():
            self.pick_stage("Proposal")
            desk.see("Stage: Proposal")
            desk.elsewhere(archive)

        desk.restart_service(meanwhile)
        desk.see("The server refused this")
        desk.see("The stage “Proposal” is not in use any more.")
        desk.press("Discard")
        self.app.wait_gone(None, "The server refused this")
        desk.see("Stage: New")
        self.assertEqual(desk.read(self.ada)["lead"]["stage"], "new")

    def test_19_conflict(self):
        """Two wrote the same field: theirs stays because the user says so."""
        desk = self.desk
        desk.open("Alan Turing")

        def meanwhile():
            desk.press("Temperature: None")
            desk.pick("Hot")
            desk.see("Temperature: Hot")
            desk.elsewhere(lambda: desk.send("PATCH", f"/api/inbound-leads/{self.alan}?workspace_id=demo", {"temperature": "cold"}))

        desk.restart_service(meanwhile)
        desk.see("Somebody else changed the same")
        desk.press("Temperature: keep theirs, Cold")
        desk.see("Temperature: Cold")
        self.app.wait_gone(None, "Somebody else changed the same")
        self.assertEqual(desk.read(self.alan)["lead"]["temperature"], "cold")


if __name__ == "__main__":
    unittest.main(verbosity=2)
