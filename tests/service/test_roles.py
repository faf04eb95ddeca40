"""What each role may write, by the API: one table of all writing routes; what is not allowed answers 403 and changes nothing."""

import json
import os
import unittest
import uuid

import api_kit
from admin_kit import ROLES, Office
from edit_kit import mutation

CONTRACT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data", "openapi.json")


def setUpModule():
    global database, service
    database = api_kit.Database()
    unittest.addModuleCleanup(database.stop)
    service = api_kit.Service(database)
    unittest.addModuleCleanup(service.stop)


class Roles(unittest.TestCase):
    def setUp(self):
        self.office = Office(database, service, f"office-{uuid.uuid4().hex[:8]}")
        self.made = 0

    def lead(self):
        return self.office.lead()

    def team(self):
        self.made += 1
        return self.office.done("POST", "/api/teams", {"name": f"Team {self.made}"})["id"]

    def invite(self):
        return self.office.done("POST", "/api/users", {"name": "Bo", "email": f"{uuid.uuid4().hex}@sales.example"})

    def group(self):
        """Of each member's own: nobody undoes what another did."""
        group = str(uuid.uuid4())
        if self.role != "viewer":
            self.office.done("POST", "/api/mutations", {"mutations": [mutation(self.lead(), {"temperature": "hot"}, group=group)]},
                             role=self.role)
        return group

    def stages(self):
        return self.office.done("GET", "/api/stages")

    def put_stages(self):
        now = self.stages()
        return {"change_seq": now["change_seq"], "stages": now["stages"]}

    def contact(self):
        return self.office.rows("SELECT id FROM contacts WHERE workspace_id = $w LIMIT 1;")[0][0]

    # method, route, least role, what the route's id is made by, body
    def table(self):
        return [
            ("POST", "/api/inbound-leads", "agent", None, lambda: {"contact_id": self.contact()}),
            ("PATCH", "/api/inbound-leads/{id}", "agent", self.lead, lambda: {"temperature": "hot"}),
            ("POST", "/api/inbound-leads/{id}/activities", "agent", self.lead, lambda: {"activity_type": "call"}),
            ("POST", "/api/inbound-leads/bulk", "manager", None, lambda: {"ids": [self.lead()], "set": {"temperature": "hot"}}),
            ("POST", "/api/mutations", "agent", None, lambda: {"mutations": [mutation(self.lead(), {"temperature": "hot"})]}),
            ("POST", "/api/groups/{id}/undo", "agent", self.group, None),
            ("POST", "/api/import", "manager", None, lambda: f"firstname,email\nImp,{uuid.uuid4().hex}@example.com\n".encode()),
            ("POST", "/api/test-lead", "manager", None, None),
            ("PUT", "/api/stages", "manager", None, self.put_stages),
            ("POST", "/api/teams", "manager", None, lambda: {"name": f"South {uuid.uuid4().hex[:6]}"}),
            ("PATCH", "/api/teams/{id}", "manager", self.team, lambda: {"name": f"East {uuid.uuid4().hex[:6]}"}),
            ("DELETE", "/api/teams/{id}", "manager", self.team, None),
            ("POST", "/api/users", "owner", None, lambda: {"name": "Cy", "email": f"{uuid.uuid4().hex}@sales.example"}),
            ("PATCH", "/api/users/{id}", "owner", lambda: self.invite()["user"]["user_id"], lambda: {"role": "viewer"}),
            ("DELETE", "/api/users/{id}", "owner", lambda: self.invite()["user"]["user_id"], None),
            ("POST", "/api/tokens", "owner", None, lambda: {"user_id": self.office.tokens["agent"].user_id}),
            ("DELETE", "/api/tokens/{id}", "owner", lambda: self.invite()["token"]["id"], None),
        ]

    def send(self, method, path, body):
        kind = "text/csv" if isinstance(body, bytes) else "application/json"
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return service.request(method, path, self.office.tokens[self.role], body=data, headers={"Content-Type": kind} if data else {})

    def test_table(self):
        self.office.lead()
        for method, route, least, make, body in self.table():
            for self.role in ROLES:
                with self.subTest(method=method, route=route, role=self.role):
                    path = route.replace("{id}", make() if make else "")
                    content = body() if body else None
                    head = self.office.head()
                    answer = self.send(method, path, content)
                    if ROLES.index(self.role) >= ROLES.index(least):
                        self.assertIn(answer.status, (200, 201), answer.body)
                    else:
                        self.assertEqual((answer.status, answer.json()["code"]), (403, "forbidden"))
                        self.assertEqual(self.office.head(), head)

    def test_the_table_has_every_route(self):
        """By the written contract; senders of webhooks have no role."""
        with open(CONTRACT) as file:
            paths = json.load(file)["paths"]
        writing = {(method.upper(), path) for path, methods in paths.items() for method in methods
                   if method in ("post", "put", "patch", "delete") and not path.startswith("/webhooks/")}
        self.assertEqual({(row[0], row[1]) for row in self.table()}, writing)


if __name__ == "__main__":
    unittest.main()
