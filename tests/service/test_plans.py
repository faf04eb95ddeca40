"""The plans of every statement that the service really runs, logged by PostgreSQL itself, beside 100,000 leads: none may scan a table
that grows with the leads.
"""

import json
import json
import re
import unittest
import uuid

import api_kit
from edit_kit import mutation, new_id
from http_kit import wait_for

LEADS = 100_000
GROWING = {"contacts", "leads", "lead_activities", "deliveries", "lead_day_counts", "lead_custom_fields", "audit_log", "mutations",
           "contact_keys"}
OPTIONS = "-c shared_preload_libraries=auto_explain -c auto_explain.log_min_duration=0 -c log_destination=stderr"
AGENT = "40000000-0000-4000-8000-000000000010"


def setUpModule():
    global database, service
    database = api_kit.Database(OPTIONS)
    unittest.addModuleCleanup(database.stop)
    for name in ("plans", "other"):
        database.create_workspace(name)
        fill(name)
    database.execute("VACUUM (ANALYZE);")
    service = api_kit.Service(database)
    unittest.addModuleCleanup(service.stop)


def fill(name):
    half = LEADS // 2
    database.execute(f"""
        SET LOCAL auto_explain.log_min_duration = -1;
        CREATE TEMP TABLE numbers AS SELECT i, gen_random_uuid() AS contact, gen_random_uuid() AS lead,
          now() - i * interval '1 minute' AS at FROM generate_series(1, {half}) i;
        INSERT INTO contacts (id, workspace_id, crm_id, email_norm, phone_e164, name_folded, created_at, updated_at, change_seq)
        SELECT contact, '{name}', 'crm' || i, 'u' || i || '@example.com', '+49' || i, 'name ' || i, at, at, 100 + i FROM numbers;
        INSERT INTO leads (id, contact_id, workspace_id, lead_source, stage, lead_status_id, product_interest, temperature, assigned_to,
                           team_id, last_activity_at, created_at, updated_at, currency, is_converted, converted_at, first_response_at,
                           change_seq)
        SELECT lead, contact, '{name}', 'source ' || i % 20, (ARRAY['new', 'contacted', 'won'])[1 + i % 3], 1, 'product ' || i % 10,
               (ARRAY['hot', 'cold'])[1 + i % 2], CASE WHEN i % 3 = 0 THEN ('40000000-0000-4000-8000-0000000000' || 10 + i % 9)::uuid END,
               CASE WHEN i % 4 = 0 THEN 'team ' || i % 5 END, at, at, at, 'EUR', i % 3 = 2, CASE WHEN i % 3 = 2 THEN at END,
               CASE WHEN i % 3 > 0 THEN at + interval '1 minute' END, 100 + {half} + i FROM numbers;
        INSERT INTO contact_keys SELECT '{name}', '+49' || i + 7, contact FROM numbers WHERE i % 10 = 0;
        UPDATE contacts SET identity_conflicts = '[]' WHERE workspace_id = '{name}' AND crm_id LIKE 'crm%00';
        INSERT INTO lead_activities (id, workspace_id, lead_id, contact_id, activity_type, title, created_at, updated_at, occurred_at,
                                     change_seq)
        SELECT gen_random_uuid(), '{name}', lead, contact, 'lead_created', 'New', at, at, at, 100 + 2 * {half} + i FROM numbers;
        INSERT INTO lead_counts SELECT workspace_id, lead_source, product_interest, stage, count(*), 0 FROM leads
          WHERE workspace_id = '{name}' GROUP BY 1, 2, 3, 4;
        INSERT INTO lead_day_counts SELECT workspace_id, created_at::date, lead_source, product_interest, stage, count(*), 0 FROM leads
          WHERE workspace_id = '{name}' GROUP BY 1, 2, 3, 4, 5;
        INSERT INTO lead_count_names SELECT workspace_id, 'source', lead_source FROM leads WHERE workspace_id = '{name}' GROUP BY 1, 3
          UNION ALL SELECT workspace_id, 'product', product_interest FROM leads WHERE workspace_id = '{name}' GROUP BY 1, 3;
        UPDATE workspace_heads SET change_seq = 100 + 3 * {half} WHERE workspace_id = '{name}';
        DROP TABLE numbers;""")


