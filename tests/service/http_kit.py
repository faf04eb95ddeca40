"""A started test server, requests written by hand on raw sockets, and a WebSocket client."""

import base64
import contextlib
import http.client
import json
import os
import signal
import socket
import struct
import subprocess
import time

PATIENCE = 20


def wait_for(condition, what, patience=PATIENCE):
    end = time.monotonic() + patience
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.01)
    raise AssertionError(f"waited in vain for {what}")


class Server:
    def __init__(self, program, *options):
        self.process = subprocess.Popen([program, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        if not line.startswith("ready "):
            raise RuntimeError(f"the server did not start: {self.process.communicate()[1]}")
        self.url = line.split()[1]
        self.terminated = False
        self.port = int(self.url.rsplit(":", 1)[1])

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def send(self, data):
        """Sends bytes on a connection of their own and returns the parsed answer."""
        with self.connect() as sock:
            with contextlib.suppress(ConnectionError):
                sock.sendall(data)
            return Answer(read_all(sock))

    def request(self, method, path, body=b"", **headers):
        fields = {"Host": "localhost", "Connection": "close", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if body:
            fields.setdefault("Content-Length", str(len(body)))
        head = f"{method} {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in fields.items())
        return self.send(head.encode() + b"\r\n" + body)

    def stats(self):
        return self.request("GET", "/api/stats").json()

    def terminate(self):
        self.terminated = True
        self.process.send_signal(signal.SIGTERM)

    def stop(self):
        """Ends it as a service is ended; returns what it said on stderr."""
        if self.process.poll() is None and not self.terminated:
            self.terminate()
        try:
            _, errors = self.process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            _, errors = self.process.communicate()
            raise AssertionError(f"the server did not stop: {errors}") from None
        if self.process.returncode != 0:
            raise AssertionError(f"the server ended with {self.process.returncode}: {errors}")
        return errors


def read_all(sock):
    pieces = []
    with contextlib.suppress(ConnectionError):
        while piece := sock.recv(1 << 20):
            pieces.append(piece)
    return b"".join(pieces)


class Answer:
    def __init__(self, data):
        self.raw = data
        head, _, self.body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1]) if data else 0
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip()
        self.complete = True
        if self.headers.get("transfer-encoding") == "chunked":
            self.join_chunks()

    def join_chunks(self):
        pieces, at, self.complete = [], 0, False
        while at < len(self.body) and not self.complete:
            end = self.body.index(b"\r\n", at)
            length = int(self.body[at:end], 16)
            pieces.append(self.body[end + 2:end + 2 + length])
            at = end + length + 4
            self.complete = length == 0 and at == len(self.body)
        self.body = b"".join(pieces)

    def json(self):
        return json.loads(self.body)


class WebSocket:
    """Just enough of RFC 6455."""

    def __init__(self, sock, path, **headers):
        self.sock = sock
        self.buffer = b""
        fields = {
            "Host": "localhost",
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
            "Sec-WebSocket-Version": "13",
            **{k.replace("_", "-"): v for k, v in headers.items()},
        }
        sock.sendall((f"GET {path} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in fields.items()) + "\r\n").encode())
        while b"\r\n\r\n" not in self.buffer:
            piece = sock.recv(65536)
            if not piece:
                break
            self.buffer += piece
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        self.answer = Answer(head + b"\r\n\r\n" + (self.buffer if b" 101 " not in head else b""))

    def take(self, length):
        while len(self.buffer) < length:
            piece = self.sock.recv(1 << 20)
            if not piece:
                raise ConnectionError("closed")
            self.buffer += piece
        data, self.buffer = self.buffer[:length], self.buffer[length:]
        return data

    def frame(self):
        """The next frame: (opcode, payload)."""
        first, second = self.take(2)
        length = second & 0x7F
        if length == 126:
            (length,) = struct.unpack(">H", self.take(2))
        elif length == 127:
            (length,) = struct.unpack(">Q", self.take(8))
        return first & 0x0F, self.take(length)

    def event(self):
        while True:
            opcode, payload = self.frame()
            if opcode == 1:
                return json.loads(payload)
            if opcode == 8:
                raise ConnectionError("closed")

    def close_code(self):
        while True:
            opcode, payload = self.frame()
            if opcode == 8:
                return struct.unpack(">H", payload[:2])[0]

    def send(self, opcode, payload, fin=True):
        mask = os.urandom(4)
        head = bytes([(0x80 if fin else 0) | opcode])
        if len(payload) < 126:
            head += bytes([0x80 | len(payload)])
        else:
            head += bytes([0x80 | 126]) + struct.pack(">H", len(payload))
        self.sock.sendall(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload)))


class UnixHTTPConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("localhost", timeout=PATIENCE)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(PATIENCE)
        self.sock.connect(self.path)
