"""Events over WebSockets, to good clients and bad ones."""

import socket
import struct
import threading
import time
import unittest

from http_case import ServerCase
from http_kit import WebSocket, wait_for


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
    unittest.main()
