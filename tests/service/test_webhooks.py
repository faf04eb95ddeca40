"""Webhooks from the request to the rows, against a real service."""

import concurrent.futures
import json
import unittest
import urllib.parse

from harness import Service

SEED = {
    "firstname": "Test", "lastname": "Lead", "phone": "+1234567890", "email": "test@example.com",
    "product": "Product A", "lead_status": "new", "notes": "Test lead from API",
}


def in_parallel(n_threads, calls):
    with concurrent.futures.ThreadPoolExecutor(n_threads) as pool:
        return [future.result() for future in [pool.submit(*call) for call in calls]]


class WebhookTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = cls.enterClassContext(Service())
        cls.n_workspaces = 0

    def setUp(self):
        type(self).n_workspaces += 1
        self.workspace = self.service.create_workspace(f"w{self.n_workspaces}")
        self.webhook = self.service.create_webhook(self.workspace)

    def post(self, body, **headers):
        return self.service.post(self.webhook["path"], body, **headers)

    def count(self, table, where="true"):
        return self.service.count(table, self.workspace, where)

    def activities(self):
        return [row[0] for row in self.service.psql(
            "SELECT activity_type FROM lead_activities ORDER BY change_seq", self.workspace)]

    def test_life_of_a_lead(self):
        first = self.post(SEED)
        self.assertEqual(first.status, 200)
        answer = first.json()
        self.assertTrue(answer["success"])
        self.assertEqual(self.service.psql("SELECT id, contact_id FROM leads", self.workspace),
                         [[answer["lead_id"], answer["contact_id"]]])
        self.assertEqual(self.activities(), ["lead_created"])

        second = self.post({**SEED, "lead_status": "qualified", "notes": None}).json()
        third = self.post({**SEED, "lead_status": "converted", "notes": "", "appointment_date": "2025-10-20 10:00AM"}).json()
        self.assertEqual({second["lead_id"], third["lead_id"]}, {answer["lead_id"]})
        self.assertEqual(self.activities(), ["lead_created", "status_updated", "status_updated", "appointment_scheduled",
                                             "lead_converted"])
        self.assertEqual(self.service.psql("SELECT stage, previous_stage, is_converted FROM leads", self.workspace),
                         [["won", "qualified", "t"]])

    def test_contact_without_lead(self):
        answer = self.post({"firstname": "Ann", "phone": "+1 415 555 2671"})
        self.assertEqual(answer.status, 200)
        self.assertIn(b'"lead_id":null', answer.body)
        self.assertEqual((self.count("contacts"), self.count("leads")), (1, 0))

    def test_forms(self):
        fields = {"fields[name][value]": "Jörg Groß", "fields[email][value]": "joerg@example.com", "product": "Solar"}
        bracketed = self.post(urllib.parse.urlencode(fields).encode(), Content_Type="application/x-www-form-urlencoded")
        flat = self.post(b"first_name=Bryan&email=bryan%40example.com&phone=%2B1+415+555+2671&lead_status=new",
                         Content_Type="application/x-www-form-urlencoded; charset=utf-8")
        self.assertEqual((bracketed.status, flat.status), (200, 200))
        self.assertEqual(self.service.psql("SELECT firstname, lastname FROM contacts ORDER BY change_seq", self.workspace),
                         [["Jörg", "Groß"], ["Bryan", ""]])

    def test_array(self):
        answer = self.post([SEED, {"firstname": "Nobody"}, {**SEED, "phone": "+14155552671", "email": "b@example.com"}])
        self.assertEqual(answer.status, 200)
        results = answer.json()["results"]
        self.assertEqual([result["success"] for result in results], [True, False, True])
        self.assertEqual(results[1]["error"]["code"], "identity_missing")
        self.assertEqual((self.count("leads"), self.count("deliveries")), (2, 3))

    def test_custom_fields_keep_large_numbers(self):
        self.post(b'{"email":"a@example.com","notes":"x","ad_id":9007199254740993,"Favourite colour":"blue"}')
        fields = json.loads(self.service.psql("SELECT custom_fields FROM leads", self.workspace)[0][0])
        self.assertEqual((fields["ad_id"], fields["Favourite colour"]), ("9007199254740993", "blue"))

    def test_refusals_say_why_and_are_kept(self):
        unreadable = self.post(b'{"email": "a@example.com",}')
        nobody = self.post({"firstname": "Ann"})
        elsewhere = self.post(SEED, x_workspace_id="other")
        unknown = self.service.post("/webhooks/00000000-0000-4000-8000-000000000000", SEED)
        self.assertEqual([answer.status for answer in (unreadable, nobody, elsewhere, unknown)], [400, 422, 403, 404])
        self.assertEqual(nobody.json()["error"]["code"], "identity_missing")
        self.assertFalse(unreadable.json()["success"])
        self.assertEqual(self.count("deliveries", "outcome = 'refused' AND body IS NOT NULL"), 2)
        self.assertEqual(self.count("contacts"), 0)

    def test_keys(self):
        webhook = self.service.create_webhook(self.workspace, name="Keyed", auth="key")
        path, key = webhook["path"], webhook["key"]
        basic = "Basic OmtleQ=="
        answers = [
            self.service.post(path, SEED), self.service.post(f"{path}/wrong", SEED),
            self.service.post(path, SEED, Authorization=basic), self.service.post(f"{path}/{key}", SEED),
            self.service.post(path, SEED, x_webhook_key=key),
        ]
        self.assertEqual([answer.status for answer in answers], [401, 401, 401, 200, 200])
        self.assertNotIn(key, "".join(self.service.log))

    def test_guessing_keys(self):
        """Who keeps sending wrong keys is told to go slow; the right key is always taken."""
        webhook = self.service.create_webhook(self.workspace, name="Guessed", auth="key")
        answers = [self.service.post(webhook["path"], SEED, x_webhook_key=f"wrong{number}") for number in range(40)]
        self.assertEqual({answer.status for answer in answers[:20]}, {401})
        self.assertEqual({answer.status for answer in answers[35:]}, {429})
        self.assertIn("key", answers[0].json()["error"]["message"])
        self.assertEqual(answers[-1].json()["error"]["code"], "too_many_requests")
        self.assertIn(int(answers[-1].headers["retry-after"]), range(1, 61))
        self.assertEqual(self.service.post(webhook["path"], SEED, x_webhook_key=webhook["key"]).status, 200)

        counted = self.service.request("GET", "/metrics").body.decode()
        for status in (401, 429):
            self.assertRegex(counted, rf'inbound_http_requests_total{{route="/webhooks/{{id}}",status="{status}"}} [1-9]')
        self.assertEqual(self.count("deliveries"), 1)

    def test_what_never_comes_to_a_route_is_counted(self):
        self.assertEqual(self.service.post(self.webhook["path"], b"x" * 1_100_000).status, 413)
        self.assertEqual(self.service.get("/nowhere").status, 404)
        counted = self.service.get("/metrics").body.decode()
        for status in (404, 413):
            self.assertRegex(counted, f'inbound_http_requests_total{{route="other",status="{status}"}} [1-9]')

    def test_delivery_key_limits(self):
        for name in ("Idempotency-Key", "webhook-id"):
            for value in ("x" * 256, ""):
                answer = self.post(SEED, **{name: value})
                self.assertEqual(answer.status, 400)
                self.assertIn(name, answer.json()["error"]["message"])
            self.assertEqual(self.post(SEED, **{name: "x" * 255}).status, 200)
        self.assertEqual(self.count("leads"), 1)

    def test_identical_posts(self):
        answers = in_parallel(64, [(self.post, SEED)] * 64)
        self.assertEqual({answer.status for answer in answers}, {200})
        self.assertEqual((self.count("contacts"), self.count("leads")), (1, 64))

    def test_delivery_key(self):
        answers = in_parallel(64, [(lambda: self.post(SEED, Idempotency_Key="one"),)] * 64)
        self.assertEqual({answer.status for answer in answers}, {200})
        self.assertEqual(len({answer.body for answer in answers}), 1)
        self.assertEqual((self.count("contacts"), self.count("leads"), self.count("deliveries")), (1, 1, 1))

    def test_new_phones_at_once(self):
        calls = [(self.post, {"phone": f"+1415555{number:04}", "product": "A"}) for number in range(200) for _ in range(32)]
        answers = in_parallel(64, calls)
        self.assertEqual({answer.status for answer in answers}, {200})
        self.assertEqual((self.count("contacts"), self.count("leads")), (200, 6400))

    def test_hostile_bodies(self):
        bodies = [b"", b" ", b"[" * 100_000, b"{" * 50_000, b'{"a":1}{"b":2}', b'{"email":"a@b.co","email":"c@d.co"}',
                  b'{"email":"a\\u0000@b.co"}', b'{"email":"\xff"}', b"[1]", b'"text"', b"null", b"\x00" * 100, b'{"a":1e999}']
        for body in bodies:
            with self.subTest(body[:20]):
                self.assertIn(self.post(body).status, (400, 413, 422))
        self.assertEqual(self.post(SEED).status, 200)
        self.assertEqual(self.count("leads"), 1)


class TwoServicesTest(unittest.TestCase):
    def test_one_database(self):
        with Service() as first:
            first.create_workspace("demo")
            webhook = first.create_webhook("demo")
            database = f"host={first.data_dir}/run dbname=inbound_leads user=inbound_service"
            with Service(data_dir=first.data_dir, database=database) as second:
                calls = [(service.post, webhook["path"], {"phone": f"+1415555{number:04}", "email": f"p{number}@example.com"})
                         for number in range(200) for _ in range(16) for service in (first, second)]
                answers = in_parallel(64, calls)
                self.assertEqual({answer.status for answer in answers}, {200})
                self.assertEqual(first.count("contacts"), 200)
                self.assertEqual(first.psql("SELECT count(*) FROM lead_activities", "demo"), [["0"]])


if __name__ == "__main__":
    unittest.main(verbosity=2)
