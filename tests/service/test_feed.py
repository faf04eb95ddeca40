"""The change feed, the first pull and the WebSocket: nothing lost, nothing twice, also between processes."""

import contextlib
import json
import random
import threading
import time
import unittest
import uuid

import api_kit
from api_kit import quote
from http_kit import wait_for

KINDS = {"workspace": "workspaces", "member": "memberships", "team": "teams", "stage": "lead_pipeline_stages",
         "field_definition": "lead_field_definitions", "webhook": "webhooks", "contact": "contacts", "lead": "leads",
         "activity": "lead_activities", "tombstone": "tombstones"}

# As much as custom fields may hold.
ESSAYS = {f"essay{i}": "x" * 10_000 for i in range(6)}


def setUpModule():
    global database, service
    database = api_kit.Database()
    unittest.addModuleCleanup(database.stop)
    service = api_kit.Service(database)
    unittest.addModuleCleanup(service.stop)


def key_of(change):
    row = change["row"]
    return change["kind"], row["user_id"] if change["kind"] == "member" else row.get("entity_id", row.get("id"))


def server_rows(workspace):
    """(kind, key) → change_seq, from the tables."""
    keys = {"member": "user_id", "tombstone": "entity_id"}
    parts = [f"SELECT '{kind}', {keys.get(kind, 'id')}::text, change_seq FROM {table}"
             f" WHERE {'id' if kind == 'workspace' else 'workspace_id'} = {quote(workspace)}" for kind, table in KINDS.items()]
    return {(kind, key): int(seq) for kind, key, seq in database.rows(" UNION ALL ".join(parts) + ";")}


class Reader:
    """A replica: rows by key, and a cursor."""

    def __init__(self, token):
        self.token, self.rows, self.cursor, self.epoch = token, {}, 0, None

    def apply(self, changes):
        last = self.cursor
        for change in changes["rows"]:
            seq = change["row"]["change_seq"]
            assert last < seq <= changes["to"], (last, seq, changes["to"])
            last = seq
            self.rows[key_of(change)] = change["row"]
        assert changes["from"] == self.cursor <= changes["to"] <= changes["head"]
        self.cursor = changes["to"]

    def pull(self, limit):
        changes = service.get_json("/api/changes", self.token, since=self.cursor, limit=limit)
        assert len(changes["rows"]) <= limit
        assert self.epoch in (None, changes["epoch"])
        self.epoch = changes["epoch"]
        self.apply(changes)
        return self.cursor < changes["head"]

    def catch_up(self, limit=1000):
        while self.pull(limit):
            pass

    def seqs(self):
        return {key: row["change_seq"] for key, row in self.rows.items()}


def post_some(webhook, rng, count):
    for _ in range(count):
        payload = {"phone": f"+4917100000{rng.randrange(40):02}", "product": rng.choice(["Solar", "Roof"])}
        if rng.random() < 0.5:
            payload["lead_status"] = rng.choice(["qualified", "won", "lost", "contacted"])
        service.post(webhook, payload)


