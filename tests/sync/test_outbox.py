"""Desktops against a real service: what is done without a connection arrives once and in order, merges, conflicts, and is undone."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "service"))

from harness import Service, make_folder  # noqa: E402

DESK = os.environ["INB_SYNC_DESK"]
LEADS = 120
PATIENCE = 120
TABLES = ("contacts", "leads", "lead_activities", "lead_counts", "shadows")
PLACES = ("row_id", "id_order")  # of the file, not of the rows


class Desk:
    def __init__(self, service, folder, token_file):
        self.folder = folder
        self.process = subprocess.Popen([DESK, folder, "--server", service.url, "--workspace", "demo", "--token-file", token_file],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def say(self, *words):
        self.process.stdin.write(" ".join(words) + "\n")
        answer = self.process.stdout.readline()
        if not answer:
            raise AssertionError(f"{words}: it ended")
        return answer.strip()

    def counts(self, *words):
        return tuple(int(number) for number in self.say(*words).split())

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait(PATIENCE)
        self.process.stdout.close()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)
        self.process.stdin.close()
        self.process.stdout.close()


class OutboxTest(unittest.TestCase):
    def setUp(self):
        self.folder = make_folder(0o700)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.service = self.enterContext(Service())
        self.service.create_workspace()
        self.service.run("demo", "--workspace", "demo", "--leads", str(LEADS))
        self.token_file = os.path.join(self.folder, "token")
        with open(self.token_file, "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(self.service.create_token())
        self.leads = self.select("SELECT id FROM leads WHERE deleted_at IS NULL AND NOT is_test ORDER BY id")

    def select(self, sql):
        """The first column of each row."""
        return [row[0] if isinstance(row, (list, tuple)) else row for row in self.service.psql(sql, workspace="demo")]

    def open(self, name, online=True):
        desk = Desk(self.service, os.path.join(self.folder, name), self.token_file)
        self.addCleanup(desk.close)
        if online:
            desk.say("online")
            desk.say("live")
            desk.say("role")
        return desk

    def stored(self, lead, column):
        return self.select(f"SELECT {column} FROM leads WHERE id = '{lead}'")[0]

    def catch_up(self, *desks):
        head = self.select("SELECT change_seq FROM workspace_heads")[0]
        for desk in desks:
            desk.say("live")
            desk.say("cursor", head)

    def rows(self, desk, table):
        copy = os.path.join(self.folder, "copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(desk.folder, copy)
        with sqlite3.connect(os.path.join(copy, "replica.db")) as db:
            db.row_factory = sqlite3.Row
            rows = [{key: row[key] for key in row.keys() if key not in PLACES} for row in db.execute(f"SELECT * FROM {table}")]
        db.close()
        return sorted(rows, key=repr)

    def assert_equal(self, one, other):
        """As they are on the disk, closed."""
        one.close()
        other.close()
        for table in TABLES:
            self.assertEqual(self.rows(one, table), self.rows(other, table), table)
        self.assertEqual(self.rows(one, "shadows"), [])

    def test_service_stopped(self):
        ann = self.open("ann")
        ben = self.open("ben")
        self.service.stop()
        groups = [ann.say("edit", lead, "budget_range", f"first-{number}") for number, lead in enumerate(self.leads[:100])]
        self.assertEqual(ann.counts("counts"), (100, 0, 0))
        ann.kill()

        ann = self.open("ann", online=False)
        self.assertEqual(ann.counts("counts"), (100, 0, 0))
        self.assertEqual(ann.say("get", self.leads[7], "budget_range"), "first-7")
        ann.say("online")
        groups += [ann.say("edit", lead, "budget_range", f"second-{number}") for number, lead in enumerate(self.leads[:20])]
        self.assertEqual(ann.counts("counts"), (120, 0, 0))
        self.service.options = ["--listen", f"127.0.0.1:{self.service.port}"]
        self.service.start()
        self.assertEqual(ann.counts("sent"), (0, 0, 0))

        for number, lead in enumerate(self.leads[:100]):
            self.assertEqual(self.stored(lead, "budget_range"), f"{'second' if number < 20 else 'first'}-{number}")
        arrived = self.select("SELECT group_id FROM lead_activities WHERE field_name = 'budget_range' ORDER BY change_seq")
        self.assertEqual(arrived, groups)
        self.catch_up(ann, ben)
        self.assertEqual(ben.say("get", self.leads[7], "budget_range"), "second-7")
        self.assert_equal(ann, ben)

    def test_two_desktops(self):
        ann = self.open("ann")
        ben = self.open("ben")
        lead = self.leads[0]
        ann.say("offline")
        ben.say("offline")
        ann.say("edit", lead, "budget_range", "large")
        ann.say("edit", lead, "territory", "north")
        ben.say("edit", lead, "timeline", "soon")
        ben.say("edit", lead, "territory", "south")
        ann.say("online")
        self.assertEqual(ann.counts("sent"), (0, 0, 0))
        ben.say("online")
        self.assertEqual(ben.counts("sent"), (0, 1, 0))
        self.assertEqual(ben.say("conflicts"), "territory:south:north")
        self.assertEqual([self.stored(lead, column) for column in ("budget_range", "timeline", "territory")],
                         ["large", "soon", "north"])

        self.catch_up(ann, ben)
        self.assertEqual(ben.say("get", lead, "territory"), "north")
        ben.say("mine")
        self.assertEqual(ben.counts("sent"), (0, 0, 0))
        self.assertEqual(self.stored(lead, "territory"), "south")
        self.catch_up(ann, ben)
        self.assertEqual(ann.say("get", lead, "territory"), "south")
        self.assert_equal(ann, ben)

    def test_bulk_undo(self):
        ann = self.open("ann")
        ben = self.open("ben")
        states = "SELECT concat_ws(' ', id, stage, is_converted, converted_at, lost_at) FROM leads ORDER BY id"
        before = self.select(states)
        group = ann.say("bulk", "stage", "proposal")
        ann.say("sent")
        changed = self.select("SELECT id FROM leads WHERE stage = 'proposal' AND NOT is_test AND deleted_at IS NULL")
        self.assertEqual(len(changed), len(self.leads))
        self.catch_up(ben)
        ben.say("edit", self.leads[3], "stage", "contacted")
        ben.say("sent")
        undo = ann.say("undo", group)
        self.assertEqual(ann.counts("sent"), (0, 0, 0))
        applied, conflicts, rejected, waiting = ann.counts("outcome", undo)
        self.assertEqual((conflicts, rejected, waiting), (1, 0, 0))
        self.assertGreaterEqual(applied, len(self.leads) // 2)

        different = [line for line in self.select(states) if line not in before]
        self.assertEqual(len(different), 1, different)
        self.assertIn(self.leads[3], different[0])
        self.catch_up(ann, ben)
        self.assert_equal(ann, ben)


if __name__ == "__main__":
    unittest.main()
