"""POST /api/mutations against the real service: answers, repeats, conflicts, roles, and what a hostile client tries."""

import json
import random
import unittest

import api_kit
from api_kit import quote
from edit_kit import Desk, mutation, new_id, unseen
from http_kit import wait_for


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

    def assertRejected(self, result, code):
        self.assertEqual((result["status"], result["code"], result["change_seq"]), ("rejected", code, 0), result)


class Mutations(EditCase):
    def test_a_change(self):
        lead, _ = self.desk.add_lead()
        before = self.desk.head()
        result, = self.desk.apply(mutation(lead, {"stage": ("new", "won"), "conversion_value": "1250.50"}))
        self.assertEqual(result["change_seq"], self.desk.head())
        self.assertGreater(result["change_seq"], before)
        self.assertEqual(self.desk.lead(lead, "stage, is_converted, conversion_value, previous_stage, lead_status_id, is_active"),
                         ("won", "t", "1250.50", "new", "5", "t"))
        activities = self.desk.rows(f"SELECT field_name, old_value, new_value, actor_name, created_by FROM lead_activities"
                                    f" WHERE workspace_id = :w AND lead_id = {quote(lead)} AND field_name = 'stage';")
        self.assertEqual(activities, [("stage", '"new"', '"won"', "Ann Agent", self.desk.tokens["agent"].user_id)])

    def test_the_feed_and_the_desktops_learn_of_it(self):
        lead, _ = self.desk.add_lead()
        socket = service.socket(self.desk.tokens["viewer"])
        hello = socket.event()
        result, = self.desk.apply(mutation(lead, {"temperature": "hot"}))
        event = socket.event()
        self.assertEqual((event["event"], event["data"]["from"], event["data"]["to"]),
                         ("changes", hello["data"]["head"], result["change_seq"]))
        self.assertIn(("lead", lead, "hot"), [(c["kind"], c["row"]["id"], c["row"].get("temperature")) for c in event["data"]["rows"]])
        changes = service.get_json("/api/changes", self.desk.tokens["viewer"], since=hello["data"]["head"])
        self.assertEqual(changes["rows"], event["data"]["rows"])
        socket.close()

    def test_a_bad_one_does_not_keep_the_others(self):
        lead, _ = self.desk.add_lead()
        good, last = mutation(lead, {"temperature": "hot"}), mutation(lead, {"priority": "high"})
        results = self.desk.send(good, {"id": "x"}, 7, mutation(lead, {"is_converted": True}), mutation(lead, {"nonsense": 1}),
                                 mutation(lead, {"lead_score": "many"}), mutation(lead, {"stage": "nowhere"}),
                                 mutation(new_id(), {"stage": "won"}), mutation(lead, {"assigned_to": new_id()}), last)
        self.assertEqual([r["status"] for r in results], ["applied"] + ["rejected"] * 8 + ["applied"])
        self.assertEqual([r["id"] for r in results[:3]], [good["id"], None, None])
        for result in results[1:7]:
            self.assertRejected(result, "unprocessable")
        self.assertRejected(results[7], "not_found")
        self.assertEqual(self.desk.lead(lead, "temperature, priority, stage"), ("hot", "high", "new"))

    def test_no_mutation_at_all(self):
        answer = self.desk.request("POST", "/api/mutations", {"mutations": []}).json()
        self.assertEqual(answer, {"results": [], "head": self.desk.head()})

    def test_several_on_one_lead_see_each_other(self):
        lead, _ = self.desk.add_lead()
        results = self.desk.send(mutation(lead, {"stage": ("new", "contacted")}), mutation(lead, {"stage": ("contacted", "won")}),
                                 mutation(lead, {"stage": ("contacted", "lost")}))
        self.assertEqual([r["status"] for r in results], ["applied", "applied", "conflict"])
        self.assertEqual(results[2]["conflicts"], [{"field": "stage", "base": "contacted", "mine": "lost", "theirs": "won"}])

    def test_a_conflict_keeps_only_its_own_field(self):
        lead, _ = self.desk.add_lead()
        self.desk.apply(mutation(lead, {"temperature": "hot"}))
        result, = self.desk.send(mutation(lead, {"temperature": ("cold", "warm"), "priority": (None, "high"), "tags": ([], ["vip"])}))
        self.assertEqual(result["status"], "conflict")
        self.assertEqual(result["conflicts"], [{"field": "temperature", "base": "cold", "mine": "warm", "theirs": "hot"}])
        self.assertEqual(self.desk.lead(lead, "temperature, priority, tags"), ("hot", "high", '["vip"]'))
        self.assertGreater(result["change_seq"], 0)

    def test_what_is_so_already_writes_nothing(self):
        lead, _ = self.desk.add_lead()
        self.desk.apply(mutation(lead, {"temperature": "hot"}))
        before = self.desk.state()
        result, = self.desk.apply(mutation(lead, {"temperature": (None, "hot")}))
        self.assertEqual(result["change_seq"], 0)
        self.assertEqual(self.desk.state(), before)

    def test_undo(self):
        lead, contact = self.desk.add_lead(lead_status="qualified")
        columns = "stage, is_converted, converted_at, previous_stage, is_active, tags, deleted_at"
        before = self.desk.lead(lead, columns)
        done = mutation(lead, {"stage": "won", "tags": ([], ["a"])})
        self.desk.apply(done, mutation(lead, {"tags": ([], ["b"])}))
        result, = self.desk.apply(mutation(lead, verb="undo", undoes=done["id"]))
        self.assertGreater(result["change_seq"], 0)
        self.assertEqual(self.desk.lead(lead, columns), before[:5] + ('["b"]', ""))
        gone = mutation(contact, verb="delete", entity="contact")
        self.desk.apply(gone)
        self.assertNotEqual(self.desk.lead(lead, "deleted_at"), "")
        self.desk.apply(mutation(contact, verb="undo", entity="contact", undoes=gone["id"]))
        self.assertEqual(self.desk.lead(lead, "deleted_at"), "")

    def test_undo_in_the_same_request(self):
        lead, _ = self.desk.add_lead()
        done = mutation(lead, {"stage": "lost", "lost_reason": "price"})
        self.desk.apply(done, mutation(lead, verb="undo", undoes=done["id"]))
        self.assertEqual(self.desk.lead(lead, "stage, lost_at, lost_reason, is_active"), ("new", "", "", "t"))

    def test_nobody_undoes_what_another_did(self):
        lead, _ = self.desk.add_lead()
        done = mutation(lead, {"stage": "won"})
        self.desk.apply(done)
        result, = self.desk.send(mutation(lead, verb="undo", undoes=done["id"]), role="owner")
        self.assertRejected(result, "not_found")

    def test_creating(self):
        contact, lead, note = new_id(), new_id(), new_id()
        self.desk.apply(mutation(contact, {"firstname": "Bo", "phone": "0171 2345678", "email": "Bo@Example.org"}, "create", "contact"),
                        mutation(lead, {"contact_id": contact, "product_interest": "Roof"}, "create"),
                        mutation(note, {"lead_id": lead, "activity_type": "note", "body": "hello"}, "create", "activity"))
        self.assertEqual(self.desk.rows(f"SELECT phone_e164, phone_status, email_norm, name_folded, last_activity_at IS NOT NULL FROM contacts"
                                        f" WHERE workspace_id = :w AND id = {quote(contact)};"),
                         [("+491712345678", "valid", "bo@example.org", "bo", "t")])
        self.assertEqual(self.desk.lead(lead, "stage, lead_source, currency"), ("new", "manual", "EUR"))
        self.assertEqual(self.desk.rows(f"SELECT contact_id, body FROM lead_activities WHERE workspace_id = :w AND id = {quote(note)};"),
                         [(contact, "hello")])

    def test_a_number_that_somebody_else_has(self):
        """It is allowed, and noted on the contact that got it."""
        _, first = self.desk.add_lead(phone="+491711111111")
        _, second = self.desk.add_lead(phone="+491712222222")
        twins = [new_id(), new_id()]
        self.desk.apply(mutation(second, {"phone": "0171 1111111"}, entity="contact"),
                        *(mutation(twin, {"firstname": "T", "email": "twin@example.com"}, "create", "contact") for twin in twins))
        noted = dict(self.desk.rows("SELECT id, identity_conflicts FROM contacts WHERE workspace_id = :w AND identity_conflicts IS NOT NULL;"))
        self.assertEqual({owner: json.loads(text) for owner, text in noted.items()}, {
            second: [{"key": "phone", "value": "+491711111111", "contact_id": first}],
            twins[1]: [{"key": "email", "value": "twin@example.com", "contact_id": twins[0]}]})
        # A webhook finds the older one.
        self.assertEqual(service.post(self.desk.webhook, {"phone": "+491711111111", "notes": "x"})["contact_id"], first)

    def test_merging_moves_leads_and_activities(self):
        lead, gone = self.desk.add_lead()
        _, stays = self.desk.add_lead()
        self.desk.apply(mutation(new_id(), {"contact_id": gone, "activity_type": "note", "body": "x"}, "create", "activity"))
        merged = mutation(stays, {"crm_id": "crm-7"}, "merge", "contact", other_id=gone)
        self.desk.apply(merged, role="manager")
        self.assertEqual(self.desk.lead(lead, "contact_id"), stays)
        self.assertEqual(self.desk.value(f"SELECT count(*) FROM lead_activities WHERE workspace_id = :w AND contact_id = {quote(gone)}"
                                         " AND activity_type <> 'contact_merged';"), "0")
        self.desk.apply(mutation(stays, verb="undo", entity="contact", undoes=merged["id"]), role="manager")
        self.assertEqual(self.desk.lead(lead, "contact_id"), gone)

    def test_a_change_that_cannot_be_stored_fails_alone(self):
        database.execute(f"""
            CREATE FUNCTION refuse_poison() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN IF NEW.lost_reason = 'poison' THEN RAISE EXCEPTION 'poisoned'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER poison BEFORE INSERT OR UPDATE ON leads FOR EACH ROW EXECUTE FUNCTION refuse_poison();""")
        self.addCleanup(database.execute, "DROP TRIGGER poison ON leads; DROP FUNCTION refuse_poison;")
        leads = [self.desk.add_lead()[0] for _ in range(6)]
        sent = [mutation(lead, {"lost_reason": "poison" if i in (2, 4) else "price"}) for i, lead in enumerate(leads)]
        results = self.desk.send(*sent, mutation(leads[2], {"priority": "high"}))
        self.assertEqual([r["status"] for r in results], ["applied", "applied", "rejected", "applied", "rejected", "applied", "applied"])
        self.assertRejected(results[2], "internal")
        self.assertNotIn("poison", results[2]["message"])
        self.assertEqual(self.desk.lead(leads[2], "lost_reason, priority"), ("", "high"))
        # Not kept as its answer: the cause may be mended.
        database.execute("ALTER TABLE leads DISABLE TRIGGER poison;")
        self.assertEqual([r["status"] for r in self.desk.send(*sent)], ["applied"] * 6)

    def test_random_edits(self):
        """Whatever is done, the roll-up counts it (checked at the end), and undone in reverse it leaves the leads as they were."""
        rng = random.Random(11)
        leads = [self.desk.add_lead(product=rng.choice(["Solar", "Roof"]))[0] for _ in range(12)]
        columns = "id, stage, product_interest, lead_source, temperature, is_converted, deleted_at"
        before = self.desk.rows(f"SELECT {columns} FROM leads WHERE workspace_id = :w ORDER BY id;")
        done = []
        for _ in range(60):
            lead = rng.choice(leads)
            value = rng.choice([
                mutation(lead, {"stage": rng.choice(["new", "contacted", "won", "lost"])}),
                mutation(lead, {"product_interest": rng.choice(["Solar", "Roof", None]), "lead_source": rng.choice(["a", "b"])}),
                mutation(lead, {"temperature": rng.choice(["hot", None])}),
                mutation(lead, verb="delete"),
            ])
            result, = self.desk.send(value)
            if result["change_seq"] > 0:
                done.append(value)
        self.desk.check()
        for value in reversed(done):
            self.desk.apply(mutation(value["entity_id"], verb="undo", undoes=value["id"]))
        self.assertEqual(self.desk.rows(f"SELECT {columns} FROM leads WHERE workspace_id = :w ORDER BY id;"), before)


