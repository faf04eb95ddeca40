"""Importing files of leads: what a line becomes, that a repeat and an export write nothing, trial, progress, undo, and who may."""

import csv
import io
import json
import random
import socket
import unittest

import api_kit
import edit_kit
import lead_kit
from api_kit import HEADS, quote
from http_kit import wait_for

PATH = "/api/import"


def setUpModule():
    global database, service
    database = api_kit.Database()
    unittest.addModuleCleanup(database.stop)
    service = api_kit.Service(database)
    unittest.addModuleCleanup(service.stop)


def write(*lines, delimiter=","):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode()


class Desk(edit_kit.Desk):
    def post(self, body, role="manager", **params):
        if "mapping" in params:
            params["mapping"] = json.dumps(params["mapping"])
        return self.service.request("POST", PATH, self.tokens[role], body=body, headers={"Content-Type": "text/csv"}, **params)

    def messages(self, body, **params):
        answer = self.post(body, **params)
        if answer.status != 200:
            raise AssertionError(f"{answer.status} {answer.body!r}")
        return [json.loads(line) for line in answer.body.splitlines()]

    def load(self, body, **params):
        """The result of an import."""
        return self.messages(body, **params)[-1]["result"]

    def counts(self, body, **params):
        """Counts that are not 0."""
        return {name: n for name, n in self.load(body, **params)["counts"].items() if n}

    def snapshot(self):
        """All rows as text, and the feed's head."""
        tables = ("contacts", "leads", "lead_activities", "mutations", "audit_log", HEADS, "lead_counts", "lead_day_counts")
        return {table: sorted(self.database.execute(f"SELECT t::text FROM {table} AS t WHERE workspace_id = {quote(self.workspace)};"))
                for table in tables}

    def lead(self, **where):
        conditions = " AND ".join(f"c.{name} = {quote(value)}" for name, value in where.items())
        found = self.rows(f"SELECT l.id FROM leads l JOIN contacts c ON c.workspace_id = l.workspace_id AND c.id = l.contact_id"
                          f" WHERE l.workspace_id = {quote(self.workspace)} AND l.deleted_at IS NULL AND {conditions};")
        if len(found) != 1:
            raise AssertionError(f"{len(found)} leads of {where}")
        return service.get_json(f"/api/inbound-leads/{found[0][0]}", self.tokens["owner"])

    def undo(self, group, role="manager"):
        answer = self.service.request("POST", f"/api/groups/{group}/undo", self.tokens[role])
        if answer.status != 200:
            raise AssertionError(f"{answer.status} {answer.body!r}")
        return answer.json()


class ImportCase(unittest.TestCase):
    number = 0

    def setUp(self):
        ImportCase.number += 1
        self.desk = Desk(database, service, f"import{ImportCase.number}")


