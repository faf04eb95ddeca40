"""Nothing of workspace B for who has a token, a webhook or only the database rights of workspace A."""

import contextlib
import json
import unittest
import urllib.parse
import uuid

import api_kit
from api_kit import quote

MARK = "belongs-to-iso-b"
SEED = {"phone": "+491710000001", "email": "both@example.com", "crm_id": "crm1", "firstname": "Ann", "product": "Solar",
        "lead_status": "new", "notes": "x"}
HARMLESS = {"/healthz", "/readyz", "/openapi.json", "/metrics"}  # the same for everyone, without a token
BODIES = {("PATCH", "/api/inbound-leads/{id}"): {"temperature": "hot", "contact": {"company": "x"}},
          ("POST", "/api/inbound-leads/{id}/activities"): {"activity_type": "call"}}
OUTSIDE = {"schema_migrations", "workspace_directory", "webhook_directory", "token_directory"}  # look-ups, nothing personal


def setUpModule():
    global database, service, a, b
    database = api_kit.Database()
    service = api_kit.Service(database)
    a, b = Side("iso-a", "shown to a"), Side("iso-b", MARK)


def tearDownModule():
    service.stop()
    database.stop()


class Side:
    """A workspace with one row of everything that the service itself writes."""

    def __init__(self, workspace, mark):
        self.workspace = workspace
        database.create_workspace(workspace)
        self.token = database.create_token(workspace, "owner")
        self.webhook = database.create_webhook(workspace, name=mark)
        stored = service.post(self.webhook, {**SEED, "lastname": mark, "lead_source": mark, "product": mark, "secret": mark})
        self.lead, self.contact = stored["lead_id"], stored["contact_id"]
        self.ids = [self.lead, self.contact, self.webhook, self.token.id, self.token.user_id]
        self.ids += [row[0] for row in database.rows(
            f"SELECT id FROM lead_activities WHERE workspace_id = {quote(workspace)} UNION ALL"
            f" SELECT id FROM deliveries WHERE workspace_id = {quote(workspace)};")]

    def state(self):
        """Everything of the workspace, to see that nothing changed."""
        return database.execute(f"""SELECT (SELECT change_seq FROM workspace_heads WHERE workspace_id = {quote(self.workspace)}),
          (SELECT count(*) FROM deliveries WHERE workspace_id = {quote(self.workspace)}),
          (SELECT md5(string_agg(leads::text, '')) FROM leads WHERE workspace_id = {quote(self.workspace)});""")


