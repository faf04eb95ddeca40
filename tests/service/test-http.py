"""The HTTP front against clients that mean harm, and against many at once.  Usage: test-http.py SERVER"""

import concurrent.futures
import http.client
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from http_kit import Server, UnixHTTPConnection, Answer, WebSocket, read_all, wait_for

PROGRAM = sys.argv.pop()
HOST = b"Host: localhost\r\nConnection: close\r\n"


class ServerCase(unittest.TestCase):
    options = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(PROGRAM, *cls.options)

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def assertHealthy(self):
        self.assertEqual(self.server.request("GET", "/healthz").status, 200)


class Answers(ServerCase):
    def test_segments_params_and_fields(self):
        answer = self.server.request("GET", "/api/echo/a%2Fb%20c?q=x+y%26&empty", X_Test="Jos\u00e9", Range="bytes=0-3")
        echo = answer.json()
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.headers["connection"], "close")
        self.assertEqual(answer.headers["x-test"], "yes")
        self.assertRegex(answer.headers["date"], r"^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$")
        self.assertEqual((echo["name"], echo["q"], echo["test"]), ("a/b c", "x y&", "Jos\u00e9"))
        self.assertEqual((echo["peer"], echo["local"], echo["range"]), ("127.0.0.1", False, "bytes=0-3"))
        self.assertTrue(0 <= echo["age"] < 5_000_000)

    def test_range_is_not_obeyed(self):
        answer = self.server.request("GET", "/api/large?bytes=100", Range="bytes=0-3")
        self.assertEqual((answer.status, len(answer.body)), (200, 100))

    def test_literal_wins(self):
        self.assertEqual(self.server.request("GET", "/api/echo/literal").body, b"ok\n")

    def test_head(self):
        answer = self.server.request("HEAD", "/api/large?bytes=100")
        self.assertEqual((answer.status, answer.headers["content-length"], answer.body), (200, "100", b""))

    def test_large_answer(self):
        self.assertEqual(len(self.server.request("GET", "/api/large?bytes=30000000").body), 30_000_000)

    def test_late_forgotten_and_second_answers(self):
        self.assertEqual(self.server.request("GET", "/api/slow?ms=50").body, b"late\n")
        self.assertEqual(self.server.request("GET", "/api/forget").status, 500)
        self.assertEqual(self.server.request("GET", "/api/twice").body, b"first")

    def test_client_gone_before_a_late_answer(self):
        for _ in range(20):
            with self.server.connect() as sock:
                sock.sendall(b"GET /api/slow?ms=20 HTTP/1.1\r\n" + HOST + b"\r\n")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.assertEqual(self.server.request("GET", "/api/slow?ms=200").body, b"late\n")

    def test_bodies(self):
        self.assertEqual(self.server.request("POST", "/api/echo/x", b"hello").json()["body"], "hello")
        chunked = b"POST /api/echo/x HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;a=b\r\nllo\r\n0\r\n\r\n"
        self.assertEqual(self.server.send(chunked).json()["body"], "hello")
        big = b"x" * 1024 * 1024
        self.assertEqual(self.server.request("POST", "/webhooks/1", big).json()["length"], len(big))

    def test_body_in_pieces(self):
        data = b"POST /webhooks/1/2 HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhello"
        with self.server.connect() as sock:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for i in range(len(data)):
                sock.sendall(data[i : i + 1])
            self.assertEqual(Answer(read_all(sock)).json(), {"success": True, "id": "1", "key": "2", "length": 5})

    def test_expect_continue(self):
        with self.server.connect() as sock:
            sock.sendall(b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\n")
            self.assertTrue(sock.recv(1024).startswith(b"HTTP/1.1 100 "))
            sock.sendall(b"hello")
            self.assertEqual(Answer(read_all(sock)).json()["length"], 5)

    def test_http_1_0(self):
        self.assertEqual(self.server.send(b"GET /healthz HTTP/1.0\r\n\r\n").body, b"ok\n")
        self.assertEqual(self.server.send(b"GET /api/large?bytes=3 HTTP/1.0\r\n\r\n").body, b"xxx")

    def test_errors(self):
        problem = self.server.request("GET", "/api/error/not_found")
        self.assertEqual(problem.headers["content-type"], "application/problem+json")
        self.assertEqual(problem.json()["code"], "not_found")
        self.assertEqual((problem.json()["status"], problem.json()["detail"]), (404, "detail of not_found"))
        for name, status in (("too_many_requests", 429), ("unavailable", 503), ("queue_full", 503)):
            answer = self.server.request("GET", f"/api/error/{name}")
            self.assertEqual(answer.status, status)
            self.assertGreater(int(answer.headers["retry-after"]), 0)
        internal = self.server.request("GET", "/api/error/internal")
        self.assertEqual(internal.status, 500)
        self.assertNotIn(b"detail of", internal.body)


class KeepAlive(ServerCase):
    GET = b"GET /api/large?bytes=3 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    POST = b"POST /webhooks/1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"
    CHUNKED = b"POST /webhooks/1 HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
    LATE = b"GET /api/slow?ms=20 HTTP/1.1\r\nHost: localhost\r\n\r\n"
    LAST = b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n"

    def test_library_client(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        connection.connect()
        sock = connection.sock
        for i in range(1, 100):
            connection.request("POST", "/api/echo/x", body=b"x" * i * 100)
            self.assertEqual(len(json.loads(connection.getresponse().read())["body"]), i * 100)
            self.assertIs(connection.sock, sock)
        connection.request("HEAD", "/api/large?bytes=10")
        self.assertEqual(connection.getresponse().read(), b"")
        connection.request("GET", "/api/large?bytes=5000000")
        self.assertEqual(len(connection.getresponse().read()), 5_000_000)
        self.assertIs(connection.sock, sock)
        connection.close()

    def test_sent_ahead(self):
        """Answers come in order, one for each, however the requests are cut."""
        data = self.GET + self.POST + self.LATE + self.CHUNKED + self.GET + self.LAST
        for size in (1, 7, 100, len(data)):
            with self.server.connect() as sock:
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                for i in range(0, len(data), size):
                    sock.sendall(data[i : i + size])
                raw = read_all(sock)
            self.assertEqual(raw.count(b"HTTP/1.1 200 OK\r\n"), 6)
            places = [raw.index(text) for text in (b"xxx", b'"length":2', b"late\n", b"ok\n")]
            self.assertEqual(places, sorted(places))
            self.assertEqual(raw.count(b"Connection: close"), 1)

    def test_thousands_sent_ahead(self):
        with self.server.connect() as sock:
            sender = threading.Thread(target=sock.sendall, args=((self.GET + self.POST) * 10_000 + self.LAST,))
            sender.start()
            raw = read_all(sock)
            sender.join()
        self.assertEqual(raw.count(b"HTTP/1.1 200 OK\r\n"), 20_001)

    def test_ends_after_a_refusal(self):
        for bad in (b"GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n", b"garbage\r\n\r\n", b"\n"):
            raw = self.server.send(self.GET + bad + self.GET).raw
            self.assertEqual(raw.count(b"HTTP/1.1 "), 2)
            self.assertEqual(raw.count(b"HTTP/1.1 200"), 1)

    def test_idle_is_closed(self):
        with self.server.connect() as sock:
            sock.sendall(self.GET)
            started = time.monotonic()
            self.assertIn(b"xxx", read_all(sock))
            self.assertTrue(3 < time.monotonic() - started < 20)

    def test_ends_while_draining(self):
        server = Server(PROGRAM)
        idle, late = server.connect(), server.connect()
        idle.sendall(self.GET)
        self.assertTrue(idle.recv(1000).endswith(b"xxx"))
        late.sendall(b"GET /api/slow?ms=300 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        server.stats()
        server.terminate()
        self.assertEqual(read_all(idle), b"")
        answer = Answer(read_all(late))
        self.assertEqual((answer.body, answer.headers["connection"]), (b"late\n", "close"))
        idle.close()
        late.close()
        server.stop()


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
        """Bodies that never end, of many clients, have a common limit."""
        part = b"x" * 1_000_000
        descriptors = self.server.stats()["descriptors"]
        socks = [self.server.connect() for _ in range(60)]
        before = self.server.stats()["resident"]
        for sock in socks:
            sock.setblocking(False)
            try:
                sock.send(b"POST /webhooks/1 HTTP/1.1\r\n" + HOST + b"Content-Length: 1048576\r\n\r\n")
                sock.send(part)
            except (BlockingIOError, ConnectionError):
                pass
        end = time.monotonic() + 3
        left = {sock: part for sock in socks}
        while time.monotonic() < end and left:
            for sock in list(left):
                try:
                    left[sock] = left[sock][sock.send(left[sock]) :]
                except BlockingIOError:
                    continue
                except ConnectionError:
                    left[sock] = b""
                if not left[sock]:
                    del left[sock]
        self.assertHealthy()
        self.assertLess(self.server.stats()["resident"] - before, 40_000)
        for sock in socks:
            sock.close()
        wait_for(lambda: self.server.stats()["descriptors"] <= descriptors, "the connections to end")


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
            sock.sendall(KeepAlive.GET)
            self.assertTrue(sock.recv(1000).endswith(b"xxx"))
        for _ in range(10):
            sock = self.server.connect()
            sock.sendall(KeepAlive.GET)
            self.assertTrue(sock.recv(1000).endswith(b"xxx"))
            socks.append(sock)
        for sock in socks:
            sock.close()


class LocalSocket(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.folder.name, "api.sock")

    def tearDown(self):
        self.folder.cleanup()

    def start(self):
        return Server(PROGRAM, "--socket", self.path, "--uid", str(os.getuid()))

    def get(self, path="/api/echo/x"):
        connection = UnixHTTPConnection(self.path)
        connection.request("GET", path)
        return json.loads(connection.getresponse().read())

    def test_life(self):
        server = self.start()
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o600)
        echo = self.get()
        self.assertEqual((echo["peer"], echo["local"]), ("local", True))
        second = subprocess.run([PROGRAM, "--socket", self.path], capture_output=True, text=True, timeout=20)
        self.assertEqual(second.returncode, 1)
        self.assertIn("in use", second.stderr)
        self.assertEqual(self.get()["peer"], "local")
        server.stop()
        self.assertFalse(os.path.exists(self.path))

    def test_stale_file(self):
        server = self.start()
        server.process.kill()
        server.process.wait()
        server.process.stdout.close()
        server.process.stderr.close()
        self.assertTrue(os.path.exists(self.path))
        server = self.start()
        self.assertEqual(self.get()["peer"], "local")
        server.stop()

    def test_another_file_stays(self):
        with open(self.path, "w") as file:
            file.write("mine")
        second = subprocess.run([PROGRAM, "--socket", self.path], capture_output=True, text=True, timeout=20)
        self.assertEqual(second.returncode, 1)
        self.assertIn("is no socket", second.stderr)
        with open(self.path) as file:
            self.assertEqual(file.read(), "mine")

    @unittest.skipUnless(os.getuid() == 0, "only root can be another user")
    def test_other_users(self):
        """Even where the file's mode would let them in, the peer's user id decides."""
        server = self.start()
        os.chmod(self.folder.name, 0o755)
        os.chmod(self.path, 0o666)
        script = ("import os, socket, sys; os.setuid(65534); s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1])\n"
                  "try:\n s.sendall(b'GET /healthz HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n'); print(len(s.recv(100)))\n"
                  "except OSError: print(0)")
        other = subprocess.run([sys.executable, "-c", script, self.path], capture_output=True, text=True, timeout=20)
        self.assertEqual(other.stdout.strip(), "0", other.stderr)
        self.assertEqual(self.get()["peer"], "local")
        server.stop()


class Drain(unittest.TestCase):
    def test_answers_what_was_begun(self):
        server = Server(PROGRAM)
        late = server.connect()
        late.sendall(b"GET /api/slow?ms=500 HTTP/1.1\r\n" + HOST + b"\r\n")
        listener = WebSocket(server.connect(), "/ws?workspace_id=a")
        listener.event()
        server.terminate()
        self.assertEqual(listener.close_code(), 1001)
        self.assertEqual(Answer(read_all(late)).body, b"late\n")
        late.close()
        listener.sock.close()
        with self.assertRaises(ConnectionError):
            server.connect()
        server.stop()


class Hub(ServerCase):
    def listen(self, workspace="a", token="t", **headers):
        return WebSocket(self.server.connect(), f"/ws?workspace_id={workspace}&token={token}", **headers)

    def broadcast(self, workspace, events, size=10):
        return self.server.request("POST", f"/api/broadcast?workspace_id={workspace}&events={events}&size={size}")

    def wait_until_empty(self):
        wait_for(lambda: self.server.stats()["clients"] == 0, "the clients to go")

    def test_events_reach_their_workspace(self):
        one, two = self.listen("a"), self.listen("b")
        self.assertEqual(one.event()["event"], "hello")
        self.assertEqual(two.event()["event"], "hello")
        self.broadcast("a", 3)
        self.assertEqual([one.event()["data"]["to"] for _ in range(3)], [1, 2, 3])
        self.broadcast("b", 1, 70000)
        self.assertGreater(len(two.event()["data"]["fill"]), 69_000)
        one.sock.close()
        two.sock.close()
        self.wait_until_empty()

    def answer(self, **headers):
        client = self.listen(**headers)
        client.sock.close()
        return client.answer.status

    def test_refused(self):
        for origin in ("https://evil.example", "http://localhost.evil.example", "null", "http://localhost:1"):
            self.assertEqual(self.answer(Origin=origin), 403, origin)
        self.assertEqual(self.answer(Origin="http://localhost"), 101)
        self.assertEqual(self.answer(Host="evil.example"), 421)
        self.assertEqual(self.answer(Sec_WebSocket_Version="8"), 400)
        self.assertEqual(self.answer(Upgrade="h2c"), 400)
        self.assertEqual(self.server.request("GET", "/ws?workspace_id=a").status, 400)
        self.wait_until_empty()

    def test_revoked(self):
        one, two = self.listen(token="one"), self.listen(token="two")
        one.event(), two.event()
        self.assertEqual(self.server.request("POST", "/api/revoke/one").status, 204)
        self.assertEqual(one.close_code(), 4401)
        self.broadcast("a", 1)
        self.assertEqual(two.event()["data"]["to"], 1)
        one.sock.close()
        two.sock.close()

    def test_ping_and_close(self):
        client = self.listen()
        client.event()
        client.send(9, b"hi")
        self.assertEqual(client.frame(), (10, b"hi"))
        client.send(8, struct.pack(">H", 1000))
        self.assertEqual(client.close_code(), 1000)
        client.sock.close()

    def test_talkative_client_is_dropped(self):
        before = self.server.stats()["resident"]
        for opcode in (1, 0):
            client = self.listen()
            client.event()
            client.send(1, b"x" * 100, fin=False)
            with self.assertRaises(ConnectionError):
                for _ in range(100_000):
                    client.send(opcode, b"x" * 1000, fin=False)
            client.sock.close()
        self.wait_until_empty()
        self.assertLess(self.server.stats()["resident"] - before, 4096)

    def test_reader_that_stops(self):
        """10,000 events cost bounded memory; then the client is told to pull, and hears the next event again."""
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        sock.settimeout(20)
        sock.connect(("127.0.0.1", self.server.port))
        slow = WebSocket(sock, "/ws?workspace_id=slow")
        quick = self.listen("slow")
        slow.event(), quick.event()
        before = self.server.stats()["resident"]
        reader = threading.Thread(target=lambda: [quick.event() for _ in range(10)])
        reader.start()
        for _ in range(10):
            self.broadcast("slow", 1000, 1000)
        after = self.server.stats()["resident"]
        self.assertLess(after - before, 2048)
        for _ in range(10_001):
            event = slow.event()
            if event["event"] == "pull":
                break
        self.assertEqual(event, {"event": "pull", "data": {"head": 1000}})
        reader.join()
        self.broadcast("slow", 1)
        self.assertEqual(slow.event()["data"]["to"], 1)
        slow.sock.close()
        quick.sock.close()

    def test_many_clients(self):
        clients = [self.listen("many") for _ in range(100)]
        self.broadcast("many", 50, 200)
        for client in clients:
            self.assertEqual(client.event()["event"], "hello")
            self.assertEqual([client.event()["data"]["to"] for _ in range(50)], list(range(1, 51)))
            client.sock.close()
        self.wait_until_empty()


class StuckReader(ServerCase):
    def test_dropped_in_the_end(self):
        client = WebSocket(self.server.connect(), "/ws?workspace_id=a")
        client.event()
        self.server.request("POST", "/api/broadcast?workspace_id=a&events=10000&size=2000")
        self.assertEqual(self.server.stats()["clients"], 1)
        started = time.monotonic()
        wait_for(lambda: self.server.stats()["clients"] == 0, "the stuck client to be dropped", 25)
        self.assertGreater(time.monotonic() - started, 10)
        client.sock.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