class Lines(ImportCase):
    def test_people_and_leads(self):
        body = write(["Vorname", "Nachname", "E-Mail", "Telefon", "Produkt", "Status", "Bemerkung", "Lieblingsfarbe"],
                     ["Ada", "Lovelace", "ada@example.com", "030 1234567", "Solar", "", "Please call", "blue"],
                     ["Grace", "Hopper", "grace@example.com", "", "Wind", "won", "", ""],
                     ["Hedy", "Lamarr", "hedy@example.com", "", "", "", "", ""])
        messages = self.desk.messages(body, name="people.csv", source="Fair")
        first = messages[0]["import"]
        self.assertEqual([column["target"] for column in first["columns"]],
                         ["contact.firstname", "contact.lastname", "contact.email", "contact.phone", "lead.product_interest", "status",
                          "notes", "custom.Lieblingsfarbe"])
        self.assertEqual((first["lines"], first["delimiter"], first["encoding"]), (3, ",", "UTF-8"))
        self.assertEqual(first["columns"][0]["samples"], ["Ada", "Grace", "Hedy"])
        result = messages[-1]["result"]
        self.assertEqual(result["counts"], {"create_contact": 3, "update_contact": 0, "create_lead": 2, "update_lead": 0, "unchanged": 0,
                                            "conflicts": 0, "refused": 0})
        ada = self.desk.lead(email="ada@example.com")
        lead = ada["lead"]
        self.assertEqual((lead["stage"], lead["lead_source"], lead["initial_inquiry"]), ("new", "Fair", "Please call"))
        self.assertEqual(lead["custom_fields"], {"Lieblingsfarbe": "blue"})
        self.assertEqual(lead["contact"]["phone_e164"], "+49301234567")
        self.assertEqual(lead["metadata"]["import"]["file"], "people.csv")
        self.assertEqual(lead["metadata"]["import"]["line"], 2)
        self.assertEqual(lead["created_by"], self.desk.tokens["manager"].user_id)
        created = ada["activities"][-1]
        self.assertEqual((created["activity_type"], created["source"], created["group_id"], created["actor_name"], created["is_automated"]),
                         ("lead_created", "import", result["id"], "Ann Agent", False))
        grace = self.desk.lead(email="grace@example.com")
        self.assertTrue(grace["lead"]["is_converted"])
        self.assertIn("lead_converted", [activity["activity_type"] for activity in grace["activities"]])

    def test_rules_are_the_webhooks(self):
        lead, contact = self.desk.add_lead(phone="+491710000001", email="known@example.com", product="Solar")
        other, other_contact = self.desk.add_lead(phone="+491710000002", email="other@example.com", product="Solar")
        result = self.desk.load(write(["phone", "email", "product", "status", "city"],
                                      ["+491710000001", "known@example.com", "solar", "qualified", "Berlin"],
                                      ["+491710000001", "other@example.com", "Wind", "", ""]))
        self.assertEqual({k: v for k, v in result["counts"].items() if v},
                         {"update_contact": 2, "update_lead": 1, "create_lead": 1, "conflicts": 1})
        self.assertEqual(result["conflicts"], [{"line": 3, "key": "email", "value": "other@example.com", "contact_id": other_contact}])
        stored = service.get_json(f"/api/inbound-leads/{lead}", self.desk.tokens["owner"])
        self.assertEqual((stored["lead"]["stage"], stored["lead"]["contact"]["city"]), ("qualified", "Berlin"))
        self.assertEqual(stored["activities"][0]["title"], "Status: new → qualified")
        self.assertEqual(self.desk.rows(f"SELECT count(*) FROM leads WHERE contact_id = {quote(contact)};"), [("2",)])

    def test_one_person_twice_in_a_file(self):
        body = write(["email", "firstname", "product"], ["a@example.com", "", "Solar"], ["A@EXAMPLE.COM ", "Ada", "Wind"],
                     ["a@example.com", "", "Solar"])
        expected = {"create_contact": 1, "update_contact": 1, "create_lead": 3}
        self.assertEqual(self.desk.counts(body, dry_run=1), expected)
        self.assertEqual(self.desk.counts(body), expected)

    def test_refused_lines(self):
        body = (b"email,product,owner,next_follow_up_at\r\n"
                b"good@example.com,Solar,,\r\n"
                b"nobody,Solar,,\r\n"
                b"b@example.com,Solar,Nobody At All,\r\n"
                b"c@example.com,Solar,,someday\r\n"
                b"d@example.com,\"Solar\"x,,\r\n"
                b"e@example.com,Solar,,,,,\r\n"
                b"f@example.com,Solar,Ann Agent,\r\n"
                b"g@example.com,Wind,ann@example.com,2026-12-01T10:00:00Z\r\n")
        result = self.desk.load(body)
        codes = [(refused["line"], refused["code"]) for refused in result["refused"]]
        self.assertEqual(codes, [(3, "identity_missing"), (4, "unprocessable"), (5, "unprocessable"), (6, "invalid_body"),
                                 (7, "unprocessable"), (8, "unprocessable"), (9, "unprocessable")])
        self.assertIn("Nobody At All", result["refused"][1]["message"])
        self.assertIn("lead.next_follow_up_at", result["refused"][2]["message"])
        # Four members of that name: the id is needed.
        self.assertIn("more than one", result["refused"][5]["message"])
        self.assertEqual(result["counts"]["create_lead"], 1)

    def test_columns_no_webhook_fills(self):
        owner = self.desk.tokens["agent"].user_id
        database.execute(database.taking_seq(self.desk.workspace) +
                         f"UPDATE memberships SET name = 'Zoe', change_seq = :seq WHERE user_id = {quote(owner)};")
        body = write(["email", "product", "owner", "next_follow_up_at", "created_at", "contact.tags", "lead.tags", "mail 2"],
                     ["a@example.com", "Solar", "Zoe", "2026-12-01 10:00:00+01:00", "2024-05-01T08:00:00Z", "vip, old", '["x"]', "b@example.com"])
        self.assertEqual(self.desk.counts(body, mapping={"mail 2": "contact.email_secondary", "lead.tags": "lead.tags"}),
                         {"create_contact": 1, "create_lead": 1})
        lead = self.desk.lead(email="a@example.com")["lead"]
        self.assertEqual(lead["assigned_to"], owner)
        self.assertEqual(lead["next_follow_up_at"], "2026-12-01T09:00:00.000000Z")
        self.assertEqual(lead["created_at"], "2024-05-01T08:00:00.000000Z")
        self.assertEqual(lead["contact"]["tags"], ["vip", "old"])
        self.assertEqual(lead["tags"], ["x"])
        self.assertEqual(lead["contact"]["email_secondary"], "b@example.com")

    def test_forms_of_files(self):
        for i, (encode, delimiter, encoding) in enumerate([
                (lambda t: t.encode(), ",", "UTF-8"), (lambda t: b"\xef\xbb\xbf" + t.encode(), ";", "UTF-8"),
                (lambda t: t.encode("cp1252"), ";", "Windows-1252"), (lambda t: t.encode("utf-16"), "\t", "UTF-16")]):
            with self.subTest(encoding=encoding, delimiter=delimiter):
                text = write(["email", "firstname", "product"], [f"p{i}@example.com", "Jörg", "Käse; Brot, \"Wein\""], delimiter=delimiter).decode()
                messages = self.desk.messages(encode(text))
                self.assertEqual(messages[0]["import"]["encoding"], encoding)
                lead = self.desk.lead(email=f"p{i}@example.com")["lead"]
                self.assertEqual((lead["contact"]["firstname"], lead["product_interest"]), ("Jörg", "Käse; Brot, \"Wein\""))

    def test_odd_files(self):
        """Each gets an answer: the columns that it has, the lines that are refused, or why it is none."""
        long = b"x" * (1024 * 1024 + 1)
        for body, targets, counts in [
                (b"email\na@example.com\nb@example.com\n", ["contact.email"], {"create_contact": 2}),
                (b"name\nAda\n", ["name"], {"refused": 1}),
                (b"email,email,colour,colour\na@example.com,b@example.com,red,blue\n",
                 ["contact.email", "contact.email_secondary", "custom.colour", "custom.colour (2)"], {"create_contact": 1}),
                (b"email,,\na@example.com,x,y\n", ["contact.email", "ignore", "ignore"], {"create_contact": 1}),
                (b"email;company;notes\r\na@example.com;\"ACME\r\nGmbH, \"\"Co\"\"\";\"a\nb\"\r\n",
                 ["contact.email", "contact.company", "notes"], {"create_contact": 1, "create_lead": 1}),
                (b"email,product\ra@example.com,Solar\r", ["contact.email", "lead.product_interest"], {"create_contact": 1, "create_lead": 1}),
                (b"email,product\na@example.com,\"Solar\nb@example.com,Wind\n", ["contact.email", "lead.product_interest"],
                 {"create_contact": 1, "create_lead": 1, "refused": 1}),
                (b"email,notes\na@example.com,\"" + long + b"\"\nb@example.com,n\nc@example.com," + long + b"\n", ["contact.email", "notes"],
                 {"create_contact": 1, "create_lead": 1, "refused": 2}),
                (b"email,notes\na@example.com," + long[:500_000] + b"\n", ["contact.email", "notes"], {"create_contact": 1, "create_lead": 1})]:
            with self.subTest(body[:60]):
                messages = self.desk.messages(body, dry_run=1)
                self.assertEqual([column["target"] for column in messages[0]["import"]["columns"]], targets)
                self.assertEqual({name: n for name, n in messages[-1]["result"]["counts"].items() if n}, counts)
        for body in (b"", b"\xef\xbb\xbf", b"\n\r\n", b"\x89PNG\r\n\x1a\n\0\0", b"PK\x03\x04\x14\0", "email\na@b.example\n".encode("utf-16-le"),
                     b"email\n\x81\n", b"\"email\n", b"c," * 600 + b"\n"):
            with self.subTest(body[:60]):
                self.assertEqual(self.desk.post(body, dry_run=1).json()["code"], "invalid_body")
        result = self.desk.load(b"email,colour,colour\nq@example.com,red,blue\n", mapping={"colour (2)": "contact.city"})
        self.assertEqual(result["counts"]["create_contact"], 1)
        self.assertEqual(self.desk.rows(f"SELECT city, custom_fields FROM contacts WHERE workspace_id = {quote(self.desk.workspace)};"),
                         [("blue", '{"colour": "red"}')])