class Repeats(EditCase):
    def test_the_same_answer(self):
        lead, _ = self.desk.add_lead()
        values = [mutation(lead, {"stage": ("new", "won")}), mutation(lead, {"stage": ("new", "lost")}), mutation(lead, {"stage": "nowhere"})]
        first = self.desk.send(*values)
        self.assertEqual([r["status"] for r in first], ["applied", "conflict", "rejected"])
        state = self.desk.state()
        self.assertEqual(self.desk.send(*reversed(values)), list(reversed(first)))
        self.assertEqual(self.desk.state(), state)

    def test_within_one_request(self):
        lead, _ = self.desk.add_lead()
        value = mutation(lead, {"stage": ("new", "won")})
        del value["made_at"]
        first, second = self.desk.apply(value, value)
        self.assertEqual(first, second)
        later, = self.desk.apply(value)
        self.assertEqual(later, first)
        self.assertEqual(self.desk.value("SELECT count(*) FROM lead_activities WHERE workspace_id = :w AND field_name = 'stage';"), "1")

    def test_another_mutation_under_the_id(self):
        lead, _ = self.desk.add_lead()
        value = mutation(lead, {"stage": "won"})
        self.desk.apply(value)
        state = self.desk.state()
        other = {**value, "fields": {"stage": {"value": "lost"}}}
        results = self.desk.send(other, {**other, "id": (fresh := new_id())}, {**value, "id": fresh})
        self.assertRejected(results[0], "conflict")
        self.assertEqual(results[1]["status"], "applied")
        self.assertRejected(results[2], "conflict")
        self.desk.apply(mutation(lead, verb="undo", undoes=fresh))
        self.assertNotEqual(self.desk.state(), state)

    def test_ids_are_each_users_own(self):
        lead, _ = self.desk.add_lead()
        value = mutation(lead, {"temperature": "hot"})
        self.desk.apply(value)
        result, = self.desk.send({**value, "fields": {"temperature": {"value": "cold"}}, "made_at": "2026-11-22T18:00:00.000000Z"}, role="owner")
        self.assertEqual(result["status"], "applied")
        self.assertEqual(self.desk.lead(lead, "temperature"), "cold")


