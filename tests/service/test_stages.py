"""GET and PUT /api/stages: the list, who may, what is refused, what becomes of leads, and two who change it at once."""

import json
import threading
import time
import unittest
import uuid

import api_kit
from admin_kit import ROLES, Office
from api_kit import quote

MANY = 3000


def setUpModule():
    global database, service
    database = api_kit.Database()
    unittest.addModuleCleanup(database.stop)
    service = api_kit.Service(database)
    unittest.addModuleCleanup(service.stop)


class Stages(unittest.TestCase):
    def setUp(self):
        self.office = Office(database, service, f"stages-{uuid.uuid4().hex[:8]}")

    def read(self, role="viewer"):
        return self.office.done("GET", "/api/stages", role=role)

    def body(self, change=None, without=(), archive=None, add=()):
        """The list as it is, with changes by key."""
        current = self.read()
        stages = [{**stage, **(change or {}).get(stage["key"], {})} for stage in current["stages"] if stage["key"] not in without]
        body = {"change_seq": current["change_seq"], "stages": stages + list(add)}
        return {**body, "archive": archive} if archive is not None else body

    def put(self, **options):
        return self.office.done("PUT", "/api/stages", self.body(**options), role="manager")

    def keys(self, answer):
        return [stage["key"] for stage in answer["stages"]]

    def lead_row(self, lead):
        return service.get_json(f"/api/inbound-leads/{lead}", self.office.tokens["viewer"])["lead"]

    def test_read(self):
        answer = self.read()
        self.assertEqual(self.keys(answer), ["new", "contacted", "qualified", "proposal", "won", "lost"])
        self.assertEqual(answer["change_seq"], max(stage["change_seq"] for stage in answer["stages"]))
        self.assertEqual(answer["archived"], [])

    def test_change(self):
        """Order, new stages, every member; heard by a desktop at once, with its line in the audit log."""
        listener = service.socket(self.office.tokens["viewer"])
        self.addCleanup(listener.close)
        cursor = listener.event()["data"]["head"]
        body = self.body(change={"contacted": {"name": "Called", "color": "#AABBCC", "probability": 25, "icon": "call-start-symbolic",
                                               "description": "Somebody\nspoke", "status_words": ["Rückruf", "called back"],
                                               "stale_after_days": 7, "follow_up_after_days": 2, "sets_temperature": "warm",
                                               "notify_on_enter": True},
                                 "lost": {"requires_lost_reason": True}, "won": {"requires_value": True, "is_default": False}},
                         add=[{"name": "Später zurückrufen", "is_hidden": True}])
        body["stages"].insert(1, body["stages"].pop())
        answer = self.office.done("PUT", "/api/stages", body, role="manager")
        self.assertEqual(self.keys(answer), ["new", "spater_zuruckrufen", "contacted", "qualified", "proposal", "won", "lost"])
        self.assertEqual(self.read(), answer)
        called = answer["stages"][2]
        for name, value in body["stages"][2].items():
            if name not in ("position", "updated_at", "updated_by", "change_seq"):
                self.assertEqual(called[name], value, name)
        new = answer["stages"][1]
        self.assertEqual((new["number"], new["category"], new["is_hidden"], new["created_by"]),
                         (7, "open", True, self.office.tokens["manager"].user_id))

        told = listener.event()
        self.assertEqual((told["event"], told["data"]["from"]), ("changes", cursor))
        self.assertEqual({change["row"]["key"]: change["row"] for change in told["data"]["rows"]},
                         {stage["key"]: stage for stage in answer["stages"] if stage["change_seq"] > cursor})
        (actor_id, actor, _, details), = self.office.audit("stages_changed")
        self.assertEqual((actor_id, actor), (self.office.tokens["manager"].user_id, "Ann Agent"))
        self.assertIn("spater_zuruckrufen", json.loads(details)["changed"])

        # A webhook's word means the stage that has it now, and the same list again changes nothing.
        lead = self.office.lead(lead_status="rückruf")
        self.assertEqual(self.lead_row(lead)["stage"], "contacted")
        head = self.office.head()
        self.assertEqual(self.office.done("PUT", "/api/stages", self.body()), answer)
        self.assertEqual(self.office.head(), head)

    def test_roles(self):
        for role in ROLES:
            self.assertEqual(self.read(role)["archived"], [])
            answer = self.office.call("PUT", "/api/stages", self.body(), role=role)
            self.assertEqual(answer.status, 200 if role in ("manager", "owner") else 403)
        for token_role, member_role in (("owner", "agent"), ("agent", "owner")):
            token = database.create_token(self.office.workspace, token_role, member_role=member_role)
            self.assertEqual(self.office.refused("PUT", "/api/stages", self.body(), token=token)[:2], (403, "forbidden"))

    def test_taken_rights(self):
        """Someone whose role was taken from them does nothing more by what the service remembers of them."""
        token = self.office.tokens["manager"]
        body = self.body(change={"new": {"name": "Mine"}})
        self.office.done("GET", "/api/stages", token=token)
        database.execute(f"UPDATE memberships SET role = 'agent' WHERE workspace_id = {quote(self.office.workspace)}"
                         f" AND user_id = {quote(token.user_id)};")
        self.assertEqual(self.office.refused("PUT", "/api/stages", body, token=token)[0], 403)
        database.execute(f"UPDATE tokens SET revoked_at = now() WHERE id = {quote(token.id)};")
        self.assertEqual(self.office.refused("PUT", "/api/stages", body, token=token)[0], 401)
        self.assertEqual(self.read()["stages"][0]["name"], "New")

    def test_hostile_bodies(self):
        head = self.office.head()
        sound = self.body()
        bodies = [(b"", 400), (b"[]", 400), (b"{", 400), (b"\xff{}", 400), (b"[" * 100_000, 400), (b'{"a":1,"a":2}', 400),
                  ({}, 422), ({"change_seq": "1", "stages": []}, 422), ({**sound, "change_seq": None}, 422), ({**sound, "extra": 1}, 422),
                  ({**sound, "stages": {}}, 422), ({**sound, "stages": []}, 422), ({**sound, "stages": sound["stages"] * 9}, 422),
                  ({**sound, "stages": [None]}, 422), ({**sound, "archive": {"x'; DROP TABLE leads": None}}, 422),
                  ({**sound, "stages": sound["stages"][1:]}, 422), (b" " * 200_000, 413)]
        for change in ({"key": "other"}, {"id": str(uuid.uuid4())}, {"name": "\u0007"}, {"name": "x" * 61}, {"category": "WON"},
                       {"probability": 1e9}, {"probability": -1}, {"probability": 2**62}, {"color": "#12345"}, {"is_default": "yes"},
                       {"status_words": ["x"] * 51}, {"status_words": [["x"]]}, {"icon": "x\ny"}, {"description": "x" * 501},
                       {"stale_after_days": 4000}, {"__proto__": {}}, {"name": {"a": 1}}):
            bodies.append((self.body(change={"contacted": change}), 422))
        for body, status in bodies:
            with self.subTest(body=str(body)[:200]):
                self.assertEqual(self.office.refused("PUT", "/api/stages", body, role="manager")[0], status)
        self.assertEqual(self.office.refused("PUT", "/api/stages", sound, role="manager", surprise=1)[0], 400)
        self.assertEqual(self.office.head(), head)

    def test_archive(self):
        leads = [self.office.lead(lead_status=status) for status in ("proposal", "proposal", "contacted")]
        status, _, detail = self.office.refused("PUT", "/api/stages", self.body(without=["proposal"], archive={"proposal": None}))
        self.assertEqual(status, 422)
        self.assertIn("leads are in this stage", detail)
        before = self.office.head()
        counts = self.office.rows("SELECT sum(leads), sum(converted) FROM lead_counts WHERE workspace_id = $w;")

        answer = self.put(without=["proposal", "qualified"], archive={"proposal": "won", "qualified": None})
        self.assertEqual(self.keys(answer), ["new", "contacted", "won", "lost"])
        self.assertEqual({stage["key"] for stage in answer["archived"]}, {"proposal", "qualified"})
        moved = self.lead_row(leads[0])
        self.assertEqual((moved["stage"], moved["lead_status_id"], moved["previous_stage"], moved["is_converted"]), ("won", 5, "proposal", True))
        self.assertIsNotNone(moved["converted_at"])
        self.assertIsNone(moved["first_response_at"])
        self.assertEqual(self.lead_row(leads[2])["stage"], "contacted")
        changes = self.office.changes(before)
        self.assertEqual([c["row"]["change_seq"] for c in changes], list(range(before + 1, self.office.head() + 1)))
        told = [c["row"] for c in changes if c["kind"] == "activity" and c["row"]["lead_id"] == leads[0]]
        self.assertEqual({row["activity_type"] for row in told}, {"status_updated", "lead_converted"})
        self.assertEqual({row["title"] for row in told}, {"Status: proposal → won", "🎉 Lead Converted to Won"})
        self.assertEqual({row["actor_name"] for row in told}, {"Ann Agent"})
        after = self.office.rows("SELECT sum(leads), sum(converted) FROM lead_counts WHERE workspace_id = $w;")
        self.assertEqual((after[0][0], int(after[0][1])), (counts[0][0], int(counts[0][1]) + 2))
        self.assertEqual(service.get_json("/api/inbound-leads", self.office.tokens["viewer"])["metrics"]["conversionRate"], "66.7%")

        # A gone stage's key is nobody else's, and it comes back under it.
        self.assertEqual(self.keys(self.put(add=[{"name": "Proposal"}]))[-1], "proposal_2")
        answer = self.put(add=[{"key": "qualified"}])
        self.assertEqual(self.keys(answer)[-1], "qualified")
        self.assertEqual([stage["key"] for stage in answer["archived"]], ["proposal"])

    def test_category(self):
        """Leads of a stage that becomes won, lost and open again follow, deleted ones and tests too."""
        leads = [self.office.lead(lead_status="proposal", product=f"Product {i}") for i in range(3)]
        other = self.office.lead(lead_status="qualified")
        database.execute(f"UPDATE leads SET is_test = true WHERE id = {quote(leads[1])};"
                         f"UPDATE leads SET deleted_at = now() WHERE id = {quote(leads[2])};")
        flags = "SELECT is_converted, is_active, converted_at IS NOT NULL, lost_at IS NOT NULL, stage FROM leads WHERE id = "
        for category, expected in (("won", ("t", "t", "t", "f")), ("lost", ("f", "f", "f", "t")), ("open", ("f", "t", "f", "f"))):
            self.put(change={"proposal": {"category": category}})
            for lead in leads:
                self.assertEqual(self.office.rows(flags + quote(lead) + ";"), [(*expected, "proposal")])
            self.assertEqual(self.office.rows(flags + quote(other) + ";"), [("f", "t", "f", "f", "qualified")])
        self.assertEqual(self.office.rows("SELECT count(*) FROM lead_pipeline_stages WHERE workspace_id = $w AND is_unsettled;"), [("0",)])
        titles = {row[0] for row in self.office.rows(f"SELECT title FROM lead_activities WHERE lead_id = {quote(leads[0])};")}
        self.assertLessEqual({"Stage “Proposal” counts as won now", "🎉 Lead Converted to Won", "Stage “Proposal” counts as open now"}, titles)

    def fill(self, stage, number):
        seq = self.office.head()
        database.execute(f"""
            CREATE TEMP TABLE numbers AS SELECT i, gen_random_uuid() AS contact, now() - i * interval '1 second' AS at
              FROM generate_series(1, {MANY}) i;
            INSERT INTO contacts (id, workspace_id, created_at, updated_at, change_seq)
              SELECT contact, {quote(self.office.workspace)}, at, at, {seq} + i FROM numbers;
            INSERT INTO leads (id, contact_id, workspace_id, lead_source, stage, lead_status_id, last_activity_at, created_at, updated_at,
                               currency, change_seq)
              SELECT gen_random_uuid(), contact, {quote(self.office.workspace)}, 'bulk', {quote(stage)}, {number}, at, at, at, 'EUR',
                     {seq} + {MANY} + i FROM numbers;
            INSERT INTO lead_counts VALUES ({quote(self.office.workspace)}, 'bulk', '', {quote(stage)}, {MANY}, 0);
            INSERT INTO lead_day_counts SELECT {quote(self.office.workspace)}, (at AT TIME ZONE 'Europe/Berlin')::date, 'bulk', '',
              {quote(stage)}, count(*), 0 FROM numbers GROUP BY 2;
            INSERT INTO lead_count_names VALUES ({quote(self.office.workspace)}, 'source', 'bulk'), ({quote(self.office.workspace)}, 'product', '')
              ON CONFLICT DO NOTHING;
            UPDATE workspace_heads SET change_seq = {seq} + 2 * {MANY} WHERE workspace_id = {quote(self.office.workspace)};
            DROP TABLE numbers;""")

    def test_many(self):
        """Thousands of leads move a part at a time: webhooks come in between, and none is left behind."""
        self.fill("proposal", 4)
        body = self.body(without=["proposal"], archive={"proposal": "qualified"})
        answers, times = [], []
        thread = threading.Thread(target=lambda: answers.append(self.office.call("PUT", "/api/stages", body, role="manager")))
        thread.start()
        while thread.is_alive() or not times:
            began = time.monotonic()
            self.office.lead(lead_status="proposal")
            times.append(time.monotonic() - began)
        thread.join()
        self.assertEqual(answers[0].status, 200, answers[0].body)
        self.assertEqual(self.office.rows("SELECT count(*) FROM leads WHERE workspace_id = $w AND stage = 'qualified' AND lead_source = 'bulk';"),
                         [(str(MANY),)])
        print(f"{MANY} leads moved beside {len(times)} webhooks, the slowest {max(times) * 1000:.0f} ms")
        self.assertGreater(len(times), 3)
        head = self.office.head()
        seqs = self.office.rows("SELECT count(DISTINCT s), max(s) FROM (SELECT change_seq AS s FROM leads WHERE workspace_id = $w UNION ALL"
                                " SELECT change_seq FROM lead_activities WHERE workspace_id = $w) x;")
        self.assertLessEqual(int(seqs[0][1]), head)

        self.put(change={"qualified": {"category": "won"}})
        self.assertEqual(self.office.rows("SELECT count(*) FROM leads WHERE workspace_id = $w AND stage = 'qualified' AND NOT is_converted;"),
                         [("0",)])
        self.assertEqual(self.office.rows("SELECT sum(converted) FROM lead_counts WHERE workspace_id = $w AND source = 'bulk';"), [(str(MANY),)])

    def test_left_behind(self):
        """What a service that was killed has left is finished by the next list."""
        lead = self.office.lead(lead_status="proposal")
        database.execute(f"UPDATE lead_pipeline_stages SET category = 'won', is_unsettled = true"
                         f" WHERE workspace_id = {quote(self.office.workspace)} AND key = 'proposal';")
        self.put()
        self.assertTrue(self.lead_row(lead)["is_converted"])

    def test_a_webhook_that_knows_the_old_stages(self):
        """What came in before the stages changed is decided by those that there are when it is stored."""
        self.office.lead(lead_status="proposal")
        database.execute(database.taking_seq(self.office.workspace) + f"""
            UPDATE lead_pipeline_stages SET status_words = '["proposal"]', change_seq = :seq
              WHERE workspace_id = {quote(self.office.workspace)} AND key = 'qualified';
            UPDATE workspace_heads SET stages_seq = :seq WHERE workspace_id = {quote(self.office.workspace)};""")
        self.assertEqual(self.lead_row(self.office.lead(lead_status="proposal"))["stage"], "qualified")

    def test_two_at_once(self):
        """One list wins; the other is told, with the list as it is, and wins from there."""
        bodies = [self.body(change={"contacted": {"name": f"Name {i}"}}) for i in range(8)]
        answers = [None] * len(bodies)
        barrier = threading.Barrier(len(bodies))

        def send(i):
            barrier.wait()
            answers[i] = self.office.call("PUT", "/api/stages", bodies[i], role="manager")

        threads = [threading.Thread(target=send, args=(i,)) for i in range(len(bodies))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [409] * 7)
        winner = next(answer.json() for answer in answers if answer.status == 200)
        for answer in answers:
            if answer.status == 409:
                problem = answer.json()
                self.assertEqual((problem["code"], problem["current"]), ("conflict", winner))
        again = {**bodies[0], "change_seq": winner["change_seq"]}
        self.assertEqual(self.office.done("PUT", "/api/stages", again)["stages"][1]["name"], "Name 0")

    def test_other_workspace(self):
        other = Office(database, service, f"stages-{uuid.uuid4().hex[:8]}")
        before = other.done("GET", "/api/stages")
        body = self.body()
        body["stages"][0]["id"] = before["stages"][0]["id"]
        self.assertEqual(self.office.refused("PUT", "/api/stages", body)[0], 422)
        self.assertEqual(self.office.refused("PUT", "/api/stages", self.body(), workspace_id=other.workspace)[:2], (403, "forbidden"))
        self.put(change={"contacted": {"name": "Only here"}})
        self.assertEqual(other.done("GET", "/api/stages"), before)


if __name__ == "__main__":
    unittest.main(verbosity=2)
