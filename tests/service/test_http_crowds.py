"""Clients that are slow, hang or come in crowds."""

import concurrent.futures
import threading
import time
import unittest

from http_case import HOST, ServerCase
from http_kit import Answer, read_all, wait_for

GET = b"GET /api/large?bytes=3 HTTP/1.1\r\nHost: localhost\r\n\r\n"


class Slowness(ServerCase):
    options = ("--receive-timeout", "1000")

    def test_half_requests(self):
        """Half a head, half a body, one byte now and then: all are over soon after the deadline."""
        head = b"POST /webhooks/1 HTTP/1.1\r\n" + HOST
        for data in (b"", b"POST", head, head + b"Content-Length: 10\r\n\r\n123",
                     head + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel"):
            with self.subTest(data), self.server.connect() as sock:
                sock.sendall(data)
                started = time.monotonic()
                answer = read_all(sock)
                self.assertLess(time.monotonic() - started, 10)
                self.assertEqual(Answer(answer).status, 408 if data else 0)

    def test_drip(self):
        for data in (b"GET /healthz HTTP/1.1\r\nX: " + b"a" * 1000,
                     b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Content-Length: 1000\r\n\r\n" + b"a" * 1000):
            with self.subTest(data[:4]), self.server.connect() as sock:
                started = time.monotonic()
                try:
                    for i in range(len(data)):
                        sock.sendall(data[i : i + 1])
                        if time.monotonic() - started > 5:
                            self.fail("still connected")
                        time.sleep(0.005)
                except ConnectionError:
                    pass
                self.assertLess(time.monotonic() - started, 4)

    def test_slow_handler_keeps_its_time(self):
        self.assertEqual(self.server.request("GET", "/api/slow?ms=1800").body, b"late\n")

    def test_cut_off(self):
        data = b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhello"
        before = self.server.stats()["descriptors"]
        for i in range(len(data)):
            with self.server.connect() as sock:
                sock.sendall(data[:i])
        wait_for(lambda: self.server.stats()["descriptors"] <= before, "the descriptors")


class Crowds(ServerCase):
    def test_600_at_once(self):
        """All are served, or refused with an answer."""
        barrier = threading.Barrier(600)
        request = b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\n\r\n{}"

        def post():
            barrier.wait()
            started = time.monotonic()
            return self.server.send(request).status, time.monotonic() - started

        with concurrent.futures.ThreadPoolExecutor(600) as pool:
            results = [f.result() for f in [pool.submit(post) for _ in range(600)]]
        self.assertEqual({status for status, _ in results} - {200, 503}, set())
        self.assertGreater(sum(status == 200 for status, _ in results), 500)
        self.assertLess(max(took for _, took in results), 10)
        self.assertHealthy()

    def test_600_hanging(self):
        """Healthy clients are served while 600 connections hang."""
        socks = [self.server.connect() for _ in range(600)]
        for i, sock in enumerate(socks):
            sock.sendall(b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Content-Length: 100\r\n\r\nhalf" if i % 2 else b"GET /")
        for _ in range(50):
            started = time.monotonic()
            self.assertHealthy()
            self.assertLess(time.monotonic() - started, 1)
        for sock in socks:
            sock.close()

    def test_descriptors_stay(self):
        with self.server.connect():
            before = self.server.stats()
            for _ in range(5000):
                with self.server.connect() as sock:
                    sock.sendall(b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
                    while sock.recv(4096):
                        pass
            after = self.server.stats()
        self.assertLessEqual(after["descriptors"], before["descriptors"] + 2)
        self.assertLess(after["resident"] - before["resident"], 2048)
        self.assertLess(after["resident"], 60 * 1024)


class Caps(ServerCase):
    options = ("--max-connections", "30", "--max-per-peer", "20", "--grace", "60000")

    def test_refused(self):
        socks = [self.server.connect() for _ in range(20)]
        wait_for(lambda: self.server.request("GET", "/healthz").status == 503, "the cap")
        for sock in socks:
            sock.close()
        wait_for(lambda: self.server.request("GET", "/healthz").status == 200, "recovery")


class GivingWay(ServerCase):
    options = ("--max-connections", "30", "--max-per-peer", "20", "--grace", "0")

    def test_half_request_gives_way(self):
        socks = [self.server.connect() for _ in range(20)]
        for _ in range(10):
            self.assertEqual(self.server.request("GET", "/healthz").status, 200)
        for sock in socks:
            sock.close()

    def test_idle_gives_way(self):
        socks = [self.server.connect() for _ in range(19)]
        for sock in socks:
            sock.sendall(GET)
            self.assertTrue(sock.recv(1000).endswith(b"xxx"))
        for _ in range(10):
            sock = self.server.connect()
            sock.sendall(GET)
            self.assertTrue(sock.recv(1000).endswith(b"xxx"))
            socks.append(sock)
        for sock in socks:
            sock.close()


if __name__ == "__main__":
    unittest.main()
