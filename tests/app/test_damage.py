"""Files that are damaged, gone, or cannot grow, under the real app: what was edited is kept and sent, and what cannot be kept is said."""

import os
import resource
import subprocess
import tempfile
import unittest

from app_kit import wait_until
from desk_kit import Desk, write_token
from dialog_kit import wait_anywhere
from harness import Service

STAGES = ("Contacted", "Qualified", "Proposal")
# Too small for a write-ahead log that is in use.
LIMIT = 4096


def overwrite(path, offset, length):
    with open(path, "r+b") as file:
        file.seek(offset)
        file.write(bytes(length))


class Disk:
    """A small tmpfs, as long as the test runs."""

    def __init__(self, folder):
        self.folder = os.path.join(folder, "disk")
        os.mkdir(self.folder)
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs", self.folder], check=True)
        self.filler = os.path.join(self.folder, "filler")

    def fill(self):
        with open(self.filler, "ab", buffering=0) as file:
            while True:
                try:
                    file.write(bytes(4096))
                except OSError:
                    return

    def relieve(self):
        os.unlink(self.filler)

    def remove(self):
        subprocess.run(["umount", "--lazy", self.folder], check=True)


class DamageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")
        webhook = cls.service.create_webhook("demo", "Fair")
        answer = cls.service.post(webhook["path"], {"firstname": "Ada", "lastname": "Lovelace", "email": "ada@example.org",
                                                    "product": "Solar"})
        assert answer.status == 200, answer.body
        cls.service.options = ["--listen", f"127.0.0.1:{cls.service.port}"]
        cls.token = write_token(cls.folder, cls.service)

    def add_desk(self, folder, **options):
        desk = Desk(folder, self.service.url, self.token)
        self.addCleanup(desk.remove)
        desk.start(**options)
        desk.wait_connection("Live")
        desk.wait_for("table row", starts="Ada Lovelace")
        return desk

    def stop_service(self, desk):
        self.service.stop()
        wait_until(lambda: desk.indicator.name.startswith("Connection: Offline"), "no connection")

    def start_service(self, desk):
        self.service.start()
        desk.focus()
        desk.press("F5")
        desk.wait_connection("Live")

    def edit_offline(self, name):
        """A desktop with three changes that were not sent, which has ended."""
        desk = self.add_desk(os.path.join(self.folder, name))
        self.stop_service(desk)
        desk.open_first()
        for stage in STAGES:
            desk.pick_stage(stage, "Down")
        desk.wait_connection("Offline · 3 changes waiting")
        desk.stop()
        return desk

    def check_arrived(self, desk, before):
        desk.wait_for("table row", starts="Ada Lovelace, Proposal")
        wait_until(lambda: self.changes()[before:] == ["Status: new → contacted", "Status: contacted → qualified",
                                                       "Status: qualified → proposal"], "the three changes, once")
        desk.wait_connection("Live")

    def changes(self):
        return [row[0] for row in self.service.psql("SELECT title FROM lead_activities WHERE activity_type = 'status_updated'"
                                                    " ORDER BY change_seq", "demo")]

    def reset(self, desk):
        """As it was, for the next test."""
        desk.open_first()
        desk.focus()
        desk.pick_stage("New", "Up", "Up", "Up")
        wait_until(lambda: self.service.count("leads", where="stage = 'new'") == 1, "the first stage")
        desk.stop()

    def run_replica(self, name, damage):
        before = len(self.changes())
        desk = self.edit_offline(name)
        damage(desk.files("replica.db"))
        desk.start()
        # The leads are the service's to bring again; what was done to them is still there.
        desk.wait_connection("Offline · 3 changes waiting")
        self.assertIsNone(desk.find("table row", starts="Ada Lovelace"))
        self.start_service(desk)
        self.check_arrived(desk, before)
        self.reset(desk)

    def test_1_replica_missing(self):
        self.run_replica("missing", os.unlink)

    def test_2_replica_damaged(self):
        self.run_replica("damaged", lambda path: overwrite(path, 0, os.path.getsize(path) // 2))

    def test_3_outbox_damaged(self):
        """With its head gone its entries can still be read; that some may be lost is said."""
        before = len(self.changes())
        desk = self.edit_offline("outbox")
        overwrite(desk.files("outbox.db"), 0, 4096)
        desk.start()
        wait_anywhere(desk, "label", "Some Changes May Be Lost")
        desk.stop()
        desk.start()
        desk.wait_connection("Offline · 3 changes waiting")
        desk.wait_for("table row", starts="Ada Lovelace, Proposal")
        self.start_service(desk)
        self.check_arrived(desk, before)
        self.reset(desk)

    def refuse_and_go_on(self, desk, full, relieve, reason):
        desk.open_first()
        full()
        desk.press("e")
        desk.wait_for("list item", "Contacted")
        desk.press("Down", "Return")
        desk.wait_for("label", starts=reason)
        desk.wait_for("push button", "Stage: New")
        desk.wait_for("table row", starts="Ada Lovelace, New")
        self.assertEqual(desk.kept, [])
        # It lives on, and does it once there is room.
        relieve()
        desk.pick_stage("Contacted", "Down")
        wait_until(lambda: self.service.count("leads", where="stage = 'contacted'") == 1, "the stage")
        desk.pick_stage("New", "Up")
        wait_until(lambda: self.service.count("leads", where="stage = 'new'") == 1, "the first stage")
        desk.stop()

    @unittest.skipUnless(os.geteuid() == 0, "only root mounts a small disk")
    def test_4_disk_full(self):
        disk = Disk(self.folder)
        self.addCleanup(disk.remove)
        desk = self.add_desk(os.path.join(disk.folder, "desk"))
        self.refuse_and_go_on(desk, disk.fill, disk.relieve, "Not kept: the disk is full")

    def test_5_file_limit(self):
        """Files that may not grow, as under a quota."""
        desk = self.add_desk(os.path.join(self.folder, "limit"), restore_signals=False)
        unlimited = resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE)
        self.refuse_and_go_on(desk, lambda: resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, (LIMIT, unlimited[1])),
                              lambda: resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, unlimited), "Not kept: ")


if __name__ == "__main__":
    unittest.main(verbosity=2)
