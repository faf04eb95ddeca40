"""GET /api/duplicates: whoever shares a number, an address, or was pointed at together; page by page, nobody else's."""

import unittest
import uuid

import api_kit
from admin_kit import ROLES, Office
from api_kit import quote


def setUpModule():
    global database, service
    database = api_kit.Database()
    unittest.addModuleCleanup(database.stop)
    service = api_kit.Service(database)
    unittest.addModuleCleanup(service.stop)


class Duplicates(unittest.TestCase):
    def setUp(self):
        self.office = Office(database, service, f"twins-{uuid.uuid4().hex[:8]}")
        self.n = 0

    def contact(self, **payload):
        """By the webhook, which finds nobody: each has something that nobody has."""
        self.n += 1
        payload.setdefault("email", f"person{self.n}@example.com")
        return service.post(self.office.webhook, {"firstname": f"P{self.n}", **payload})["contact_id"]

    def edit(self, contact, verb="update", **fields):
        body = {"mutations": [{"id": str(uuid.uuid4()), "verb": verb, "entity": "contact", "entity_id": contact,
                               "fields": {name: {"value": value} for name, value in fields.items()}}]}
        result, = self.office.done("POST", "/api/mutations", body)["results"]
        self.assertEqual(result["status"], "applied", result)

    def read(self, role="viewer", **params):
        """All pages."""
        found, cursor = [], None
        while True:
            page = self.office.done("GET", "/api/duplicates", role=role, **params, **({"cursor": cursor} if cursor else {}))
            self.assertLessEqual(len(page["duplicates"]), params.get("limit", 50))
            found += page["duplicates"]
            cursor = page["next_cursor"]
            if cursor is None:
                return found

    def groups(self, **params):
        return [(d["reason"], d.get("value"), {c["id"] for c in d["contacts"]}) for d in self.read(**params)]

    def test_nobody(self):
        self.contact(phone="+4915112345678")
        self.contact(phone_secondary="+4915112345679")
        self.assertEqual(self.groups(), [])

    def test_second_numbers(self):
        first = self.contact(phone="0151 12345678")
        second = self.contact(phone="+4915112345670", phone_secondary="0151/12345678")
        third = self.contact(whatsapp="+49 151 12345678")
        self.assertEqual(self.groups(), [("phone", "+4915112345678", {first, second, third})])
        # Its own number twice makes nobody a duplicate; another one makes them one no more.
        self.edit(second, phone_secondary="+4915112345670")
        self.assertEqual(self.groups(), [("phone", "+4915112345678", {first, third})])
        self.edit(third, whatsapp="no number")
        self.assertEqual(self.groups(), [])
        self.edit(third, whatsapp="015112345678")
        self.edit(third, verb="delete")
        self.assertEqual(self.groups(), [])

    def test_two_second_numbers(self):
        first = self.contact(phone_secondary="+4915112345678", email_secondary="Both@Example.com")
        second = self.contact(whatsapp="+4915112345678", email_secondary="both@example.com")
        self.assertEqual(self.groups(), [("phone", "+4915112345678", {first, second}), ("email", "both@example.com", {first, second})])

    def test_second_addresses(self):
        first = self.contact(email="one@example.com")
        second = self.contact(email="two@example.com", email_secondary="ONE@example.com")
        self.assertEqual(self.groups(), [("email", "one@example.com", {first, second})])

    def test_the_same_first_one(self):
        contacts = [self.contact(phone=f"+49151123456{i:02}") for i in range(3)]
        database.execute(f"UPDATE contacts SET phone_e164 = '+4915112345600', email_norm = 'same@example.com'"
                         f" WHERE workspace_id = {quote(self.office.workspace)};")
        other = self.contact(phone_secondary="+4915112345600")
        self.assertEqual(self.groups(), [("phone", "+4915112345600", {*contacts, other}), ("email", "same@example.com", set(contacts))])
        for limit in (1, 2, 3):
            self.assertEqual(self.groups(limit=limit), self.groups())

    def test_conflicts(self):
        by_phone = self.contact(phone="+4915112345678")
        by_mail = self.contact(email="mail@example.com")
        self.contact(phone="+4915112345678", email="mail@example.com")
        found, = self.read()
        self.assertEqual((found["reason"], {c["id"] for c in found["contacts"]}), ("conflict", {by_phone, by_mail}))
        self.assertEqual(found["conflicts"], [{"key": "email", "value": "mail@example.com", "contact_id": by_mail}])
        # An edit that takes somebody's address is told too; a merge ends it.
        self.edit(by_mail, verb="delete")
        self.assertEqual(self.read(), [])

    def test_pages(self):
        """Many groups of every kind, with pages of any size: each once."""
        for i in range(12):
            self.contact(phone=f"+4915112346{i:03}")
            self.contact(email=f"x{i}@example.com", phone_secondary=f"+4915112346{i:03}", email_secondary=f"person{self.n}@example.com")
        whole = self.groups(limit=200)
        self.assertGreaterEqual(len(whole), 12)
        for limit in (1, 2, 5, 7, 50):
            self.assertEqual(self.groups(limit=limit), whole)

    def test_refused(self):
        for params in ({"limit": 0}, {"limit": 201}, {"cursor": "x"}, {"cursor": "cGhvbmU"}, {"surprise": 1}):
            self.assertEqual(self.office.refused("GET", "/api/duplicates", **params)[0], 400)
        for role in ROLES:
            self.assertEqual(self.read(role), [])
        self.assertEqual(service.get("/api/duplicates").status, 401)

    def test_other_workspace(self):
        self.contact(phone="+4915112345678", email="mail@example.com")
        elsewhere = Office(database, service, f"twins-{uuid.uuid4().hex[:8]}")
        service.post(elsewhere.webhook, {"email": "secret@example.com", "phone_secondary": "+4915112345678", "email_secondary": "mail@example.com"})
        self.assertEqual(self.read(), [])
        self.assertEqual(elsewhere.done("GET", "/api/duplicates")["duplicates"], [])
        self.assertEqual(database.execute("SELECT count(*) FROM contact_keys;", user="inbound_service", workspace=self.office.workspace), ["0"])
        self.assertEqual(database.execute("SELECT count(*) FROM contact_keys;", user="inbound_service", workspace=elsewhere.workspace), ["2"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
