"""The API end to end: filters against SQL, paging, roles, isolation, the description."""

import contextlib
import random
import re
import threading
import unittest
import uuid

import api_kit
from api_kit import quote
from lead_kit import AGENTS, MICROSECONDS, PRODUCTS, SOURCES, STAGES
from made_up_leads import Lead, insert_leads


def setUpModule():
    global database, service
    database = api_kit.Database()
    unittest.addModuleCleanup(database.stop)
    service = api_kit.Service(database)
    unittest.addModuleCleanup(service.stop)


def escape(value):
    return value.replace("\\", "\\\\").replace(",", "\\,")


class Filters(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.rng = random.Random(20261122)
        database.create_workspace("filters")
        cls.token = database.create_token("filters")
        (now,), = database.rows("SELECT (extract(epoch FROM now()) * 1000000)::bigint;")
        cls.leads = [Lead(cls.rng, i, int(now)) for i in range(400)]
        insert_leads(database, "filters", cls.leads)

    def visible(self):
        return [lead for lead in self.leads if not lead.deleted and not lead.test]

    def choose(self):
        """A random filter: parameters, and the SQL that means the same."""
        rng, params, where = self.rng, {}, ["NOT is_test AND deleted_at IS NULL"]

        def choose_list(name, column, values, most=3):
            chosen = rng.sample(values, rng.randrange(1, most))
            params[name] = ",".join(escape(v) for v in chosen)
            where.append(f"{column} IN ({','.join(quote(v) for v in chosen)})")

        lists = [("status", "stage", STAGES), ("source", "lead_source", SOURCES), ("product", "product_interest", PRODUCTS[:3]),
                 ("assigned_to", "assigned_to", AGENTS), ("team", "team_id", ["north", "south", "nowhere"]),
                 ("temperature", "temperature", ["hot", "warm", "cold"])]
        for name, column, values in rng.sample(lists, rng.choice([0, 1, 1, 2, 3])):
            choose_list(name, column, values)
        hours = {"created": sorted(rng.sample(range(240), 2)), "activity": sorted(rng.sample(range(240), 2))}
        for name, column, sign in rng.sample([("created_from", "created_at", ">="), ("created_to", "created_at", "<"),
                                              ("activity_from", "last_activity_at", ">="), ("activity_to", "last_activity_at", "<")],
                                             rng.choice([0, 0, 1, 2])):
            ago = hours[name.split("_")[0]][sign == ">="]
            (time, day), = database.rows(f"SELECT to_char(t, 'YYYY-MM-DD\"T\"HH24:MI:SS.USZ'), to_char(t, 'YYYY-MM-DD') FROM"
                                         f" (SELECT (now() - interval '{ago} hours') AT TIME ZONE 'UTC' AS t) t;")
            if rng.random() < 0.5:
                params[name] = time
                where.append(f"{column} {sign} {quote(time)}::timestamptz")
            else:
                params[name] = day
                local = f"({column} AT TIME ZONE 'Europe/Berlin')::date"
                where.append(f"{local} {'>=' if sign == '>=' else '<='} {quote(day)}")
        if rng.random() < 0.3:
            lead = rng.choice(self.leads)
            query, condition = rng.choice([
                (lead.mail.upper(), f"c.email_norm = {quote(lead.mail)}"),
                (f"+49 171 {str(lead.number).zfill(7)}", f"c.phone_e164 = '+49171{str(lead.number).zfill(7)}'"),
                (f"crm{lead.number}", f"c.crm_id = 'crm{lead.number}'"),
                ("Ann", "c.name_folded LIKE 'ann%'"),
                ("ánn ", "c.name_folded LIKE 'ann%'"),
            ])
            params["q"] = query
            where.append(f"contact_id IN (SELECT id FROM contacts c WHERE c.workspace_id = 'filters' AND {condition})")
        return params, " AND ".join(where)

    def expected(self, where, order):
        return [row[0] for row in database.rows(
            f"SELECT id FROM leads WHERE workspace_id = 'filters' AND {where} ORDER BY {order};")]

    def test_filters_equal_sql(self):
        orders = {None: "created_at DESC, id DESC", "-created_at": "created_at DESC, id DESC", "created_at": "created_at, id",
                  "-last_activity_at": "last_activity_at DESC, id DESC", "last_activity_at": "last_activity_at, id"}
        for _ in range(120):
            params, where = self.choose()
            sort = self.rng.choice(list(orders))
            if sort:
                params["sort"] = sort
            expected = self.expected(where, orders[sort])
            answer = service.get_json("/api/inbound-leads", self.token, limit=1000, **params)
            self.assertEqual([lead["id"] for lead in answer["leads"]], expected, params)
            self.assertEqual(answer["total"], len(expected), params)
            self.assertIsNone(answer["next_cursor"])

            limit, offset = self.rng.randrange(1, 9), self.rng.randrange(0, 20)
            part = service.get_json("/api/inbound-leads", self.token, limit=limit, offset=offset, **params)
            self.assertEqual([lead["id"] for lead in part["leads"]], expected[offset:offset + limit], params)
            self.assertEqual(part["total"], len(expected), params)

            paged, cursor = [], {}
            while True:
                page = service.get_json("/api/inbound-leads", self.token, limit=37, **params, **cursor)
                paged += [lead["id"] for lead in page["leads"]]
                if page["next_cursor"] is None:
                    break
                cursor = {"cursor": page["next_cursor"]}
            self.assertEqual(paged, expected, params)

    def test_metrics(self):
        visible = self.visible()

        def top(values):
            values = [v for v in values if v is not None]
            return min(set(values), key=lambda v: (-values.count(v), v.encode()))

        (today,), = database.rows("SELECT count(*) FROM leads WHERE workspace_id = 'filters' AND NOT is_test AND deleted_at IS NULL AND"
                                  " (created_at AT TIME ZONE 'Europe/Berlin')::date = (now() AT TIME ZONE 'Europe/Berlin')::date;")
        won = sum(lead.stage == "won" for lead in visible)
        metrics = service.get_json("/api/inbound-leads", self.token, status="won", limit=1)["metrics"]
        self.assertEqual(metrics, {
            "totalLeads": len(visible),
            "newLeads": sum(lead.stage == "new" for lead in visible),
            "pending": sum(lead.stage not in ("new", "won", "lost") for lead in visible),
            "todayLeads": int(today),
            "topProduct": top([lead.product for lead in visible]),
            "topSource": top([lead.source for lead in visible]),
            "conversionRate": f"{int(won * 1000 / len(visible) + 0.5) / 10:.1f}%",
        })

    def test_total_without_the_roll_up(self):
        """Past 1,000 names the roll-up folds some, and the total is counted."""
        database.create_workspace("folded")
        token = database.create_token("folded")
        insert_leads(database, "folded", [Lead(self.rng, i, 1_780_000_000 * MICROSECONDS) for i in range(30)])
        database.execute("INSERT INTO lead_count_names SELECT 'folded', 'source', 'name' || i FROM generate_series(1, 1000) i;"
                         "UPDATE lead_counts SET source = 'other' WHERE workspace_id = 'folded' AND source = 'google' AND NOT EXISTS"
                         " (SELECT FROM lead_counts o WHERE o.workspace_id = 'folded' AND o.source = 'other');")
        (expected,), = database.rows("SELECT count(*) FROM leads WHERE workspace_id = 'folded' AND lead_source = 'google' AND NOT is_test"
                                     " AND deleted_at IS NULL;")
        self.assertEqual(service.get_json("/api/inbound-leads", token, source="google")["total"], int(expected))

    def test_empty_workspace(self):
        database.create_workspace("empty")
        answer = service.get_json("/api/inbound-leads", database.create_token("empty"))
        self.assertEqual(answer, {"leads": [], "total": 0, "next_cursor": None, "metrics": {
            "totalLeads": 0, "newLeads": 0, "pending": 0, "todayLeads": 0, "topProduct": None, "topSource": None, "conversionRate": "0.0%"}})

    def test_detail(self):
        lead = self.visible()[0]
        answer = service.get_json(f"/api/inbound-leads/{lead.id}", self.token)
        self.assertEqual(answer["lead"]["id"], lead.id)
        self.assertEqual(answer["lead"]["contact"]["id"], lead.contact_id)
        self.assertIsNone(answer["lead"]["campaign_id"])
        self.assertEqual(answer["activities"], [])
        self.assertEqual(service.get_json(f"/api/inbound-leads/{lead.id.upper()}", self.token), answer)
        for missing in (str(uuid.uuid4()), "nonsense", next(lead.id for lead in self.leads if lead.deleted)):
            self.assertEqual(service.get(f"/api/inbound-leads/{missing}", self.token).status, 404)

    def test_hostile_parameters(self):
        for name, value in [("foo", "1"), ("limit", "0"), ("limit", "1001"), ("limit", "ten"), ("offset", "-1"), ("sort", "id"),
                            ("cursor", "x"), ("assigned_to", "me"), ("created_from", "soon"), ("since", "1")]:
            answer = service.get("/api/inbound-leads", self.token, **{name: value})
            self.assertEqual(answer.status, 400)
            self.assertEqual(answer.json()["code"], "invalid_argument")
            self.assertIn(name, answer.json()["detail"])
        for value in ["'; DROP TABLE leads; --", "{", "}", '"', "\\", "\\,", "a" * 3000, "%", "$1", "\U0010ffff", "\x01"]:
            for name in ("q", "status", "source", "product", "team", "temperature"):
                answer = service.get_json("/api/inbound-leads", self.token, **{name: value})
                self.assertEqual(answer["total"], len(answer["leads"]))
        self.assertEqual(service.get_json("/api/inbound-leads", self.token, status="", q=" ")["total"], len(self.visible()))
        answer = service.server.request("GET", "/api/inbound-leads?q=%FF", Authorization=f"Bearer {self.token.token}")
        self.assertEqual(answer.status, 400)
        answer = service.server.request("GET", "/api/inbound-leads?q=a%00b", Authorization=f"Bearer {self.token.token}")
        self.assertEqual(answer.status, 400)


class Paging(unittest.TestCase):
    def test_complete_under_inserts(self):
        """A walk by cursor brings each lead that was there at its start exactly once, whatever comes in meanwhile."""
        database.create_workspace("paging")
        token, webhook = database.create_token("paging"), database.create_webhook("paging")
        made = [service.post(webhook, {"phone": f"+49171000{i:04}", "product": "Solar"})["lead_id"] for i in range(60)]
        stop = threading.Event()

        def post():
            number = 0
            while not stop.is_set():
                service.post(webhook, {"phone": f"+49172000{number:04}", "product": "Solar"})
                number += 1

        threads = [threading.Thread(target=post) for _ in range(2)]
        for thread in threads:
            thread.start()
        try:
            for sort in ("-created_at", "created_at"):
                seen, cursor = [], {}
                for _ in range(100):
                    page = service.get_json("/api/inbound-leads", token, limit=5, sort=sort, **cursor)
                    seen += [lead["id"] for lead in page["leads"]]
                    if page["next_cursor"] is None or set(made) <= set(seen):
                        break
                    cursor = {"cursor": page["next_cursor"]}
                self.assertEqual(len(seen), len(set(seen)))
                self.assertLessEqual(set(made), set(seen))
        finally:
            stop.set()
            for thread in threads:
                thread.join()


class Rights(unittest.TestCase):
    ENDPOINTS = ["/api/inbound-leads", "/api/metrics", "/api/heatmap", "/api/trends", "/api/me", "/api/changes", "/api/snapshot?kind=lead"]

    def test_unauthorized(self):
        for path in self.ENDPOINTS + [f"/api/inbound-leads/{uuid.uuid4()}", "/api/inbound-leads/export.csv", "/ws"]:
            for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic Og=="},
                            {"Authorization": "Bearer " + "x" * 5000}):
                answer = service.request("GET", path, headers=headers)
                self.assertEqual(answer.status, 401, path)
                self.assertEqual(answer.json()["code"], "unauthorized")

    def test_expired_tokens(self):
        """One that is past is refused; one that ends while it is in use ends at once, and so does its socket."""
        database.create_workspace("expired")
        past, soon = (database.create_token("expired", expires=span) for span in ("-1 second", "2 seconds"))
        self.assertEqual(service.get("/api/me", past).status, 401)
        with contextlib.closing(service.socket(past)) as websocket:
            self.assertEqual(websocket.answer.status, 401)
        with contextlib.closing(service.socket(soon)) as websocket:
            self.assertEqual(websocket.event()["event"], "hello")
            self.assertEqual(service.get("/api/me", soon).status, 200)
            api_kit.http_kit.wait_for(lambda: service.get("/api/me", soon).status == 401, "the end of the token", 4)
            self.assertEqual(websocket.close_code(), 4401)
        with contextlib.closing(service.socket(database.create_token("expired", expires="1 day"))) as websocket:
            self.assertEqual(websocket.event()["event"], "hello")

    def test_every_role_reads(self):
        database.create_workspace("roles")
        for role in ("viewer", "agent", "manager", "owner"):
            token = database.create_token("roles", role)
            for path in self.ENDPOINTS:
                self.assertEqual(service.request("GET", path, token).status, 200)
            self.assertEqual(service.get_json("/api/me", token)["role"], role)

    def test_managers_export(self):
        database.create_workspace("exporters")
        for role, status in (("viewer", 403), ("agent", 403), ("manager", 200), ("owner", 200)):
            answer = service.get("/api/inbound-leads/export.csv", database.create_token("exporters", role))
            self.assertEqual(answer.status, status)
            if status == 403:
                self.assertEqual(answer.json()["code"], "forbidden")

    def test_managers_send_test_leads(self):
        """They come in as from a webhook, and no figure counts them."""
        database.create_workspace("testers")
        tokens = {role: database.create_token("testers", role) for role in ("viewer", "agent", "manager", "owner")}
        for role in ("viewer", "agent"):
            answer = service.request("POST", "/api/test-lead", tokens[role])
            self.assertEqual((answer.status, answer.json()["code"]), (403, "forbidden"))
        self.assertEqual(service.request("POST", "/api/test-lead").status, 401)
        self.assertEqual(service.request("POST", "/api/test-lead", tokens["owner"], workspace_id="other").status, 403)
        self.assertEqual(service.request("POST", "/api/test-lead", tokens["owner"], product="x").status, 400)

        with contextlib.closing(service.socket(tokens["owner"])) as websocket:
            self.assertEqual(websocket.event()["event"], "hello")
            first, second = (service.request("POST", "/api/test-lead", tokens[role], workspace_id="testers").json()
                             for role in ("manager", "owner"))
            told = next(event for event in iter(websocket.event, None) if event["event"] == "webhook:contact_created")
            self.assertEqual((told["data"]["lead_id"], told["data"]["webhook_name"]), (first["lead_id"], "Test lead"))
        self.assertEqual(first["contact_id"], second["contact_id"])
        self.assertNotEqual(first["lead_id"], second["lead_id"])
        lead = service.get_json(f"/api/inbound-leads/{first['lead_id']}", tokens["viewer"])["lead"]
        self.assertEqual((lead["is_test"], lead["stage"], lead["contact"]["lastname"]), (True, "new", "Lead"))
        self.assertEqual(service.get_json("/api/inbound-leads", tokens["viewer"])["metrics"]["totalLeads"], 0)
        self.assertEqual(database.rows("SELECT count(*), count(DISTINCT webhook_id) FROM deliveries WHERE workspace_id = 'testers'"
                                       " AND outcome <> 'refused'"), [("2", "1")])
        webhook = database.rows("SELECT DISTINCT webhook_id FROM deliveries WHERE workspace_id = 'testers'")[0][0]
        self.assertEqual(service.request("POST", f"/webhooks/{webhook}", body=b"{}").status, 404)

    def test_lesser_role_counts(self):
        database.create_workspace("lesser")
        token = database.create_token("lesser", "owner", member_role="viewer")
        me = service.get_json("/api/me", token)
        self.assertEqual((me["role"], me["user"]["id"], me["workspaces"][0]["timezone"]), ("viewer", token.user_id, "Europe/Berlin"))

    def test_isolation(self):
        for name in ("iso-a", "iso-b"):
            database.create_workspace(name)
        tokens = {name: database.create_token(name) for name in ("iso-a", "iso-b")}
        leads = {}
        for name in tokens:
            webhook = database.create_webhook(name)
            leads[name] = service.post(webhook, {"phone": "+491710000001", "firstname": name, "product": "Solar"})["lead_id"]

        for name, other in (("iso-a", "iso-b"), ("iso-b", "iso-a")):
            token = tokens[name]
            for path in ("/api/inbound-leads", "/api/me", "/api/changes", f"/api/inbound-leads/{leads[name]}"):
                self.assertEqual(service.get(path, token, workspace_id=name).status, 200)
                self.assertEqual(service.get(path, token, workspace_id=other).status, 403)
            self.assertEqual(service.get("/api/snapshot", token, kind="lead", workspace_id=other).status, 403)
            with contextlib.closing(service.socket(token, workspace_id=other)) as websocket:
                self.assertEqual(websocket.answer.status, 403)
            self.assertEqual(service.get(f"/api/inbound-leads/{leads[other]}", token).status, 404)
            for query in ("+491710000001", other, "iso"):
                found = service.get_json("/api/inbound-leads", token, q=query)["leads"]
                self.assertTrue(all(lead["workspace_id"] == name and lead["contact"]["workspace_id"] == name for lead in found))
            bodies = [service.get("/api/changes", token, limit=1000).body, service.get("/api/me", token).body,
                      *(service.get("/api/snapshot", token, kind=kind).body for kind in ("contact", "lead", "activity"))]
            for body in bodies:
                self.assertNotIn(other.encode(), body)
                self.assertNotIn(leads[other].encode(), body)

    def test_cursor_of_another_workspace(self):
        for name in ("cursor-a", "cursor-b"):
            database.create_workspace(name)
            webhook = database.create_webhook(name)
            for i in range(3):
                service.post(webhook, {"phone": f"+49171000000{i}", "product": name})
        a, b = (database.create_token(name) for name in ("cursor-a", "cursor-b"))
        cursor = service.get_json("/api/inbound-leads", a, limit=1)["next_cursor"]
        for lead in service.get_json("/api/inbound-leads", b, cursor=cursor)["leads"]:
            self.assertEqual(lead["workspace_id"], "cursor-b")
        cursor = service.get_json("/api/snapshot", a, kind="lead", limit=1)["next_cursor"]
        self.assertEqual(service.get("/api/snapshot", b, kind="lead", cursor=cursor).status, 410)