class Roles(EditCase):
    def test_each_action_by_each_role(self):
        desk = self.desk
        _, other = desk.add_lead()

        def edit(role):
            return desk.send(mutation(desk.add_lead()[0], {"temperature": "hot"}), role=role)[0]

        def note(role):
            return desk.send(mutation(new_id(), {"lead_id": desk.add_lead()[0], "activity_type": "note", "body": "x"}, "create", "activity"),
                             role=role)[0]

        def own_view(role):
            return desk.send(mutation(new_id(), {"name": "mine"}, "create", "view"), role=role)[0]

        def shared_view(role):
            return desk.send(mutation(new_id(), {"name": "ours", "is_shared": True}, "create", "view"), role=role)[0]

        def merge(role):
            return desk.send(mutation(desk.add_lead()[1], verb="merge", entity="contact", other_id=desk.add_lead()[1]), role=role)[0]

        def group(role):
            ids, name = [desk.add_lead()[0] for _ in range(2)], new_id()
            return desk.send(*(mutation(i, {"temperature": "hot"}, group=name) for i in ids), role=role)[1]

        def patch(role):
            return desk.patch(desk.add_lead()[0], {"temperature": "hot"}, role)

        def activity(role):
            return desk.request("POST", f"/api/inbound-leads/{desk.add_lead()[0]}/activities", {"activity_type": "call"}, role)

        def create(role):
            return desk.request("POST", "/api/inbound-leads", {"contact_id": other}, role)

        def bulk(role):
            return desk.request("POST", "/api/inbound-leads/bulk", {"ids": [desk.add_lead()[0]], "set": {"temperature": "hot"}}, role)

        agent = {"agent", "manager", "owner"}
        manager = {"manager", "owner"}
        for action, allowed in [(edit, agent), (note, agent), (own_view, agent), (shared_view, manager), (merge, manager), (group, manager),
                                (patch, agent), (activity, agent), (create, agent), (bulk, manager)]:
            for role in desk.ROLES:
                with self.subTest(action=action.__name__, role=role):
                    try:
                        outcome = action(role)
                    except AssertionError as error:
                        outcome = str(error)
                    if isinstance(outcome, dict):
                        self.assertEqual((outcome["status"], outcome.get("code")),
                                         ("applied", None) if role in allowed else ("rejected", "forbidden"))
                    elif isinstance(outcome, str):
                        self.assertNotIn(role, allowed)
                        self.assertTrue(outcome.startswith("403 "), outcome)
                    else:
                        self.assertIn(outcome.status, (200, 201) if role in allowed else (403,))

    def test_the_membership_may_be_less(self):
        token = database.create_token(self.desk.workspace, "owner", member_role="viewer")
        lead, _ = self.desk.add_lead()
        self.assertEqual(self.desk.patch(lead, {"temperature": "hot"}, token).status, 403)

    def test_me(self):
        token = database.create_token(self.desk.workspace, "owner", member_role="agent")
        me = service.get_json("/api/me", token)
        self.assertEqual((me["user"]["id"], me["role"], [w["id"] for w in me["workspaces"]]), (token.user_id, "agent", [self.desk.workspace]))

    def test_a_group_across_requests(self):
        (first, contact), (second, _) = self.desk.add_lead(), self.desk.add_lead()
        group = new_id()
        done = mutation(first, {"temperature": "hot"}, group=group)
        self.desk.apply(done, mutation(contact, {"company": "A"}, entity="contact", group=group),
                        mutation(new_id(), {"lead_id": first, "activity_type": "note", "body": "x"}, "create", "activity", group=group))
        results = self.desk.send(mutation(second, {"temperature": "hot"}, group=group),
                                 mutation(new_id(), {"lead_id": second, "activity_type": "note", "body": "x"}, "create", "activity", group=group),
                                 mutation(first, {"priority": "high"}, group=group))
        self.assertEqual([r["status"] for r in results], ["rejected", "rejected", "applied"])
        for result in results[:2]:
            self.assertRejected(result, "forbidden")
        # Undoing single changes in one group is a bulk too.
        other = mutation(second, {"temperature": "warm"})
        self.desk.apply(other)
        undo = new_id()
        results = self.desk.send(mutation(first, verb="undo", undoes=done["id"], group=undo),
                                 mutation(second, verb="undo", undoes=other["id"], group=undo))
        self.assertEqual([r["status"] for r in results], ["applied", "rejected"])
        # Another user's group of the same id has nothing to do with it.
        self.desk.apply(*(mutation(lead, {"temperature": "cold"}, group=group) for lead in (first, second)), role="manager")


