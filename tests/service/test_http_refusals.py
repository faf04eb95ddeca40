"""Requests and bodies that the HTTP front refuses."""

import os
import select
import socket
import time
import unittest

from http_case import HOST, PROGRAM, ServerCase
from http_kit import PATIENCE, Answer, Server, read_all, wait_for


class Refusals(ServerCase):
    def assertRefused(self, data, *statuses):
        answer = self.server.send(data)
        self.assertIn(answer.status, statuses, answer.raw[:300])
        self.assertEqual(answer.headers.get("connection"), "close")
        return answer

    def test_heads(self):
        post = b"POST /webhooks/1 HTTP/1.1\r\n" + HOST
        for name, data in {
            "two lengths": post + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
            "length with chunked": post + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
            "negative length": post + b"Content-Length: -2\r\n\r\n{}",
            "length is no number": post + b"Content-Length: 2x\r\n\r\n{}",
            "two hosts": post + b"Host: b\r\n\r\n",
            "no host": b"GET /healthz HTTP/1.1\r\n\r\n",
            "CONNECT": b"CONNECT example.org:443 HTTP/1.1\r\n" + HOST + b"\r\n",
            "space before a colon": post + b"Content-Length : 2\r\n\r\n{}",
            "folded field": post + b"X: a\r\n b\r\n\r\n",
            "bare line feeds": b"GET /healthz HTTP/1.1\nHost: localhost\n\n",
            "expectation": post + b"Expect: wonders\r\n\r\n",
            "path is not UTF-8": b"GET /api/echo/%FF HTTP/1.1\r\n" + HOST + b"\r\n",
            "NUL in the path": b"GET /api/echo/a%00 HTTP/1.1\r\n" + HOST + b"\r\n",
            "dots": b"GET /api/../healthz HTTP/1.1\r\n" + HOST + b"\r\n",
            "repeated parameter": b"GET /api/echo/a?q=1&q=2 HTTP/1.1\r\n" + HOST + b"\r\n",
            "parameter is not UTF-8": b"GET /api/echo/a?q=%FF HTTP/1.1\r\n" + HOST + b"\r\n",
            "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n",
            "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        }.items():
            with self.subTest(name):
                self.assertRefused(data, 400)
        self.assertHealthy()

    def test_too_much_head(self):
        get = b"GET /healthz HTTP/1.1\r\n" + HOST
        self.assertRefused(get + b"".join(b"X-%d: y\r\n" % i for i in range(200)) + b"\r\n", 413)
        self.assertRefused(get + b"X: " + b"y" * 200_000 + b"\r\n\r\n", 413)
        self.assertRefused(b"GET /" + b"a" * 200_000, 413)

    def test_encoded_body(self):
        self.assertEqual(self.server.request("POST", "/webhooks/1", b"x", Content_Encoding="gzip").status, 415)

    def test_methods(self):
        for method in ("DELETE", "TRACE", "FOO", "OPTIONS"):
            answer = self.server.request(method, "/api/large")
            self.assertEqual((answer.status, answer.headers["allow"]), (405, "GET, HEAD"))
        self.assertEqual(self.server.request("GET", "/nowhere").status, 404)
        self.assertEqual(self.server.request("GET", "/webhooks/1").status, 405)

    def test_hosts(self):
        for host in ("localhost", "LOCALHOST:80", "127.0.0.1", "127.1.2.3:99", "[::1]:80", "leads.example"):
            self.assertEqual(self.server.request("GET", "/api/large", Host=host).status, 200, host)
        for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1"):
            self.assertEqual(self.server.request("GET", "/api/large", Host=host).status, 421, host)
            self.assertEqual(self.server.request("GET", "/nowhere", Host=host).status, 421, host)
            self.assertEqual(self.server.request("POST", "/webhooks/1", b"{}", Host=host).status, 200, host)
            self.assertEqual(self.server.request("GET", "/healthz", Host=host).status, 200, host)

    def test_cors(self):
        preflight = self.server.request("OPTIONS", "/webhooks/1", Origin="https://page.example",
                                        Access_Control_Request_Method="POST")
        self.assertEqual(preflight.status, 204)
        self.assertEqual(preflight.headers["access-control-allow-origin"], "*")
        self.assertIn("POST", preflight.headers["access-control-allow-methods"])
        for field in ("content-type", "x-workspace-id", "x-webhook-key", "idempotency-key", "webhook-id"):
            self.assertIn(field, preflight.headers["access-control-allow-headers"])
        for path, body in (("/webhooks/1", b"{}"), ("/webhooks/1", b"x" * 2_000_000)):
            answer = self.server.request("POST", path, body, Origin="https://page.example")
            self.assertEqual(answer.headers["access-control-allow-origin"], "*")
        for path in ("/api/large", "/healthz", "/nowhere"):
            self.assertNotIn("access-control-allow-origin", self.server.request("GET", path, Origin="https://a").headers)

    def test_webhook_error_form(self):
        answer = self.server.request("POST", "/webhooks/1", b"x" * 2_000_000)
        self.assertEqual(answer.status, 413)
        self.assertEqual((answer.json()["success"], answer.json()["error"]["code"]), (False, "too_large"))

    def test_garbage_after_a_request(self):
        head = b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\n\r\n{}"
        for garbage in (b"GET /nowhere HTTP/1.1\r\n\r\n", b"\0" * 100_000, b"x" * 1_000_000):
            raw = self.server.send(head + garbage).raw
            self.assertEqual(raw.count(b"HTTP/1.1 "), 1)
            self.assertEqual(Answer(raw).json()["length"], 2)

    def test_bad_chunks(self):
        head = b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
        for body in (b"x\r\n", b"-1\r\nab\r\n", b"5\r\nhelloXX", b"\r\n\r\n", b"5\r\nhello\r\nx\r\n\r\n"):
            with self.subTest(body):
                self.assertRefused(head + body, 400)
        self.assertRefused(head + b"ffffffffffffffffff\r\n", 413)
        with self.server.connect() as sock:
            sock.sendall(head + b"5\r\nhello\r\n")
            sock.shutdown(socket.SHUT_WR)
            self.assertEqual(read_all(sock), b"")
        self.assertHealthy()

    def test_random_bytes(self):
        for _ in range(200):
            with self.server.connect() as sock:
                sock.sendall(os.urandom(300))
                sock.shutdown(socket.SHUT_WR)
                self.assertIn(Answer(read_all(sock)).status, (0, 400))
        self.assertHealthy()


class LargeBodies(ServerCase):
    def test_announced(self):
        """300 MB are refused from the head on; a client that goes on sending still finds the answer."""
        with self.server.connect() as sock:
            sock.sendall(b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Content-Length: 300000000\r\n\r\n")
            started = time.monotonic()
            self.assertEqual(Answer(read_all(sock)).status, 413)
            self.assertLess(time.monotonic() - started, 8)
        big = self.server.send(b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Content-Length: 3000000\r\n\r\n" + b"x" * 3_000_000)
        self.assertEqual(big.status, 413)
        self.assertEqual(self.server.request("POST", "/webhooks/1", Content_Length="9" * 40).status, 413)

    def test_sent_whole(self):
        before = self.server.stats()["resident"]
        block = b"x" * 1_000_000
        sent = 0
        with self.server.connect() as sock:
            sock.sendall(b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Content-Length: 300000000\r\n\r\n")
            try:
                while sent < 300_000_000:
                    sock.sendall(block)
                    sent += len(block)
            except ConnectionError:
                pass
        self.assertLess(sent, 40_000_000)
        self.assertLess(self.server.stats()["resident"] - before, 4096)

    def test_chunked(self):
        before = self.server.stats()["resident"]
        chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        with self.server.connect() as sock:
            sock.sendall(b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n")
            for _ in range(20):
                sock.sendall(chunk)
            answer = Answer(read_all(sock))
        self.assertEqual((answer.status, answer.json()["error"]["code"]), (413, "too_large"))
        self.assertLess(self.server.stats()["resident"] - before, 8192)

    def test_many_held_back(self):
        """Bodies that never end, of many clients, have a common limit: who comes past it is refused."""
        part = b"x" * 1_000_000
        fit = 16 * 1024 * 1024 // len(part)
        server = Server(PROGRAM)  # of its own: its memory holds nothing of other tests
        self.addCleanup(server.stop)
        descriptors = server.stats()["descriptors"]
        socks = [server.connect() for _ in range(60)]
        before = server.stats()["resident"]
        self.send_part(socks, b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Content-Length: 1048576\r\n\r\n" + part)
        wait_for(lambda: sum(self.is_over(sock) for sock in socks) >= len(socks) - fit, "the refusals")
        self.assertEqual(server.request("GET", "/healthz").status, 200)
        # A half more than the limit: pieces that are not full, and the connections themselves.
        self.assertLess(server.stats()["resident"] - before, 24 * 1024)
        for sock in socks:
            sock.close()
        wait_for(lambda: server.stats()["descriptors"] <= descriptors, "the connections to end")

    def send_part(self, socks, data):
        """To all of them in turns, until each has sent it or was cut off."""
        left = dict.fromkeys(socks, data)
        for sock in socks:
            sock.setblocking(False)
        end = time.monotonic() + PATIENCE
        while left and time.monotonic() < end:
            select.select([], list(left), [], 1)
            for sock in list(left):
                try:
                    left[sock] = left[sock][sock.send(left[sock]) :]
                except BlockingIOError:
                    continue
                except ConnectionError:
                    left[sock] = b""
                if not left[sock]:
                    del left[sock]
        self.assertEqual(left, {}, "the server does not read")

    def is_over(self, sock):
        """Whether the server has answered, or cut it off."""
        try:
            sock.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return False
        except ConnectionError:
            pass
        return True


if __name__ == "__main__":
    unittest.main()
