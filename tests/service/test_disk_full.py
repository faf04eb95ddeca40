"""The disk fills up under the service: it refuses, loses nothing that it answered, and goes on by itself once there is room.

The data directory is a small tmpfs. Root mounts it; others do so in a namespace of their own."""

import json
import os
import subprocess
import sys
import tempfile
import threading
import unittest

from harness import Service, wait_for

DISK_MB = 160
CLIENTS = 8
FOLDER = "INB_SMALL_DISK"


class Disk:
    """A tmpfs, and the file that fills it."""

    def __init__(self):
        self.mounted = FOLDER not in os.environ
        self.folder = os.environ.get(FOLDER) or tempfile.mkdtemp(prefix="inb-")
        if self.mounted:
            mount(self.folder)
        size = os.statvfs(self.folder)
        assert size.f_blocks * size.f_frsize == DISK_MB << 20, "not the small disk"
        self.data_dir = os.path.join(self.folder, "data")
        os.mkdir(self.data_dir, 0o700)
        self.filler = os.path.join(self.folder, "filler")
        os.chmod(self.folder, 0o755)

    def remove(self):
        self.relieve()
        subprocess.run(["rm", "-rf", self.data_dir], check=True)
        if self.mounted:
            subprocess.run(["umount", "--lazy", self.folder], check=True)
            os.rmdir(self.folder)

    def fill(self, leave=0):
        """Takes what is free, but for @leave bytes; more each time."""
        with open(self.filler, "ab", buffering=0) as file:
            while True:
                free = os.statvfs(self.folder)
                take = free.f_bavail * free.f_frsize - leave
                if take <= 0:
                    return
                try:
                    os.posix_fallocate(file.fileno(), file.seek(0, os.SEEK_END), take)
                except OSError:  # somebody was quicker; a page is left at least
                    pass

    def relieve(self):
        if os.path.exists(self.filler):
            os.unlink(self.filler)


def mount(folder):
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=0755", "tmpfs", folder], check=True)


