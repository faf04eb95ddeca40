"""PATCH and POST on leads, and the same change for many of them."""

import json
import threading
import unittest

import api_kit
from api_kit import quote
from edit_kit import Desk, mutation, new_id, unseen
from http_kit import wait_for
from lead_kit import count_sql


def setUpModule():
    global database, service
    database = api_kit.Database()
    unittest.addModuleCleanup(database.stop)
    service = api_kit.Service(database)
    unittest.addModuleCleanup(service.stop)


class EditCase(unittest.TestCase):
    def setUp(self):
        self.desk = Desk(database, service, f"w-{new_id()[:8]}")
        self.addCleanup(self.desk.check)

    def assertProblem(self, answer, status, code, *words):
        problem = answer.json()
        self.assertEqual((answer.status, problem["status"], problem["code"]), (status, status, code), problem)
        for word in words:
            self.assertIn(word, problem["detail"])


class Patch(EditCase):
    def test_fields_of_the_lead_and_its_contact(self):
        lead, contact = self.desk.add_lead()
        answer = self.desk.patch(lead, {"stage": "won", "estimated_value": 1200, "tags": ["vip"],
                                        "contact": {"company": "Acme", "phone": "0171 2345678"}})
        self.assertEqual(answer.status, 200)
        value = answer.json()["lead"]
        self.assertEqual((value["id"], value["stage"], value["estimated_value"], value["is_converted"], value["tags"]),
                         (lead, "won", "1200.00", True, ["vip"]))
        self.assertEqual((value["contact"]["id"], value["contact"]["company"], value["contact"]["phone_e164"]),
                         (contact, "Acme", "+491712345678"))
        self.assertEqual(value["change_seq"], int(self.desk.lead(lead, "change_seq")))
        self.assertEqual(service.get_json(f"/api/inbound-leads/{lead}", self.desk.tokens["viewer"])["lead"], value)
        group, = self.desk.rows("SELECT DISTINCT group_id FROM mutations WHERE workspace_id = :w;")
        self.assertNotEqual(group, ("",))

    def test_base(self):
        lead, _ = self.desk.add_lead()
        self.assertEqual(self.desk.patch(lead, {"temperature": "hot", "base": {"temperature": None}}).status, 200)
        before = self.desk.state()
        answer = self.desk.patch(lead, {"temperature": "cold", "priority": "high", "contact": {"company": "A"},
                                        "base": {"temperature": None, "contact": {"company": None}}})
        self.assertProblem(answer, 409, "conflict")
        self.assertEqual([r.get("conflicts") for r in answer.json()["results"]],
                         [[{"field": "temperature", "base": None, "mine": "cold", "theirs": "hot"}], None])
        self.assertEqual(self.desk.state(), before)
        answer = self.desk.patch(lead, {"contact": {"company": "A"}, "base": {"contact": {"company": "B"}}})
        self.assertProblem(answer, 409, "conflict")
        self.assertEqual(self.desk.state(), before)

    def test_all_or_nothing(self):
        lead, _ = self.desk.add_lead()
        before = self.desk.state()
        self.assertProblem(self.desk.patch(lead, {"stage": "nowhere", "contact": {"company": "A"}}), 422, "unprocessable", "stage")
        self.assertProblem(self.desk.patch(lead, {"temperature": "hot", "contact": {"owner_id": new_id()}}), 422, "unprocessable", "owner_id")
        self.assertEqual(self.desk.state(), before)

    def test_refusals(self):
        lead, _ = self.desk.add_lead()
        before = self.desk.state()
        for body, word in [({}, "at least one"), ({"base": {"stage": "new"}}, "at least one"), ({"contact": {}}, "at least one"),
                           ({"is_converted": True}, "is_converted"), ({"nonsense": 1}, "nonsense"), ({"contact": 7}, "contact"),
                           ({"contact": {"phone_e164": "+49"}}, "phone_e164"), ({"lead_score": "x"}, "lead_score"),
                           ({"stage": "won", "base": {"priority": None}}, "priority"), ({"id": new_id()}, "id"),
                           ({"workspace_id": "x"}, "workspace_id"), ({"contact_id": new_id()}, "contact_id")]:
            with self.subTest(body):
                self.assertProblem(self.desk.patch(lead, body), 422, "unprocessable", word)
        self.assertProblem(self.desk.patch(new_id(), {"stage": "won"}), 404, "not_found")
        self.assertProblem(self.desk.patch("x", {"stage": "won"}), 404, "not_found")
        self.assertProblem(self.desk.request("PATCH", f"/api/inbound-leads/{lead}?x=1", {"stage": "won"}), 400, "invalid_argument")
        self.assertEqual(self.desk.state(), before)

    def test_idempotency_key(self):
        lead, _ = self.desk.add_lead()
        other, _ = self.desk.add_lead()
        first = self.desk.patch(lead, {"stage": "won"}, Idempotency_Key="k1")
        self.desk.apply(mutation(lead, {"stage": "contacted"}))
        state = self.desk.state()
        again = self.desk.patch(lead, {"stage": "won"}, Idempotency_Key="k1")
        self.assertEqual((first.status, again.status, again.json()["lead"]["stage"]), (200, 200, "contacted"))
        self.assertProblem(self.desk.patch(lead, {"stage": "lost"}, Idempotency_Key="k1"), 409, "conflict")
        self.assertEqual(self.desk.state(), state)
        self.assertEqual(self.desk.patch(other, {"stage": "won"}, Idempotency_Key="k1").json()["lead"]["stage"], "won")


