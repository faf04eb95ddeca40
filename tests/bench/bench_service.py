"""A real service with its private PostgreSQL in a data directory of its own, and SQL as each of its roles."""

import json
import os
import pwd
import re
import select
import signal
import subprocess
import time


class Failure(Exception):
    """What went wrong, in words for the person who runs the benchmark."""


def run(argv, **options):
    result = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    if result.returncode != 0:
        raise Failure(f"{' '.join(map(str, argv[:6]))} …: {result.stderr.strip() or result.stdout.strip()}")
    return result.stdout


class Service:
    def __init__(self, binary, data_dir):
        self.binary = binary
        self.data_dir = data_dir
        self.process = None
        self.url = None
        self.peak_rss = 0

    # The service

    def start(self, timeout=120):
        """Returns the seconds until it could serve."""
        log = open(self.data_dir + ".log", "a")
        begin = time.monotonic()
        self.process = subprocess.Popen([self.binary, "serve", "--data-dir", self.data_dir, "--listen", "127.0.0.1:0"],
                                        stdout=subprocess.PIPE, stderr=log, text=True)
        log.close()
        while True:
            readable, _, _ = select.select([self.process.stdout], [], [], max(0, begin + timeout - time.monotonic()))
            line = self.process.stdout.readline() if readable else ""
            match = re.match(r"ready (http://\S+)", line)
            if match:
                self.url = match.group(1)
                return time.monotonic() - begin
            if not line:
                self.stop()
                raise Failure(f"the service did not become ready; see {self.data_dir}.log")

    def stop(self):
        if self.process is None:
            return
        if self.process.poll() is None:
            self.note_memory()
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()
        self.process = None

    def memory(self):
        """Resident bytes now, and the most since the process started."""
        with open(f"/proc/{self.process.pid}/status") as status:
            text = status.read()
        return tuple(int(re.search(rf"{name}:\s+(\d+) kB", text).group(1)) * 1024 for name in ("VmRSS", "VmHWM"))

    def note_memory(self):
        self.peak_rss = max(self.peak_rss, self.memory()[1])

    def processor_seconds(self):
        """Of the service itself, without PostgreSQL; unlike a rate it does not depend on the machine's other work."""
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def address(self):
        return self.url.split("//")[1].rstrip("/")

    def command(self, *arguments):
        output = run([self.binary, *arguments, "--data-dir", self.data_dir, "--json"])
        return json.loads(output) if output.strip() else None

    # PostgreSQL

    def _account(self):
        """Peer authentication wants the account that the cluster runs under."""
        owner = os.stat(os.path.join(self.data_dir, "cluster"))
        if owner.st_uid == os.geteuid():
            return {}
        return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}

    def _socket_folder(self):
        remembered = os.path.join(self.data_dir, "socket-folder")
        if os.path.exists(remembered):
            with open(remembered) as file:
                return file.read().strip()
        return os.path.join(self.data_dir, "run")

    def _environment(self, role):
        account = self._account()
        home = pwd.getpwuid(account.get("user", os.geteuid())).pw_dir
        return {**os.environ, "PGHOST": self._socket_folder(), "PGDATABASE": "inbound_leads", "PGUSER": role, "HOME": home,
                "PGAPPNAME": "bench"}

    def sql(self, role, text):
        """Runs a script; returns its output, unaligned, without headers."""
        return run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-"], input=text,
                   env=self._environment(role), cwd="/", **self._account()).strip()

    def pgbench(self, script, clients, seconds):
        """Transactions a second of a script, and their mean latency in milliseconds."""
        output = run(["pgbench", "-n", "-M", "prepared", "-c", str(clients), "-j", "1", "-T", str(seconds), "-f", script],
                     env=self._environment("inbound_service"), cwd="/", **self._account())
        rate = re.search(r"^tps = ([\d.]+)", output, re.M)
        latency = re.search(r"^latency average = ([\d.]+)", output, re.M)
        if not rate or not latency:
            raise Failure("pgbench said nothing of its rate: " + output)
        return float(rate.group(1)), float(latency.group(1))