class Api(unittest.TestCase):
    def assertNothingOfB(self, answer, asked_for=None):
        text = answer.body.decode()
        for secret in {MARK, *b.ids} - {asked_for}:
            self.assertNotIn(secret, text)

    def operations(self):
        for path, operations in service.contract.document["paths"].items():
            for method, operation in operations.items():
                if path not in HARMLESS and not path.startswith("/webhooks/"):
                    yield method.upper(), path, operation

    def call(self, method, path, body=None, **params):
        query = "?" + urllib.parse.urlencode(params) if params else ""
        data = json.dumps(body or {}).encode() if method in ("POST", "PUT", "PATCH") else b""
        fields = {"Content-Type": "application/json"} if data else {}
        return service.request(method, path + query, a.token, body=data, headers=fields)

    def needed(self, operation):
        """Values for the parameters that an operation cannot do without."""
        params = {}
        for parameter in operation.get("parameters", []):
            parameter = service.contract.resolve(parameter)
            if parameter.get("required") and parameter["in"] == "query":
                schema = service.contract.resolve(parameter["schema"])
                params[parameter["name"]] = schema.get("enum", ["0"])[0]
        return params

    def test_the_workspace_of_b(self):
        n_tried = 0
        for method, path, operation in self.operations():
            with self.subTest(method=method, path=path):
                params = {**self.needed(operation), "workspace_id": b.workspace}
                for entity in b.ids if "{" in path else [None]:
                    answer = self.call(method, path.replace("{id}", entity or ""), **params)
                    self.assertEqual((answer.status, answer.json()["code"]), (403, "forbidden"))
                    self.assertNothingOfB(answer)
                n_tried += 1
        self.assertGreaterEqual(n_tried, 6)

    def test_ids_of_b(self):
        before = b.state()
        for method, path, _ in self.operations():
            if "{" not in path:
                continue
            for entity in b.ids:
                with self.subTest(method=method, path=path):
                    answer = self.call(method, path.replace("{id}", entity), BODIES.get((method, path)))
                    self.assertEqual(answer.status, 404)
                    self.assertNothingOfB(answer, asked_for=entity)
        self.assertEqual(b.state(), before)

    def test_own_answers_hold_nothing_of_b(self):
        """The same person is in both workspaces, so a lookup that forgot the workspace would find the other's row."""
        before = b.state()
        for method, path, operation in self.operations():
            if method != "GET" or path == "/ws" or "{" in path:
                continue
            parameters = [service.contract.resolve(parameter) for parameter in operation.get("parameters", [])]
            names = {parameter["name"] for parameter in parameters}
            base = self.needed(operation)
            attempts = [base]
            for value in (b.workspace, MARK, *b.ids, SEED["phone"], SEED["email"], SEED["crm_id"]):
                attempts += [{**base, name: value} for name in names - {"workspace_id", *base}]
            kinds = next((service.contract.resolve(p["schema"]).get("enum", []) for p in parameters if p["name"] == "kind"), [])
            attempts += [{**base, "kind": kind} for kind in kinds]
            for params in attempts:
                with self.subTest(path=path, params=params):
                    answer = self.call(method, path, **params)
                    self.assertIn(answer.status, (200, 400, 404, 410))
                    if answer.status == 200:
                        self.assertNothingOfB(answer)
        self.assertEqual(b.state(), before)

    def test_socket(self):
        with contextlib.closing(service.socket(a.token, workspace_id=b.workspace)) as refused:
            self.assertEqual(refused.answer.status, 403)
        listener = service.socket(a.token)
        self.addCleanup(listener.close)
        self.assertEqual(listener.event()["data"]["workspace_id"], a.workspace)
        service.post(b.webhook, {**SEED, "lastname": MARK})
        service.post(a.webhook, {**SEED, "lastname": "the end"})
        text = ""
        while "the end" not in text:
            event = json.dumps(listener.event())
            self.assertNotIn(MARK, event)
            self.assertNotIn(b.workspace, event)
            text += event


class Webhooks(unittest.TestCase):
    def test_the_workspace_of_the_other(self):
        before = a.state(), b.state()
        for webhook, workspace in ((a.webhook, b.workspace), (b.webhook, a.workspace), (a.webhook, "nobody"), (a.webhook, "iso-a' OR 1")):
            answer = service.request("POST", f"/webhooks/{webhook}", body=json.dumps(SEED).encode(),
                                     headers={"Content-Type": "application/json", "x-workspace-id": workspace})
            self.assertEqual(answer.status, 403)
        self.assertEqual((a.state(), b.state()), before)

    def test_payload_cannot_choose_the_workspace(self):
        before = b.state()
        for name in ("workspace_id", "workspaceId", "id", "lead_id", "contact_id", "webhook_id"):
            for value in (b.workspace, b.lead, b.contact, b.webhook):
                stored = service.post(a.webhook, {**SEED, name: value})
                self.assertNotIn(stored["contact_id"], b.ids)
                self.assertNotIn(stored["lead_id"], b.ids)
        self.assertEqual(b.state(), before)

    def test_delivery_keys_are_the_webhooks_own(self):
        first = service.post(a.webhook, SEED, **{"Idempotency-Key": "shared"})
        second = service.post(b.webhook, SEED, **{"Idempotency-Key": "shared"})
        self.assertNotEqual(first["contact_id"], second["contact_id"])
        self.assertEqual(second["contact_id"], b.contact)