class Post(EditCase):
    def test_an_activity(self):
        lead, contact = self.desk.add_lead()
        path = f"/api/inbound-leads/{lead}/activities"
        body = {"activity_type": "call", "direction": "outbound", "outcome": "reached", "duration_seconds": 90}
        answer = self.desk.request("POST", path, body, Idempotency_Key="k")
        self.assertEqual(answer.status, 201)
        activity = answer.json()["activity"]
        self.assertEqual((activity["lead_id"], activity["contact_id"], activity["outcome"], activity["created_by"]),
                         (lead, contact, "reached", self.desk.tokens["agent"].user_id))
        self.assertEqual(self.desk.request("POST", path, body, Idempotency_Key="k").json(), answer.json())
        self.assertEqual(self.desk.value(f"SELECT count(*) FROM lead_activities WHERE workspace_id = :w AND activity_type = 'call';"), "1")
        self.assertEqual(self.desk.lead(lead, "follow_up_count, first_response_at IS NOT NULL"), ("1", "t"))
        self.assertEqual(self.desk.value(f"SELECT last_activity_at = (SELECT last_activity_at FROM leads WHERE workspace_id = :w AND id ="
                                         f" {quote(lead)}) FROM contacts WHERE workspace_id = :w AND id = {quote(contact)};"), "t")

    def test_activities_that_are_none(self):
        lead, _ = self.desk.add_lead()
        path = f"/api/inbound-leads/{lead}/activities"
        for body, word in [({}, "at least one"), ({"activity_type": "lead_created"}, "activity_type"), ({"body": "x"}, "activity_type"),
                           ({"activity_type": "note"}, "text"), ({"activity_type": "note", "body": "x", "lead_id": lead}, "path"),
                           ({"activity_type": "note", "body": "x", "is_automated": True}, "is_automated")]:
            with self.subTest(body):
                answer = self.desk.request("POST", path, body)
                self.assertProblem(answer, 422, "unprocessable", *([word] if body else []))
        self.assertProblem(self.desk.request("POST", f"/api/inbound-leads/{new_id()}/activities", {"activity_type": "call"}), 404, "not_found")

    def test_a_lead_by_hand(self):
        body = {"contact": {"firstname": "Bo", "email": "bo@example.com"}, "product_interest": "Roof", "stage": "qualified"}
        answer = self.desk.request("POST", "/api/inbound-leads", body, Idempotency_Key="k")
        self.assertEqual(answer.status, 201)
        lead = answer.json()["lead"]
        self.assertEqual((lead["product_interest"], lead["stage"], lead["contact"]["email_norm"]), ("Roof", "qualified", "bo@example.com"))
        self.assertEqual(self.desk.request("POST", "/api/inbound-leads", body, Idempotency_Key="k").json()["lead"]["id"], lead["id"])
        self.assertEqual(self.desk.value("SELECT count(*) FROM leads WHERE workspace_id = :w;"), "1")
        second = self.desk.request("POST", "/api/inbound-leads", {"contact_id": lead["contact_id"]})
        self.assertEqual((second.status, second.json()["lead"]["contact"]["firstname"]), (201, "Bo"))

    def test_leads_that_are_none(self):
        before = self.desk.state()
        for body in ({}, {"contact": {}}, {"contact": {"firstname": "A"}, "stage": "nowhere"}, {"contact": {"firstname": "A"}, "contact_id": new_id()},
                     {"contact": {"company": "A"}}, {"contact_id": "x"}, {"contact": {"firstname": "A"}, "nonsense": 1}):
            with self.subTest(body):
                self.assertEqual(self.desk.request("POST", "/api/inbound-leads", body).status, 422)
        self.assertProblem(self.desk.request("POST", "/api/inbound-leads", {"contact_id": new_id()}), 404, "not_found")
        self.assertEqual(self.desk.state(), before)


