"""Everything that matches a filter but some leads: what each change of such a selection does, read back from the API, and one Ctrl+Z
for each. Real service, real app, one start of it for all."""

import json
import unittest

from app_kit import takes, wait_until
from detail_kit import Desk

# The newest is Lead 11; every other one is of the filter.
LEADS = [{"firstname": "Lead", "lastname": f"{number:02}", "phone": f"+4917112345{number:02}",
          "product": "Solar" if number % 2 == 1 else "Wallbox"} for number in range(12)]
MATCHING = {f"Lead {number:02}" for number in range(1, 12, 2)}
LEFT_OUT = {"Lead 11", "Lead 07"}
MEANT = MATCHING - LEFT_OUT
N = len(MEANT)


class BulkExceptTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk(*LEADS)
        cls.addClassCleanup(cls.desk.stop)
        cls.team = cls.desk.send("POST", "/api/teams?workspace_id=demo", {"name": "North"})["id"]
        cls.desk.start()
        cls.app = cls.desk.app
        cls.app.wait_for("table row", starts="Lead 11, ")
        # The product of the current row is filtered by.
        cls.app.key("k", "ctrl+k")
        cls.app.wait_for("list item", "Filter by the lead's product")
        cls.desk.write("lead's product")
        cls.app.key("Return")
        cls.app.wait_gone("table row", starts="Lead 10, ")

    def names(self):
        """Of the leads that the API lists."""
        answer = self.desk.service.get("/api/inbound-leads?workspace_id=demo&limit=100", self.desk.token)
        return {f'{lead["contact"]["firstname"]} {lead["contact"]["lastname"]}' for lead in json.loads(answer.body)["leads"]}

    def find(self, holds):
        """The names of those, as the API has each of them now."""
        leads = [self.desk.read(lead_id)["lead"] for lead_id in self.desk.ids]
        return {f'{lead["contact"]["firstname"]} {lead["contact"]["lastname"]}' for lead in leads if holds(lead)}

    def wait_meant(self, holds, names=MEANT):
        """Of all leads exactly these."""
        try:
            wait_until(lambda: self.find(holds) == names, "the leads", pause=0.3)
        except AssertionError:
            self.assertEqual(self.find(holds), names)

    def select(self):
        """All that match, but the newest and the third."""
        self.app.key("Escape", *["k"] * len(MATCHING), "ctrl+a")
        self.app.wait_for("label", f"{len(MATCHING)} selected")
        self.app.key("space", "j", "j", "space")
        self.app.wait_for("label", f"{N} selected")

    def change(self, button, label, holds, pick):
        """Done by that button for the selection, and taken back at once."""
        self.select()
        if button is not None:
            button = self.app.wait_for("push button", button)
            wait_until(lambda: button.queryAction().nActions > 0, "the button to be offered")
            self.app.click(button)
        pick()
        self.app.wait_for("label", label)
        self.wait_meant(holds)
        self.app.key("ctrl+z")
        self.app.wait_for("label", f"Undone: {label}")
        self.wait_meant(holds, set())

    @takes("win.edit-stage")
    def test_1_stage(self):
        def pick():
            self.app.key("e")
            self.desk.pick("Qualified")
        self.change(None, f"Stage of {N} leads changed", lambda lead: lead["stage"] == "qualified", pick)

    def test_2_temperature(self):
        self.change("Temperature", f"Temperature of {N} leads changed", lambda lead: lead["temperature"] == "hot",
                    lambda: self.desk.pick("Hot"))

    def test_3_team(self):
        self.change("Assign", f"{N} leads assigned", lambda lead: lead["team_id"] == self.team, lambda: self.desk.pick("North"))

    def test_4_tag(self):
        def pick():
            self.app.wait_for("push button", "Add")
            self.desk.write("fair")
            self.app.key("Return")
        self.change("Tag", f"Tags of {N} leads changed", lambda lead: "fair" in (lead["tags"] or []), pick)

    def test_5_follow_up(self):
        self.change("Follow-Up", f"Follow-up of {N} leads changed", lambda lead: lead["next_follow_up_at"] is not None,
                    lambda: self.desk.press("Tomorrow"))

    def test_6_delete(self):
        """They are gone from the API, and all others are there."""
        self.select()
        self.app.key("Delete")
        self.app.wait_for("label", f"{N} leads deleted")
        everybody = {f"Lead {number:02}" for number in range(12)}
        wait_until(lambda: self.names() == everybody - MEANT, "them to go")
        self.app.key("ctrl+z")
        self.app.wait_for("label", f"Undone: {N} leads deleted")
        wait_until(lambda: self.names() == everybody, "them to come back")

    def test_7_later(self):
        """Who comes in after all were selected is not meant, though the filter matches."""
        self.select()
        self.desk.add(firstname="Lead", lastname="12", phone="+491711234512", product="Solar")
        self.app.wait_for("table row", starts="Lead 12, ")
        self.app.wait_for("label", f"{N} selected")
        self.app.key("e")
        self.desk.pick("Contacted")
        self.app.wait_for("label", f"Stage of {N} leads changed")
        self.wait_meant(lambda lead: lead["stage"] == "contacted")


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