class Views(EditCase):
    def pull(self, role):
        rows = service.get_json("/api/changes", self.desk.tokens[role], since=0)["rows"]
        return {c["row"]["name"]: c["row"] for c in rows if c["kind"] == "view"}

    def test_a_view_is_its_owners(self):
        view = new_id()
        since = self.desk.head()
        socket = service.socket(self.desk.tokens["viewer"])
        socket.event()
        self.desk.apply(mutation(view, {"name": "mine", "filter": {"secret": "word"}}, "create", "view"))
        event = socket.event()
        self.assertNotIn("rows", event["data"])
        socket.close()
        self.assertEqual(set(self.pull("agent")), {"mine"})
        self.assertEqual(service.get_json("/api/changes", self.desk.tokens["owner"], since=since)["rows"], [])
        results = self.desk.send(mutation(view, {"name": "theirs"}, entity="view"), mutation(view, verb="delete", entity="view"),
                                 mutation(view, {"is_shared": True}, entity="view"), role="owner")
        for result in results:
            self.assertRejected(result, "not_found")
        result, = self.desk.send(mutation(view, {"is_shared": True}, entity="view"))
        self.assertRejected(result, "forbidden")

    def test_a_view_that_is_not_shared_any_more(self):
        view = new_id()
        self.desk.apply(mutation(view, {"name": "ours", "is_shared": True}, "create", "view"), role="manager")
        self.assertEqual(set(self.pull("viewer")), {"ours"})
        since = self.desk.head()
        self.desk.apply(mutation(view, {"is_shared": False, "name": "mine", "filter": {"secret": "word"}}, entity="view"), role="manager")
        row, = (c["row"] for c in service.get_json("/api/changes", self.desk.tokens["viewer"], since=since)["rows"])
        self.assertEqual((row["id"], row["name"], row["filter"], "deleted_at" in row), (view, "", {}, True))
        self.assertEqual(set(self.pull("manager")), {"mine"})
        self.assertEqual(self.pull("viewer"), {})


