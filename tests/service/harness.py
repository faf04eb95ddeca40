"""A real service with a private PostgreSQL of its own, in folders of its own, and what tests do with it."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading

from http_kit import PATIENCE, Server, UnixHTTPConnection, WebSocket, wait_for  # noqa: F401 (offered to the tests)

PROGRAM = os.environ.get("INB_SERVICE", "inbound-leads-service")


class CommandFailed(Exception):
    def __init__(self, code, errors):
        super().__init__(f"exit code {code}: {errors}")
        self.code = code
        self.errors = errors


def make_folder(mode=0o755):
    folder = tempfile.mkdtemp(prefix="inb-")
    os.chmod(folder, mode)
    return folder


def is_alive(pid):
    """Whether the process runs; a zombie does not."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


class Service(Server):
    """Not started by itself: `start` may be called again after `stop` or `kill`, on the same data. As root, `account` names
    whom the program is started as; without it root starts it and it gives up its rights itself."""

    def __init__(self, data_dir=None, database=None, options=(), account=None):
        self.own_folders = []
        self.account = pwd.getpwnam(account) if account else None
        self.data_dir = data_dir or self._own(make_folder(0o700))
        self.runtime_dir = self._own(make_folder())
        self.database = database
        self.options = list(options)
        self.process = None
        self.url = None
        self.port = None
        self.terminated = False
        self.log = []

    def _own(self, folder):
        self.own_folders.append(folder)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)
        return folder

    def _identity(self):
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def __enter__(self):
        return self.start()

    def __exit__(self, kind, value, trace):
        try:
            if self.process is not None and self.process.poll() is None:
                self.stop()
        finally:
            if kind is not None:
                print("".join(self.log[-200:]))
            self.remove()

    def environment(self):
        env = dict(os.environ)
        for name in list(env):
            if name.startswith(("INBOUND_LEADS_", "PG")):
                del env[name]
        env.update(XDG_RUNTIME_DIR=self.runtime_dir, XDG_CONFIG_HOME=self.runtime_dir, XDG_DATA_HOME=self.runtime_dir,
                   HOME=self.runtime_dir)
        return env

    def location(self):
        """The options that every command needs to find the data."""
        return ["--data-dir", self.data_dir] + (["--database", self.database] if self.database else [])

    def start(self, patience=60):
        self.terminated = False
        self.process = subprocess.Popen(
            [PROGRAM, "serve", *self.location(), "--listen", "127.0.0.1:0", *self.options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=self.environment(), cwd="/", **self._identity())
        self.log_reader = threading.Thread(target=self._collect_log, args=(self.process,), daemon=True)
        self.log_reader.start()
        line = self._read_ready(patience)
        self.url = line.split()[1]
        self.port = int(self.url.rsplit(":", 1)[1])
        return self

    def _read_ready(self, patience):
        timer = threading.Timer(patience, self.process.kill)
        timer.start()
        try:
            for line in self.process.stdout:
                if line.startswith("ready "):
                    return line
        finally:
            timer.cancel()
        self.process.wait()
        raise AssertionError(f"the service did not start ({self.process.returncode}): {''.join(self.log)}")

    def _collect_log(self, process):
        for line in process.stderr:
            self.log.append(line)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError(f"the service did not stop: {''.join(self.log)}") from None
        if code != 0:
            raise AssertionError(f"the service ended with {code}: {''.join(self.log)}")

        self._close_pipes()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self._close_pipes()

    def _close_pipes(self):
        self.log_reader.join()
        self.process.stdout.close()
        self.process.stderr.close()

    def postmaster_pid(self):
        with open(self.find("postmaster.pid")) as file:
            return int(file.readline())

    def has_postgres(self):
        """Whether the private PostgreSQL runs."""
        try:
            return is_alive(self.postmaster_pid())
        except (AssertionError, FileNotFoundError, ValueError):
            return False

    def kill_postgres(self):
        pid = self.postmaster_pid()
        os.kill(pid, signal.SIGKILL)
        wait_for(lambda: not is_alive(pid), "the end of the postmaster")
        return pid

    def find(self, name):
        for folder, _, files in os.walk(self.data_dir):
            if name in files:
                return os.path.join(folder, name)
        raise AssertionError(f"no {name} in {self.data_dir}")

    def remove(self):
        """Ends what may be left of PostgreSQL, and removes the folders."""
        try:
            os.kill(self.postmaster_pid(), signal.SIGQUIT)
        except (AssertionError, ProcessLookupError, FileNotFoundError):
            pass
        for folder in self.own_folders:
            shutil.rmtree(folder, ignore_errors=True)

    # Commands

    def attempt(self, *arguments, environment=None):
        """Runs a command, without the options of location(), and returns its CompletedProcess."""
        return subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/",
                              env={**self.environment(), **(environment or {})}, timeout=120, **self._identity())

    def run(self, *arguments):
        """Runs a command and returns its output; raises CommandFailed."""
        result = self.attempt(*arguments, *self.location())
        if result.returncode != 0:
            raise CommandFailed(result.returncode, result.stderr)
        return result.stdout

    def run_json(self, *arguments):
        return json.loads(self.run(*arguments, "--json"))

    def create_workspace(self, workspace="demo", **options):
        settings = {"region": "US", "timezone": "Europe/Berlin", "currency": "EUR", **options}
        self.run("workspace", "create", workspace, *(f"--{k}={v}" for k, v in settings.items()))
        return workspace

    def create_webhook(self, workspace="demo", name="Landing page", auth="none", **options):
        """Returns what `webhook create` prints, with the path that posts to it."""
        webhook = self.run_json("webhook", "create", "--workspace", workspace, "--name", name, "--auth", auth,
                                *(f"--{k}={v}" for k, v in options.items()))
        webhook["path"] = f"/webhooks/{webhook['id']}"
        return webhook

    def create_token(self, workspace="demo", role="owner", **options):
        return self.run_json("token", "create", "--workspace", workspace, "--role", role,
                             *(f"--{k}={v}" for k, v in options.items()))["token"]

    # Requests

    def post(self, path, body, **headers):
        """Posts JSON (or bytes as they are) and returns the answer."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers.setdefault("Content_Type", "application/json")
        return self.request("POST", path, data, **headers)

    def get(self, path, token=None, **headers):
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return self.request("GET", path, **headers)

    def credentials(self):
        """What the desktop on this computer reads beside the local socket."""
        with open(os.path.join(self.runtime_dir, "inbound-leads", "credentials.json")) as file:
            return json.load(file)

    def websocket(self, token, workspace="demo"):
        return WebSocket(self.connect(), f"/ws?workspace_id={workspace}", Authorization=f"Bearer {token}")

    # PostgreSQL

    def psql(self, sql, workspace=None, role="inbound_service"):
        """Rows as lists of strings, seen as @role inside @workspace."""
        if self.database:
            target, account = [self.database], {}
        else:
            owner = os.stat(self.data_dir)
            target = ["-h", os.path.join(self.data_dir, "run"), "-d", "inbound_leads", "-U", role]
            account = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if os.getuid() == 0 else {}
        setting = f"BEGIN; SET LOCAL inbound.workspace = '{workspace}';" if workspace else ""
        result = subprocess.run(
            ["psql", "-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", *target, "-c",
             f"{setting}{sql}{'; COMMIT' if workspace else ''}"],
            capture_output=True, text=True, cwd="/", env={**os.environ, "PGPASSFILE": "/dev/null"}, timeout=60, **account)
        if result.returncode != 0:
            raise AssertionError(result.stderr)
        return [line.split("\t") for line in result.stdout.splitlines()]

    def count(self, table, workspace="demo", where="true"):
        return int(self.psql(f"SELECT count(*) FROM {table} WHERE {where}", workspace)[0][0])
