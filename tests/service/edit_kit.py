"""Mutations and what they left, for the tests of the writing API."""

import json
import uuid

from api_kit import HEADS, quote
from lead_kit import VISIBLE

JSON = {"Content-Type": "application/json"}


def new_id():
    return str(uuid.uuid4())


def mutation(entity_id, fields=None, verb="update", entity="lead", **members):
    """@fields: name → new value, or (base, new value)."""
    value = {"id": new_id(), "verb": verb, "entity": entity, "entity_id": entity_id, "made_at": "2026-11-22T17:50:00.000000Z", **members}
    if fields is not None:
        value["fields"] = {name: {"base": field[0], "value": field[1]} if isinstance(field, tuple) else {"value": field}
                           for name, field in fields.items()}
    return value


def unseen(service, prefix):
    """The writing operations below @prefix that this service has not done once as its description says."""
    return [(method, path) for path, operations in service.contract.document["paths"].items() for method in operations
            if method != "get" and path.startswith(prefix)
            and not {(method.upper(), path, status) for status in ("200", "201")} & service.contract.seen]


class Desk:
    """One workspace of a database, its webhook, a token of each role, and requests that write."""

    ROLES = ("viewer", "agent", "manager", "owner")

    def __init__(self, database, service, workspace):
        self.database, self.service, self.workspace = database, service, workspace
        database.create_workspace(workspace)
        self.webhook = database.create_webhook(workspace)
        self.tokens = {role: database.create_token(workspace, role) for role in self.ROLES}
        self.n_people = 0

    def add_lead(self, **payload):
        """(lead id, contact id) of a new person."""
        self.n_people += 1
        stored = self.service.post(self.webhook, {"email": f"p{self.n_people}@example.com", "firstname": "Pat", "product": "Solar", **payload})
        return stored["lead_id"], stored["contact_id"]

    def request(self, method, path, body, role="agent", **headers):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        token = role if not isinstance(role, str) else self.tokens[role]
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.service.request(method, path, token, body=data, headers={**JSON, **fields})

    def send(self, *mutations, role="agent"):
        """The results of POST /api/mutations."""
        answer = self.request("POST", "/api/mutations", {"mutations": mutations}, role)
        if answer.status != 200:
            raise AssertionError(f"{answer.status} {answer.body!r}")
        return answer.json()["results"]

    def apply(self, *mutations, role="agent"):
        """As send(), and all must be applied."""
        results = self.send(*mutations, role=role)
        if any(result["status"] != "applied" for result in results):
            raise AssertionError(results)
        return results

    def patch(self, lead, body, role="agent", **headers):
        return self.request("PATCH", f"/api/inbound-leads/{lead}", body, role, **headers)

    def bulk(self, body, role="manager", **headers):
        answer = self.request("POST", "/api/inbound-leads/bulk", body, role, **headers)
        if answer.status != 200:
            raise AssertionError(f"{answer.status} {answer.body!r}")
        return answer.json()

    def rows(self, sql):
        """With :w as the workspace, quoted."""
        return self.database.rows(sql.replace(":w", quote(self.workspace)))

    def value(self, sql):
        (row,), = self.rows(sql)
        return row

    def lead(self, lead, columns):
        row, = self.rows(f"SELECT {columns} FROM leads WHERE workspace_id = :w AND id = {quote(lead)};")
        return row[0] if "," not in columns else row

    def head(self):
        return int(self.value("SELECT change_seq FROM workspace_heads WHERE workspace_id = :w;"))

    def state(self):
        """A fingerprint of everything that a user can change."""
        return self.rows(" UNION ALL ".join(
            f"SELECT '{table}', coalesce(md5(string_agg(t::text, '' ORDER BY t::text)), '') FROM {table} t WHERE workspace_id = :w"
            for table in ("contacts", "leads", "lead_activities", "views", "lead_counts", HEADS)) + ";")

    def check(self):
        """Every change has a place of its own in the feed, and the roll-up is what counting says."""
        tables = ("memberships", "lead_pipeline_stages", "webhooks", "views", "contacts", "leads", "lead_activities")
        union = " UNION ALL ".join(f"SELECT change_seq FROM {table} WHERE workspace_id = :w" for table in tables)
        problems = self.rows(f"SELECT 'feed', change_seq, count(*) FROM ({union}) AS feed GROUP BY 2 HAVING count(*) > 1;")
        problems += self.rows(f"SELECT 'head', max(change_seq), 0 FROM ({union}) AS feed"
                              " HAVING max(change_seq) > (SELECT change_seq FROM workspace_heads WHERE workspace_id = :w);")
        counted = f"""SELECT lead_source, coalesce(product_interest, ''), stage, count(*), count(*) FILTER (WHERE is_converted)
                      FROM leads WHERE workspace_id = :w AND {VISIBLE} GROUP BY 1, 2, 3"""
        kept = "SELECT source, product, stage, leads, converted FROM lead_counts WHERE workspace_id = :w AND (leads <> 0 OR converted <> 0)"
        problems += self.rows(f"(({counted}) EXCEPT ({kept})) UNION ALL (({kept}) EXCEPT ({counted}));")
        zone = "(SELECT timezone FROM workspaces WHERE id = :w)"
        counted = f"""SELECT (created_at AT TIME ZONE {zone})::date, lead_source, coalesce(product_interest, ''), stage, count(*),
                      count(*) FILTER (WHERE is_converted) FROM leads WHERE workspace_id = :w AND {VISIBLE} GROUP BY 1, 2, 3, 4"""
        kept = "SELECT day, source, product, stage, leads, converted FROM lead_day_counts WHERE workspace_id = :w AND (leads <> 0 OR converted <> 0)"
        problems += self.rows(f"(({counted}) EXCEPT ({kept})) UNION ALL (({kept}) EXCEPT ({counted}));")
        if problems:
            raise AssertionError(problems)