class Hostile(EditCase):
    def test_rows_of_another_workspace(self):
        other = Desk(database, service, f"o-{new_id()[:8]}")
        lead, contact = other.add_lead()
        own_lead, own_contact = self.desk.add_lead()
        done = mutation(lead, {"temperature": "hot"})
        other.apply(done)
        user = other.tokens["agent"].user_id
        before = other.state()
        results = self.desk.send(
            mutation(lead, {"stage": "won"}), mutation(contact, {"company": "x"}, entity="contact"), mutation(lead, verb="delete"),
            mutation(lead, verb="undo", undoes=done["id"]), mutation(new_id(), {"contact_id": contact}, "create"),
            mutation(new_id(), {"lead_id": lead, "activity_type": "note", "body": "x"}, "create", "activity"),
            mutation(own_contact, verb="merge", entity="contact", other_id=contact), role="owner")
        for result in results:
            self.assertRejected(result, "not_found")
        self.assertRejected(self.desk.send(mutation(own_lead, {"assigned_to": user}))[0], "unprocessable")
        self.assertEqual(self.desk.patch(lead, {"stage": "won"}).status, 404)
        self.assertEqual(self.desk.patch(lead, {"contact": {"company": "x"}}).status, 404)
        self.assertEqual(self.desk.request("POST", f"/api/inbound-leads/{lead}/activities", {"activity_type": "call"}).status, 404)
        self.assertEqual(self.desk.bulk({"ids": [lead], "set": {"stage": "won"}})["rejected"], 1)
        answer = self.desk.request("POST", f"/api/mutations?workspace_id={other.workspace}", {"mutations": []})
        self.assertEqual(answer.status, 403)
        self.assertEqual(other.state(), before)
        # The ids themselves are free here: nothing tells that somebody else has them.
        self.desk.apply(mutation(contact, {"firstname": "X"}, "create", "contact"), mutation(lead, {"contact_id": contact}, "create"))
        self.assertEqual(other.state(), before)

    def test_ids_that_are_taken(self):
        lead, contact = self.desk.add_lead()
        before = self.desk.state()
        results = self.desk.send(mutation(lead, {"contact_id": contact}, "create"),
                                 mutation(contact, {"firstname": "X"}, "create", "contact"))
        for result in results:
            self.assertRejected(result, "conflict")
        self.assertEqual(self.desk.state(), before)
        # A lead may well have a contact's id; they are told apart.
        self.desk.apply(mutation(contact, {"contact_id": contact, "product_interest": "twin"}, "create"))
        self.desk.apply(mutation(contact, {"temperature": "hot"}), mutation(contact, {"company": "A"}, entity="contact"))
        self.assertEqual(self.desk.lead(contact, "temperature, product_interest"), ("hot", "twin"))

    def test_an_activity_id_that_is_taken(self):
        """Two users send the same mutation: the second one's activity would have the id of the first one's."""
        lead, _ = self.desk.add_lead()
        value = mutation(lead, {"temperature": "hot"})
        self.desk.apply(value)
        self.desk.apply(mutation(lead, {"temperature": None}))
        result, other = self.desk.send(value, mutation(lead, {"priority": "high"}), role="owner")
        self.assertRejected(result, "conflict")
        self.assertEqual(other["status"], "applied")
        self.assertEqual(self.desk.lead(lead, "temperature, priority"), ("", "high"))

    def test_bodies(self):
        lead, _ = self.desk.add_lead()
        before = self.desk.state()
        one = mutation(lead, {"temperature": "hot"})
        for body, status in [(b"", 400), (b"{", 400), (b"[]", 400), (b"null", 400), (b"\xff", 400), (b"{} {}", 400),
                             (b'{"mutations":[],"mutations":[]}', 400), (b"[" * 100000, 400), (b'{"mutations":["\\u0000"]}', 400),
                             (b"{}", 422), (b'{"mutations":{}}', 422), (b'{"mutations":[],"more":1}', 422),
                             (json.dumps({"mutations": [one] * 501}).encode(), 422),
                             (b'{"mutations":["' + b"x" * 1024 * 1024 + b'"]}', 413)]:
            with self.subTest(body[:40]):
                self.assertEqual(self.desk.request("POST", "/api/mutations", body).status, status)
                if status != 413:
                    self.assertIn(self.desk.patch(lead, body).status, (400, 422))
                    self.assertIn(self.desk.request("POST", "/api/inbound-leads/bulk", body, "owner").status, (400, 422))
        self.assertEqual(self.desk.state(), before)

    def test_values(self):
        lead, contact = self.desk.add_lead()
        before = self.desk.state()
        for entity, entity_id, name, value in [
                ("lead", lead, "lost_reason", "x" * 200_000), ("lead", lead, "lead_score", 10 ** 12), ("lead", lead, "probability", 101),
                ("lead", lead, "estimated_value", "1e9"), ("lead", lead, "estimated_value", "9" * 30), ("lead", lead, "tags", {"a": 1}),
                ("lead", lead, "tags", ["x" * 5000]), ("lead", lead, "custom_fields", []), ("lead", lead, "custom_fields", {"a": "x" * 500_000}),
                ("lead", lead, "next_follow_up_at", "tomorrow"), ("lead", lead, "next_follow_up_at", "99999-01-01T00:00:00Z"),
                ("lead", lead, "expected_close_date", "2026-02-31"), ("lead", lead, "assigned_to", "me"), ("lead", lead, "stage", None),
                ("contact", contact, "email", ["a"]), ("contact", contact, "birthday", "0000-00-00"), ("contact", contact, "do_not_contact", "yes")]:
            with self.subTest(name, value=str(value)[:20]):
                result, = self.desk.send(mutation(entity_id, {name: value}, entity=entity))
                self.assertRejected(result, "unprocessable")
                self.assertIn(name, result["message"])
        self.assertEqual(self.desk.state(), before)

    def test_five_hundred_large_ones(self):
        lead, _ = self.desk.add_lead()
        values = [mutation(lead, {"initial_inquiry": f"{i} " + "x" * 1000}) for i in range(500)]
        results = self.desk.apply(*values)
        self.assertEqual(len(results), 500)
        self.assertEqual(sorted({r["change_seq"] for r in results})[-1], self.desk.head())
        self.assertTrue(self.desk.lead(lead, "initial_inquiry").startswith("499 "))
        wait_for(lambda: service.get("/readyz").status == 200, "the service")

    def test_a_deleted_lead_is_gone(self):
        lead, _ = self.desk.add_lead()
        self.desk.apply(mutation(lead, verb="delete"))
        for result in self.desk.send(mutation(lead, {"temperature": "hot"}), mutation(lead, verb="delete")):
            self.assertRejected(result, "not_found")


class ZContract(unittest.TestCase):
    """Last: what the others saw."""

    def test_every_write_was_seen(self):
        self.assertEqual(unseen(service, "/api/mutations"), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