class RowSecurity(unittest.TestCase):
    """The service's role with nothing but PostgreSQL between it and the rows."""

    def tables(self):
        tables = {row[0] for row in database.rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p');")}
        self.assertLessEqual(OUTSIDE, tables)
        return sorted(tables - OUTSIDE)

    def fill(self):
        """Rows of B also in the tables that the service has not written to, as the superuser, whom no policy stops."""
        key = f"'{b.workspace}', gen_random_uuid()"
        database.execute(f"""
          INSERT INTO teams VALUES ('{b.workspace}', 'north', 'North', NULL, now(), now(), NULL, 1000) ON CONFLICT DO NOTHING;
          INSERT INTO audit_log (workspace_id, id, created_at, actor, action) VALUES ({key}, now(), 'x', 'x');
          INSERT INTO contact_keys VALUES ('{b.workspace}', '+4915112345678', gen_random_uuid());
          INSERT INTO views (workspace_id, id, user_id, name, created_at, updated_at, change_seq)
            VALUES ({key}, gen_random_uuid(), 'x', now(), now(), 1001) ON CONFLICT DO NOTHING;
          INSERT INTO mutations (workspace_id, user_id, id, entity, entity_id, request, answer, created_at)
            VALUES ({key}, gen_random_uuid(), 'lead', gen_random_uuid(), '{{}}', '{{}}', now());
          INSERT INTO tombstones VALUES ('{b.workspace}', 'lead', '{uuid.uuid4()}', now(), 1002) ON CONFLICT DO NOTHING;
          INSERT INTO users (id, name, created_at, updated_at) VALUES (gen_random_uuid(), 'x', now(), now());""")

    def test_no_row_without_the_setting(self):
        self.fill()
        filled = set()
        for table in self.tables():
            with self.subTest(table):
                everything = int(database.execute(f"SELECT count(*) FROM {table};")[0])
                filled |= {table} if everything else set()
                for setting in ("", "SET LOCAL inbound.workspace = '';", "SET LOCAL inbound.workspace = 'nobody';",
                                "SET LOCAL inbound.workspace = '%';"):
                    rows = database.execute(f"{setting} SELECT count(*) FROM {table};", user="inbound_service")
                    self.assertEqual(rows, ["0"])
        # Or the test would prove nothing.
        self.assertLessEqual({"workspaces", "workspace_heads", "memberships", "tokens", "teams", "audit_log", "lead_pipeline_stages",
                              "contacts", "contact_keys", "leads", "lead_activities", "webhooks", "deliveries", "views", "mutations", "tombstones",
                              "lead_counts", "lead_day_counts", "lead_count_names", "users"}, filled)

    def test_only_own_rows_with_the_setting(self):
        for table in self.tables():
            if table == "users":
                continue
            column = "id" if table == "workspaces" else "workspace_id"
            with self.subTest(table):
                seen = database.execute(f"SELECT DISTINCT {column} FROM {table};", user="inbound_service", workspace=a.workspace)
                self.assertIn(seen, ([], [a.workspace]))

    def test_no_write_to_the_other(self):
        before = b.state()
        for table in self.tables():
            if table in ("users", "audit_log"):
                continue
            column = "id" if table == "workspaces" else "workspace_id"
            with self.subTest(table):
                for sql in (f"UPDATE {table} SET {column} = {column} WHERE {column} = '{b.workspace}'", f"DELETE FROM {table} WHERE {column} = '{b.workspace}'"):
                    changed = database.execute(f"WITH changed AS ({sql} RETURNING 1) SELECT count(*) FROM changed;",
                                               user="inbound_service", workspace=a.workspace)
                    self.assertEqual(changed, ["0"])
        with self.assertRaisesRegex(RuntimeError, "row-level security"):
            database.execute(f"UPDATE leads SET workspace_id = '{b.workspace}';", user="inbound_service", workspace=a.workspace)
        with self.assertRaisesRegex(RuntimeError, "row-level security"):
            database.execute(f"INSERT INTO workspace_heads VALUES ('{b.workspace}2', 0);", user="inbound_service", workspace=a.workspace)
        for sql in ("UPDATE audit_log SET action = 'x';", "DELETE FROM audit_log;", "SET ROLE inbound_owner;", "ALTER TABLE leads DISABLE ROW LEVEL SECURITY;"):
            with self.assertRaisesRegex(RuntimeError, "permission denied|must be owner"):
                database.execute(sql, user="inbound_service", workspace=a.workspace)
        self.assertEqual(b.state(), before)


if __name__ == "__main__":
    unittest.main(verbosity=2)
