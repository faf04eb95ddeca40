"""kill -9 of the real app, or of the service, in the middle of importing a file: the same file again, and every line is there once and
all counts are true. INB_ROUNDS says how often each, INB_LINES how long the file is."""

import csv
import os
import random
import sqlite3
import tempfile
import time
import unittest
import uuid

import app_kit
import http_kit
from app_kit import wait_until
from desk_kit import Desk, write_token
from dialog_kit import Dialog, find_anywhere, find_matching, wait_anywhere
from drag_source import DragSource
from harness import Service

app_kit.PATIENCE = max(app_kit.PATIENCE, 90)
http_kit.PATIENCE = app_kit.PATIENCE

ROUNDS = int(os.environ.get("INB_ROUNDS", "1"))
N_LINES = int(os.environ.get("INB_LINES", "1000"))
SEED = int(os.environ.get("INB_SEED", str(random.randrange(1 << 30))))
LATEST = 0.6    # of the lines that are stored when it is killed: the rest takes longer than to notice that
TRIES = 4       # files a round: on a busy computer one is done before anybody looks
MIDDLE = (500, 450)
HINT = "Drop a CSV file to import it"


class ImportKillTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.began = time.monotonic()
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        # Where it was before, when it is started again.
        cls.service.options = ["--listen", f"127.0.0.1:{cls.service.port}"]
        cls.service.create_workspace("demo")
        cls.random = random.Random(SEED)
        cls.n_files = 0
        cls.n_cut = 0   # imports that were broken off in the middle
        cls.figures = cls.measure_file()
        cls.desk = Desk(os.path.join(cls.folder, "desk"), cls.service.url, write_token(cls.folder, cls.service, role="manager"))
        cls.addClassCleanup(cls.desk.remove)
        cls.source = cls.enterClassContext(DragSource())
        cls.start()

    @classmethod
    def start(cls):
        """Hundreds of rows that come in while accessibles are looked for make a look take minutes: the table shows none of them."""
        cls.desk.start()
        cls.desk.wait_connection("Live")
        cls.desk.focus()
        cls.desk.press("ctrl+f")
        # However many of them come before the entry has the keyboard.
        cls.desk.keys("type", "--delay", "10", "zzzz")
        cls.desk.wait_for("push button", starts="Remove “z")
        wait_until(lambda: cls.desk.find("table row") is None, "no row")

    @classmethod
    def make_file(cls):
        """People whom nobody knows yet; each tenth line is one of them again with something new."""
        cls.n_files += 1
        path = os.path.join(cls.folder, f"people{cls.n_files}.csv")
        with open(path, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["email", "firstname", "product", "notes"])
            for i in range(N_LINES):
                person = i - 5 if i % 10 == 9 else i
                writer.writerow([f"f{cls.n_files}n{person}@example.com", f"First {person}", "Solar", f"Note {i}"])
        return path

    @classmethod
    def measure_file(cls):
        """What each file adds, from one that nothing breaks off."""
        with open(cls.make_file(), "rb") as file:
            answer = cls.service.post(f"/api/import?workspace_id=demo&id={uuid.uuid4()}", file.read(),
                                      Authorization=f"Bearer {cls.service.create_token('demo', role='manager')}")
        assert answer.status == 200, answer.body
        figures = cls.read_figures()
        n_people = N_LINES - N_LINES // 10
        assert figures[:4] == [N_LINES, N_LINES, n_people, n_people], figures
        return figures

    # The dialog

    def open(self, path):
        def drop():
            self.source.hold(MIDDLE, "file://" + path, until=lambda: find_anywhere(self.desk, "label", HINT))
            self.source.let_go()
        return Dialog(self.desk, drop)

    def press(self, name):
        def find():
            return find_matching(self.desk, lambda item: item.role == "push button" and item.sensitive and item.name.endswith(name))
        self.desk.click(wait_until(find, f"“{name}” to be possible; seed {SEED}"))

    def wait_page(self, *titles):
        """The one of these that shows."""
        return wait_until(lambda: find_matching(self.desk, lambda item: item.name in titles), f"one of {titles}; seed {SEED}").name

    def check_file(self):
        self.press("Check")
        return self.wait_page("What Would Be Written", "Nothing to Write", "The File Could Not Be Checked")

    def import_file(self):
        self.press("Import")
        self.wait_page("Imported")

    def kill_within(self, process):
        """Begins the import, and kills while it writes. Returns how many leads were seen to be stored by then, perhaps all."""
        least = max(1, int(self.random.uniform(0, LATEST) * N_LINES))
        self.press("Import")
        seen = wait_until(lambda: (n := self.count_new()) >= least and n, f"{least} leads; seed {SEED}", pause=0)
        process.kill()
        process.wait()
        return max(seen, self.count_new())

    # What is there

    def count_new(self):
        """Leads of the last file."""
        return self.service.count("leads", where="deleted_at IS NULL") - (self.n_files - 1) * N_LINES

    def count_ended(self):
        return self.service.count("audit_log", where="action = 'import_ended'")

    @classmethod
    def read_figures(cls):
        """Of which each file adds the same."""
        row, = cls.service.psql("""
            SELECT (SELECT count(*) FROM leads WHERE deleted_at IS NULL), (SELECT sum(leads) FROM lead_counts),
                   (SELECT count(*) FROM contacts WHERE deleted_at IS NULL), (SELECT count(DISTINCT email_norm) FROM contacts),
                   (SELECT count(*) FROM lead_activities), (SELECT count(*) FROM mutations)""", "demo")
        return [int(figure) for figure in row]

    def count_copy(self):
        """The app's leads."""
        with sqlite3.connect(f"file:{self.desk.files('replica.db')}?mode=ro", uri=True) as copy:
            return copy.execute("SELECT count(*) FROM leads").fetchone()[0]

    def check(self):
        expected = [self.n_files * figure for figure in self.figures]
        self.assertEqual(self.read_figures(), expected, f"seed {SEED}")
        wait_until(lambda: self.count_copy() == expected[0], f"the app to have {expected[0]} leads; seed {SEED}")

    # The rounds

    def repeat(self, kind, kill):
        for number in range(ROUNDS):
            for _ in range(TRIES):
                seen = kill(self.make_file())
                self.check()
                print(f"{kind} {number}: killed with {seen} of {N_LINES} leads stored", flush=True)
                if seen < N_LINES:
                    break
            self.assertLess(seen, N_LINES, f"the file is too short; seed {SEED}")
            type(self).n_cut += 1

    def kill_app(self, path):
        n_ended = self.count_ended()
        self.open(path).__enter__()
        self.assertEqual(self.check_file(), "What Would Be Written")
        seen = self.kill_within(self.desk.process)
        self.desk.kill()
        # The service notices, or is done.
        wait_until(lambda: self.count_ended() == n_ended + 1, f"the end of the import; seed {SEED}")
        stored = self.count_new()
        self.start()
        with self.open(path):
            self.assertEqual(self.check_file(), "What Would Be Written" if stored < N_LINES else "Nothing to Write", f"seed {SEED}")
            if stored < N_LINES:
                wait_anywhere(self.desk, "list item", f"{N_LINES - stored} New leads")
                self.import_file()
            self.desk.key("Escape")
        return seen

    def kill_service(self, path):
        """The app says that the import stopped, and goes on where it was when the service is there again."""
        with self.open(path):
            self.assertEqual(self.check_file(), "What Would Be Written")
            seen = self.kill_within(self.service.process)
            self.service.kill()
            self.service.start()
            if self.wait_page("Imported", "The Import Stopped") == "The Import Stopped":
                self.press("Continue")
                self.wait_page("Imported")
            self.press("Close")
        return seen

    def test_app(self):
        self.repeat("app", self.kill_app)

    def test_service(self):
        self.repeat("service", self.kill_service)

    @classmethod
    def tearDownClass(cls):
        cls.desk.stop()
        print(f"{ROUNDS} rounds each, seed {SEED}: {cls.n_files} files of {N_LINES} lines, {cls.n_cut} broken off in the middle, "
              f"nothing lost or doubled; {time.monotonic() - cls.began:.0f} s")
        super().tearDownClass()


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