class Status(unittest.TestCase):
    def test_health(self):
        for path in ("/healthz", "/readyz"):
            self.assertEqual(service.get(path).json(), {"status": "ok"})

    def test_metrics(self):
        text = service.get("/metrics").body.decode()
        names = set()
        for line in text.splitlines():
            if line.startswith("#"):
                self.assertRegex(line, r"^# (HELP|TYPE) [a-z_]+ .+")
            else:
                self.assertRegex(line, r'^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? -?[0-9.]+$')
                names.add(re.match(r"[a-z_]+", line)[0])
        self.assertIn("inbound_writer_queue_length", names)
        self.assertIn("inbound_websocket_clients", names)
        self.assertIn("inbound_read_seconds_bucket", names)

    def test_what_is_counted(self):
        database.create_workspace("counted")
        webhook = database.create_webhook("counted")

        def read():
            text = service.get("/metrics").body.decode()
            return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if not line.startswith("#")}

        before = read()
        for i in range(3):
            service.post(webhook, {"phone": f"+4917100000{i:02}"})
        service.request("POST", f"/webhooks/{webhook}", body=b"{}", headers={"Content-Type": "application/json"})
        after = read()

        def grown(name):
            return after.get(name, 0) - before.get(name, 0)

        self.assertEqual(grown("inbound_webhook_events_stored_total"), 3)
        self.assertEqual(grown("inbound_webhook_events_refused_total"), 1)
        self.assertEqual(grown("inbound_writer_batch_events_total"), 4)
        self.assertEqual(grown("inbound_writer_batch_seconds_count"), grown("inbound_writer_batches_total"))
        self.assertEqual(grown('inbound_http_requests_total{route="/webhooks/{id}",status="200"}'), 3)
        self.assertEqual(grown('inbound_http_requests_total{route="/webhooks/{id}",status="422"}'), 1)
        self.assertEqual(grown('inbound_http_requests_total{route="/metrics",status="200"}'), 1)
        self.assertGreaterEqual(after["inbound_http_connections"], 1)

    def test_description(self):
        document = service.get("/openapi.json").json()
        self.assertEqual(document, service.contract.document)
        self.assertEqual(document["openapi"], "3.1.0")

    def test_not_ready_without_the_database(self):
        other = api_kit.Database()
        lonely = api_kit.Service(other)
        try:
            api_kit.http_kit.wait_for(lambda: lonely.get("/readyz").status == 200, "the service to be ready")
            other.halt()
            api_kit.http_kit.wait_for(lambda: lonely.get("/readyz").status == 503, "the service to be not ready")
            self.assertEqual(lonely.get("/healthz").status, 200)
            answer = lonely.get("/api/me", "any")
            self.assertEqual((answer.status, answer.json()["code"]), (503, "unavailable"))
            other.start()
            api_kit.http_kit.wait_for(lambda: lonely.get("/readyz").status == 200, "the service to be ready again")
        finally:
            lonely.stop()
            other.stop()


