"""What the tests of administration have in common: requests with a body, a token for each role, and a listener that sees the feed."""

import json
import uuid

from api_kit import quote

ROLES = ("viewer", "agent", "manager", "owner")


class Office:
    """A workspace with someone of each role in it."""

    def __init__(self, database, service, workspace):
        self.database, self.service, self.workspace = database, service, workspace
        database.create_workspace(workspace)
        self.tokens = {role: database.create_token(workspace, role) for role in ROLES}
        self.webhook = database.create_webhook(workspace)

    def call(self, method, path, body=None, role="owner", token=None, **params):
        data = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        fields = {"Content-Type": "application/json"} if data else {}
        return self.service.request(method, path, token or self.tokens[role], body=data, headers=fields, **params)

    def done(self, method, path, body=None, **options):
        """The answer's JSON, when it was done."""
        answer = self.call(method, path, body, **options)
        if answer.status not in (200, 201):
            raise AssertionError(f"{method} {path} {body}: {answer.status} {answer.body.decode()}")
        return answer.json()

    def refused(self, method, path, body=None, **options):
        """The status and what is said, when it was not."""
        answer = self.call(method, path, body, **options)
        if answer.status < 400:
            raise AssertionError(f"{method} {path} {body}: {answer.status} {answer.body.decode()}")
        problem = answer.json()
        return answer.status, problem["code"], problem["detail"]

    def lead(self, **payload):
        payload.setdefault("email", f"{uuid.uuid4().hex}@example.com")
        payload.setdefault("notes", "x")
        return self.service.post(self.webhook, payload)["lead_id"]

    def rows(self, sql):
        return self.database.rows(sql.replace("$w", quote(self.workspace)))

    def audit(self, action):
        return self.rows(f"SELECT actor_id, actor, entity_id, details FROM audit_log WHERE workspace_id = $w AND action = {quote(action)}"
                         " ORDER BY id;")

    def head(self):
        return self.service.get_json("/api/changes", self.tokens["owner"], limit=1)["head"]

    def changes(self, since, role="viewer", token=None):
        return self.service.get_json("/api/changes", token or self.tokens[role], since=since, limit=1000)["rows"]
