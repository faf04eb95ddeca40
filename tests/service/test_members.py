"""Teams, members, tokens and views by the API: who may what, what is refused, what desktops and other workspaces see of it."""

import datetime
import json
import threading
import unittest
import uuid

import api_kit
from admin_kit import ROLES, Office
from api_kit import quote
from edit_kit import unseen
from http_kit import wait_for

LONG_AGO = "2020-01-01T00:00:00Z"


def setUpModule():
    global database, service
    database = api_kit.Database()
    unittest.addModuleCleanup(database.stop)
    service = api_kit.Service(database)
    unittest.addModuleCleanup(service.stop)


def new_office():
    return Office(database, service, f"office-{uuid.uuid4().hex[:8]}")


def new_mail():
    return f"{uuid.uuid4().hex[:12]}@sales.example"


class Case(unittest.TestCase):
    def setUp(self):
        self.office = new_office()

    def invite(self, **body):
        return self.office.done("POST", "/api/users", {"name": "Bo Berg", "email": new_mail(), **body})

    def team(self, name="North"):
        return self.office.done("POST", "/api/teams", {"name": name}, role="manager")


class Roles(Case):
    def test_matrix(self):
        """Each endpoint by each role; what is not allowed changes nothing."""
        def team():
            return self.team()["id"]

        def user():
            return self.invite()["user"]["user_id"]

        def token():
            return self.invite()["token"]["id"]

        rows = [("GET", "/api/stages", "viewer", None, None), ("GET", "/api/teams", "viewer", None, None),
                ("GET", "/api/users", "viewer", None, None), ("GET", "/api/views", "viewer", None, None),
                ("GET", "/api/tokens", "owner", None, None), ("GET", "/api/users/former", "owner", None, None),
                ("POST", "/api/teams", "manager", None, lambda: {"name": "South"}),
                ("PATCH", "/api/teams/{}", "manager", team, lambda: {"name": "East"}),
                ("DELETE", "/api/teams/{}", "manager", team, None),
                ("POST", "/api/users", "owner", None, lambda: {"name": "Cy", "email": new_mail()}),
                ("PATCH", "/api/users/{}", "owner", user, lambda: {"role": "viewer"}),
                ("DELETE", "/api/users/{}", "owner", user, None),
                ("POST", "/api/tokens", "owner", None, lambda: {"user_id": self.office.tokens["agent"].user_id}),
                ("DELETE", "/api/tokens/{}", "owner", token, None)]
        for method, path, least, make, body in rows:
            for role in ROLES:
                with self.subTest(method=method, path=path, role=role):
                    place = path.format(make() if make else "")
                    head, lines = self.office.head(), len(self.office.rows("SELECT 1 FROM audit_log WHERE workspace_id = $w;"))
                    answer = self.office.call(method, place, body() if body else None, role=role)
                    if ROLES.index(role) >= ROLES.index(least):
                        self.assertIn(answer.status, (200, 201), answer.body)
                        if method != "GET":
                            self.assertGreater(len(self.office.rows("SELECT 1 FROM audit_log WHERE workspace_id = $w;")), lines)
                    else:
                        self.assertEqual((answer.status, answer.json()["code"]), (403, "forbidden"))
                        self.assertIn(least, answer.json()["detail"])
                        self.assertEqual(self.office.head(), head)
                        self.assertEqual(len(self.office.rows("SELECT 1 FROM audit_log WHERE workspace_id = $w;")), lines)

    def test_the_lesser_of_token_and_member(self):
        for token_role, member_role in (("owner", "manager"), ("manager", "owner")):
            token = database.create_token(self.office.workspace, token_role, member_role=member_role)
            self.assertEqual(self.office.refused("POST", "/api/users", {"name": "x", "email": new_mail()}, token=token)[0], 403)
            self.office.done("POST", "/api/teams", {"name": "x"}, token=token)

    def test_without_a_token(self):
        for method, path in (("GET", "/api/users"), ("POST", "/api/users"), ("GET", "/api/tokens"), ("DELETE", "/api/teams/x")):
            self.assertEqual(service.request(method, path, None, body=b"{}" if method == "POST" else b"").status, 401)


