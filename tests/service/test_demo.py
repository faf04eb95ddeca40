"""The sample leads: believable, consistent with the roll-up and the change feed, and written once."""

import json
import unittest

from harness import CommandFailed, Service

N_LEADS = 900


class DemoTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = cls.enterClassContext(Service())
        cls.workspace = cls.service.create_workspace("demo", timezone="Europe/Berlin")
        cls.written = cls.service.run_json("demo", "--workspace", "demo", "--leads", str(N_LEADS))
        cls.token = cls.service.create_token()

    def rows(self, sql):
        return self.service.psql(sql, self.workspace)

    def test_counts(self):
        self.assertEqual(self.written["leads"], str(N_LEADS))
        self.assertEqual(self.service.count("leads", self.workspace), N_LEADS)
        self.assertEqual(self.service.count("contacts", self.workspace), N_LEADS)
        self.assertEqual(self.service.count("lead_activities", self.workspace, "activity_type = 'lead_created'"), N_LEADS)

    def test_written_once(self):
        again = self.service.run_json("demo", "--workspace", "demo", "--leads", "50", "--if-empty")
        self.assertEqual(again["leads"], "0")
        self.assertEqual(self.service.count("leads", self.workspace), N_LEADS)

    def test_same_seed_same_people(self):
        names = []
        for workspace in ("seed-a", "seed-b"):
            self.service.create_workspace(workspace)
            self.service.run_json("demo", "--workspace", workspace, "--leads", "40", "--seed", "7")
            names.append(sorted(self.service.psql("SELECT name_folded, phone_e164, email_norm FROM contacts", workspace)))
        self.assertEqual(*names)

    def test_feed_has_no_gap(self):
        tables = ("leads", "contacts", "lead_activities", "lead_pipeline_stages", "memberships", "teams")
        union = " UNION ALL ".join(f"SELECT change_seq FROM {table}" for table in tables)
        head = int(self.rows("SELECT change_seq FROM workspace_heads")[0][0])
        seqs = {int(row[0]) for row in self.rows(union)}
        # The workspace's own row, and members that were numbered again when they joined their team.
        self.assertLessEqual(head - len(seqs), 1 + 4)
        self.assertEqual(max(seqs), head)

    def test_roll_up_agrees(self):
        self.assertEqual(
            sorted(self.rows("SELECT source, product, stage, leads, converted FROM lead_counts WHERE leads > 0")),
            sorted(self.rows("SELECT lead_source, product_interest, stage, count(*), count(*) FILTER (WHERE is_converted)"
                             " FROM leads GROUP BY 1, 2, 3")))

    def test_believable(self):
        metrics = json.loads(self.service.get("/api/inbound-leads?workspace_id=demo&limit=1", self.token).body)["metrics"]
        self.assertEqual(metrics["totalLeads"], N_LEADS)
        self.assertEqual(metrics["topSource"], "Facebook Ads")
        self.assertTrue(10 <= float(metrics["conversionRate"].rstrip("%")) <= 20, metrics)
        self.assertGreaterEqual(metrics["todayLeads"], 1)
        self.assertEqual(self.rows("SELECT count(*) FROM contacts WHERE phone_e164 IS NULL AND email_norm IS NULL"), [["0"]])
        self.assertEqual(self.rows("SELECT count(*) FROM contacts WHERE phone IS NOT NULL AND phone_status <> 'valid'"), [["0"]])
        self.assertEqual(self.rows("SELECT count(*) FROM (SELECT phone_e164 FROM contacts WHERE phone_e164 IS NOT NULL"
                                   " GROUP BY 1 HAVING count(*) > 1) AS twice"), [["0"]])
        self.assertEqual(self.rows("SELECT count(*) FROM lead_activities a JOIN leads l ON l.workspace_id = a.workspace_id"
                                   " AND l.id = a.lead_id WHERE a.created_at < l.created_at OR a.created_at > now()"), [["0"]])

    def test_material_for_every_figure(self):
        figures = json.loads(self.service.get("/api/metrics", self.token).body)
        response = figures["response"]
        self.assertGreater(response["answered"], N_LEADS / 2)
        self.assertTrue(300 <= response["median_seconds"] <= 3600 < response["p90_seconds"], response)
        self.assertGreater(response["waiting"], 0)
        self.assertEqual(len(figures["products"]), 5)
        heat_map = json.loads(self.service.get("/api/heatmap", self.token).body)
        self.assertEqual((len(heat_map["rows"]), len(heat_map["columns"])), (12, 15))
        hours = json.loads(self.service.get("/api/heatmap?mode=weekday_hour", self.token).body)
        self.assertGreater(hours["row_totals"][1], hours["row_totals"][6])
        self.assertGreater(sum(hours["column_totals"][8:20]), 3 * sum(hours["column_totals"][0:7]))
        trends = json.loads(self.service.get("/api/trends?step=month&max_series=20", self.token).body)
        self.assertGreaterEqual(len(trends["steps"]), 8)
        self.assertGreater(sum(trends["won"]), 0)
        for column in ("assigned_to", "team_id", "temperature", "utm_campaign", "estimated_value", "next_follow_up_at"):
            self.assertGreater(int(self.rows(f"SELECT count(DISTINCT {column}) FROM leads")[0][0]), 1, column)
        due = json.loads(self.service.get("/api/inbound-leads?follow_up=due&limit=1", self.token).body)["total"]
        self.assertGreater(due, 0)
        self.assertEqual(self.rows("SELECT count(*) FROM leads WHERE first_response_at <= created_at OR first_response_at > now()"
                                   " OR last_activity_at > now()"), [["0"]])

    def test_wrong_usage(self):
        with self.assertRaises(CommandFailed) as caught:
            self.service.run("demo", "--workspace", "demo", "--leads", "0")
        self.assertEqual(caught.exception.code, 2)
        with self.assertRaises(CommandFailed) as caught:
            self.service.run("demo", "--workspace", "nowhere")
        self.assertEqual(caught.exception.code, 1)


if __name__ == "__main__":
    unittest.main()