class Clients:
    """Post without end; everything they send is a person of their own, sent once."""

    def __init__(self, service, path, notes):
        self.service, self.path, self.notes = service, path, notes
        self.stored, self.refused, self.wrong = [], [], []
        self.stopping = threading.Event()
        self.threads = [threading.Thread(target=self.post, args=(number,)) for number in range(CLIENTS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *error):
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def post(self, number):
        count = 0
        while not self.stopping.is_set():
            count += 1
            mail = f"{self.path[-4:]}.c{number}.{count}@example.com"
            answer = self.service.post(self.path, {"email": mail, "product": "A", "notes": self.notes})
            if answer.status == 200:
                self.stored.append(mail)
            elif answer.status in (503, 507) and int(answer.headers.get("retry-after", 0)) > 0 and not answer.json()["success"]:
                self.refused.append(answer)
                self.stopping.wait(0.02)
            else:
                self.wrong.append((answer.status, answer.raw))
                self.stopping.wait(0.1)

    def codes(self):
        return [answer.json()["error"]["code"] for answer in list(self.refused)]

    def wait_for_more(self, what):
        enough = len(what) + 50
        wait_for(lambda: len(what) >= enough or self.wrong, f"more after {len(self.stored)} stored, {len(self.refused)} refused", 90)


class DiskFullTest(unittest.TestCase):
    def setUp(self):
        self.disk = Disk()
        self.addCleanup(self.disk.remove)
        self.service = self.enterContext(Service(data_dir=self.disk.data_dir))
        self.service.create_workspace()
        self.path = self.service.create_webhook()["path"]

    def keep_full(self, stopping):
        while not stopping.wait(0.01):
            self.disk.fill()

    def run_out(self, notes, rounds, aggravate=lambda clients: None):
        process = self.service.process
        with Clients(self.service, self.path, notes) as clients:
            for _ in range(rounds):
                clients.wait_for_more(clients.stored)
                stopping = threading.Event()
                filler = threading.Thread(target=self.keep_full, args=(stopping,))
                filler.start()
                try:
                    clients.wait_for_more(clients.refused)
                    aggravate(clients)
                    self.assertEqual(self.service.get("/healthz").status, 200)
                finally:
                    stopping.set()
                    filler.join()
                self.disk.relieve()
                clients.wait_for_more(clients.stored)
        self.assertEqual(clients.wrong, [])
        self.assertIs(self.service.process, process)
        self.assertIsNone(process.poll())
        self.check(clients)

    def check(self, clients):
        wait_for(lambda: self.service.get("/readyz").status == 200, "readiness")
        stored = [row[0] for row in self.service.psql("SELECT email_norm FROM contacts", "demo")]
        self.assertEqual(len(stored), len(set(stored)))
        self.assertEqual(set(clients.stored) - set(stored), set())
        leads = self.service.count("leads")
        self.assertEqual(leads, len(stored))
        self.assertEqual(self.service.psql(
            "SELECT (SELECT sum(leads) FROM lead_counts), (SELECT count(*) FROM deliveries)", "demo"), [[str(leads)] * 2])
        wait_for(lambda: self.service.psql(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'inbound_service' AND state LIKE 'idle in transaction%'") == [["0"]],
            "the end of every transaction")
        for answer in clients.refused:
            self.assertNotIn(b"base/", answer.body)
            self.assertNotIn(b"pg_wal", answer.body)
        refusals = set(clients.codes())
        print(f"{len(clients.stored)} stored, {len(clients.refused)} refused ({', '.join(sorted(refusals))})")

    def test_tables_cannot_grow(self):
        """The statements fail, PostgreSQL lives on."""
        self.run_out("x", 2)
        self.assertIn("Webhooks are refused", "".join(self.service.log))

    def test_import(self):
        """It breaks off and says why; sent again once there is room, each line is there once."""
        token = self.service.create_token(role="manager")
        body = b"email,product,notes\n" + b"".join(b"p%d@example.com,Solar,%s\n" % (i, b"x" * 2000) for i in range(3000))

        def send():
            answer = self.service.post("/api/import?workspace_id=demo&id=0190aaaa-bbbb-7ccc-8ddd-eeeeffff0000", body,
                                       Authorization=f"Bearer {token}", Content_Type="text/csv")
            return json.loads(answer.body.splitlines()[-1])
        self.disk.fill(leave=2 << 20)
        error = send()["error"]
        self.assertIn(error["code"], ("disk_full", "unavailable"))
        self.assertEqual(error["counts"]["refused"], 0)
        self.disk.relieve()
        wait_for(lambda: self.service.get("/readyz").status == 200, "readiness", 90)
        stored = self.service.count("leads")
        self.assertTrue(error["lines"] <= stored < 3000, (error["lines"], stored))
        counts = send()["result"]["counts"]
        self.assertEqual((counts["create_lead"], counts["unchanged"], counts["refused"]), (3000 - stored, stored, 0))
        self.assertEqual((self.service.count("leads"), self.service.count("contacts")), (3000, 3000))
        print(f"{stored} lines stored before: {error['code']}, {error['message']}")

    def test_the_log_cannot_grow(self):
        """PostgreSQL panics without room for its write-ahead log, and cannot recover before there is some."""
        def panic(clients):
            before = clients.codes().count("unavailable")
            for _ in range(20):
                try:
                    self.service.psql("SELECT pg_logical_emit_message(false, 'filler', repeat('x', 16000000))", role="postgres")
                except AssertionError:  # its connection went with the server
                    break
            wait_for(lambda: clients.codes().count("unavailable") > before or clients.wrong, "PostgreSQL to be away")

        self.run_out("y" * 10_000, 2, panic)


def main():
    if os.geteuid() == 0 or FOLDER in os.environ:
        unittest.main(verbosity=2)
        return
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="inb-")
    script = (f'mount -t tmpfs -o size={DISK_MB}m,mode=0777 tmpfs "$INB_SMALL_DISK" && '
              f'exec unshare --user --map-user={os.getuid()} --map-group={os.getgid()} "$@"')
    os.execvp("unshare", ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", sys.executable, *sys.argv])


if __name__ == "__main__":
    main()