class Teams(Case):
    def test_life(self):
        listener = service.socket(self.office.tokens["viewer"])
        self.addCleanup(listener.close)
        listener.event()
        team = self.office.done("POST", "/api/teams", {"name": " Süd  West ", "description": "Two valleys"}, role="manager")
        self.assertEqual((team["id"], team["name"], team["description"]), ("sud_west", "Süd  West", "Two valleys"))
        self.assertEqual(listener.event()["data"]["rows"], [{"kind": "team", "row": team}])
        self.assertEqual(self.team("süd-west")["id"], "sud_west_2")
        listener.event()
        changed = self.office.done("PATCH", "/api/teams/sud_west", {"name": "South", "description": None})
        self.assertEqual((changed["name"], "description" in changed, changed["change_seq"] > team["change_seq"]), ("South", False, True))
        self.assertEqual(listener.event()["data"]["rows"], [{"kind": "team", "row": changed}])
        self.assertEqual(self.office.done("PATCH", "/api/teams/sud_west", {"name": "South"}), changed)
        self.assertEqual([t["id"] for t in self.office.done("GET", "/api/teams", role="viewer")["teams"]], ["sud_west", "sud_west_2"])

        user = self.invite(team_id="sud_west")["user"]
        listener.event()
        gone = self.office.done("DELETE", "/api/teams/sud_west")
        self.assertIn("deleted_at", gone)
        rows = listener.event()["data"]["rows"]
        self.assertEqual([(r["kind"], r["row"].get("team_id")) for r in rows], [("member", None), ("team", None)])
        self.assertEqual(rows[0]["row"]["user_id"], user["user_id"])
        self.assertEqual([t["id"] for t in self.office.done("GET", "/api/teams")["teams"]], ["sud_west_2"])
        for method, body in (("PATCH", {"name": "x"}), ("DELETE", None)):
            self.assertEqual(self.office.refused(method, "/api/teams/sud_west", body)[:2], (404, "not_found"))
        back = self.office.done("POST", "/api/teams", {"id": "sud_west", "name": "Again"})
        self.assertEqual((back["created_at"], "deleted_at" in back), (team["created_at"], False))
        self.assertEqual([row[2] for row in self.office.audit("team_created")], ["sud_west", "sud_west_2", "sud_west"])

    def test_with_leads(self):
        team = self.team()["id"]
        lead = self.office.lead()
        database.execute(f"UPDATE leads SET team_id = {quote(team)} WHERE id = {quote(lead)};")
        status, code, detail = self.office.refused("DELETE", f"/api/teams/{team}", role="manager")
        self.assertEqual((status, code), (409, "conflict"))
        self.assertIn("first", detail)
        database.execute(f"UPDATE leads SET deleted_at = now() WHERE id = {quote(lead)};")
        self.office.done("DELETE", f"/api/teams/{team}", role="manager")

    def test_hostile_bodies(self):
        self.team("Taken")
        head = self.office.head()
        for body, status in [(b"", 400), (b"7", 400), (b"{", 400), ({}, 422), ({"name": ""}, 422), ({"name": "  "}, 422), ({"name": None}, 422),
                             ({"name": 1}, 422), ({"name": "x" * 61}, 422), ({"name": "a\nb"}, 422), ({"name": "x", "wings": 2}, 422),
                             ({"name": "x", "id": "Upper"}, 422), ({"name": "x", "id": "../etc"}, 422), ({"name": "x", "id": "x" * 41}, 422),
                             ({"name": "x", "id": 3}, 422), ({"name": "x", "description": "y" * 501}, 422), ({"name": "x", "id": "taken"}, 409)]:
            with self.subTest(body=str(body)[:80]):
                self.assertEqual(self.office.refused("POST", "/api/teams", body)[0], status)
        for path in ("/api/teams/nobody", "/api/teams/%00", "/api/teams/%27%3B--", "/api/teams/" + "x" * 500):
            self.assertIn(self.office.refused("DELETE", path)[0], (400, 404))
        self.assertEqual(self.office.head(), head)