class Feed(unittest.TestCase):
    def test_nothing_lost(self):
        """Readers with the limits 1 to 7 while eight writers post."""
        database.create_workspace("feed")
        token, webhook = database.create_token("feed"), database.create_webhook("feed")
        writers = [threading.Thread(target=post_some, args=(webhook, random.Random(seed), 25)) for seed in range(8)]
        readers = [Reader(token) for _ in range(7)]
        failures = []
        done = threading.Event()

        def read(reader, limit):
            try:
                while not done.is_set():
                    reader.pull(limit)
                reader.catch_up(limit)
            except Exception as failure:  # told by the main thread
                failures.append(failure)

        threads = [threading.Thread(target=read, args=(reader, limit)) for limit, reader in enumerate(readers, 1)]
        for thread in writers + threads:
            thread.start()
        for thread in writers:
            thread.join()
        done.set()
        for thread in threads:
            thread.join()

        self.assertEqual(failures, [])
        expected = server_rows("feed")
        fresh = Reader(token)
        fresh.catch_up()
        self.assertEqual(fresh.seqs(), expected)
        for reader in readers:
            self.assertEqual(reader.rows, fresh.rows)
        seqs = sorted(expected.values())
        self.assertEqual(len(seqs), len(set(seqs)))

    def test_cursors_that_cannot_be_followed(self):
        database.create_workspace("cursors")
        token = database.create_token("cursors")
        changes = service.get_json("/api/changes", token)
        self.assertEqual(changes["to"], changes["head"])
        at_head = service.get_json("/api/changes", token, since=changes["head"], epoch=changes["epoch"])
        self.assertEqual((at_head["rows"], at_head["to"]), ([], changes["head"]))

        def refused(**params):
            answer = service.get("/api/changes", token, **params)
            self.assertEqual((answer.status, answer.json()["code"]), (410, "resync"))

        refused(since=changes["head"] + 1)
        refused(since=1, epoch="0" * 32)
        database.execute("UPDATE workspace_heads SET tombstones_from = 3 WHERE workspace_id = 'cursors';")
        refused(since=2)
        for since in (0, 3):
            self.assertEqual(service.get("/api/changes", token, since=since).status, 200)
        database.execute("UPDATE workspaces SET epoch = gen_random_uuid() WHERE id = 'cursors';")
        refused(since=3, epoch=changes["epoch"])
        for params in ({"since": "-1"}, {"since": "x"}, {"limit": "0"}, {"limit": "1001"}, {"kind": "lead"}):
            self.assertEqual(service.get("/api/changes", token, **params).status, 400)

    def test_pages_end_at_a_megabyte(self):
        database.create_workspace("large")
        token, webhook = database.create_token("large"), database.create_webhook("large")
        for i in range(100):
            service.post(webhook, {"phone": f"+491710000{i:03}", "product": "Solar", **ESSAYS})
        reader = Reader(token)
        sizes = []
        while True:
            answer = service.get("/api/changes", token, since=reader.cursor, limit=1000)
            sizes.append(len(answer.body))
            reader.apply(answer.json())
            if reader.cursor == answer.json()["head"]:
                break
        self.assertEqual(reader.seqs(), server_rows("large"))
        self.assertGreater(len(sizes), 2, sizes)
        self.assertLess(max(sizes), 3 * 1024 * 1024)
        self.assertEqual(pull_snapshot(token).seqs().keys(), server_rows("large").keys())

    def test_views_are_the_callers_own_and_shared_ones(self):
        database.create_workspace("views")
        mine, other = database.create_token("views"), database.create_token("views")
        seq = int(database.take_seq("views"))
        database.execute(";".join(
            f"INSERT INTO views (id, workspace_id, user_id, name, is_shared, created_at, updated_at, change_seq) VALUES"
            f" ({quote(uuid.uuid4())}, 'views', {quote(owner.user_id)}, {quote(name)}, {shared}, now(), now(), {seq + i})"
            for i, (owner, name, shared) in enumerate([(mine, "mine", "false"), (other, "secret", "false"), (other, "shared", "true")]))
            + f"; UPDATE workspace_heads SET change_seq = {seq + 2} WHERE workspace_id = 'views';")
        for pull in (lambda: service.get_json("/api/changes", mine, limit=1000)["rows"],
                     lambda: service.get_json("/api/snapshot", mine, kind="contact")["rows"]):
            self.assertEqual({c["row"]["name"] for c in pull() if c["kind"] == "view"}, {"mine", "shared"})


def pull_snapshot(token, limit=1000, between=None):
    """The first sync as a client does it: contacts, leads, activities, then the feed from the first page's head."""
    reader, head = Reader(token), None
    for kind in ("contact", "lead", "activity"):
        cursor, first = {}, None
        while True:
            page = service.get_json("/api/snapshot", token, kind=kind, limit=limit, **cursor)
            first = first or page
            assert (page["head"], page["epoch"]) == (first["head"], first["epoch"])
            head = page["head"] if head is None else head
            small = [c for c in page["rows"] if c["kind"] != kind]
            assert not small or kind == "contact" and not cursor
            assert len(page["rows"]) - len(small) <= limit
            for change in page["rows"]:
                key, row = key_of(change), change["row"]
                if key not in reader.rows or reader.rows[key]["change_seq"] < row["change_seq"]:
                    reader.rows[key] = row
            if between:
                between()
            if page["next_cursor"] is None:
                break
            cursor = {"cursor": page["next_cursor"]}
    reader.cursor = head
    reader.catch_up()
    return reader


