"""Bodies that a handler asks for once it knows who sends them."""

import hashlib
import json
import os
import time
import unittest

from http_case import HOST, ServerCase
from http_kit import Answer, read_all, wait_for

MIB = 1024 * 1024


class Uploads(ServerCase):
    options = ("--receive-timeout", "1000")

    def assertUploaded(self, answer, body):
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.json(), {"length": len(body), "sha256": hashlib.sha256(body).hexdigest()})

    def test_sizes(self):
        for size in (0, 1, 100_000, 1 * MIB + 1, 40 * MIB):
            body = os.urandom(size)
            self.assertUploaded(self.server.request("POST", "/api/upload", body), body)

    def test_memory_does_not_grow(self):
        body = os.urandom(30 * MIB)
        resident = []
        for _ in range(6):
            self.assertUploaded(self.server.request("POST", "/api/upload", body), body)
            resident.append(self.server.stats()["resident"])
        self.assertLess(resident[-1] - resident[1], 8 * 1024)

    def test_chunks(self):
        body = os.urandom(3 * MIB)
        chunks = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece)
                          for piece in (body[i:i + 70_000] for i in range(0, len(body), 70_000)))
        answer = self.server.send(b"POST /api/upload HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + b"\r\n" + chunks + b"0\r\n\r\n")
        self.assertUploaded(answer, body)
        answer = self.server.send(b"POST /api/upload HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + b"\r\nzz\r\n")
        self.assertEqual(answer.status, 400)

    def test_too_large(self):
        self.assertEqual(self.server.request("POST", "/api/upload?max=1000", b"x" * 1001).status, 413)
        self.assertUploaded(self.server.request("POST", "/api/upload?max=1000", b"x" * 1000), b"x" * 1000)
        chunks = b"".join(b"1f4\r\n" + b"x" * 500 + b"\r\n" for _ in range(3)) + b"0\r\n\r\n"
        answer = self.server.send(b"POST /api/upload?max=1000 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HOST + b"\r\n" + chunks)
        self.assertEqual(answer.status, 413)
        self.assertEqual(self.server.request("POST", "/api/upload", b"", Content_Length=str(65 * MIB)).status, 413)
        self.assertHealthy()

    def test_refused_before_it_comes(self):
        """Who is not known sends no body: the answer comes at the head, and the connection ends."""
        with self.server.connect() as sock:
            sock.sendall(b"POST /api/upload?refuse=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000000\r\nExpect: 100-continue\r\n\r\n")
            answer = Answer(read_all(sock))
        self.assertEqual(answer.status, 401)
        self.assertEqual(answer.headers["connection"], "close")

    def test_continue(self):
        body = b"x" * 2 * MIB
        with self.server.connect() as sock:
            sock.sendall(b"POST /api/upload HTTP/1.1\r\nContent-Length: %d\r\nExpect: 100-continue\r\n" % len(body) + HOST + b"\r\n")
            self.assertEqual(sock.recv(100), b"HTTP/1.1 100 Continue\r\n\r\n")
            sock.sendall(body)
            self.assertUploaded(Answer(read_all(sock)), body)

    def test_next_request(self):
        """The connection goes on after a body that was asked for."""
        with self.server.connect() as sock:
            sock.sendall(b"POST /api/upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello"
                         b"GET /healthz HTTP/1.1\r\n" + HOST + b"\r\n")
            data = read_all(sock)
        self.assertEqual(data.count(b"HTTP/1.1 200"), 2)
        self.assertTrue(data.endswith(b"ok\n"))

    def test_trickle(self):
        """Longer than a request may take, as long as it comes steadily; a trickle is cut off."""
        piece = b"x" * 200_000
        with self.server.connect() as sock:
            sock.sendall(b"POST /api/upload HTTP/1.1\r\nContent-Length: 2000000\r\n" + HOST + b"\r\n")
            for _ in range(10):
                sock.sendall(piece)
                time.sleep(0.2)  # this is the rate that is tried, no waiting for something
            self.assertUploaded(Answer(read_all(sock)), piece * 10)
        with self.server.connect() as sock:
            sock.sendall(b"POST /api/upload HTTP/1.1\r\nContent-Length: 2000000\r\n" + HOST + b"\r\n" + b"x" * 1000)
            answer = Answer(read_all(sock))
        self.assertEqual(answer.status, 408)
        self.assertHealthy()

    def test_broken_off(self):
        before = self.server.stats()["descriptors"]
        for size in (0, 10, 100_000, 3_000_000):
            with self.server.connect() as sock:
                sock.sendall(b"POST /api/upload HTTP/1.1\r\nContent-Length: 4000000\r\n" + HOST + b"\r\n" + b"x" * size)
        wait_for(lambda: self.server.stats()["descriptors"] <= before, "the connections to be closed")
        self.assertHealthy()

    def test_ends_while_it_comes(self):
        server = type(self.server)(os.environ["INB_HTTP_TEST_SERVER"], "--receive-timeout", "500")
        with server.connect() as sock:
            sock.sendall(b"POST /api/upload HTTP/1.1\r\nContent-Length: 4000000\r\n" + HOST + b"\r\nxx")
            server.terminate()
            self.assertEqual(json.loads(Answer(read_all(sock)).body)["code"], "timeout")
        server.stop()


if __name__ == "__main__":
    unittest.main()