class Members(Case):
    def test_invite(self):
        listener = service.socket(self.office.tokens["agent"])
        self.addCleanup(listener.close)
        listener.event()
        until = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=7)).strftime("%Y-%m-%dT%H:%M:%S.000000Z")
        made = self.invite(name="Bo Berg", role="manager", token_role="agent", token_name="Laptop", expires_at=until, team_id=self.team()["id"])
        listener.event()
        user, token = made["user"], made["token"]
        self.assertEqual(listener.event()["data"]["rows"], [{"kind": "member", "row": user}])
        self.assertEqual((user["name"], user["role"], user["team_id"], user["is_service"]), ("Bo Berg", "manager", "north", False))
        self.assertEqual((token["name"], token["role"], token["expires_at"], token["user_id"]), ("Laptop", "agent", until, user["user_id"]))
        host = service.server.url.removeprefix("http://")
        self.assertEqual(token["link"], f"inbound-leads://{host}/{self.office.workspace}#{token['token']}")
        me = service.get_json("/api/me", token["token"])
        self.assertEqual((me["user"]["name"], me["user"]["email"], me["role"]), ("Bo Berg", user["email"], "agent"))
        listed, = (t for t in self.office.done("GET", "/api/tokens")["tokens"] if t["id"] == token["id"])
        self.assertEqual({k: v for k, v in listed.items() if k != "last_used_at"}, {k: v for k, v in token.items() if k not in ("token", "link")})

        # Neither the token nor its hash is anywhere else.
        stored = " ".join(line for line in self.database_text())
        self.assertNotIn(token["token"], stored)
        self.assertNotIn(token["token"], "".join(service.server.log))
        status, code, detail = self.office.refused("POST", "/api/users", {"name": "Again", "email": user["email"].upper()})
        self.assertEqual((status, code), (409, "conflict"))
        self.assertEqual([row[2] for row in self.office.audit("user_created")], [user["user_id"]])
        self.assertEqual([row[0] for row in self.office.audit("token_created")], [self.office.tokens["owner"].user_id])

    def database_text(self):
        for table in ("users", "memberships", "tokens", "token_directory", "audit_log"):
            yield from database.execute(f"SELECT t::text FROM {table} t;")

    def test_programs(self):
        made = self.office.done("POST", "/api/users", {"name": "CRM export", "is_service": True, "role": "viewer"})
        self.assertEqual((made["user"]["is_service"], "email" in made["user"]), (True, False))
        self.assertEqual(service.get("/api/users", made["token"]["token"]).status, 200)

    def test_change(self):
        made = self.invite()
        user, token = made["user"]["user_id"], made["token"]["token"]
        socket = service.socket(api_kit.Token(token, None, user, self.office.workspace))
        socket.event()
        self.assertEqual(service.get("/api/tokens", token).status, 403)
        changed = self.office.done("PATCH", f"/api/users/{user}", {"role": "owner", "name": "Bo B.", "team_id": self.team()["id"]})
        self.assertEqual((changed["role"], changed["name"], changed["team_id"]), ("owner", "Bo B.", "north"))
        self.assert_closed(socket)
        # The token was made for an agent.
        self.assertEqual(service.get("/api/tokens", token).status, 403)
        again = self.office.done("POST", "/api/tokens", {"user_id": user, "name": None})
        self.assertEqual((again["role"], again["name"]), ("owner", "Desktop"))
        self.assertEqual(service.get("/api/tokens", again["token"]).status, 200)
        # At once, not when what is remembered of the token ends.
        self.office.done("PATCH", f"/api/users/{user}", {"role": "viewer"})
        self.assertEqual(service.get("/api/tokens", again["token"]).status, 403)
        head = self.office.head()
        self.office.done("PATCH", f"/api/users/{user}", {"role": "viewer"})
        self.office.done("PATCH", f"/api/users/{user}", {})
        self.assertEqual(self.office.head(), head)
        details = [json.loads(row[3]) for row in self.office.audit("user_changed")]
        self.assertEqual(details, [{"role": ["agent", "owner"], "team_id": [None, "north"], "name": ["Bo Berg", "Bo B."]},
                                   {"role": ["owner", "viewer"]}])

    def assert_closed(self, socket):
        """Told why, after whatever else it was told."""
        self.assertEqual(socket.close_code(), 4401)
        socket.close()

    def test_remove(self):
        made = self.invite()
        user, token = made["user"]["user_id"], made["token"]["token"]
        lead = self.office.lead()
        database.execute(f"UPDATE leads SET assigned_to = {quote(user)} WHERE id = {quote(lead)};")
        socket = service.socket(api_kit.Token(token, None, user, self.office.workspace))
        socket.event()
        head = self.office.head()
        gone = self.office.done("DELETE", f"/api/users/{user}")
        self.assertEqual((gone["name"], "deleted_at" in gone), ("Bo Berg", True))
        self.assertEqual(self.office.changes(head), [{"kind": "member", "row": gone}])
        self.assertEqual(service.get("/api/me", token).status, 401)
        self.assert_closed(socket)
        self.assertEqual(service.get_json(f"/api/inbound-leads/{lead}", self.office.tokens["viewer"])["lead"]["assigned_to"], user)
        # A replica that begins now learns the name too.
        setup = service.get_json("/api/snapshot", self.office.tokens["viewer"], kind="contact")["rows"]
        self.assertIn({"kind": "member", "row": gone}, setup)
        self.assertNotIn(user, [u["user_id"] for u in self.office.done("GET", "/api/users")["users"]])
        self.assertEqual(self.office.done("GET", "/api/users/former")["users"], [gone])
        self.assertNotIn(user, [t["user_id"] for t in self.office.done("GET", "/api/tokens")["tokens"]])
        for method, body in (("PATCH", {"name": "x"}), ("DELETE", None)):
            self.assertEqual(self.office.refused(method, f"/api/users/{user}", body)[:2], (404, "not_found"))
        self.assertEqual(self.office.refused("POST", "/api/tokens", {"user_id": user})[0], 422)
        back = self.office.done("POST", "/api/users", {"name": "Bo Again", "email": made["user"]["email"]})
        self.assertEqual((back["user"]["user_id"], back["user"]["name"], "deleted_at" in back["user"]), (user, "Bo Again", False))
        self.assertEqual(self.office.done("GET", "/api/users/former")["users"], [])
        self.assertEqual(service.get("/api/me", token).status, 401)

    def test_last_owner(self):
        owner = self.office.tokens["owner"]
        for method, body in (("DELETE", None), ("PATCH", {"role": "manager"})):
            status, code, detail = self.office.refused(method, f"/api/users/{owner.user_id}", body)
            self.assertEqual((status, code), (409, "conflict"))
            self.assertIn("last owner", detail)
        self.office.done("PATCH", f"/api/users/{owner.user_id}", {"name": "Ann the Owner"})
        self.invite(role="owner")
        self.office.done("PATCH", f"/api/users/{owner.user_id}", {"role": "manager"})
        self.assertEqual(self.office.refused("PATCH", f"/api/users/{owner.user_id}", {"role": "owner"})[0], 403)

    def test_last_person(self):
        """A program does not stand in for the last person, unless it is the program that acts."""
        program = self.office.done("POST", "/api/users", {"name": "This computer", "is_service": True, "role": "owner"})
        person = self.invite(name="Ann", role="owner", token_role="owner")
        self.office.done("DELETE", f"/api/users/{self.office.tokens['owner'].user_id}", token=person["token"]["token"])
        ann = f"/api/users/{person['user']['user_id']}"
        for method, body in (("DELETE", None), ("PATCH", {"role": "manager"})):
            status, code, detail = self.office.refused(method, ann, body, token=person["token"]["token"])
            self.assertEqual((status, code), (409, "conflict"))
            self.assertIn("last owner who is a person", detail)
        self.office.done("PATCH", ann, {"role": "manager"}, token=program["token"]["token"])
        status, code, detail = self.office.refused("DELETE", f"/api/users/{program['user']['user_id']}", token=program["token"]["token"])
        self.assertEqual((status, code), (409, "conflict"))
        self.assertIn("last owner:", detail)
        # She does without the program.
        self.office.done("PATCH", ann, {"role": "owner"}, token=program["token"]["token"])
        self.office.done("DELETE", f"/api/users/{program['user']['user_id']}", token=person["token"]["token"])

    def test_owners_remove_each_other(self):
        """However they race, one is left."""
        for _ in range(5):
            office = new_office()
            owners = [office.tokens["owner"], database.create_token(office.workspace, "owner")]
            barrier = threading.Barrier(2)
            answers = [None, None]

            def remove(i):
                barrier.wait()
                answers[i] = office.call("DELETE", f"/api/users/{owners[1 - i].user_id}", token=owners[i]).status

            threads = [threading.Thread(target=remove, args=(i,)) for i in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(sorted(answers), [200, 401])
            self.assertEqual(office.rows("SELECT count(*) FROM memberships WHERE workspace_id = $w AND role = 'owner' AND deleted_at IS NULL;"),
                             [("1",)])

    def test_hostile_bodies(self):
        user = self.invite()["user"]["user_id"]
        head = self.office.head()
        sound = {"name": "x", "email": "x@sales.example"}
        for change in ({"name": ""}, {"name": 1}, {"name": "x" * 121}, {"name": "a\u0000b"}, {"email": "nobody"}, {"email": ["x@y.z"]},
                       {"email": None}, {"email": "x" * 300 + "@y.z"}, {"role": "god"}, {"role": None}, {"role": "none"}, {"team_id": "nowhere"},
                       {"team_id": 1}, {"is_service": True}, {"is_service": "yes"}, {"token_role": "owner"}, {"expires_at": LONG_AGO},
                       {"expires_at": "soon"}, {"expires_at": 5}, {"user_id": user}, {"id": user}, {"workspace_id": "other"}):
            with self.subTest(change):
                self.assertIn(self.office.refused("POST", "/api/users", {**sound, **change})[0], (400, 422))
        for body in ({"role": "god"}, {"email": "new@sales.example"}, {"deleted_at": None}, {"name": None}, {"team_id": "nowhere"}):
            self.assertEqual(self.office.refused("PATCH", f"/api/users/{user}", body)[0], 422)
        for body in ({}, {"user_id": "x"}, {"user_id": user, "role": "owner"}, {"user_id": user, "expires_at": LONG_AGO}, {"user_id": user, "token": "mine"},
                     {"user_id": str(uuid.uuid4())}):
            self.assertEqual(self.office.refused("POST", "/api/tokens", body)[0], 422)
        for path in ("/api/users/x", f"/api/users/{uuid.uuid4()}", "/api/tokens/x", f"/api/tokens/{uuid.uuid4()}"):
            self.assertEqual(self.office.refused("DELETE", path)[0], 404)
        self.assertEqual(self.office.head(), head)
        self.assertEqual(database.rows("SELECT count(*) FROM users WHERE email_norm = 'x@sales.example';"), [("0",)])

    def test_tokens(self):
        made = self.office.done("POST", "/api/tokens", {"user_id": self.office.tokens["agent"].user_id, "name": "Phone"})
        socket = service.socket(api_kit.Token(made["token"], made["id"], made["user_id"], self.office.workspace))
        socket.event()
        gone = self.office.done("DELETE", f"/api/tokens/{made['id']}")
        self.assertEqual(gone["id"], made["id"])
        self.assertEqual(service.get("/api/me", made["token"]).status, 401)
        self.assert_closed(socket)
        self.assertEqual(self.office.refused("DELETE", f"/api/tokens/{made['id']}")[0], 404)
        self.assertEqual([row[2] for row in self.office.audit("token_revoked")], [made["id"]])

    def last_used(self, token_id):
        listed, = (t for t in self.office.done("GET", "/api/tokens")["tokens"] if t["id"] == token_id)
        return listed["last_used_at"]

    def test_last_used(self):
        """It is stored soon after a token is used, once a minute at most, and no desktop hears of it."""
        made = self.invite()["token"]
        self.assertIsNone(self.last_used(made["id"]))
        head = self.office.head()
        before = datetime.datetime.now(datetime.timezone.utc)
        self.assertEqual(service.get("/api/me", made["token"]).status, 200)
        used = wait_for(lambda: self.last_used(made["id"]), "the use to be stored")
        self.assertLess(abs(datetime.datetime.fromisoformat(used) - before), datetime.timedelta(seconds=30))
        for _ in range(20):
            self.assertEqual(service.get("/api/me", made["token"]).status, 200)
        own = self.office.tokens["viewer"]
        service.get("/api/me", own)
        wait_for(lambda: self.last_used(own.id), "a later use of another token to be stored")
        self.assertEqual(self.last_used(made["id"]), used)
        self.assertEqual(self.office.head(), head)
        # What is refused is no use.
        revoked = self.invite()["token"]
        self.office.done("DELETE", f"/api/tokens/{revoked['id']}")
        self.assertEqual(service.get("/api/me", revoked["token"]).status, 401)
        self.assertEqual(self.office.rows(f"SELECT last_used_at FROM tokens WHERE workspace_id = $w AND id = {quote(revoked['id'])};"), [("",)])

    def test_last_used_is_stored_at_the_end(self):
        """A service that stops stores what it has noted, and what was stored is never older for it."""
        other = api_kit.Service(database)
        made = self.invite()["token"]
        other.get("/api/me", made["token"])
        other.stop()
        self.assertIsNotNone(self.last_used(made["id"]))
        later = "2999-01-01T00:00:00.000000Z"
        database.execute(f"UPDATE tokens SET last_used_at = {quote(later)} WHERE id = {quote(made['id'])};")
        other = api_kit.Service(database)
        other.get("/api/me", made["token"])
        other.stop()
        self.assertEqual(self.last_used(made["id"]), later)

    def test_other_processes(self):
        """What is taken away here is taken away there."""
        other = api_kit.Service(database)
        self.addCleanup(other.stop)
        made = self.invite()
        self.assertEqual(other.get("/api/me", made["token"]["token"]).status, 200)
        socket = other.socket(api_kit.Token(made["token"]["token"], None, None, self.office.workspace))
        socket.event()
        self.office.done("DELETE", f"/api/users/{made['user']['user_id']}")
        wait_for(lambda: other.get("/api/me", made["token"]["token"]).status == 401, "the other process to know")
        self.assert_closed(socket)


class OtherWorkspaces(Case):
    def test_a_mail_that_is_known_elsewhere(self):
        """Somebody with an account elsewhere is invited like anybody: no name leaks, and none is changed."""
        elsewhere = new_office()
        mail = new_mail()
        there = elsewhere.done("POST", "/api/users", {"name": "Secret Name", "email": mail, "role": "owner"})
        stored = database.rows(f"SELECT * FROM users WHERE email = {quote(mail)};")
        head = elsewhere.head()
        known = self.office.call("POST", "/api/users", {"name": "Called Here", "email": mail.upper()})
        fresh = self.office.call("POST", "/api/users", {"name": "Called Here", "email": new_mail()})
        self.assertNotIn(b"Secret", known.body)
        self.assertEqual((known.status, sorted(known.json()["user"]), sorted(known.json()["token"])),
                         (fresh.status, sorted(fresh.json()["user"]), sorted(fresh.json()["token"])))
        self.assertEqual(known.json()["user"]["role"], "agent")
        # An id that told its time would tell how long the address has been known.
        for answer in (known, fresh):
            self.assertEqual(uuid.UUID(answer.json()["user"]["user_id"]).version, 4)
        self.assertEqual(known.json()["user"]["user_id"], there["user"]["user_id"])
        user = there["user"]["user_id"]
        self.office.done("PATCH", f"/api/users/{user}", {"name": "Renamed Here"})
        self.office.done("DELETE", f"/api/users/{user}")
        self.assertEqual(database.rows(f"SELECT * FROM users WHERE email = {quote(mail)};"), stored)
        self.assertEqual(elsewhere.head(), head)
        self.assertEqual(service.get_json("/api/me", there["token"]["token"])["user"]["name"], "Secret Name")

    def test_invited_by_two_at_once(self):
        offices = [new_office() for _ in range(6)]
        mail = new_mail()
        barrier = threading.Barrier(len(offices))
        answers = [None] * len(offices)

        def invite(i):
            barrier.wait()
            answers[i] = offices[i].call("POST", "/api/users", {"name": f"Name {i}", "email": mail})

        threads = [threading.Thread(target=invite, args=(i,)) for i in range(len(offices))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([answer.status for answer in answers], [201] * len(offices))
        self.assertEqual(len({answer.json()["user"]["user_id"] for answer in answers}), 1)
        self.assertEqual([answer.json()["user"]["name"] for answer in answers], [f"Name {i}" for i in range(len(offices))])

    def test_ids_of_another(self):
        elsewhere = new_office()
        user = elsewhere.done("POST", "/api/users", {"name": "Theirs", "email": new_mail()})
        team = elsewhere.done("POST", "/api/teams", {"name": "Theirs"})
        head = elsewhere.head()
        for method, path, body in (("PATCH", f"/api/users/{user['user']['user_id']}", {"role": "viewer"}),
                                   ("DELETE", f"/api/users/{user['user']['user_id']}", None),
                                   ("DELETE", f"/api/tokens/{user['token']['id']}", None), ("PATCH", f"/api/teams/{team['id']}", {"name": "Mine"}),
                                   ("DELETE", f"/api/teams/{team['id']}", None)):
            self.assertEqual(self.office.refused(method, path, body)[0], 404)
            self.assertEqual(self.office.refused(method, path, body, workspace_id=elsewhere.workspace)[0], 403)
        self.assertEqual(self.office.refused("POST", "/api/tokens", {"user_id": user["user"]["user_id"]})[0], 422)
        self.assertEqual(self.office.refused("POST", "/api/users", {"name": "x", "email": new_mail(), "team_id": team["id"]})[0], 422)
        self.assertEqual(elsewhere.head(), head)
        self.assertEqual(service.get("/api/me", user["token"]["token"]).status, 200)


class Views(Case):
    def mutate(self, view, role, verb="update", **fields):
        body = {"mutations": [{"id": str(uuid.uuid4()), "verb": verb, "entity": "view", "entity_id": view,
                               "fields": {name: {"value": value} for name, value in fields.items()}}]}
        result, = self.office.done("POST", "/api/mutations", body, role=role)["results"]
        return result["status"]

    def names(self, role):
        return [view["name"] for view in self.office.done("GET", "/api/views", role=role)["views"]]

    def test_whose(self):
        own, shared, gone = (str(uuid.uuid4()) for _ in range(3))
        self.assertEqual(self.mutate(own, "agent", "create", name="Mine", filter={"q": "hidden words"}, position=2), "applied")
        self.assertEqual(self.mutate(shared, "manager", "create", name="Ours", is_shared=True, position=1), "applied")
        self.assertEqual(self.mutate(gone, "manager", "create", name="Gone", is_shared=True), "applied")
        self.assertEqual(self.mutate(gone, "manager", "delete"), "applied")
        self.assertEqual(self.names("agent"), ["Ours", "Mine"])
        for role in ("viewer", "manager", "owner"):
            self.assertEqual(self.names(role), ["Ours"])
            for path, params in (("/api/views", {}), ("/api/changes", {"limit": 1000}), ("/api/snapshot", {"kind": "contact"})):
                body = service.get(path, self.office.tokens[role], **params).body.decode()
                for secret in ("Mine", "hidden words", own):
                    self.assertNotIn(secret, body)

    def test_not_shared_any_more(self):
        """Who had it drops it; what it says from then on is its owner's."""
        view = str(uuid.uuid4())
        self.mutate(view, "manager", "create", name="Ours", is_shared=True, filter={"q": "first"})
        listener = service.socket(self.office.tokens["viewer"])
        self.addCleanup(listener.close)
        cursor = listener.event()["data"]["head"]
        self.mutate(view, "manager", is_shared=False, name="Mine again", filter={"q": "second"})
        event = listener.event()
        self.assertNotIn("second", json.dumps(event))
        for role in ("viewer", "agent", "owner"):
            rows = self.office.changes(cursor, role)
            self.assertEqual([(r["kind"], r["row"]["id"], "deleted_at" in r["row"], r["row"]["filter"]) for r in rows], [("view", view, True, {})])
            self.assertEqual(self.names(role), [])
            # A replica that begins now has never heard of it.
            self.assertNotIn(view, json.dumps(self.office.changes(0, role)))
        self.assertEqual(self.names("manager"), ["Mine again"])
        self.assertEqual(self.office.changes(cursor, "manager")[-1]["row"]["filter"], {"q": "second"})
        # Shared again it comes back, and the same person changes it for all.
        self.mutate(view, "manager", is_shared=True)
        self.assertEqual(self.names("viewer"), ["Mine again"])
        self.assertEqual(self.office.changes(cursor)[-1]["row"]["filter"], {"q": "second"})


class ZContract(unittest.TestCase):
    def test_every_answer_was_seen(self):
        seen_elsewhere = {"/api/stages", "/api/duplicates"}
        self.assertEqual([entry for entry in unseen(service, "administration") if not any(path in str(entry) for path in seen_elsewhere)], [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
