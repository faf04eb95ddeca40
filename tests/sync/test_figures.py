"""The figures that the app counts in its replica are those that the service counts for the same filter."""

import json
import os
import random
import re
import shutil
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "service"))

import api_kit  # noqa: E402
import lead_kit  # noqa: E402
from harness import make_folder  # noqa: E402

WATCH = os.environ["INB_SYNC_WATCH"]
COUNT = os.environ["INB_COUNT_FIGURES"]
ZONES = ["Europe/Berlin", "Pacific/Auckland", "Asia/Kolkata", "America/Los_Angeles"]
FILTERS = 52
LEADS = 400
PATIENCE = 120
LISTS = {"status": "stage", "source": "source", "product": "product", "assigned_to": "owner", "team": "team",
         "temperature": "temperature", "campaign": "campaign"}
FLAGS = {"follow_up": "follow_up_due", "converted": "converted", "unanswered": "unanswered"}


def split(text):
    """The values of a list parameter; a comma alone is the one empty value."""
    if text == ",":
        return [""]
    return [re.sub(r"\\(.)", r"\1", value) for value in re.findall(r"((?:[^\\,]|\\.)*)(?:,|$)", text + ",")[:-1]]


def to_filter(params):
    """The app's filter that means the same as the parameters of a request."""
    wanted = {}
    for name, value in params.items():
        if name in LISTS:
            wanted[LISTS[name]] = split(value)
        elif name in FLAGS:
            wanted[FLAGS[name]] = True
        elif name == "created_from":
            wanted["created"] = {"from": value}
        else:
            wanted[name] = value
    return wanted


def measure(cell, name):
    """What the service says of a cell."""
    leads, converted, value, _, median = cell
    return {"leads": leads, "conversion": int(converted * 1000 / leads + 0.5) / 10 if leads else None, "value": value,
            "response": median}[name]


class FiguresTest(unittest.TestCase):
    def setUp(self):
        self.rng = random.Random(7)
        self.folder = make_folder(0o700)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.database = api_kit.Database()
        self.addCleanup(self.database.stop)
        self.service = api_kit.Service(self.database)
        self.addCleanup(self.service.stop)

    def sync(self, workspace, token):
        """A replica of the workspace, and the program that counts in it."""
        token_file = os.path.join(self.folder, workspace + ".token")
        with open(token_file, "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(token.token)
        replica = os.path.join(self.folder, workspace)
        done = subprocess.run([WATCH, replica, "--server", self.service.server.url, "--workspace", workspace, "--token-file",
                               token_file, "--until-live"], capture_output=True, text=True, timeout=PATIENCE)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        counter = subprocess.Popen([COUNT, replica], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self.addCleanup(self.end, counter)
        return counter

    def end(self, counter):
        counter.stdin.close()
        counter.stdout.close()
        self.assertEqual(counter.wait(PATIENCE), 0)

    def count(self, counter, **question):
        counter.stdin.write(json.dumps(question) + "\n")
        counter.stdin.flush()
        return json.loads(counter.stdout.readline())

    def check_metrics(self, token, params, counted):
        answer = self.service.get_json("/api/metrics", token, **params)
        for day in answer["days"]:
            day.pop("date")
        for name in ("leads", "products", "sources", "response", "days"):
            self.assertEqual(counted[name], answer[name], name)
        self.assertEqual(counted["top_product"], answer["metrics"]["topProduct"])
        self.assertEqual(counted["top_source"], answer["metrics"]["topSource"])

    def check_heat_map(self, token, params, mode, most, counted):
        for name in ("leads", "conversion", "value", "response"):
            answer = self.service.get_json("/api/heatmap", token, mode=mode, measure=name, max_rows=most, max_columns=most, **params)
            rows = answer["rows"][:-1] if answer["has_other_row"] else answer["rows"]
            columns = answer["columns"][:-1] if answer["has_other_column"] else answer["columns"]
            self.assertEqual((counted["rows"], counted["columns"], counted["has_other_row"], counted["has_other_column"]),
                             (rows, columns, answer["has_other_row"], answer["has_other_column"]))
            self.assertEqual([[measure(cell, name) for cell in row] for row in counted["cells"]], answer["cells"], name)
            self.assertEqual([measure(cell, name) for cell in counted["row_totals"]], answer["row_totals"])
            self.assertEqual([measure(cell, name) for cell in counted["column_totals"]], answer["column_totals"])
            self.assertEqual(measure(counted["total"][0], name), answer["total"])

    def check_trends(self, token, params, question, counted):
        answer = self.service.get_json("/api/trends", token, step=question["step"], by=question["by"], max_series=question["max"],
                                       **question.get("range", {}), **params)
        names = [series["name"] for series in answer["series"]]
        self.assertEqual(counted["steps"], answer["steps"])
        self.assertEqual((counted["series"], counted["has_other"]),
                         (names[:-1] if answer["has_other"] else names, answer["has_other"]))
        self.assertEqual(counted["leads"], [n for series in answer["series"] for n in series["leads"]])
        self.assertEqual(list(zip(counted["stages"], counted["reached"])),
                         [(stage["stage"], stage["leads"]) for stage in answer["funnel"]])
        for name in ("won", "won_value", "lost", "responses", "unanswered"):
            self.assertEqual(counted[name], answer[name], name)

    def check(self, token, counter, params):
        question = {"filter": to_filter(params), "mode": self.rng.choice(["source_product", "weekday_hour"]),
                    "max": self.rng.choice([2, 3, 20]), "step": self.rng.choice(["day", "week", "month"]),
                    "by": self.rng.choice(["source", "product"])}
        if self.rng.random() < 0.5:
            first, last = sorted(f"2026-{self.rng.randint(6, 11):02}-{self.rng.randint(1, 30):02}" for _ in range(2))
            question["range"] = {"from": first, "to": last}
        counted = self.count(counter, **question)
        self.check_metrics(token, params, counted["metrics"])
        self.check_heat_map(token, params, question["mode"], question["max"], counted["heat_map"])
        self.check_trends(token, params, question, counted["trends"])

    def test_random_filters(self):
        for zone in ZONES:
            workspace = zone.split("/")[1].lower()
            self.database.create_workspace(workspace, zone)
            lead_kit.insert_leads(self.database, workspace, self.rng, LEADS)
            token = self.database.create_token(workspace)
            counter = self.sync(workspace, token)
            for i in range(FILTERS // len(ZONES)):
                params, _ = lead_kit.choose_filter(self.rng, zone, rolled_up=i % 3 == 0)
                with self.subTest(zone=zone, **params):
                    self.check(token, counter, params if i > 0 else {})


if __name__ == "__main__":
    unittest.main(verbosity=2)
