"""A first sync that is killed again and again goes on where it was, and ends with what an undisturbed one has."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "service"))

from harness import Service, make_folder  # noqa: E402

WATCH = os.environ["INB_SYNC_WATCH"]
LEADS = 6000
KILLS = int(os.environ.get("INB_ROUNDS", "4"))
TABLES = ("contacts", "leads", "lead_activities", "lead_pipeline_stages", "lead_counts")
PLACES = ("row_id", "id_order")  # of the file, not of the rows
PATIENCE = 120
FIRST, LAST = 20, 80  # percent: the contacts come before the leads, the indexes after them


class FirstSyncTest(unittest.TestCase):
    def setUp(self):
        self.folder = make_folder(0o700)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.service = self.enterContext(Service())
        self.service.create_workspace()
        self.webhook = self.service.create_webhook()["path"]
        self.token_file = os.path.join(self.folder, "token")
        with open(self.token_file, "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(self.service.create_token())
        self.service.run("demo", "--workspace", "demo", "--leads", str(LEADS))

    def start(self, name):
        folder = os.path.join(self.folder, name)
        return subprocess.Popen([WATCH, folder, "--server", self.service.url, "--workspace", "demo", "--token-file",
                                 self.token_file, "--until-live"], stdout=subprocess.PIPE, text=True)

    def sync(self, name):
        process = self.start(name)
        output, _ = process.communicate(timeout=PATIENCE)
        self.assertEqual(process.returncode, 0, output)
        return output

    def kill_at(self, name, percent):
        """Kills it once it says that it is so far. Returns the first and the last figure that it said."""
        process = self.start(name)
        said = []
        for line in process.stdout:
            match = re.search(r" (\d+) %, \d+ to come", line)
            if match:
                said.append(int(match.group(1)))
                if said[-1] >= percent:
                    break
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
        process.stdout.close()
        self.assertTrue(said, "it said nothing of its progress")
        return said[0], said[-1]

    def rows(self, name, table):
        """Read off a copy: SQLite without the replica's checksums must not write to the file."""
        copy = os.path.join(self.folder, "copy")
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(os.path.join(self.folder, name), copy)
        with sqlite3.connect(os.path.join(copy, "replica.db")) as db:
            db.row_factory = sqlite3.Row
            rows = [{key: row[key] for key in row.keys() if key not in PLACES} for row in db.execute(f"SELECT * FROM {table}")]
        db.close()
        return sorted(rows, key=repr)

    def post(self, number):
        """A lead of a new person, and news of one who is there already."""
        for mail in (f"late{number}@example.com", "late@example.com"):
            answer = self.service.post(self.webhook, {"email": mail, "lastname": f"Late {number}", "product": "A", "notes": "x"})
            self.assertEqual(answer.status, 200)

    def test_killed(self):
        last = 0
        for number in range(KILLS):
            first, reached = self.kill_at("killed", FIRST + number * (LAST - FIRST) // max(1, KILLS - 1))
            self.assertGreaterEqual(first, last, "it began anew")
            last = reached
            if number == 0:
                self.assertGreater(len(self.rows("killed", "leads")), 0)
                self.assertLess(len(self.rows("killed", "leads")), LEADS)
            self.post(number)

        self.sync("killed")
        said = [int(percent) for percent in re.findall(r" (\d+) %, \d+ to come", self.sync("undisturbed"))]
        self.assertEqual(said, sorted(said))
        self.assertTrue([percent for percent in said if 86 < percent < 97], "the indexes are not counted")
        for table in TABLES:
            self.assertEqual(self.rows("killed", table), self.rows("undisturbed", table), table)
        self.assertEqual(len(self.rows("killed", "leads")), self.service.count("leads"))
        self.assertEqual(len(self.rows("killed", "contacts")), self.service.count("contacts"))


if __name__ == "__main__":
    unittest.main()
