"""The socket of the same computer, and the end of a server."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import unittest

from http_case import HOST, PROGRAM
from http_kit import Answer, Server, UnixHTTPConnection, WebSocket, read_all


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


class Deadline(unittest.TestCase):
    def test_standing_still_and_going_on(self):
        server = Server(PROGRAM, "--answer-timeout", "1000")
        still, working = server.connect(), server.connect()
        still.sendall(b"GET /api/slow?ms=3000 HTTP/1.1\r\n" + HOST + b"\r\n")
        working.sendall(b"GET /api/work HTTP/1.1\r\n" + HOST + b"\r\n")
        self.assertEqual(read_all(still), b"")
        self.assertEqual(Answer(read_all(working)).body, b"done\n")
        still.close()
        working.close()
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


if __name__ == "__main__":
    unittest.main()
