"""Contacts that are one person: listed, compared, merged and taken back; offline, in conflict, and by role."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
import uuid

import pyatspi

from app_kit import App, takes, wait_until
from dialog_kit import Dialog, find_anywhere, wait_anywhere, windows
from harness import Service

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "sync"))

JOERG = {"firstname": "Jörg", "lastname": "Groß", "phone": "+4917112345601", "email": "joerg@example.com", "product": "Solar",
         "city": "Bonn", "crm_id": "4711"}
OTHER = {"firstname": "Joerg", "lastname": "Gross", "email": "j.gross@example.org", "phone_secondary": "0049 171 12345601",
         "product": "Wind", "city": "Bonn", "job_title": "Manager", "crm_id": "K-99"}
NAMES = "Jörg Groß and Joerg Gross"
# What says when and by whom a row was written, and what a timeline keeps.
MOVING = ("updated_at", "updated_by", "change_seq", "last_activity_at")


class MergeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")
        cls.webhook = cls.service.create_webhook("demo", "Landing page")
        cls.joerg = cls.post(**JOERG)
        cls.other = cls.post(**OTHER)
        ada = cls.post(firstname="Ada", phone="+4917112345602")
        cls.post(firstname="Adele", email="ada@example.com")
        assert cls.post(phone="+4917112345602", email="ada@example.com") == ada
        cls.token = cls.service.create_token("demo", role="manager")
        cls.app = cls.open_app("manager", cls.token)
        cls.addClassCleanup(lambda: cls.check_errors())
        cls.addClassCleanup(lambda: cls.app.stop())

    @classmethod
    def open_app(cls, name, token):
        token_file = os.path.join(cls.folder, name)
        with open(token_file, "w") as file:
            file.write(token + "\n")
        app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", token_file, LC_ALL="C.UTF-8",
                  XDG_DATA_HOME=os.path.join(cls.folder, name + "-data"))
        app.wait_for("table row", starts="Jörg Groß")
        app.focus()
        return app

    @classmethod
    def post(cls, **payload):
        answer = cls.service.post(cls.webhook["path"], payload)
        assert answer.status == 200, answer.body
        return json.loads(answer.body)["contact_id"]

    @classmethod
    def check_errors(cls):
        errors = [line for line in cls.app.errors if ("CRITICAL" in line or "ERROR" in line) and "dbind" not in line]
        if errors:
            raise AssertionError("".join(errors))

    # What the service has.

    def rows(self, sql):
        return [json.loads(row[0] if isinstance(row, (list, tuple)) else row) for row in self.service.psql(sql, workspace="demo")]

    def read(self):
        """Everything of the two that a merge may write."""
        contacts = self.rows(f"SELECT to_jsonb(c) FROM contacts c WHERE id IN ('{self.joerg}', '{self.other}') ORDER BY id")
        for contact in contacts:
            for name in MOVING:
                contact.pop(name)
        return contacts, self.rows("SELECT jsonb_build_array(id, contact_id) FROM leads ORDER BY id"), self.rows(
            "SELECT jsonb_build_array(id, contact_id) FROM lead_activities WHERE activity_type = 'lead_created' ORDER BY id")

    def contact(self, contact):
        return self.rows(f"SELECT to_jsonb(c) FROM contacts c WHERE id = '{contact}'")[0]

    def change(self, verb, contact, **fields):
        """What somebody else does."""
        body = {"mutations": [{"id": str(uuid.uuid4()), "verb": verb, "entity": "contact", "entity_id": contact,
                               "fields": {name: {"value": value} for name, value in fields.items()}}]}
        answer = self.service.request("POST", "/api/mutations?workspace_id=demo", json.dumps(body).encode(),
                                      Authorization=f"Bearer {self.token}", Content_Type="application/json")
        self.assertEqual([result["status"] for result in json.loads(answer.body)["results"]], ["applied"], answer.body)

    # What the user does.

    def list_duplicates(self):
        return Dialog(self.app, lambda: (self.app.focus(), self.app.key("ctrl+d")))

    def compare(self, names=NAMES):
        return Dialog(self.app, lambda: self.app.click(wait_anywhere(self.app, "push button", f"Compare {names}")))

    def leave(self, dialog):
        """With one key, whatever toast there is."""
        dialog.key("Escape")
        wait_until(lambda: dialog.window not in windows(self.app), "the dialog to close")

    def is_chosen(self, name):
        return find_anywhere(self.app, "radio button", starts=name).getState().contains(pyatspi.STATE_CHECKED)

    def choose(self, dialog, name):
        """By a click; a second one does no harm."""
        wait_anywhere(self.app, "radio button", name)

        def click():
            place = find_anywhere(self.app, "radio button", name).queryComponent().getExtents(pyatspi.WINDOW_COORDS)
            subprocess.run(["xdotool", "mousemove", "--window", dialog.window, str(place.x + 12), str(place.y + place.height // 2),
                            "click", "1"], check=True)
        wait_until(lambda: self.is_chosen(name) or click(), f"{name} to be chosen", pause=0.3)

    def merge(self, dialog):
        wait_until(lambda: self.is_sensitive("Merge"), "it to be possible")
        dialog.key("ctrl+Return")

    def is_sensitive(self, name):
        return find_anywhere(self.app, "push button", ends=name).getState().contains(pyatspi.STATE_SENSITIVE)

    def wait_merged(self):
        wait_until(lambda: self.contact(self.other)["merged_into"] == self.joerg, "the merge at the service")

    def wait_back(self, before):
        wait_until(lambda: self.read() == before, "everything as it was")

    # Journeys.

    @takes("win.duplicates", "ctrl+d")
    def test_1_list(self):
        """All cases with why; those that are different people are remembered, and that is taken back."""
        with self.list_duplicates() as dialog:
            wait_anywhere(self.app, "label", "2 cases")
            wait_anywhere(self.app, "label", "Same phone: +4917112345601")
            wait_anywhere(self.app, "label", "Taken for one by a message with the mail address ada@example.com")
            self.app.click(find_anywhere(self.app, "push button", "Different people: Ada and Adele"))
            self.app.click(wait_anywhere(self.app, "push button", ends="Undo"))
            wait_until(lambda: find_anywhere(self.app, "push button", ends="Undo") is None, "the toast to go")
            wait_anywhere(self.app, "label", "2 cases")
            # By keyboard, which goes on with the other case.
            dialog.key("Tab")
            self.app.click(find_anywhere(self.app, "push button", "Different people: Ada and Adele"))
            wait_anywhere(self.app, "label", "1 case")
            self.leave(dialog)

    def test_2_merge(self):
        """From the hint in the detail: fields are chosen one by one, the service has it, and undo brings all back."""
        before = self.read()
        self.app.key("j")
        wait_until(lambda: self.app.find("label", starts="Possible duplicate of") or self.app.key("k", "Return"), "the hint", pause=0.5)
        with Dialog(self.app, lambda: self.app.click(self.app.wait_for("push button", "Compare…"))) as dialog:
            wait_anywhere(self.app, "label", "1 lead and 1 activity move to Jörg Groß.\nJoerg Gross is listed no more.\n"
                                             "Undo brings everything back.")
            # The keyboard is on who stays.
            dialog.key("Right")
            wait_until(lambda: self.is_chosen("Stays: Joerg Gross"), "the other one to stay")
            dialog.key("Left")
            wait_until(lambda: self.is_chosen("Stays: Jörg Groß"), "the first one to stay")
            self.choose(dialog, "Mail: j.gross@example.org, from Joerg Gross")
            self.choose(dialog, "CRM id: K-99, from Joerg Gross")
            self.merge(dialog)
        self.app.wait_for("label", "Contacts merged: Jörg Groß")
        self.wait_merged()
        merged = self.contact(self.joerg)
        self.assertEqual({name: merged[name] for name in ("firstname", "email", "crm_id", "job_title", "phone_e164")},
                         {"firstname": "Jörg", "email": "j.gross@example.org", "crm_id": "K-99", "job_title": "Manager",
                          "phone_e164": "+4917112345601"})
        self.assertEqual({contact for _, contact in self.read()[1]} & {self.joerg, self.other}, {self.joerg})
        self.assertEqual(self.desk_reads(), {self.joerg})
        self.app.wait_gone("label", starts="Possible duplicate of")
        self.app.focus()
        self.app.key("u")
        self.wait_back(before)
        self.app.wait_for("label", starts="Possible duplicate of")
        self.assertEqual(self.desk_reads(), {self.joerg, self.other})

    def desk_reads(self):
        """Whose leads another desktop shows the two leads as."""
        from test_outbox import Desk
        desk = Desk(self.service, tempfile.mkdtemp(dir=self.folder), os.path.join(self.folder, "manager"))
        try:
            desk.say("online")
            desk.say("live")
            return {desk.say("get", lead, "contact_id") for lead, _ in self.read()[1]} & {self.joerg, self.other}
        finally:
            desk.close()

    def test_3_offline(self):
        """Without the service it is merged and taken back at once; what was done last arrives."""
        before = self.read()
        self.stop_service()
        with self.list_duplicates() as dialog:
            with self.compare() as compare:
                self.merge(compare)
            wait_anywhere(self.app, "label", "No Duplicates")
            dialog.key("ctrl+z")
            wait_anywhere(self.app, "label", "Same phone: +4917112345601")
            with self.compare() as compare:
                self.choose(compare, "Last name: Gross, from Joerg Gross")
                self.merge(compare)
            wait_anywhere(self.app, "label", "No Duplicates")
            self.leave(dialog)
        self.app.wait_for("table row", starts="Jörg Gross")
        self.start_service()
        self.wait_merged()
        self.assertEqual(self.contact(self.joerg)["lastname"], "Gross")
        self.app.focus()
        self.app.key("u")
        self.wait_back(before)

    def stop_service(self):
        self.service.options = ["--listen", f"127.0.0.1:{self.service.port}"]
        self.service.stop()
        self.app.wait_for("push button", starts="Connection: Offline")

    def start_service(self):
        self.service.start()
        self.app.focus()
        self.app.key("F5")
        self.app.wait_for("push button", starts="Connection: Live")

    def test_4_meanwhile(self):
        """Who is changed while they are compared is shown anew; who is gone cannot be merged."""
        with self.list_duplicates() as dialog:
            with self.compare() as compare:
                self.choose(compare, "First name: Joerg, from Joerg Gross")
                self.change("update", self.other, firstname="Georg")
                wait_anywhere(self.app, "label", starts="Somebody else has changed one of these contacts")
                wait_anywhere(self.app, "radio button", "First name: Georg, from Georg Gross")
                self.change("delete", self.other)
                wait_anywhere(self.app, "label", starts="One of these contacts is not there any more")
                self.assertFalse(self.is_sensitive("Merge"))
                self.leave(compare)
            wait_anywhere(self.app, "label", "No Duplicates")
            self.leave(dialog)

    def test_5_conflict(self):
        """What others did before an offline merge arrives is shown: a field to decide on, or that it was refused."""
        type(self).other = self.post(**{**OTHER, "crm_id": "K-100", "email": "third@example.org"})
        names = NAMES
        self.open_offline(names, "Mail: third@example.org, from Joerg Gross")
        self.change_unseen(lambda: self.change("update", self.joerg, email="new@example.com"))
        with self.settle():
            self.app.click(wait_anywhere(self.app, "push button", "Mail: keep mine, third@example.org"))
        wait_until(lambda: self.contact(self.joerg)["email"] == "third@example.org", "the address that was decided on")
        self.wait_merged()

        type(self).other = self.post(**{**OTHER, "crm_id": "K-101", "email": "fourth@example.org"})
        self.open_offline(names, "Mail: fourth@example.org, from Joerg Gross")
        self.change_unseen(lambda: self.change("delete", self.other))
        with self.settle():
            wait_anywhere(self.app, "label", "The server refused this")
            self.app.click(wait_anywhere(self.app, "push button", "Discard"))
        self.assertEqual(self.contact(self.joerg)["email"], "third@example.org")

    def open_offline(self, names, choice):
        with self.list_duplicates() as dialog:
            wait_anywhere(self.app, "push button", f"Compare {names}")
            self.service.options = ["--listen", f"127.0.0.1:{self.service.port}"]
            self.service.stop()
            with self.compare(names) as compare:
                self.choose(compare, choice)
                self.merge(compare)
            wait_anywhere(self.app, "label", "No Duplicates")
            self.leave(dialog)

    def change_unseen(self, change):
        """At another port, where the app does not look."""
        known = self.service.options
        self.service.options = []
        self.service.start()
        change()
        self.service.stop()
        self.service.options = known
        self.service.start()
        self.app.focus()
        self.app.key("F5")

    def settle(self):
        self.app.click(self.app.wait_for("push button", ends="1 change to settle")[0])
        # A popover is a window too.
        button = self.app.wait_for("push button", "1 change to settle")
        return Dialog(self.app, lambda: self.app.click(button))

    def test_6_agent(self):
        """An agent may compare; why he may not merge is said."""
        self.post(**{**OTHER, "crm_id": "K-102", "email": "fifth@example.org"})
        self.app.stop()
        self.check_errors()
        type(self).app = self.open_app("agent", self.service.create_token("demo", role="agent"))
        with self.list_duplicates() as dialog:
            with self.compare() as compare:
                wait_anywhere(self.app, "label", "Only managers can merge contacts")
                self.assertFalse(self.is_sensitive("Merge"))
                self.leave(compare)
            self.leave(dialog)


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
