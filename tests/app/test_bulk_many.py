"""A change of hundreds of leads at once, shown at once; one Ctrl+Z brings back all that nobody else has changed since, and says
so. Real service, real app; INB_LEADS says how many."""

import json
import os
import re
import tempfile
import time
import unittest

from app_kit import App, wait_until
from harness import Service
from loop_probe import LoopProbe

LEADS = int(os.environ.get("INB_LEADS", "500"))
OTHERS = 3


class BulkManyTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.service = Service().start()
        cls.service.create_workspace("demo")
        cls.token = cls.service.create_token("demo", role="manager")
        lines = ["firstname,lastname,phone,product"]
        lines += [f"Lead,{number:05},+4917{10_000_000 + number},Solar" for number in range(LEADS)]
        answer = cls.request("POST", "/api/import", "\n".join(lines).encode(), "text/csv")
        assert answer.status == 200, answer.body
        assert cls.service.count("leads") == LEADS, answer.body[-500:]
        token_file = os.path.join(cls.folder.name, "token")
        with open(token_file, "w") as file:
            file.write(cls.service.create_token("demo", role="manager") + "\n")
        cls.app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", token_file, LC_ALL="C.UTF-8")
        cls.app.wait_for("push button", starts="Connection: Live")
        cls.app.wait_for("table row", starts="Lead ")
        cls.app.focus()

    @classmethod
    def tearDownClass(cls):
        cls.app.stop()
        cls.service.stop()
        cls.service.remove()
        cls.folder.cleanup()

    @classmethod
    def request(cls, method, path, body, kind="application/json"):
        return cls.service.request(method, path, body, Authorization=f"Bearer {cls.token}", Content_Type=kind)

    def wait_count(self, number, where):
        wait_until(lambda: self.service.count("leads", where=where) == number, f"{number} leads with {where}", patience=120, pause=0.2)

    def wait_told(self, *numbers, **label):
        """That the label tells these numbers, however it groups their digits."""
        name = wait_until(lambda: self.app.find("label", **label), str(label), patience=120).name
        self.assertEqual(re.findall(r"\d+", name.replace(",", "")), [str(number) for number in numbers])

    def test_stage(self):
        self.app.key("k", "ctrl+a")
        self.wait_told(LEADS, ends=" selected")
        self.app.key("e")
        self.app.wait_for("list item", "Qualified")
        since = time.monotonic()
        with LoopProbe() as probe:
            self.app.key("Down", "Down", "Return")
            self.wait_count(LEADS, "stage = 'qualified'")
        print(f"with the service after {time.monotonic() - since:.2f} s, keys included; main loop {probe}")

        # Another member moves some of them on.
        changed = [row[0] for row in self.service.psql(f"SELECT id FROM leads ORDER BY id LIMIT {OTHERS}", "demo")]
        for lead in changed:
            answer = self.request("PATCH", f"/api/inbound-leads/{lead}", json.dumps({"stage": "proposal"}).encode())
            assert answer.status == 200, answer.body
        self.app.wait_for("push button", starts="Connection: Live")
        since = time.monotonic()
        with LoopProbe() as probe:
            self.app.key("ctrl+z")
            self.wait_count(LEADS - OTHERS, "stage = 'new'")
        print(f"back at the service after {time.monotonic() - since:.2f} s; main loop {probe}")
        self.wait_told(LEADS - OTHERS, OTHERS, ends=" kept because others changed them since")
        self.assertEqual(self.service.count("leads", where="stage = 'proposal'"), OTHERS)


if __name__ == "__main__":
    unittest.main(verbosity=2)