class ZContract(unittest.TestCase):
    """Last: what the others saw."""

    def test_every_read_was_seen(self):
        document = service.contract.document
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                # What writes has tests of its own, which look for the same (edit_kit.py, admin_kit.py).
                if (path == "/ws" or path.endswith("{key}") or "administration" in operation["tags"]
                        or method != "get" and "webhooks" not in operation["tags"]):
                    continue
                self.assertIn((method.upper(), path, "200"), service.contract.seen)
        for status in ("400", "401", "403"):
            self.assertIn(("GET", "/api/inbound-leads", status), service.contract.seen)

    def test_references_resolve(self):
        def walk(node):
            if isinstance(node, dict):
                if "$ref" in node:
                    service.contract.resolve(node)
                for value in node.values():
                    walk(value)
            elif isinstance(node, list):
                for value in node:
                    walk(value)

        walk(service.contract.document)

    def test_undescribed_members_fail(self):
        contract = service.contract
        me = {"user": {"id": str(uuid.uuid4()), "name": "A", "email": None, "is_service": False}, "role": "viewer", "workspaces": []}
        schema = {"$ref": "#/components/schemas/Me"}
        self.assertIsNone(contract.find_problem(me, schema, ""))
        self.assertIsNotNone(contract.find_problem({**me, "secret": 1}, schema, ""))
        self.assertIsNotNone(contract.find_problem({**me, "role": "king"}, schema, ""))
        self.assertIsNotNone(contract.find_problem({k: v for k, v in me.items() if k != "role"}, schema, ""))


if __name__ == "__main__":
    unittest.main()