class Again(ImportCase):
    def test_same_file_twice(self):
        rng = random.Random(3)
        lines = [["email", "phone", "firstname", "product", "status", "message", "appointment", "colour"]]
        for i in range(300):
            lines.append([f"p{rng.randrange(200)}@example.com", rng.choice(["", f"+49171{rng.randrange(10**7):07}"]),
                          rng.choice(["", "Ada", "Bob"]), rng.choice(["", "Solar", "Wind"]), rng.choice(["", "won", "qualified"]),
                          rng.choice(["", "Call me"]), rng.choice(["", "2026-12-01 10:00"]), rng.choice(["", "red"])])
        body = write(*lines)
        trial = self.desk.counts(body, dry_run=1)
        first = self.desk.load(body)
        self.assertEqual({k: v for k, v in first["counts"].items() if v}, trial)
        before = self.desk.snapshot()
        # Sent again, it is a repeat; whatever the lines behind have made of what a line was compared with.
        again = self.desk.load(body, id=first["id"])["counts"]
        self.assertEqual(again["unchanged"], 300 - again["refused"])
        after = self.desk.snapshot()
        for table in after:
            if table != "audit_log":
                self.assertEqual(before[table], after[table], table)
        # As another import it is news, but makes nobody and nothing a second time.
        another = self.desk.load(body)["counts"]
        self.assertEqual(another["create_contact"], 0)
        self.assertGreater(another["unchanged"], 100)

    def test_grown_file(self):
        lines = [["email", "product"], ["a@example.com", "Solar"], ["b@example.com", "Solar"]]
        self.assertEqual(self.desk.counts(write(*lines)), {"create_contact": 2, "create_lead": 2})
        lines.insert(1, ["c@example.com", "Solar"])
        lines.append(["a@example.com", "Solar"])  # the same line once more is another lead
        self.assertEqual(self.desk.counts(write(*lines)), {"create_contact": 1, "create_lead": 2, "unchanged": 2})

    def test_undone_and_imported_again(self):
        body = write(["email", "product"], ["a@example.com", "Solar"])
        first = self.desk.load(body)
        self.assertEqual(self.desk.undo(first["id"])["changed"], 1)
        self.assertEqual(self.desk.rows(f"SELECT count(*) FROM leads WHERE {lead_kit.VISIBLE} AND workspace_id = {quote(self.desk.workspace)};"),
                         [("0",)])
        second = self.desk.load(body)
        self.assertEqual((second["counts"]["create_contact"], second["counts"]["create_lead"]), (1, 1), second)
        self.desk.lead(email="a@example.com")
        self.assertEqual(self.desk.undo(second["id"])["changed"], 1)
        self.assertEqual(self.desk.rows(f"SELECT count(*) FROM contacts WHERE deleted_at IS NULL AND workspace_id = {quote(self.desk.workspace)};"),
                         [("0",)])


    def test_undone_note(self):
        """What a line has left at a lead that was there comes back with it."""
        lead, _ = self.desk.add_lead(email="a@example.com", product="Solar")
        body = write(["email", "product", "status", "message"], ["a@example.com", "Solar", "qualified", "Please call"])
        notes = (f"SELECT count(*) FROM lead_activities WHERE activity_type = 'note' AND deleted_at IS NULL AND lead_id = {quote(lead)};")
        for _ in range(2):
            result = self.desk.load(body)
            self.assertEqual((result["counts"]["update_lead"], self.desk.rows(notes)), (1, [("1",)]))
            self.assertEqual(self.desk.counts(body), {"unchanged": 1})
            self.assertEqual(self.desk.undo(result["id"])["changed"], 1)
            self.assertEqual(self.desk.rows(notes), [("0",)])


