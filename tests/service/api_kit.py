"""A PostgreSQL of the test's own, the service on it, and answers held to data/openapi.json."""

import glob
import harness
import hashlib
import http_kit
import json
import os
import pwd
import re
import secrets
import shutil
import subprocess
import urllib.parse
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SQL = os.path.join(ROOT, "src", "service", "database", "sql")
# Without what the writer notes there of its turns, also of those that change nothing.
HEADS = "(SELECT workspace_id, change_seq FROM workspace_heads)"


def quote(text):
    return "NULL" if text is None else "'" + str(text).replace("'", "''") + "'"


class Database:
    """A cluster in a temporary folder, with roles and migrations. The test is its superuser."""

    def __init__(self, options=""):
        self.options = options
        versions = glob.glob("/usr/lib/postgresql/*/bin")
        if not versions:
            raise RuntimeError("PostgreSQL's programs are missing")
        self.programs = max(versions, key=lambda path: int(path.split("/")[-2]))
        # PostgreSQL refuses to run as root.
        self.account = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.folder = harness.make_folder()
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.account)
        self.data = os.path.join(self.folder, "data")
        self.log = os.path.join(self.folder, "log")
        try:
            self.make()
        except BaseException:
            self.stop()
            raise

    def make(self):
        self.run("initdb", "-D", self.data, "--encoding=UTF8", "--locale=C", "--auth=trust", "-U", "postgres", "--no-sync")
        self.start()
        self.execute(read_sql("bootstrap/roles.sql"), database="postgres")
        self.execute(read_sql("bootstrap/create-database.sql"), database="postgres")
        self.execute(read_sql("bootstrap/database.sql"), database="postgres")
        subprocess.run([harness.PROGRAM, "migrate", "--database", self.get_conninfo("inbound_owner")], check=True,
                       capture_output=True)

    def run(self, program, *arguments):
        user = self.account if os.geteuid() == 0 else None
        done = subprocess.run([os.path.join(self.programs, program), *arguments], user=user, cwd=self.folder,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stdout}")

    def get_conninfo(self, user):
        return f"host={self.folder} user={user} dbname=inbound_leads"

    def execute(self, sql, user="postgres", database="inbound_leads", workspace=None):
        """Runs SQL as one transaction; returns the lines of the last statements' results, fields separated by \\x1f."""
        before = "" if workspace is None else f"SET LOCAL inbound.workspace = {quote(workspace)};\n"
        command = ["psql", "-X", "-q", "-A", "-t", "-F", "\x1f", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", user, "-d", database]
        if not sql.lstrip().startswith(("ALTER SYSTEM", "CREATE DATABASE", "VACUUM")):
            command.append("-1")
        done = subprocess.run(command, input=before + sql, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr)
        return done.stdout.splitlines()

    def rows(self, sql, **options):
        return [tuple(line.split("\x1f")) for line in self.execute(sql, **options)]

    def start(self):
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off -c shared_buffers=64MB {self.options}"
        self.run("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-o", options, "start")

    def halt(self):
        if os.path.exists(os.path.join(self.data, "postmaster.pid")):
            self.run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def stop(self):
        self.halt()
        shutil.rmtree(self.folder)

    def create_workspace(self, name, timezone="Europe/Berlin"):
        stages = [("new", "open"), ("contacted", "open"), ("qualified", "open"), ("proposal", "open"), ("won", "won"), ("lost", "lost")]
        values = ",".join(
            f"({quote(uuid.uuid4())}, {quote(name)}, {i}, '{key}', '{key.title()}', {i}, '#3584e4', '{category}', 10, {str(i == 1).lower()},"
            f" now(), now(), {i + 1})" for i, (key, category) in enumerate(stages, 1))
        self.execute(f"""
            INSERT INTO workspace_directory VALUES ({quote(name)}, now());
            INSERT INTO workspaces VALUES ({quote(name)}, {quote(name)}, 'DE', {quote(timezone)}, 'EUR', '{{}}', gen_random_uuid(), now(), now(), 1);
            INSERT INTO workspace_heads (workspace_id, change_seq) VALUES ({quote(name)}, {len(stages) + 1});
            INSERT INTO lead_pipeline_stages (id, workspace_id, number, key, name, position, color, category, probability, is_default,
                                              created_at, updated_at, change_seq) VALUES {values};""")

    def take_seq(self, workspace):
        return self.execute(f"UPDATE workspace_heads SET change_seq = change_seq + 1 WHERE workspace_id = {quote(workspace)}"
                            " RETURNING change_seq;")[0]

    def taking_seq(self, workspace):
        """As the beginning of a transaction: what follows has it as :seq, and nobody sees the new head before the row."""
        return (f"UPDATE workspace_heads SET change_seq = change_seq + 1 WHERE workspace_id = {quote(workspace)}"
                " RETURNING change_seq AS seq \\gset\n")

    def create_token(self, workspace, role="viewer", user=None, member_role=None, expires=None):
        token, token_id, user_id = secrets.token_urlsafe(32), str(uuid.uuid4()), user or str(uuid.uuid4())
        self.execute(self.taking_seq(workspace) + f"""
            INSERT INTO memberships (workspace_id, user_id, role, name, email, created_at, updated_at, change_seq)
            VALUES ({quote(workspace)}, {quote(user_id)}, {quote(member_role or role)}, 'Ann Agent', 'ann@example.com', now(), now(), :seq)
            ON CONFLICT DO NOTHING;
            INSERT INTO tokens (workspace_id, id, user_id, role, name, created_at, expires_at)
            VALUES ({quote(workspace)}, {quote(token_id)}, {quote(user_id)}, {quote(role)}, 'test', now(), now() + {quote(expires)}::interval);
            INSERT INTO token_directory VALUES ('\\x{hashlib.sha256(token.encode()).hexdigest()}', {quote(token_id)}, {quote(workspace)},
                                                {quote(user_id)});""")
        return Token(token, token_id, user_id, workspace)

    def create_webhook(self, workspace, name="Landing page", source="landing"):
        webhook_id = str(uuid.uuid4())
        self.execute(self.taking_seq(workspace) + f"""
            INSERT INTO webhooks (id, workspace_id, name, source_label, auth, created_at, updated_at, change_seq)
            VALUES ({quote(webhook_id)}, {quote(workspace)}, {quote(name)}, {quote(source)}, 'none', now(), now(), :seq);
            INSERT INTO webhook_directory VALUES ({quote(webhook_id)}, {quote(workspace)});""")
        return webhook_id


class Token:
    def __init__(self, token, token_id, user_id, workspace):
        self.token, self.id, self.user_id, self.workspace = token, token_id, user_id, workspace


def read_sql(name):
    with open(os.path.join(SQL, name), encoding="utf-8") as file:
        return file.read()


class Service:
    """A service process; every answer is held to the description."""

    def __init__(self, database):
        self.server = harness.Service(database=database.get_conninfo("inbound_service"), options=["--local-socket", "none"])
        self.contract = Contract()
        try:
            self.server.start()
        except BaseException:
            self.server.remove()
            raise

    def stop(self):
        try:
            self.server.stop()
        finally:
            self.server.remove()

    def request(self, method, path, token=None, body=b"", headers=None, **params):
        fields = dict(headers or {})
        if token is not None:
            fields["Authorization"] = f"Bearer {token.token if isinstance(token, Token) else token}"
        query = "?" + urllib.parse.urlencode(params) if params else ""
        answer = self.server.request(method, path + query, body=body, **fields)
        self.contract.check(method, path, answer)
        return answer

    def get(self, path, token=None, **params):
        return self.request("GET", path, token, **params)

    def get_json(self, path, token, **params):
        answer = self.get(path, token, **params)
        if answer.status != 200:
            raise AssertionError(f"GET {path} {params}: {answer.status} {answer.body[:500]!r}")
        return answer.json()

    def post(self, webhook, payload, **headers):
        answer = self.request("POST", f"/webhooks/{webhook}", body=json.dumps(payload).encode(),
                              headers={"Content-Type": "application/json", **headers})
        if answer.status != 200:
            raise AssertionError(f"webhook: {answer.status} {answer.body!r}")
        return answer.json()

    def socket(self, token, **params):
        query = "?" + urllib.parse.urlencode(params) if params else ""
        websocket = http_kit.WebSocket(self.server.connect(), "/ws" + query, Authorization=f"Bearer {token.token}")
        if websocket.answer.status == 101:
            event = websocket.event

            def checked_event():
                value = event()
                self.contract.check_schema(value, {"$ref": "#/components/schemas/Event"}, "/ws")
                return value

            websocket.event = checked_event
        websocket.close = websocket.sock.close
        return websocket


class Contract:
    """Holds answers to data/openapi.json: the subset of JSON Schema that it uses. A keyword it does not know is a mistake."""

    KNOWN = {"$ref", "type", "enum", "const", "pattern", "format", "minimum", "maximum", "maxItems", "items", "properties",
             "required", "additionalProperties", "oneOf", "description", "default"}
    TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}

    def __init__(self):
        with open(os.path.join(ROOT, "data", "openapi.json"), encoding="utf-8") as file:
            self.document = json.load(file)
        self.seen = set()

    def resolve(self, node):
        while "$ref" in node:
            target = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            node = target
        return node

    def find_path(self, path):
        for pattern in sorted(self.document["paths"], key=lambda p: p.count("{")):
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path):
                return pattern
        return None

    def check(self, method, path, answer):
        pattern = self.find_path(path.partition("?")[0])
        if pattern is None or answer.status in (0, 405):
            return
        operation = self.document["paths"][pattern].get(method.lower())
        if operation is None:
            return
        where = f"{method} {pattern} {answer.status}"
        if str(answer.status) not in operation["responses"]:
            raise AssertionError(f"{where} is not described: {answer.body[:300]!r}")
        self.seen.add((method, pattern, str(answer.status)))
        response = self.resolve(operation["responses"][str(answer.status)])
        content_type = answer.headers.get("content-type", "").split(";")[0]
        if content_type not in response.get("content", {}):
            raise AssertionError(f"{where}: content type {content_type} is not described")
        for name in response.get("headers", {}):
            if name.lower() not in answer.headers:
                raise AssertionError(f"{where}: header {name} is missing")
        schema = response["content"][content_type]["schema"]
        if content_type == "application/x-ndjson":
            for line in answer.body.splitlines():
                self.check_schema(json.loads(line), schema, where)
        else:
            self.check_schema(answer.json() if "json" in content_type else answer.body.decode(), schema, where)

    def check_schema(self, value, schema, where):
        problem = self.find_problem(value, schema, "")
        if problem:
            raise AssertionError(f"{where}: {problem}")

    def find_problem(self, value, schema, at):
        schema = self.resolve(schema)
        unknown = set(schema) - self.KNOWN
        if unknown:
            return f"{at}: the validator does not know {unknown}"
        if "oneOf" in schema:
            return self.find_alternative(value, schema["oneOf"], at)
        if "const" in schema and value != schema["const"]:
            return f"{at}: {value!r} is not {schema['const']!r}"
        if "enum" in schema and value not in schema["enum"]:
            return f"{at}: {value!r} is not one of {schema['enum']}"
        if "type" in schema and not self.is_of_type(value, schema["type"]):
            return f"{at}: {value!r} is not of type {schema['type']}"
        if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
            return f"{at}: {value!r} does not match {schema['pattern']}"
        if isinstance(value, int) and ("minimum" in schema and value < schema["minimum"]):
            return f"{at}: {value} is below {schema['minimum']}"
        if isinstance(value, list) and "items" in schema:
            return next(filter(None, (self.find_problem(v, schema["items"], f"{at}[{i}]") for i, v in enumerate(value))), None)
        if isinstance(value, dict) and "properties" in schema:
            return self.find_member_problem(value, schema, at)
        return None

    def find_alternative(self, value, alternatives, at):
        problems = [self.find_problem(value, alternative, at) for alternative in alternatives]
        if problems.count(None) == 1:
            return None
        if None in problems:
            return f"{at}: matches more than one alternative"
        # The one that came furthest says most.
        return max(problems, key=lambda p: len(p.split(":")[0]))

    def find_member_problem(self, value, schema, at):
        for name in schema.get("required", []):
            if name not in value:
                return f"{at}.{name} is missing"
        for name, member in value.items():
            if name in schema["properties"]:
                problem = self.find_problem(member, schema["properties"][name], f"{at}.{name}")
                if problem:
                    return problem
            elif schema.get("additionalProperties", True) is False:
                return f"{at}.{name} is not described"
        return None

    def is_of_type(self, value, types):
        for name in [types] if isinstance(types, str) else types:
            if name in ("integer", "number"):
                if isinstance(value, int if name == "integer" else (int, float)) and not isinstance(value, bool):
                    return True
            elif isinstance(value, self.TYPES[name]):
                return True
        return False
