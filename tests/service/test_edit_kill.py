"""Every mutation that was sent until it was answered is done once, whatever is killed between sending and answering."""

import json
import os
import random
import signal
import threading
import unittest
import uuid

from harness import Service, wait_for

ROUNDS = int(os.environ.get("INB_ROUNDS", "3"))
CLIENTS = 4


class Editors:
    """Add notes and tags to a lead each, on threads of their own. What got no answer is sent again as it was."""

    def __init__(self, service):
        self.service = service
        self.token = service.create_token(role="agent")
        path = service.create_webhook()["path"]
        self.leads = [service.post(path, {"email": f"e{i}@example.com", "product": "A"}).json()["lead_id"] for i in range(CLIENTS)]
        self.notes = []
        self.repeats = 0
        self.problems = []
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self.edit, args=(lead,)) for lead in self.leads]

    def edit(self, lead):
        n_tags = 0
        while not self.stopping.is_set():
            n_tags += 1
            note = str(uuid.uuid4())
            before = [f"t{n_tags - 1}"] if n_tags > 1 else []
            self.send_until_answered([
                {"id": str(uuid.uuid4()), "verb": "create", "entity": "activity", "entity_id": note,
                 "fields": {"lead_id": {"value": lead}, "activity_type": {"value": "note"}, "body": {"value": "x"}}},
                {"id": str(uuid.uuid4()), "verb": "update", "entity": "lead", "entity_id": lead,
                 "fields": {"tags": {"base": before, "value": [f"t{n_tags}"]}}}])
            self.notes.append(note)

    def send_until_answered(self, mutations):
        body = json.dumps({"mutations": mutations}).encode()
        while True:
            try:
                answer = self.service.request("POST", "/api/mutations", body=body, Authorization=f"Bearer {self.token}")
            except OSError:
                answer = None
            if answer is not None and answer.status == 200:
                break
            self.repeats += 1
            self.stopping.wait(0.01)
        problems = [result for result in answer.json()["results"] if result["status"] != "applied"]
        self.problems += problems

    def wait_for_more(self, number):
        enough = len(self.notes) + number
        wait_for(lambda: len(self.notes) >= enough, f"{number} more answers", 60)


class EditKillTest(unittest.TestCase):
    def setUp(self):
        self.service = self.enterContext(Service())
        self.service.create_workspace()
        self.editors = Editors(self.service)
        self.random = random.Random(13)

    def run_rounds(self, kill):
        for thread in self.editors.threads:
            thread.start()
        try:
            for number in range(ROUNDS):
                with self.subTest(round=number):
                    self.editors.wait_for_more(self.random.randrange(10, 80))
                    kill()
                    self.editors.wait_for_more(10)
        finally:
            self.editors.stopping.set()
            for thread in self.editors.threads:
                thread.join()
        self.assertEqual(self.editors.problems, [])
        notes = [row[0] for row in self.service.psql("SELECT id FROM lead_activities WHERE activity_type = 'note'", "demo")]
        self.assertEqual(sorted(notes), sorted(self.editors.notes))
        # Each change of the tags left its line, and the last one is what stands.
        per_lead = len(notes)
        self.assertEqual(self.service.psql("SELECT count(*) FROM lead_activities WHERE field_name = 'tags'", "demo"), [[str(per_lead)]])
        self.assertEqual(self.service.psql(
            "SELECT count(*) FROM leads l WHERE tags = jsonb_build_array('t' || (SELECT count(*) FROM lead_activities a"
            " WHERE a.lead_id = l.id AND a.activity_type = 'note'))", "demo"), [[str(CLIENTS)]])
        print(f"{ROUNDS} rounds: {2 * len(notes)} mutations, {self.editors.repeats} requests repeated")

    def test_service_killed(self):
        def kill():
            self.service.kill()
            self.service.start()

        self.run_rounds(kill)

    def test_postgresql_killed(self):
        def kill():
            os.kill(self.service.postmaster_pid(), signal.SIGKILL)

        self.run_rounds(kill)


if __name__ == "__main__":
    unittest.main(verbosity=2)