class Snapshot(unittest.TestCase):
    def test_equals_the_feed_while_things_change(self):
        database.create_workspace("snapshot")
        token, webhook = database.create_token("snapshot"), database.create_webhook("snapshot")
        rng = random.Random(1)
        post_some(webhook, rng, 80)
        for limit in (3, 10, 1000):
            reader = pull_snapshot(token, limit, between=lambda: post_some(webhook, rng, 1))
            expected = server_rows("snapshot")
            missing = {key for key in expected if reader.seqs().get(key) != expected[key]}
            # What is left out is the timelines of leads that are closed.
            closed = {row[0] for row in database.rows(
                "SELECT a.id FROM lead_activities a JOIN leads l ON l.workspace_id = a.workspace_id AND l.id = a.lead_id"
                " WHERE a.workspace_id = 'snapshot' AND (l.is_converted OR NOT l.is_active);")}
            self.assertLessEqual({key for kind, key in missing if kind == "activity"}, closed)
            self.assertEqual({key for key in missing if key[0] != "activity"}, set())

    def test_newest_first(self):
        database.create_workspace("newest")
        token, webhook = database.create_token("newest"), database.create_webhook("newest")
        made = [service.post(webhook, {"phone": f"+4917100000{i:02}", "product": "Solar"})["lead_id"] for i in range(9)]
        page = service.get_json("/api/snapshot", token, kind="lead", limit=4)
        self.assertEqual([c["row"]["id"] for c in page["rows"]], made[:4:-1])

    def test_old_activities_stay_behind(self):
        database.create_workspace("old")
        token, webhook = database.create_token("old"), database.create_webhook("old")
        for i in range(4):
            service.post(webhook, {"phone": f"+4917100000{i:02}", "product": "Solar"})
        database.execute("UPDATE lead_activities SET created_at = now() - interval '91 days' WHERE workspace_id = 'old'"
                         " AND lead_id IN (SELECT id FROM leads WHERE workspace_id = 'old' ORDER BY created_at LIMIT 2);")
        rows = service.get_json("/api/snapshot", token, kind="activity")["rows"]
        self.assertEqual(len(rows), 2)

    def test_hostile_cursors(self):
        database.create_workspace("hostile")
        token = database.create_token("hostile")
        page = service.get_json("/api/snapshot", token, kind="lead")
        self.assertEqual((page["rows"], page["next_cursor"]), ([], None))
        for params in ({}, {"kind": "stage"}, {"kind": "x"}, {"kind": "lead", "cursor": "x"}, {"kind": "lead", "since": "1"},
                       {"kind": "lead", "cursor": "bGVhZA"}):
            self.assertEqual(service.get("/api/snapshot", token, **params).status, 400)


