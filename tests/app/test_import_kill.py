"""kill -9 of the real app, or of the service, while a file is being imported: imported again, every line is there once, and all counts
are true. INB_ROUNDS says how often each. Run by hand within tests/app/run-display, as journeys are: with sanitizers it takes minutes."""

import csv
import os
import random
import sqlite3
import tempfile
import threading
import unittest

import app_kit
from app_kit import wait_until
from desk_kit import Desk, write_token
from dialog_kit import Dialog, find_anywhere, find_matching, wait_anywhere
from drag_source import DragSource
from harness import Service

app_kit.PATIENCE = max(app_kit.PATIENCE, 120)

ROUNDS = int(os.environ.get("INB_ROUNDS", "1"))
N_LINES = int(os.environ.get("INB_LINES", "1000"))
SEED = int(os.environ.get("INB_SEED", str(random.randrange(1 << 30))))
# Of the time that an import takes: while the file is sent, in the middle, just before the end.
MOMENTS = ((0, 0.1), (0.1, 0.9), (0.8, 1.05))
N_PEOPLE = N_LINES - N_LINES // 10
MIDDLE = (500, 450)


class ImportKillTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        # Where it was before, when it is started again.
        cls.service.options = ["--listen", f"127.0.0.1:{cls.service.port}"]
        cls.service.create_workspace("demo")
        cls.desk = Desk(os.path.join(cls.folder, "desk"), cls.service.url, write_token(cls.folder, cls.service, role="manager"))
        cls.addClassCleanup(cls.desk.remove)
        cls.random = random.Random(SEED)
        cls.n_files = 0
        cls.n_cut = 0       # imports that were broken off in the middle
        cls.source = cls.enterClassContext(DragSource())
        cls.start()
        with cls.open(cls.make_file()):
            cls.check_file()
            cls.press("Import")
            wait_anywhere(cls.desk, "push button", ends="Undo Import")
            cls.press("Close")
        # The app shows it later, and the audit says how long it took.
        (seconds,), = cls.service.psql("SELECT extract(epoch FROM max(created_at) - min(created_at)) FROM audit_log "
                                       "WHERE action IN ('import_started', 'import_ended')", "demo")
        cls.duration = float(seconds)
        cls.figures = cls.read_figures()
        assert cls.figures[:4] == [N_LINES, N_LINES, N_PEOPLE, N_PEOPLE], cls.figures

    @classmethod
    def start(cls):
        cls.desk.start()
        cls.desk.wait_connection("Live")

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
        return "file://" + path

    # The dialog

    @classmethod
    def open(cls, uri):
        def drop():
            cls.source.hold(MIDDLE, uri, until=lambda: find_anywhere(cls.desk, "label", "Drop a CSV file to import it"))
            cls.source.let_go()
        return Dialog(cls.desk, drop)

    @classmethod
    def press(cls, name):
        def find():
            return find_matching(cls.desk, lambda item: item.role == "push button" and item.sensitive and item.name.endswith(name))
        cls.desk.click(wait_until(find, f"“{name}” to be possible; seed {SEED}"))

    @classmethod
    def check_file(cls):
        """Returns whether there is anything to write."""
        cls.press("Check")
        return wait_until(lambda: find_anywhere(cls.desk, name="What Would Be Written") or
                          find_anywhere(cls.desk, name="Nothing to Write"), "the trial").name.startswith("What")

    def kill_within(self, kill):
        """Begins the import, and kills some time later."""
        first, last = self.random.choice(MOMENTS)
        moment = self.random.uniform(first, last) * self.duration
        killer = threading.Timer(moment, kill)
        self.press("Import")
        killer.start()
        killer.join()
        return moment

    # What is there

    @classmethod
    def count_leads(cls):
        return cls.service.count("leads", where="deleted_at IS NULL")

    @classmethod
    def read_figures(cls):
        """Of which each file adds the same."""
        row, = cls.service.psql("""
            SELECT (SELECT count(*) FROM leads WHERE deleted_at IS NULL), (SELECT sum(leads) FROM lead_counts),
                   (SELECT count(*) FROM contacts WHERE deleted_at IS NULL), (SELECT count(DISTINCT email_norm) FROM contacts),
                   (SELECT count(*) FROM lead_activities), (SELECT count(*) FROM mutations)""", "demo")
        return [int(figure) for figure in row]

    def check(self):
        expected = [self.n_files * figure for figure in self.figures]
        self.assertEqual(self.read_figures(), expected, f"seed {SEED}")
        wait_until(lambda: self.count_copy() == expected[0], f"the app to have {expected[0]} leads, not {self.count_copy()}; seed {SEED}")

    def count_copy(self):
        """The app's leads."""
        with sqlite3.connect(f"file:{self.desk.files('replica.db')}?mode=ro", uri=True) as copy:
            return copy.execute("SELECT count(*) FROM leads").fetchone()[0]

    def note_cut(self, kind, number, moment):
        stored = self.count_leads() - (self.n_files - 1) * N_LINES
        self.assertTrue(0 <= stored <= N_LINES, f"{stored}; seed {SEED}")
        type(self).n_cut += 0 < stored < N_LINES
        print(f"{kind} {number}: killed after {moment * 1000:.0f} of {self.duration * 1000:.0f} ms, {stored} of {N_LINES} leads stored",
              flush=True)

    def import_again(self, uri):
        with self.open(uri):
            if self.check_file():
                self.press("Import")
                wait_anywhere(self.desk, "push button", ends="Undo Import")
            self.desk.key("Escape")

    def test_app(self):
        for number in range(ROUNDS):
            uri = self.make_file()
            dialog = self.open(uri)
            dialog.__enter__()
            self.check_file()
            moment = self.kill_within(self.desk.process.kill)
            self.desk.kill()
            self.start()
            self.note_cut("app", number, moment)
            self.import_again(uri)
            self.check()

    def test_service(self):
        """The app says that it stopped, and goes on where it was when the service is there again."""
        for number in range(ROUNDS):
            uri = self.make_file()
            with self.open(uri):
                self.check_file()
                moment = self.kill_within(self.service.kill)
                self.service.start()
                self.note_cut("service", number, moment)
                self.finish()
            self.check()

    def finish(self):
        def find(name):
            return find_matching(self.desk, lambda item: item.role == "push button" and item.sensitive and item.name.endswith(name))
        if wait_until(lambda: find("Continue") or find("Undo Import"), "the end").name.endswith("Continue"):
            wait_anywhere(self.desk, name="The Import Stopped")
            self.press("Continue")
            wait_until(lambda: find_anywhere(self.desk, name="Imported"), "the rest")
        self.press("Close")

    @classmethod
    def tearDownClass(cls):
        print(f"{ROUNDS} rounds each, seed {SEED}: {cls.n_files} files of {N_LINES} lines, {cls.n_cut} cut in the middle, nothing lost or "
              "doubled")
        cls.desk.stop()
        super().tearDownClass()


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