class Young(unittest.TestCase):
    """What the writer asks for edits, planned when PostgreSQL knows nothing of the tables yet: a first bulk runs on these plans."""

    @classmethod
    def setUpClass(cls):
        cls.database = api_kit.Database()
        cls.addClassCleanup(cls.database.stop)
        cls.database.create_workspace("young")

    def plan(self, name, *params, **marks):
        sql = api_kit.read_sql(f"edit/{name}.sql")
        for mark, value in marks.items():
            sql = sql.replace("{" + mark + "}", value)
        return "\n".join(self.database.execute(
            f"SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan; PREPARE p AS {sql};"
            f" EXPLAIN EXECUTE p({', '.join(api_kit.quote(param) for param in ('young', *params))});",
            user="inbound_service", workspace="young"))

    def test_edits(self):
        one, some = new_id(), "{" + new_id() + "}"
        for index, plan in [
                ("mutations_pkey", self.plan("find-mutations", one, some)),
                ("mutations_group", self.plan("find-groups", one, some)),
                ("leads_pkey", self.plan("load-rows", some, type="uuid", columns="t.*", table="leads", key="id")),
                ("contacts_pkey", self.plan("load-rows", some, type="uuid", columns="t.*", table="contacts", key="id")),
                ("lead_activities_pkey", self.plan("load-rows", some, type="uuid", columns="t.*", table="lead_activities", key="id")),
                ("leads_contact", self.plan("load-leads-of-contacts", some, columns="l.*")),
                ("lead_activities_lead", self.plan("load-activities-of-contacts", some, columns="a.*")),
                ("contacts_phone", self.plan("find-people", "{+49}", some, "{a}", some)),
                ("contacts_email", self.plan("find-people", "{+49}", some, "{a}", some))]:
            with self.subTest(index):
                self.assertIn(f"using {index} ", plan)