class Socket(unittest.TestCase):
    def follow(self, websocket, reader, until):
        """Applies events until the reader stands at @until; counts those that it had to pull for."""
        pulls, events = 0, []
        while reader.cursor < until:
            event = websocket.event()
            events.append(event)
            if event["event"] != "changes":
                continue
            data = event["data"]
            if data["from"] == reader.cursor and "rows" in data:
                reader.apply(data)
            elif data["to"] > reader.cursor:
                pulls += 1
                reader.catch_up()
        return pulls, events

    def head(self, workspace):
        return int(database.execute(f"SELECT change_seq FROM workspace_heads WHERE workspace_id = {quote(workspace)};")[0])

    def greet(self, name, owner=None):
        websocket = (owner or service).socket(self.tokens[name])
        self.addCleanup(websocket.close)
        self.assertEqual(websocket.answer.status, 101)
        hello = websocket.event()
        self.assertEqual((hello["event"], hello["data"]["workspace_id"]), ("hello", name))
        reader = Reader(self.tokens[name])
        reader.catch_up()
        self.assertEqual(hello["data"]["epoch"], reader.epoch)
        self.assertEqual(hello["data"]["head"], reader.cursor)
        return websocket, reader

    def prepare(self, name):
        database.create_workspace(name)
        self.tokens = {**getattr(self, "tokens", {}), name: database.create_token(name)}
        return database.create_webhook(name)

    def test_events_carry_everything(self):
        webhook = self.prepare("socket")
        other = self.prepare("socket-other")
        websocket, reader = self.greet("socket")
        silent, _ = self.greet("socket-other")
        answers = []
        threads = [threading.Thread(target=lambda i=i: answers.append(service.post(
            webhook, {"phone": f"+4917100000{i:02}", "firstname": f"Ann {i}", "product": "Solar"}))) for i in range(30)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        pulls, events = self.follow(websocket, reader, self.head("socket"))
        self.assertEqual(pulls, 0)
        self.assertEqual(reader.seqs(), server_rows("socket"))
        while sum(e["event"] == "webhook:contact_created" for e in events) < 30:
            events.append(websocket.event())
        created = [e["data"] for e in events if e["event"] == "webhook:contact_created"]
        self.assertEqual({(d["contact_id"], d["lead_id"]) for d in created}, {(a["contact_id"], a["lead_id"]) for a in answers})
        for data in created:
            self.assertEqual((data["workspace_id"], data["webhook_name"], data["contact_created"], data["lead_created"]),
                             ("socket", "Landing page", True, True))

        # The other workspace heard nothing of it: its own change comes first.
        service.post(other, {"phone": "+491710000001"})
        event = silent.event()
        self.assertEqual(event["event"], "changes")
        self.assertTrue(all(c["row"]["workspace_id"] == "socket-other" for c in event["data"]["rows"]))

    def test_large_changes_are_pulled(self):
        webhook = self.prepare("heavy")
        websocket, reader = self.greet("heavy")
        service.post(webhook, {"phone": "+491710000001", "product": "Solar", "notes": "x" * 30_000, **ESSAYS})
        pulls, events = self.follow(websocket, reader, self.head("heavy"))
        self.assertEqual(pulls, 1)
        self.assertNotIn("rows", events[0]["data"])
        self.assertEqual(reader.seqs(), server_rows("heavy"))

    def test_between_processes(self):
        """Each process's clients get both processes' changes once, and the events too."""
        webhook = self.prepare("peers")
        with contextlib.ExitStack() as stack:
            second = api_kit.Service(database)
            stack.callback(second.stop)
            first_socket, first_reader = self.greet("peers")
            second_socket, second_reader = self.greet("peers", second)
            stack.callback(second_socket.close)
            # Until both know of one another.
            wait_for(lambda: int(database.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'inbound-leads live';")[0]) >= 2,
                     "both processes to listen")
            for i in range(40):
                (service, second)[i % 2].post(webhook, {"phone": f"+4917100000{i:02}", "product": "Solar"})
            head = self.head("peers")
            for websocket, reader in ((first_socket, first_reader), (second_socket, second_reader)):
                told = []
                while reader.cursor < head:
                    event = websocket.event()
                    if event["event"] == "changes":
                        told.append((event["data"]["from"], event["data"]["to"]))
                        if event["data"]["from"] == reader.cursor and "rows" in event["data"]:
                            reader.apply(event["data"])
                        else:
                            reader.catch_up()
                for (_, before), (after, _) in zip(told, told[1:]):
                    self.assertLessEqual(before, after)
                self.assertEqual(reader.seqs(), server_rows("peers"))

    def test_changes_of_a_command(self):
        """A program that only writes and says nothing is found by looking."""
        self.prepare("command")
        websocket, reader = self.greet("command")
        database.create_webhook("command")
        self.follow(websocket, reader, self.head("command"))
        self.assertEqual(reader.seqs(), server_rows("command"))

        database.create_webhook("command")
        database.execute("NOTIFY inbound_changes, 'command';")
        self.follow(websocket, reader, self.head("command"))
        self.assertEqual(reader.seqs(), server_rows("command"))

    def test_listening_goes_on_after_a_lost_connection(self):
        self.prepare("lost")
        websocket, reader = self.greet("lost")
        for _ in range(3):
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'inbound-leads live';")
            database.create_webhook("lost")
            self.follow(websocket, reader, self.head("lost"))
        self.assertEqual(reader.seqs(), server_rows("lost"))

    def test_a_commit_whose_answer_was_lost_is_told_at_once(self):
        """The writer's connection breaks after the commit, before its answer: a synchronous standby that never comes keeps
        PostgreSQL in that state. Looking at the heads every few seconds would find the change too, but late."""
        webhook = self.prepare("unknown")
        websocket, reader = self.greet("unknown")
        self.addCleanup(self.set_standby, "")
        for number in range(4):
            self.set_standby("nobody")
            answers = []
            thread = threading.Thread(target=lambda: answers.append(service.post(webhook, {"phone": f"+49171000000{number}"})))
            thread.start()
            wait_for(lambda: database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND query ILIKE 'commit%';"),
                "the commit to wait for its standby")
            self.set_standby("")
            thread.join()
            answered = time.monotonic()
            self.assertTrue(answers[0]["contact_id"])
            self.follow(websocket, reader, self.head("unknown"))
            self.assertLess(time.monotonic() - answered, 1)
        self.assertEqual(reader.seqs(), server_rows("unknown"))
        self.assertEqual(len([kind for kind, _ in reader.rows if kind == "contact"]), 4)

    def set_standby(self, name):
        database.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
        database.execute("SELECT pg_reload_conf();")
        wait_for(lambda: database.execute("SHOW synchronous_standby_names;") == [name], "the setting")

    def test_private_views_are_pulled(self):
        self.prepare("private")
        websocket, reader = self.greet("private")
        seq = int(database.take_seq("private"))
        database.execute(f"INSERT INTO views (id, workspace_id, user_id, name, created_at, updated_at, change_seq) VALUES"
                         f" (gen_random_uuid(), 'private', gen_random_uuid(), 'secret', now(), now(), {seq});"
                         "NOTIFY inbound_changes, 'private';")
        while True:
            data = websocket.event()["data"]
            self.assertNotIn("secret", json.dumps(data))
            if data["to"] >= seq:
                break
        reader.catch_up()
        self.assertNotIn("view", {kind for kind, _ in reader.rows})

    def test_another_epoch_is_told(self):
        self.prepare("epoch")
        websocket, reader = self.greet("epoch")
        database.execute("UPDATE workspaces SET epoch = gen_random_uuid() WHERE id = 'epoch'; NOTIFY inbound_changes, 'epoch';")
        self.assertNotEqual(websocket.event()["data"]["epoch"], reader.epoch)

    def test_a_database_set_back(self):
        """Who is ahead of the database is sent away and greeted anew."""
        self.prepare("back")
        websocket, reader = self.greet("back")
        database.execute("UPDATE workspace_heads SET change_seq = change_seq - 3 WHERE workspace_id = 'back';"
                         "NOTIFY inbound_changes, 'back';")
        websocket.close_code()
        again = service.socket(self.tokens["back"])
        self.addCleanup(again.close)
        self.assertEqual(again.event()["data"]["head"], reader.cursor - 3)

    def test_a_revoked_token_is_thrown_out(self):
        self.prepare("revoked")
        websocket, _ = self.greet("revoked")
        token = self.tokens["revoked"]
        database.execute(f"UPDATE tokens SET revoked_at = now() WHERE id = {quote(token.id)};"
                         f"DELETE FROM token_directory WHERE token_id = {quote(token.id)};"
                         f"SELECT pg_notify('inbound_directory', {quote(token.id)});")
        websocket.close_code()
        wait_for(lambda: service.get("/api/me", token).status == 401, "the token to be refused")

    def test_no_handshake(self):
        self.prepare("plain")
        self.assertEqual(service.get("/ws", self.tokens["plain"]).status, 400)
        self.assertEqual(service.get("/ws", self.tokens["plain"], foo="1").status, 400)


if __name__ == "__main__":
    unittest.main()