class Export(ImportCase):
    """An export imported again."""

    def setUp(self):
        super().setUp()
        rng = random.Random(11)
        lead_kit.insert_leads(database, self.desk.workspace, rng, 200)
        self.desk.add_lead(phone="+491710000001", firstname="=1+1", lastname="Müller, \"Jo\"\nx", notes="-1", product="'=x", tags="a,b")
        database.execute(f"UPDATE leads SET estimated_value = 12.5, assigned_to = {quote(self.desk.tokens['agent'].user_id)}, lead_score = 7,"
                         f" tags = '[\"ä\", \"b\"]', pain_points = '[{{\"b\": 1, \"a\": [1.0]}}]' WHERE workspace_id = {quote(self.desk.workspace)}"
                         " AND product_interest = '''=x';")

    def export(self, columns=None):
        params = {} if columns is None else {"columns": columns}
        return service.get("/api/inbound-leads/export.csv", self.desk.tokens["manager"], **params).body

    def all_columns(self):
        schemas = service.contract.document["components"]["schemas"]
        lead = [name for name in schemas["Lead"]["properties"] if name not in ("contact", "change_seq")]
        contact = [f"contact.{name}" for name in schemas["Contact"]["properties"] if name != "change_seq"]
        stored = {column for (column,) in database.rows("SELECT column_name FROM information_schema.columns WHERE table_name = 'leads';")}
        stored |= {f"contact.{column}" for (column,) in
                   database.rows("SELECT column_name FROM information_schema.columns WHERE table_name = 'contacts';")}
        return [name for name in lead + contact if name in stored] + ["owner"]

    def test_changes_nothing(self):
        for columns in (None, ",".join(self.all_columns())):
            body = self.export(columns)
            n_lines = len(list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))) - 1
            self.assertGreater(n_lines, 150)
            for trial in (1, 0):
                before = self.desk.snapshot()
                result = self.desk.load(body, dry_run=trial)
                self.assertEqual({k: v for k, v in result["counts"].items() if v}, {"unchanged": n_lines}, result["refused"][:3])
                after = self.desk.snapshot()
                if not trial:
                    before.pop("audit_log"), after.pop("audit_log")
                self.assertEqual(before, after)

    def test_what_was_edited(self):
        lines = list(csv.reader(io.StringIO(self.export().decode("utf-8-sig"), newline="")))
        header = lines[0]
        line = lines[1]
        lead_id = line[header.index("id")]
        old = service.get_json(f"/api/inbound-leads/{lead_id}", self.desk.tokens["manager"])["lead"]
        for name, value in {"stage": "Proposal", "estimated_value": "1.234,50 €", "contact.company": "ACME", "contact.lastname": "",
                            "lead_score": "55"}.items():
            line[header.index(name)] = value
        lines[2][header.index("lead_score")] = "1000"
        lines[3][header.index("stage")] = "nowhere"
        result = self.desk.load(write(*lines), name="edited.csv")
        self.assertEqual((result["counts"]["update_lead"], result["counts"]["update_contact"]), (1, 1), result)
        self.assertEqual([(refused["line"], refused["code"]) for refused in result["refused"]],
                         [(3, "unprocessable"), (4, "unprocessable")])
        self.assertIn("lead.lead_score", result["refused"][0]["message"])
        stored = service.get_json(f"/api/inbound-leads/{lead_id}", self.desk.tokens["manager"])
        lead = stored["lead"]
        self.assertEqual((lead["stage"], lead["estimated_value"], lead["lead_score"], lead["contact"]["company"], lead["contact"]["lastname"]),
                         ("proposal", "1234.50", 55, "ACME", old["contact"]["lastname"]))
        self.assertIn(f"Status: {old['stage']} → proposal", [activity["title"] for activity in stored["activities"]])
        self.assertEqual({activity["group_id"] for activity in stored["activities"][:3]}, {result["id"]})

        # One of two fields was changed by somebody since: that one stays.
        self.desk.apply(edit_kit.mutation(lead_id, {"lead_score": 66}))
        undone = self.desk.undo(result["id"])
        self.assertEqual((undone["matched"], undone["changed"] + undone["conflicts"], undone["conflicts"]), (2, 2, 1))
        lead = service.get_json(f"/api/inbound-leads/{lead_id}", self.desk.tokens["manager"])["lead"]
        self.assertEqual((lead["stage"], lead["estimated_value"], lead["lead_score"], lead["contact"]["company"]),
                         (old["stage"], old["estimated_value"], 66, old["contact"]["company"]))
        self.assertEqual(self.desk.undo(result["id"]), undone | {"head": undone["head"]})

    def test_deleted_lead(self):
        lines = list(csv.reader(io.StringIO(self.export("id,stage,lead_score").decode("utf-8-sig"), newline="")))[:2]
        self.desk.apply(edit_kit.mutation(lines[1][0], verb="delete"))
        lines[1][2] = "1"
        self.assertEqual(self.desk.load(write(*lines))["refused"][0]["code"], "not_found")