class Bulk(EditCase):
    def test_by_ids(self):
        leads = [self.desk.add_lead()[0] for _ in range(5)]
        missing = new_id()
        self.desk.apply(mutation(leads[0], {"stage": "won"}), mutation(leads[4], verb="delete"))
        answer = self.desk.bulk({"ids": [*leads, missing, leads[1]], "set": {"stage": "won"}})
        self.assertEqual((answer["matched"], answer["changed"], answer["unchanged"], answer["rejected"]), (6, 3, 1, 2))
        self.assertEqual({p["id"]: p["code"] for p in answer["problems"]}, {leads[4]: "not_found", missing: "not_found"})
        self.assertEqual(answer["head"], self.desk.head())
        self.assertEqual(self.desk.rows(f"SELECT count(*), count(DISTINCT group_id) FROM lead_activities WHERE workspace_id = :w"
                                        f" AND group_id = {quote(answer['group'])} AND field_name = 'stage';"), [("3", "1")])

    def test_a_hundred_thousand_ids(self):
        lead, _ = self.desk.add_lead()
        ids = [new_id() for _ in range(100_000)]
        body = {"ids": ids[1:] + [lead], "set": {"priority": "high"}}
        self.assertEqual(self.desk.request("POST", "/api/inbound-leads/bulk", {**body, "ids": ids + [lead]}, "manager").status, 422)
        answer = self.desk.bulk(body)
        self.assertEqual((answer["matched"], answer["changed"], answer["rejected"], len(answer["problems"])), (100_000, 1, 99_999, 20))

    def test_by_filter(self):
        for i in range(4):
            self.desk.add_lead(product="Solar" if i % 2 else "Roof, large")
        answer = self.desk.bulk({"filter": {"product": ["Roof, large"], "status": "new"}, "set": {"temperature": "hot"}})
        self.assertEqual((answer["matched"], answer["changed"]), (2, 2))
        self.assertEqual(self.desk.rows("SELECT DISTINCT product_interest FROM leads WHERE workspace_id = :w AND temperature = 'hot';"),
                         [("Roof, large",)])
        answer = self.desk.bulk({"filter": {}, "set": {"temperature": "hot"}})
        self.assertEqual((answer["matched"], answer["changed"], answer["unchanged"]), (4, 2, 2))
        answer = self.desk.bulk({"filter": {"status": "won"}, "set": {"temperature": "cold"}})
        self.assertEqual(answer["matched"], 0)

    def test_tags(self):
        leads = [self.desk.add_lead()[0] for _ in range(2)]
        self.desk.apply(mutation(leads[0], {"tags": ["a", "b"]}))
        self.desk.bulk({"ids": leads, "add_tags": ["c"], "remove_tags": ["a"]})
        self.assertEqual([json.loads(self.desk.lead(lead, "tags")) for lead in leads], [["b", "c"], ["c"]])

    def test_delete_and_bring_back(self):
        leads = [self.desk.add_lead()[0] for _ in range(3)]
        group = self.desk.bulk({"ids": leads, "delete": True})["group"]
        self.assertEqual(self.desk.value("SELECT count(*) FROM leads WHERE workspace_id = :w AND deleted_at IS NULL;"), "0")
        done = self.desk.rows(f"SELECT id, entity_id FROM mutations WHERE workspace_id = :w AND group_id = {quote(group)};")
        self.desk.apply(*(mutation(lead, verb="undo", undoes=made) for made, lead in done), role="manager")
        self.assertEqual(self.desk.value("SELECT count(*) FROM leads WHERE workspace_id = :w AND deleted_at IS NULL;"), "3")

    def test_audit_log(self):
        leads = [self.desk.add_lead()[0] for _ in range(2)]
        body = {"ids": leads, "set": {"priority": "high"}}
        for _ in range(2):
            self.desk.bulk(body, Idempotency_Key="k")
        (actor, action, details), = self.desk.rows("SELECT actor_id, action, details FROM audit_log WHERE workspace_id = :w;")
        self.assertEqual((actor, action, json.loads(details)),
                         (self.desk.tokens["manager"].user_id, "leads_changed", {"count": 2, "request": {"set": {"priority": "high"}}}))

    def test_refusals(self):
        lead, _ = self.desk.add_lead()
        before = self.desk.state()
        change = {"set": {"priority": "high"}}
        for body in ({}, change, {"ids": [lead]}, {"ids": [lead], "filter": {}, **change}, {"ids": lead, **change}, {"ids": ["x"], **change},
                     {"ids": [lead], "set": {}}, {"ids": [lead], "set": {"is_converted": True}}, {"ids": [lead], "set": {"nonsense": 1}},
                     {"ids": [lead], "delete": True, **change}, {"ids": [lead], "delete": 1}, {"ids": [lead], "more": 1, **change},
                     {"ids": [lead], "set": {"tags": []}, "add_tags": ["a"]}, {"ids": [lead], "add_tags": "a"}, {"filter": 7, **change},
                     {"filter": {"nonsense": "x"}, **change}, {"filter": {"status": 7}, **change}, {"filter": {"limit": "7"}, **change},
                     {"filter": {"created_from": "soon"}, **change}, {"filter": {"assigned_to": "x"}, **change}):
            with self.subTest(body):
                self.assertProblem(self.desk.request("POST", "/api/inbound-leads/bulk", body, "owner"), 422, "unprocessable")
        self.assertEqual(self.desk.state(), before)

    def test_it_is_finished_for_a_client_that_has_gone(self):
        leads = [self.desk.add_lead()[0] for _ in range(300)]
        body = json.dumps({"ids": leads, "set": {"priority": "high"}}).encode()
        socket = service.server.connect()
        socket.sendall(b"POST /api/inbound-leads/bulk HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                       + f"Authorization: Bearer {self.desk.tokens['owner'].token}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        socket.close()
        wait_for(lambda: self.desk.value("SELECT count(*) FROM leads WHERE workspace_id = :w AND priority = 'high';") == "300", "the bulk", 30)

    def test_a_repeat_does_what_was_left(self):
        leads = [self.desk.add_lead()[0] for _ in range(4)]
        change = {"set": {"priority": "high"}}
        first = self.desk.bulk({"ids": leads[:2], **change}, Idempotency_Key="k")
        self.desk.apply(mutation(leads[0], {"priority": "low"}))
        second = self.desk.bulk({"ids": leads, **change}, Idempotency_Key="k")
        self.assertEqual((first["group"], first["changed"]), (second["group"], 2))
        self.assertEqual([self.desk.lead(lead, "priority") for lead in leads], ["low", "high", "high", "high"])

    def test_webhooks_and_edits_pass_a_long_one(self):
        leads = [self.desk.add_lead()[0] for _ in range(40)]
        database.execute(f"""
            INSERT INTO leads (id, contact_id, workspace_id, lead_source, stage, lead_status_id, product_interest, last_activity_at, created_at,
                               updated_at, currency, change_seq)
            SELECT gen_random_uuid(), contact_id, workspace_id, 'many', 'new', 1, 'Solar', now(), now(), now(), 'EUR', h.change_seq + i
            FROM (SELECT contact_id, workspace_id FROM leads WHERE workspace_id = {quote(self.desk.workspace)} LIMIT 1) l,
                 (SELECT change_seq FROM workspace_heads WHERE workspace_id = {quote(self.desk.workspace)}) h, generate_series(1, 4000) i;
            UPDATE workspace_heads SET change_seq = change_seq + 4000 WHERE workspace_id = {quote(self.desk.workspace)};
            DELETE FROM lead_counts WHERE workspace_id = {quote(self.desk.workspace)};
            DELETE FROM lead_day_counts WHERE workspace_id = {quote(self.desk.workspace)};
            DELETE FROM lead_count_names WHERE workspace_id = {quote(self.desk.workspace)};""" + count_sql(self.desk.workspace))
        answers = []
        thread = threading.Thread(target=lambda: answers.append(self.desk.bulk({"filter": {"source": "many"}, "set": {"stage": "won"}})))
        thread.start()
        changed = "SELECT count(*) FROM leads WHERE workspace_id = :w AND lead_source = 'many' AND stage = 'won';"
        wait_for(lambda: int(self.desk.value(changed)) > 0, "the beginning of the bulk")
        self.desk.add_lead()
        self.desk.apply(mutation(leads[0], {"stage": "lost"}))
        n_changed = int(self.desk.value(changed))
        self.assertFalse(answers)
        thread.join()
        self.assertLess(n_changed, 4000)
        self.assertEqual((answers[0]["changed"], self.desk.value(changed)), (4000, "4000"))


class ZContract(unittest.TestCase):
    """Last: what the others saw."""

    def test_every_write_was_seen(self):
        self.assertEqual(unseen(service, "/api/inbound-leads"), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
