"""Senders that lie, stall or never read, against the real service: it refuses them, stays small, and serves the others."""

import concurrent.futures
import contextlib
import os
import socket
import threading
import time
import unittest

from harness import PROGRAM, Service
from http_kit import Answer, read_all, wait_for

MAX_RESIDENT = 60 * 1024 * 1024
MAX_GROWTH_SANITIZED = 200 * 1024 * 1024
SPARE_DESCRIPTORS = 8  # connections to the database that are made when first needed
HOST = b"Host: localhost\r\n"
SEED = {"firstname": "Test", "phone": "+14155552671", "product": "A", "notes": "x"}
ATTACKER = "127.0.0.2"  # its own allowance of connections


def is_sanitized():
    with open(PROGRAM, "rb") as program:
        return b"__asan_init" in program.read()


class Healthy:
    """Posts and reads without a pause while something else goes on; everything has to be answered, and soon."""

    def __init__(self, service, path):
        self.service, self.path = service, path
        self.stopping = threading.Event()
        self.statuses, self.slowest = [], 0
        self.thread = threading.Thread(target=self.run)

    def run(self):
        while not self.stopping.is_set():
            started = time.monotonic()
            self.statuses.append(self.service.request("GET", "/readyz").status)
            self.statuses.append(self.service.post(self.path, {"phone": "+14155552672"}).status)
            self.slowest = max(self.slowest, time.monotonic() - started)

    def __enter__(self):
        self.thread.start()
        wait_for(lambda: self.statuses, "the first answer")
        return self

    def __exit__(self, *error):
        self.stopping.set()
        self.thread.join()


class HostileTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sanitized = is_sanitized()
        if cls.sanitized:
            # Freed memory that the sanitizer holds back is not the service's.
            os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=4"
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace()
        cls.path = cls.service.create_webhook()["path"]
        cls.token = cls.service.create_token()
        for _ in range(100):
            cls.service.post(cls.path, SEED)
        cls.before = cls.resident()

    @classmethod
    def resident(cls):
        with open(f"/proc/{cls.service.process.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))

    def descriptors(self):
        """All but the connections to the database, which are made when they are first needed."""
        with open("/proc/net/unix", encoding="ascii") as sockets:
            local = {f"socket:[{line.split()[6]}]" for line in list(sockets)[1:]}
        folder = f"/proc/{self.service.process.pid}/fd"
        links = []
        for name in os.listdir(folder):
            with contextlib.suppress(FileNotFoundError):
                links.append(os.readlink(f"{folder}/{name}"))
        return len([link for link in links if link not in local])

    def attack(self):
        return socket.create_connection(("127.0.0.1", self.service.port), timeout=30, source_address=(ATTACKER, 0))

    @contextlib.contextmanager
    def unharmed(self):
        """Around an attack: the service stays small, lets go of every descriptor, and healthy clients are served meanwhile."""
        wait_for(lambda: self.service.get("/healthz").status == 200, "the service")
        descriptors = self.descriptors()
        peak, stopping = [self.resident()], threading.Event()

        def watch():
            while not stopping.wait(0.02):
                peak[0] = max(peak[0], self.resident())

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            with Healthy(self.service, self.path) as healthy:
                yield healthy
        finally:
            stopping.set()
            watcher.join()
        self.assertEqual(set(healthy.statuses), {200})
        self.assertLess(healthy.slowest, 5 if self.sanitized else 2)
        if self.sanitized:
            self.assertLess(peak[0] - self.before, MAX_GROWTH_SANITIZED)
        else:
            self.assertLess(peak[0], MAX_RESIDENT)
        wait_for(lambda: self.descriptors() <= descriptors + SPARE_DESCRIPTORS, "the descriptors to go")
        self.assertIsNone(self.service.process.poll())
        print(f"peak {peak[0] / 1e6:.1f} MB, slowest healthy pair {healthy.slowest * 1000:.0f} ms of {len(healthy.statuses)}")

    def head(self, *fields):
        return f"POST {self.path} HTTP/1.1\r\n".encode() + HOST + b"".join(field + b"\r\n" for field in fields) + b"\r\n"

    def test_300_mb(self):
        def pour(head, block, count):
            with self.attack() as sock:
                sent = 0
                with contextlib.suppress(ConnectionError, TimeoutError):
                    sock.sendall(head)
                    for _ in range(count):
                        sock.sendall(block)
                        sent += len(block)
                with contextlib.suppress(ConnectionError, TimeoutError):
                    return sent, Answer(read_all(sock)).status
                return sent, 0

        block = b"x" * 1_000_000
        chunk = b"100000\r\n" + b"x" * 0x100000 + b"\r\n"
        calls = [(self.head(b"Content-Length: 300000000"), block, 300), (self.head(b"Transfer-Encoding: chunked"), chunk, 300)] * 4
        with self.unharmed(), concurrent.futures.ThreadPoolExecutor(8) as pool:
            for sent, status in pool.map(lambda call: pour(*call), calls):
                self.assertIn(status, (0, 413))
                self.assertLess(sent, 100_000_000)

    def test_half_requests(self):
        halves = [b"", b"POST", self.head()[:-2], self.head(b"Content-Length: 100") + b'{"phone":',
                  self.head(b"Transfer-Encoding: chunked") + b"5\r\nhel"]
        with self.unharmed(), contextlib.ExitStack() as stack:
            socks = [stack.enter_context(self.attack()) for _ in range(100)]
            for number, sock in enumerate(socks):
                sock.sendall(halves[number % len(halves)])
            started = time.monotonic()
            for number, sock in enumerate(socks):
                self.assertIn(Answer(read_all(sock)).status, (0, 408, 503))
            self.assertLess(time.monotonic() - started, 30)

    def test_contradictions(self):
        body = b'{"phone":"+14155552673"}'
        length = b"Content-Length: %d" % len(body)
        heads = [self.head(length, length), self.head(length, b"Content-Length: 1"), self.head(length, b"Transfer-Encoding: chunked"),
                 self.head(b"Content-Length: -1"), self.head(b"Content-Length: 0x18"), self.head(b"Content-Length: 1, 24"),
                 self.head(length, HOST.strip()), self.head(length, b"Content-Encoding: gzip"), self.head(length, b"X:\x00y"),
                 b"GARBAGE\r\n\r\n", b"POST /webhooks/\xff HTTP/1.1\r\n" + HOST + b"\r\n", b"\x16\x03\x01\x02\x00" * 100]
        with self.unharmed():
            for head in heads * 5:
                with self.subTest(head[:80]), self.attack() as sock:
                    with contextlib.suppress(ConnectionError):
                        sock.sendall(head + body)
                    self.assertIn(Answer(read_all(sock)).status, (0, *range(400, 500)))
        self.assertEqual(self.service.count("contacts", where="phone_e164 = '+14155552673'"), 0)

    def test_deep_bodies(self):
        bodies = [b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
                  b"[" + b"{}," * 300_000 + b"{}]", b'{"a":"' + b"\\u0041" * 170_000 + b'"}', b"a[b]=1&" * 140_000]
        with self.unharmed():
            for body in bodies:
                for content_type in ("application/json", "application/x-www-form-urlencoded"):
                    with self.subTest(body[:20], content_type=content_type):
                        answer = self.service.post(self.path, body, Content_Type=content_type)
                        self.assertIn(answer.status, (400, 413, 422))

    def test_600_at_once(self):
        barrier = threading.Barrier(600)
        request = self.head(b"Content-Type: application/json", b"Content-Length: 24") + b'{"phone":"+14155552674"}'

        def post():
            with self.attack() as sock:
                barrier.wait(60)
                with contextlib.suppress(ConnectionError):
                    sock.sendall(request)
                return Answer(read_all(sock)).status

        with self.unharmed(), concurrent.futures.ThreadPoolExecutor(600) as pool:
            statuses = [future.result() for future in [pool.submit(post) for _ in range(600)]]
            self.assertEqual(set(statuses) - {0, 200, 503}, set())

        # All that were answered are one contact; who was refused may come again.
        self.assertEqual(self.service.count("contacts", where="phone_e164 = '+14155552674'"), 1)
        self.assertEqual(self.service.post(self.path, SEED).status, 200)

    def test_a_listener_that_never_reads(self):
        reader = self.service.websocket(self.token)
        sleeper = self.service.websocket(self.token)
        self.assertEqual((reader.answer.status, sleeper.answer.status), (101, 101))
        self.addCleanup(reader.sock.close)
        self.addCleanup(sleeper.sock.close)
        told = [0]

        def listen():
            with contextlib.suppress(ConnectionError, OSError):
                while True:
                    event = reader.event()
                    if event["event"] in ("changes", "pull"):
                        told[0] = max(told[0], event["data"].get("to", event["data"].get("head")))

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        notes = "n" * 2000

        def post(number):
            return self.service.post(self.path, {"email": f"p{number}@example.com", "product": "A", "notes": notes}).status

        with self.unharmed(), concurrent.futures.ThreadPoolExecutor(16) as pool:
            self.assertEqual(set(pool.map(post, range(5000))), {200})
        head = int(self.service.psql("SELECT change_seq FROM workspace_heads", "demo")[0][0])
        wait_for(lambda: told[0] >= head, "the reader to be told everything")

        # Dropped, or told to pull once it reads on.
        with contextlib.suppress(ConnectionError):
            while sleeper.event()["event"] != "pull":
                pass


if __name__ == "__main__":
    unittest.main(verbosity=2)
