"""What the HTTP front answers, and a connection that is used again and again."""

import http.client
import json
import socket
import struct
import threading
import time
import unittest

from http_case import HOST, PROGRAM, ServerCase
from http_kit import Answer, Server, read_all


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

    def test_bodies_come_whole(self):
        """Around the sizes at which a body is held in one piece more."""
        head = b"POST /api/echo/x HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\n"
        text = "".join(f"{number}," for number in range(30_000))
        for length in (32767, 32768, 32769, 65536, 100_000, 131_073):
            body = text[:length]
            with self.subTest(length):
                self.assertEqual(self.server.request("POST", "/api/echo/x", body.encode()).json()["body"], body)
                chunks = "".join(f"{len(body[i:i + 5000]):x}\r\n{body[i:i + 5000]}\r\n" for i in range(0, length, 5000))
                self.assertEqual(self.server.send(head + chunks.encode() + b"0\r\n\r\n").json()["body"], body)

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


if __name__ == "__main__":
    unittest.main()