class Trial(ImportCase):
    def test_writes_nothing(self):
        self.desk.add_lead(email="known@example.com")
        body = write(["email", "product", "status"], ["new@example.com", "Solar", ""], ["known@example.com", "Solar", "won"])
        before = self.desk.snapshot()
        result = self.desk.load(body, dry_run=1)
        self.assertTrue(result["dry_run"])
        self.assertEqual({k: v for k, v in result["counts"].items() if v}, {"create_contact": 1, "create_lead": 1, "update_lead": 1})
        self.assertEqual(before, self.desk.snapshot())

    def test_figures_follow(self):
        body = write(["email", "product", "status", "lead_source"],
                     *[[f"p{i}@example.com", "Solar", "won" if i % 3 == 0 else "", f"s{i % 5}"] for i in range(90)])
        result = self.desk.load(body)
        metrics = service.get_json("/api/metrics", self.desk.tokens["manager"])
        self.assertEqual((metrics["metrics"]["totalLeads"], metrics["metrics"]["conversionRate"]), (90, "33.3%"))
        self.desk.undo(result["id"])
        self.assertEqual(service.get_json("/api/metrics", self.desk.tokens["manager"])["metrics"]["totalLeads"], 0)


class Requests(ImportCase):
    def test_roles(self):
        body = write(["email", "product"], ["a@example.com", "Solar"])
        for role, status in (("viewer", 403), ("agent", 403), ("manager", 200), ("owner", 200)):
            self.assertEqual(self.desk.post(body, role=role, dry_run=1).status, status)
        self.assertEqual(service.request("POST", PATH, None, body=body).status, 401)
        result = self.desk.load(body)
        self.assertEqual(service.request("POST", f"/api/groups/{result['id']}/undo", self.desk.tokens["viewer"]).status, 403)
        for token in ("agent", "owner"):
            self.assertEqual(service.request("POST", f"/api/groups/{result['id']}/undo", self.desk.tokens[token]).status, 404)
        self.assertEqual(service.request("POST", "/api/groups/x/undo", self.desk.tokens["manager"]).status, 404)

    def test_refused(self):
        body = write(["email", "product"], ["a@example.com", "Solar"])
        for params, status in (({"dry_run": "2"}, 400), ({"mapping": "x"}, 400), ({"colour": "red"}, 400), ({"id": "x"}, 400),
                               ({"delimiter": "x"}, 400), ({"mapping": {"nope": "notes"}}, 422), ({"mapping": {"email": "lead.nope"}}, 422),
                               ({"mapping": {"email": "notes", "product": "contact.email"}}, 200)):
            with self.subTest(**params):
                self.assertEqual(self.desk.post(body, **params).status, status)
        self.assertEqual(self.desk.post(b"").status, 400)
        self.assertEqual(self.desk.post(b"email\0,x\n").status, 400)
        self.assertEqual(self.desk.post(b"email\n" + b"x\n" * 100_001).status, 413)
        self.assertEqual(self.desk.counts(b"email,product\r\n"), {})

    def test_audit(self):
        result = self.desk.load(write(["email", "product"], ["a@example.com", "Solar"]), name="a.csv")
        rows = self.desk.rows("SELECT action, actor_id, details FROM audit_log WHERE action LIKE 'import%' AND"
                              f" workspace_id = {quote(self.desk.workspace)} ORDER BY action DESC;")
        self.assertEqual([row[0] for row in rows], ["import_started", "import_ended"])
        self.assertEqual({row[1] for row in rows}, {self.desk.tokens["manager"].user_id})
        details = json.loads(rows[1][2])
        self.assertEqual((details["import"], details["file"], details["counts"]["create_lead"]), (result["id"], "a.csv", 1))

    def test_other_workspace(self):
        other = Desk(database, service, f"{self.desk.workspace}b")
        lead, _ = other.add_lead(email="a@example.com")
        body = write(["id", "email", "product", "lead_score"], [lead, "a@example.com", "Solar", "5"])
        self.assertEqual(self.desk.counts(body), {"create_contact": 1, "create_lead": 1})
        self.assertIsNone(service.get_json(f"/api/inbound-leads/{lead}", other.tokens["manager"])["lead"]["lead_score"])
        self.assertEqual(other.counts(write(["email", "product"], ["a@example.com", "Wind"])), {"create_lead": 1})

    def test_desktops_are_told(self):
        websocket = service.socket(self.desk.tokens["manager"])
        head = websocket.event()["data"]["head"]
        self.desk.load(write(["email", "product"], ["a@example.com", "Solar"]))
        event = websocket.event()
        self.assertEqual((event["event"], event["data"]["from"]), ("changes", head))
        self.assertEqual([row["kind"] for row in event["data"]["rows"]], ["contact", "lead", "activity"])
        websocket.close()

    def test_progress_and_webhooks_between(self):
        """A long import is told of as it goes on, and a webhook does not wait for its end."""
        n_lines = 3000
        body = write(["email", "product"], *[[f"p{i}@example.com", "Solar"] for i in range(n_lines)])
        with service.server.connect() as sock:
            sock.sendall((f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
                          f"Authorization: Bearer {self.desk.tokens['manager'].token}\r\n\r\n").encode() + body)
            file = sock.makefile("rb")
            while file.readline().strip():
                pass
            seen = []
            while (size := int(file.readline(), 16)) > 0:
                seen += [json.loads(line) for line in file.read(size).splitlines()]
                file.readline()
                if len(seen) == 2 and "progress" in seen[1]:
                    service.post(self.desk.webhook, {"email": "between@example.com", "product": "Wind"})
                    stored = int(self.desk.rows(f"SELECT count(*) FROM leads WHERE workspace_id = {quote(self.desk.workspace)};")[0][0])
                    self.assertLess(stored, n_lines)
        told = [message["progress"]["lines"] for message in seen if "progress" in message]
        self.assertEqual(told, sorted(told))
        self.assertGreater(len(told), 0)
        self.assertEqual(seen[-1]["result"]["counts"]["create_lead"], n_lines)

    def test_client_goes(self):
        """What is written stays, and the same file does the rest."""
        n_lines = 8000
        body = write(["email", "product"], *[[f"p{i}@example.com", "Solar"] for i in range(n_lines)])
        count = f"SELECT count(*) FROM leads WHERE workspace_id = {quote(self.desk.workspace)};"
        with service.server.connect() as sock:
            sock.sendall((f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
                          f"Authorization: Bearer {self.desk.tokens['manager'].token}\r\n\r\n").encode() + body)
            sock.recv(100)
            wait_for(lambda: int(self.desk.rows(count)[0][0]) > 0, "the first lines")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        ended = f"SELECT details FROM audit_log WHERE action = 'import_ended' AND workspace_id = {quote(self.desk.workspace)};"
        details = json.loads(wait_for(lambda: self.desk.rows(ended), "the end")[0][0])
        self.assertTrue(details["is_cancelled"])
        stored = int(self.desk.rows(count)[0][0])
        self.assertTrue(0 < stored < n_lines, stored)
        counts = self.desk.counts(body, id=details["import"])
        self.assertEqual(counts, {"create_contact": n_lines - stored, "create_lead": n_lines - stored, "unchanged": stored})


class Zz(unittest.TestCase):
    def test_all_was_done_as_described(self):
        self.assertEqual(edit_kit.unseen(service, "import"), [])


if __name__ == "__main__":
    unittest.main()
