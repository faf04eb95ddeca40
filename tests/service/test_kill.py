"""Every webhook that was answered 200 is stored once, whatever is killed meanwhile."""

import os
import random
import signal
import threading
import unittest

from harness import Service, wait_for

ROUNDS = int(os.environ.get("INB_ROUNDS", "3"))
CLIENTS = 8


class Clients:
    """Posts without end on several threads, each lead with a mail address of its own; nothing is sent twice."""

    def __init__(self, service, path):
        self.service = service
        self.path = path
        self.answered = []
        self.others = 0
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self.post, args=(number,)) for number in range(CLIENTS)]
        self.round = 0

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def post(self, number):
        n_posted = 0
        while not self.stopping.is_set():
            n_posted += 1
            mail = f"c{number}.{n_posted}@example.com"
            try:
                status = self.service.post(self.path, {"email": mail, "product": "A", "notes": "x"}).status
            except OSError:
                status = 0
            if status == 200:
                self.answered.append(mail)
            else:
                self.others += 1
                self.stopping.wait(0.01)

    def wait_for_more(self, number):
        enough = len(self.answered) + number
        wait_for(lambda: len(self.answered) >= enough, f"{number} more answers", 60)


class KillTest(unittest.TestCase):
    def setUp(self):
        self.service = self.enterContext(Service())
        self.service.create_workspace()
        self.clients = Clients(self.service, self.service.create_webhook()["path"])
        self.random = random.Random(7)

    def run_rounds(self, kill):
        self.clients.start()
        try:
            for number in range(ROUNDS):
                with self.subTest(round=number):
                    self.clients.wait_for_more(self.random.randrange(20, 200))
                    kill()
                    self.clients.wait_for_more(20)
        finally:
            self.clients.stop()
        stored = [row[0] for row in self.service.psql("SELECT email_norm FROM contacts", "demo")]
        leads = self.service.count("leads")
        self.assertEqual(len(stored), len(set(stored)))
        self.assertEqual(set(self.clients.answered) - set(stored), set())
        self.assertEqual(leads, len(stored))
        self.assertEqual(self.service.psql(
            "SELECT (SELECT sum(leads) FROM lead_counts), (SELECT count(*) FROM deliveries)", "demo"), [[str(leads)] * 2])
        self.assert_gapless_feed()
        print(f"{ROUNDS} rounds: {len(self.clients.answered)} answered 200, {self.clients.others} otherwise, {leads} stored")

    def assert_gapless_feed(self):
        tables = ["workspaces", "memberships", "lead_pipeline_stages", "webhooks", "contacts", "leads", "lead_activities"]
        union = " UNION ALL ".join(f"SELECT change_seq FROM {table}" for table in tables)
        self.assertEqual(self.service.psql(
            f"SELECT count(*) = count(DISTINCT change_seq), max(change_seq) = (SELECT change_seq FROM workspace_heads)"
            f" FROM ({union}) AS feed", "demo"), [["t", "t"]])

    def test_service_killed(self):
        def kill():
            self.service.kill()
            self.service.start()

        self.run_rounds(kill)

    def test_postgresql_killed(self):
        def kill():
            killed = self.service.postmaster_pid()
            os.kill(killed, signal.SIGKILL)
            wait_for(lambda: self.is_started_anew(killed), "another postmaster", 60)

        self.run_rounds(kill)

    def is_started_anew(self, killed):
        try:
            return self.service.postmaster_pid() != killed
        except (AssertionError, ValueError):
            return False


if __name__ == "__main__":
    unittest.main(verbosity=2)