class Plans(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.token = database.create_token("plans")
        cls.webhook = database.create_webhook("plans")

    def plans_of(self, action):
        """What PostgreSQL logs while @action runs, one text a statement."""
        with open(database.log, encoding="utf-8", errors="replace") as log:
            log.seek(0, 2)
            action()
            # The marker comes after everything that was answered before.
            marker = uuid.uuid4().hex
            database.execute(f"SELECT '{marker}';")
            text = ""

            def read():
                nonlocal text
                text += log.read()
                return marker in text

            wait_for(read, "the log")
        return [plan for plan in re.split(r"(?m)^(?!\t)", text) if "Query Text:" in plan and marker not in plan]

    def check(self, action, *expected):
        """No plan scans a growing table; @expected indexes are used."""
        plans = self.plans_of(action)
        for plan in plans:
            scanned = set(re.findall(r"Seq Scan on (\w+)", plan)) & GROWING
            self.assertFalse(scanned, plan)
        self.assertTrue(plans)
        everything = "\n".join(plans)
        for index in expected:
            self.assertIn(index, everything)
        return plans

    def get(self, path, **params):
        return lambda: service.get_json(path, self.token, **params)

    def test_the_default_list(self):
        page, = (plan for plan in self.check(self.get("/api/inbound-leads"), "leads_created", "contacts_pkey", "lead_day_counts_pkey")
                 if "leads_created" in plan)
        self.assertNotIn("Sort", page.split("Nested Loop", 1)[1])

    def test_filters(self):
        for params, index in [({"status": "new"}, "leads_stage"), ({"status": "new,won"}, "leads_stage"),
                              ({"source": "source 1"}, "leads_source"), ({"product": "product 1,product 2"}, "leads_product"),
                              ({"assigned_to": AGENT}, "leads_assignee"), ({"team": "team 1"}, "leads_team"),
                              ({"temperature": "hot"}, "leads_created"), ({"created_from": "2026-01-01"}, "leads_created"),
                              ({"created_to": "2026-01-01T00:00:00Z"}, "leads_created"), ({"activity_from": "2026-01-01"}, "leads_"),
                              ({"status": "new", "source": "source 1", "product": "product 1"}, "leads_product"),
                              ({"sort": "created_at"}, "leads_created"), ({"sort": "-last_activity_at"}, "leads_activity"),
                              ({"sort": "last_activity_at", "status": "new"}, "leads_activity"),
                              ({"offset": "200"}, "leads_created")]:
            with self.subTest(params):
                self.check(self.get("/api/inbound-leads", **params), index)

    def test_search(self):
        for query, index in [("u7@example.com", "contacts_email"), ("+49 12345", "contacts_phone"), ("crm7", "contacts_crm_id"),
                             ("name 12", "contacts_name")]:
            with self.subTest(query):
                self.check(self.get("/api/inbound-leads", q=query), index, "leads_contact")

    def test_cursors(self):
        for sort, index in [("-created_at", "leads_created"), ("created_at", "leads_created"), ("-last_activity_at", "leads_activity"),
                            ("last_activity_at", "leads_activity")]:
            cursor = service.get_json("/api/inbound-leads", self.token, sort=sort, limit=3)["next_cursor"]
            self.check(self.get("/api/inbound-leads", cursor=cursor), index)
        cursor = service.get_json("/api/inbound-leads", self.token, status="new", limit=3)["next_cursor"]
        self.check(self.get("/api/inbound-leads", status="new", cursor=cursor), "leads_stage")

    def test_figures(self):
        """What the roll-up or an index can tell never reads all leads."""
        self.check(self.get("/api/metrics"), "leads_response", "leads_waiting", "lead_day_counts_pkey")
        self.check(self.get("/api/metrics", created="last_7_days"), "leads_response", "leads_waiting")
        self.check(self.get("/api/metrics", status="new", created="today", assigned_to=AGENT), "leads_")
        for params in ({}, {"source": "source 1,source 2"}, {"created": "last_30_days", "status": "new", "measure": "conversion"}):
            for plan in self.check(self.get("/api/heatmap", **params)):
                self.assertNotIn(" on leads", plan)
        self.check(self.get("/api/heatmap", measure="value", created="today"), "leads_created")
        self.check(self.get("/api/heatmap", mode="weekday_hour", created="today"), "leads_created")
        self.check(self.get("/api/trends"), "leads_response", "leads_waiting", "leads_converted", "lead_day_counts_pkey")
        self.check(self.get("/api/trends", team="team 1", created="yesterday", **{"from": "2026-11-01"}), "leads_")

    def test_export(self):
        token = database.create_token("plans", "manager")
        plans = self.check(lambda: self.assertEqual(service.get("/api/inbound-leads/export.csv", token, created="last_7_days").status, 200),
                           "leads_created", "contacts_pkey")
        self.assertTrue(any("Limit" in plan for plan in plans))

    def test_edits(self):
        """What the writer asks and writes for users, with mutations kept that a scan would meet."""
        agent, manager = database.create_token("plans", "agent"), database.create_token("plans", "manager")
        for token in (agent, manager):
            database.execute(f"""
                SET LOCAL auto_explain.log_min_duration = -1;
                INSERT INTO mutations (workspace_id, user_id, id, group_id, entity, entity_id, request, answer, created_at, lead_id)
                SELECT 'plans', {api_kit.quote(token.user_id)}, gen_random_uuid(), gen_random_uuid(), 'lead', gen_random_uuid(), '{{}}', '{{}}',
                       now(), gen_random_uuid() FROM generate_series(1, 5000);""")
        database.execute("VACUUM (ANALYZE) mutations;")
        leads = service.get_json("/api/inbound-leads", self.token, limit=4)["leads"]

        def send(token, *mutations):
            answer = service.request("POST", "/api/mutations", token, body=json.dumps({"mutations": mutations}).encode())
            self.assertEqual([r["status"] for r in answer.json()["results"]], ["applied"] * len(mutations))

        def patch(lead, body):
            answer = service.request("PATCH", f"/api/inbound-leads/{lead['id']}", agent, body=json.dumps(body).encode())
            self.assertEqual(answer.status, 200)

        edit = mutation(leads[0]["id"], {"stage": "won", "temperature": "warm"}, group=new_id())
        self.check(lambda: send(agent, edit), "leads_pkey", "mutations_pkey", "mutations_group")
        self.check(lambda: send(agent, edit), "mutations_pkey")
        self.check(lambda: send(agent, mutation(leads[0]["id"], verb="undo", undoes=edit["id"])), "leads_pkey", "contacts_pkey")
        self.check(lambda: patch(leads[1], {"temperature": "warm", "contact": {"phone": "+4930123456", "email": "u7@example.com", "crm_id": "x"}}),
                   "contacts_phone", "contacts_email", "contacts_crm_id")
        self.check(lambda: send(manager, mutation(leads[2]["contact_id"], verb="merge", entity="contact", other_id=leads[3]["contact_id"])),
                   "leads_contact", "lead_activities_contact", "lead_activities_lead")
        self.check(lambda: send(agent, mutation(new_id(), {"name": "mine"}, "create", "view")))
        body = json.dumps({"filter": {"source": "source 1", "status": "new"}, "set": {"priority": "high"}}).encode()
        self.check(lambda: self.assertEqual(service.request("POST", "/api/inbound-leads/bulk", manager, body=body).status, 200),
                   "leads_", "leads_pkey", "mutations_pkey")

    def test_one_lead(self):
        lead = service.get_json("/api/inbound-leads", self.token, limit=1)["leads"][0]["id"]
        self.check(self.get(f"/api/inbound-leads/{lead}"), "leads_pkey", "contacts_pkey", "lead_activities_lead")

    def test_feed(self):
        for since in (0, LEADS):
            self.check(self.get("/api/changes", since=since, limit=1000), "leads_workspace_id_change_seq_key",
                       "contacts_workspace_id_change_seq_key", "lead_activities_workspace_id_change_seq_key")

    def test_snapshot(self):
        for kind in ("contact", "lead", "activity"):
            page = service.get_json("/api/snapshot", self.token, kind=kind, limit=500)
            self.check(self.get("/api/snapshot", kind=kind, limit=500), "_workspace_id_change_seq_key")
            self.check(self.get("/api/snapshot", kind=kind, limit=500, cursor=page["next_cursor"]), "_workspace_id_change_seq_key")

    def test_duplicates(self):
        """Every page of the list, whose windows end in all of its places."""
        plans, cursor = [], None
        while True:
            params = {"cursor": cursor} if cursor else {}
            answer = []
            plans += self.check(lambda: answer.append(service.get_json("/api/duplicates", self.token, limit=200, **params)))
            cursor = answer[0]["next_cursor"]
            if cursor is None:
                break
        everything = "\n".join(plans)
        for index in ("contacts_phone", "contacts_email", "contact_keys_pkey", "contacts_conflicts", "contacts_pkey"):
            self.assertIn(index, everything)
        for plan in plans:
            if "WITH w" in plan:
                self.assertNotIn("Sort on contacts", plan)

    def test_stages(self):
        """A stage without leads goes; one with some is asked only whether it has any."""
        token = database.create_token("plans", "manager")
        body = service.get_json("/api/stages", token)
        del body["archived"]
        body["stages"] = [stage for stage in body["stages"] if stage["key"] not in ("contacted", "proposal")]

        def put(archive, status):
            answer = service.request("PUT", "/api/stages", token, body=json.dumps({**body, "archive": archive}).encode(),
                                     headers={"Content-Type": "application/json"})
            self.assertEqual(answer.status, status, answer.body)

        self.check(lambda: put({"contacted": None, "proposal": None}, 422), "leads_stage")
        body["stages"] += [stage for stage in service.get_json("/api/stages", token)["stages"] if stage["key"] == "contacted"]
        self.check(lambda: put({"proposal": "new"}, 200), "leads_stage", "leads_stage_hidden")

    def test_me(self):
        self.check(self.get("/api/me"))

    def test_webhooks(self):
        def post():
            for payload in ({"phone": "+4917112345", "product": "Solar"}, {"email": "u9@example.com", "lead_status": "won"},
                            {"crm_id": "crm10", "email": "new@example.com", "notes": "x"}):
                service.post(self.webhook, payload, Idempotency_Key=uuid.uuid4().hex)

        self.check(post, "contacts_phone", "contacts_email", "contacts_crm_id", "leads_contact")


if __name__ == "__main__":
    unittest.main()
