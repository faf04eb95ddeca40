"""kill -9 of the real app at any moment while somebody works with it: what it showed as done is at the service in the end, once.
INB_ROUNDS says how often."""

import os
import random
import subprocess
import tempfile
import threading
import time
import unittest

import pyatspi
from gi.repository import GLib

from app_kit import wait_until
from desk_kit import Desk, write_token
from harness import Service

ROUNDS = int(os.environ.get("INB_ROUNDS", "3"))
MOST_EDITS = 6  # before the kill
LONGEST = 0.5   # seconds from the last of them to the kill: what comes next is under way, as are sending and answering
SEED = int(os.environ.get("INB_SEED", str(random.randrange(1 << 30))))


class AppKillTest(unittest.TestCase):
    def setUp(self):
        self.folder = self.enterContext(tempfile.TemporaryDirectory())
        self.service = self.enterContext(Service())
        self.service.create_workspace("demo")
        webhook = self.service.create_webhook("demo", "Fair")
        answer = self.service.post(webhook["path"], {"firstname": "Ada", "lastname": "Lovelace", "email": "ada@example.org",
                                                     "product": "Solar"})
        self.assertEqual(answer.status, 200)
        self.desk = Desk(os.path.join(self.folder, "desk"), self.service.url, write_token(self.folder, self.service))
        self.addCleanup(self.desk.remove)
        self.random = random.Random(SEED)
        self.tried = []       # what was typed, in order
        self.confirmed = []   # of it, what the app said to be done
        self.stages = [0, 0]  # changes of the stage: done for certain, tried

    def edit(self, text):
        """A note; each third time the stage as well. Stops where the app is gone."""
        before = len(self.desk.kept)
        self.tried.append(text)
        self.write(text)
        if self.process.poll() is None:
            self.desk.click(self.save)
        if not self.wait_kept(before + 1):
            return
        self.confirmed.append(text)
        if self.random.randrange(3) > 0:
            return
        self.stages[1] += 1
        self.desk.press("e", "Down" if self.desk.stage.name == "Stage: New" else "Up", "Return")
        if self.wait_kept(before + 2):
            self.stages[0] += 1

    def has(self, condition):
        """Soon, or the app is gone."""
        try:
            return wait_until(lambda: self.process.poll() is not None or condition(), "", 2)
        except AssertionError:
            return False

    def write(self, text):
        """A picker that is still closing takes the first keys."""
        for _ in range(10):
            if not self.note.getState().contains(pyatspi.STATE_FOCUSED):
                self.desk.press("n")
            if not self.has(lambda: self.note.getState().contains(pyatspi.STATE_FOCUSED)):
                continue
            self.desk.keys("key", "ctrl+a", "type", "--delay", "10", text)
            if self.has(lambda: self.note.queryText().getText(0, -1) == text):
                return
        raise AssertionError(f"no note could be written; seed {SEED}")

    def wait_kept(self, number):
        """Until the app says so; False where it was killed before that."""
        try:
            wait_until(lambda: len(self.desk.kept) >= number or self.process.poll() is not None, "an edit", 20)
        except AssertionError:
            raise AssertionError(f"an edit was not done; seed {SEED}: {self.desk.kept} {self.desk.errors}") from None
        # What it said last may still be read.
        if self.process.poll() is not None:
            for reader in self.desk.readers:
                reader.join()
        return len(self.desk.kept) >= number

    def kill_after(self, n_edits, seconds):
        while len(self.desk.kept) < n_edits and self.process.poll() is None:
            time.sleep(0.005)
        time.sleep(seconds)
        self.process.kill()

    def run_round(self, number):
        self.desk.start()
        self.process = self.desk.process
        self.desk.wait_for("table row", starts="Ada Lovelace")
        if number == 0:
            # What somebody may do is known from then on.
            self.desk.wait_connection("Live")
        self.desk.open_first()
        self.desk.press("n")
        self.note = self.desk.wait_for("text", "Note")
        self.save = self.desk.wait_for("push button", "Save")
        killer = threading.Thread(target=self.kill_after, args=(self.random.randrange(MOST_EDITS + 1),
                                                               self.random.uniform(0, LONGEST)))
        killer.start()
        i = 0
        while self.process.poll() is None:
            try:
                self.edit(f"r{number}n{i}")
            except (AssertionError, GLib.Error):
                if not self.is_ending():
                    raise
            i += 1
        killer.join()
        self.desk.kill()

    def is_ending(self):
        """Its bus is told of the end before its parent."""
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            return False
        return True

    def check(self):
        notes = [row[0] for row in self.service.psql(
            "SELECT description FROM lead_activities WHERE activity_type = 'note' ORDER BY change_seq", "demo")]
        self.assertEqual(len(notes), len(set(notes)), "twice")
        self.assertEqual([text for text in self.confirmed if text not in set(notes)], [], "lost")
        # What was on its way when it was killed may have been done or not.
        self.assertEqual(notes, [text for text in self.tried if text in set(notes)], "not in order")
        changes = [row[0].removeprefix("Status: ").split(" → ") for row in self.service.psql(
            "SELECT title FROM lead_activities WHERE activity_type = 'status_updated' ORDER BY change_seq", "demo")]
        self.assertGreaterEqual(len(changes), self.stages[0])
        self.assertLessEqual(len(changes), self.stages[1])
        for before, after in zip([["", "new"], *changes], changes):
            self.assertEqual(before[1], after[0])
        mutations = int(self.service.psql("SELECT count(*) FROM mutations", "demo")[0][0])
        self.assertEqual(mutations, len(notes) + len(changes))

    def test_kill(self):
        began = time.monotonic()
        for number in range(ROUNDS):
            self.run_round(number)
            print(f"round {number}: {len(self.confirmed)} notes confirmed", flush=True)
        self.desk.start()
        self.desk.wait_connection("Live")
        wait_until(lambda: set(self.confirmed) <= {row[0] for row in self.service.psql(
            "SELECT description FROM lead_activities WHERE activity_type = 'note'", "demo")}, f"what was confirmed; seed {SEED}", 20)
        self.desk.stop()
        self.check()
        print(f"{ROUNDS} rounds, seed {SEED}: {len(self.confirmed)} notes and {self.stages[0]} stages confirmed of {len(self.tried)} and "
              f"{self.stages[1]}, none lost or doubled; {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    unittest.main(verbosity=2)
