"""Work without the service: real app, real service. What a hundred leads were given offline arrives once and in order, over a restart of
the app, and other desktops show it."""

import json
import os
import tempfile
import unittest

from app_kit import wait_until
from desk_kit import Desk, write_token
from harness import Service

LEADS = int(os.environ.get("INB_LEADS", "100"))
MORE = 5


class OfflineTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Fair")
        answer = cls.service.post(webhook["path"], [
            {"firstname": "Lead", "lastname": f"{i:03}", "email": f"l{i}@example.org", "product": "Solar"} for i in range(LEADS)])
        assert answer.status == 200, answer.body
        # The same port each time: the desktops know only that one.
        cls.service.options = ["--listen", f"127.0.0.1:{cls.service.port}"]
        token = write_token(cls.folder, cls.service)
        cls.desk = cls.add_desk("one", token)
        cls.other = cls.add_desk("two", token)
        cls.edited = []

    @classmethod
    def add_desk(cls, name, token):
        desk = Desk(os.path.join(cls.folder, name), cls.service.url, token)
        cls.addClassCleanup(desk.remove)
        return desk

    def find_name(self):
        """The label on top of what is open; it stays when another lead is."""
        pane = self.desk.stage
        while pane.name != "Lead details":
            pane = pane.parent
        main, self.desk.root = self.desk.root, pane
        try:
            return self.desk.wait_for("label", starts="Lead ")
        finally:
            self.desk.root = main

    def edit_next(self, name, down=False):
        """Moves to the next lead and gives it the next stage."""
        if down:
            before = name.name
            self.desk.press("j")
            wait_until(lambda: name.name != before, "the next lead")
        stage = self.desk.stage.name
        self.desk.press("e", "Down", "Return")
        wait_until(lambda: self.desk.stage.name != stage, f"another stage than {stage}")
        self.edited.append(name.name)
        self.desk.wait_connection(f"Offline · {len(self.edited)} change{'s' if len(self.edited) > 1 else ''} waiting")

    def test_1_starts_and_searches(self):
        """Everything is there and is found without the service."""
        self.desk.start()
        self.desk.wait_connection("Live")
        self.desk.wait_for("table row", starts="Lead ")
        self.desk.stop()
        self.service.stop()
        self.desk.start()
        self.desk.wait_connection("Offline")
        self.desk.wait_for("panel", f"Total: {LEADS}")
        self.desk.focus()
        self.desk.keys("key", "ctrl+f", "type", "--delay", "20", "Lead 007")
        self.desk.wait_gone("table row", starts="Lead 099")
        self.desk.wait_for("table row", starts="Lead 007, New")
        self.desk.press("Escape")
        self.desk.wait_for("table row", starts="Lead 099")

    def test_2_edits(self):
        """Each edit is shown at once, and waits."""
        self.desk.open_first()
        name = self.find_name()
        for i in range(LEADS):
            self.edit_next(name, i > 0)
        self.assertEqual(len(set(self.edited)), LEADS)

    def test_3_restarts(self):
        """What was edited is there after a restart, and more is added to it."""
        self.desk.stop()
        self.desk.start()
        self.desk.wait_connection(f"Offline · {LEADS} changes waiting")
        self.desk.wait_for("table row", starts="Lead 099, Contacted" if LEADS == 100 else "Lead ")
        self.desk.open_first()
        name = self.find_name()
        for i in range(MORE):
            self.edit_next(name, i > 0)

    def test_4_arrives(self):
        """All of it once, in order, with what it was before."""
        self.service.start()
        self.desk.press("F5")
        self.desk.wait_connection("Live")
        wait_until(lambda: self.service.count("lead_activities", where="activity_type = 'status_updated'") >= LEADS + MORE, "all edits")
        rows = self.service.psql(
            "SELECT c.firstname || ' ' || c.lastname, a.title FROM lead_activities a JOIN leads l ON l.workspace_id = a.workspace_id"
            " AND l.id = a.lead_id JOIN contacts c ON c.workspace_id = l.workspace_id AND c.id = l.contact_id"
            " WHERE a.activity_type = 'status_updated' ORDER BY a.change_seq", "demo")
        self.assertEqual([row[0] for row in rows], self.edited)
        self.assertEqual({row[1] for row in rows[:LEADS]}, {"Status: new → contacted"})
        self.assertEqual({row[1] for row in rows[LEADS:]}, {"Status: contacted → qualified"})

    def test_5_other_desktop(self):
        """Another one shows it, also while it is open."""
        self.other.start()
        self.other.wait_connection("Live")
        self.other.wait_for("table row", starts=f"{self.edited[0]}, Qualified")
        self.other.wait_for("table row", starts=f"{self.edited[MORE]}, Contacted")
        token = self.service.create_token("demo")
        leads = json.loads(self.service.get("/api/inbound-leads?workspace_id=demo&limit=1000", token).body)["leads"]
        self.assertEqual({lead["stage"] for lead in leads}, {"contacted", "qualified"})
        self.desk.focus()
        self.desk.press("e", "Down", "Return")
        self.other.wait_for("table row", starts=f"{self.edited[MORE - 1]}, Proposal")
        self.other.stop()
        self.desk.stop()


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
