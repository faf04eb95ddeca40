"""Two people at two desktops: what both do to one lead without a connection, and what comes of it. Two processes of the real app
against the real service."""

import json
import os
import tempfile
import unittest

from app_kit import wait_until
from desk_kit import Desk, write_token
from harness import Service


class DesksTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Fair")
        answer = cls.service.post(webhook["path"], {"firstname": "Ada", "lastname": "Lovelace", "email": "ada@example.org",
                                                    "product": "Solar"})
        assert answer.status == 200, answer.body
        cls.lead_id = json.loads(answer.body)["lead_id"]
        cls.token = cls.service.create_token("demo")
        cls.service.options = ["--listen", f"127.0.0.1:{cls.service.port}"]
        # A token each: two people.
        cls.ann = cls.add_desk("ann")
        cls.bob = cls.add_desk("bob")

    @classmethod
    def add_desk(cls, name):
        desk = Desk(os.path.join(cls.folder, name), cls.service.url, write_token(cls.folder, cls.service, name))
        cls.addClassCleanup(desk.remove)
        desk.start()
        desk.wait_connection("Live")
        desk.wait_for("table row", starts="Ada Lovelace")
        desk.open_first()
        return desk

    def read(self, field):
        body = json.loads(self.service.get(f"/api/inbound-leads/{self.lead_id}?workspace_id=demo", self.token).body)
        return body["lead"]["contact"][field] if field == "email" else body["lead"][field]

    def go_offline(self):
        self.service.stop()
        for desk in (self.ann, self.bob):
            wait_until(lambda desk=desk: desk.indicator.name.startswith("Connection: Offline"), "no connection")

    def reconnect(self, desk, text="Live"):
        desk.focus()
        desk.press("F5")
        desk.wait_connection(text)

    def pick(self, desk, name, *keys):
        desk.focus()
        desk.pick_stage(name, *keys)

    def wait_stage(self, key, name):
        """There, and in both windows."""
        wait_until(lambda: self.read("stage") == key, f"the stage {key}")
        for desk in (self.ann, self.bob):
            desk.wait_for("push button", f"Stage: {name}")
            desk.wait_for("table row", starts=f"Ada Lovelace, {name}")

    def make_conflict(self, ann, bob):
        """Ann's change arrives first; Bob is asked."""
        self.go_offline()
        self.pick(self.ann, *ann)
        self.pick(self.bob, *bob)
        self.service.start()
        self.reconnect(self.ann)
        key = ann[0].lower()
        wait_until(lambda: self.read("stage") == key, f"the stage {key}")
        self.reconnect(self.bob, "Live · 1 change to settle")
        # Asked beside the lead; until then it stays as it is there, and Bob sees what it is.
        mine = self.bob.wait_for("push button", f"Stage: keep mine, {bob[0]}")
        theirs = self.bob.wait_for("push button", f"Stage: keep theirs, {ann[0]}")
        self.assertEqual(self.read("stage"), key)
        return mine, theirs

    def test_1_different_fields(self):
        """Both survive, and both see both."""
        self.go_offline()
        self.pick(self.ann, "Contacted", "Down")
        self.bob.focus()
        self.bob.click(self.bob.wait_for("push button", "Mail: ada@example.org, edit"))
        self.bob.wait_for("text", "Mail")
        self.bob.keys("key", "ctrl+a", "type", "--delay", "10", "countess@example.org")
        self.bob.press("Return")
        self.bob.wait_for("push button", "Mail: countess@example.org, edit")
        self.service.start()
        self.reconnect(self.bob)
        self.reconnect(self.ann)
        self.wait_stage("contacted", "Contacted")
        self.assertEqual(self.read("email"), "countess@example.org")
        for desk in (self.ann, self.bob):
            desk.wait_for("push button", "Mail: countess@example.org, edit")

    def test_2_conflict_mine(self):
        """The same field: what Bob insists on becomes what both see."""
        mine, _ = self.make_conflict(("Qualified", "Down"), ("Proposal", "Down", "Down"))
        self.bob.click(mine)
        self.wait_stage("proposal", "Proposal")
        self.bob.wait_connection("Live")

    def test_3_conflict_theirs(self):
        """What Bob gives up was Ann's, and stays."""
        _, theirs = self.make_conflict(("Contacted", "Up", "Up"), ("Qualified", "Up"))
        self.bob.click(theirs)
        self.bob.wait_gone("push button", starts="Stage: keep")
        self.wait_stage("contacted", "Contacted")
        self.bob.wait_connection("Live")

    def test_4_undo_of_what_others_changed(self):
        """Undo keeps what somebody else wrote since, and says so."""
        self.pick(self.ann, "Qualified", "Down")
        self.wait_stage("qualified", "Qualified")
        self.pick(self.bob, "Proposal", "Down")
        self.wait_stage("proposal", "Proposal")
        self.ann.focus()
        self.ann.press("u")
        self.ann.wait_for("label", "0 restored, 1 kept because others changed it since")
        self.wait_stage("proposal", "Proposal")
        self.ann.stop()
        self.bob.stop()


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
