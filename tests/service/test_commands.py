"""The commands: what they print, refuse and write, beside a running service and without one."""

import contextlib
import datetime
import json
import os
import unittest

from harness import Service, UnixHTTPConnection, wait_for

UNKNOWN_ID = "00000000-0000-4000-8000-000000000000"


def create_user(service, workspace, email, name="Somebody", role="agent"):
    return service.run_json("user", "create", "--workspace", workspace, "--email", email, "--name", name, "--role", role)


class CommandsAlone(unittest.TestCase):
    """Without `serve`: each command starts PostgreSQL and, as the last one, stops it."""

    @classmethod
    def setUpClass(cls):
        cls.service = Service()
        cls.addClassCleanup(cls.service.remove)
        cls.service.create_workspace("demo", name="Démo", region="CH", timezone="Europe/Zurich", currency="CHF")

    def refuse(self, *words, code=1):
        result = self.service.attempt(*words, *self.service.location())
        self.assertEqual(result.returncode, code, result.stderr)
        self.assertEqual(result.stdout, "")
        return result.stderr

    def test_nothing_runs_afterwards(self):
        self.assertFalse(self.service.has_postgres())

    def test_usage(self):
        result = self.service.attempt()
        self.assertEqual(result.returncode, 2)
        self.assertIn("workspace create ID", result.stderr)
        self.assertIn('no command "frobnicate"', self.refuse("frobnicate", code=2))
        self.assertIn("missing argument ID", self.refuse("workspace", "create", code=2))
        self.assertIn("unexpected argument", self.refuse("workspace", "list", "x", code=2))
        self.assertIn("--email is missing", self.refuse("user", "create", "--workspace", "demo", "--name", "A", code=2))
        self.assertIn("Unknown option --frob", self.refuse("workspace", "list", "--frob", code=2))

    def test_help_and_version(self):
        for words in (["--help"], ["serve", "--help"], ["webhook", "create", "-h"]):
            result = self.service.attempt(*words)
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertIn("Usage:\n  inbound-leads-service " + " ".join(words[:-1]), result.stdout)
        self.assertRegex(self.service.attempt("--version").stdout, r"^inbound-leads-service \d+\.\d+")

    def test_migrate_is_idempotent(self):
        first = self.service.run_json("migrate")
        self.assertEqual(first["applied"], "0")
        self.assertEqual(self.service.run_json("migrate"), first)

    def test_workspace(self):
        listed = self.service.run_json("workspace", "list")["workspaces"]
        self.assertEqual([(w["id"], w["name"], w["region"], w["timezone"], w["currency"]) for w in listed if w["id"] == "demo"],
                         [("demo", "Démo", "CH", "Europe/Zurich", "CHF")])
        self.assertIn('a workspace "demo" already', self.refuse("workspace", "create", "demo"))
        self.assertIn("no workspace id", self.refuse("workspace", "create", "Über uns"))
        self.assertIn("no workspace id", self.refuse("workspace", "create", "x" * 64))
        self.assertIn("no region", self.refuse("workspace", "create", "w", "--region", "XX"))
        self.assertIn("no time zone", self.refuse("workspace", "create", "w", "--timezone", "Europe/Atlantis"))
        self.assertIn("no time zone", self.refuse("workspace", "create", "w", "--timezone", "../../etc/passwd"))
        self.assertIn("no currency", self.refuse("workspace", "create", "w", "--currency", "Euro"))

    def test_workspace_defaults(self):
        made = self.service.run_json("workspace", "create", "plain")
        self.assertEqual((made["name"], made["region"], made["currency"]), ("plain", "DE", "EUR"))

    def test_text_output(self):
        lines = self.service.run("workspace", "list").splitlines()
        self.assertTrue(lines[0].startswith("id "))
        self.assertTrue(any(line.startswith("demo ") and "Démo" in line for line in lines))

    def test_users(self):
        made = create_user(self.service, "demo", "Anna.Muster@Example.com", "Anna", "manager")
        self.assertEqual(made["role"], "manager")
        user = ("user", "create", "--workspace", "demo", "--name", "B", "--email")
        self.assertIn("already", self.refuse(*user, "anna.muster@example.COM"))
        self.assertIn("no role", self.refuse(*user, "b@example.com", "--role", "boss"))
        self.assertIn("no mail address", self.refuse(*user, "nobody"))
        self.assertIn('no workspace "nowhere"', self.refuse("user", "create", "--workspace", "nowhere", "--name", "B",
                                                            "--email", "b@example.com"))
        self.assertIn('no workspace "nowhere"; "workspace list" tells', self.refuse("user", "list", "--workspace", "nowhere"))

        listed = self.service.run_json("user", "list", "--workspace", "demo")["users"]
        self.assertIn((made["id"], "Anna.Muster@Example.com", "manager", False),
                      [(u["id"], u["email"], u["role"], u["is_service"]) for u in listed])

    def test_one_person_in_two_workspaces(self):
        self.service.create_workspace("second")
        first = create_user(self.service, "demo", "berta@example.com")
        second = create_user(self.service, "second", "berta@example.com")
        self.assertEqual(first["id"], second["id"])

    def test_tokens(self):
        token = ("token", "create", "--workspace", "demo")
        create_user(self.service, "demo", "carl@example.com", role="agent")
        made = self.service.run_json(*token, "--user", "carl@example.com")
        self.assertEqual(made["role"], "agent")
        self.assertRegex(made["token"], r"^inb_[A-Za-z0-9_-]{43}$")
        program = self.service.run_json(*token, "--name", "Exporter", "--role", "viewer")
        self.assertEqual(program["role"], "viewer")

        listed = self.service.run_json("token", "list", "--workspace", "demo")
        self.assertNotIn(made["token"][4:], json.dumps(listed))
        self.assertLessEqual({made["id"], program["id"]}, {token["id"] for token in listed["tokens"]})
        self.assertIn("no user dora@example.com", self.refuse(*token, "--user", "dora@example.com"))
        self.assertIn("no role", self.refuse(*token, "--role", "king"))
        self.assertNotIn("expires_at", made)
        for text, days in (("30", 30), ("2036-05-01", None)):
            expiring = self.service.run_json(*token, "--name", "Guest", "--expires", text)
            end = datetime.datetime.fromisoformat(expiring["expires_at"])
            if days:
                self.assertAlmostEqual((end - datetime.datetime.now(datetime.timezone.utc)) / datetime.timedelta(days=1), days, delta=0.01)
            else:
                self.assertEqual(expiring["expires_at"], "2036-05-01T22:00:00.000000Z")
        for text in ("0", "-1", "99999", "2020-01-01", "2036-02-30", "soon"):
            self.assertIn("--expires takes", self.refuse(*token, "--expires", text, code=2))

        self.service.create_workspace("other")
        self.assertIn("no valid token", self.refuse("token", "revoke", made["id"], "--workspace", "other"))
        self.service.run_json("token", "revoke", made["id"], "--workspace", "demo")
        self.assertIn("no valid token", self.refuse("token", "revoke", made["id"], "--workspace", "demo"))
        self.assertIn("is no id", self.refuse("token", "revoke", "x", "--workspace", "demo"))

    def test_webhooks(self):
        webhook = ("webhook", "create", "--workspace", "demo", "--name", "Form")
        made = self.service.run_json(*webhook, "--source", "Landing page")
        self.assertEqual((made["source"], made["auth"]), ("Landing page", "none"))
        self.assertEqual(made["url"], f"http://127.0.0.1:8787/webhooks/{made['id']}")
        self.assertRegex(made["key"], r"^[A-Za-z0-9_-]{22}$")
        public = self.service.run_json(*webhook, "--base-url", "https://leads.example.com/")
        self.assertEqual((public["url"], public["auth"]), (f"https://leads.example.com/webhooks/{public['id']}", "key"))
        self.assertEqual(self.service.run_json(*webhook, "--listen", "0.0.0.0:80")["auth"], "key")
        self.assertIn("no way to authenticate", self.refuse(*webhook, "--auth", "handshake"))

        rotated = self.service.run_json("webhook", "rotate", made["id"], "--workspace", "demo")
        self.assertNotEqual(rotated["key"], made["key"])
        self.service.run_json("webhook", "disable", made["id"], "--workspace", "demo")
        listed = {w["id"]: w for w in self.service.run_json("webhook", "list", "--workspace", "demo")["webhooks"]}
        self.assertIs(listed[made["id"]]["is_active"], False)
        self.assertEqual(listed[made["id"]]["previous_key_until"], rotated["previous_key_until"])
        self.assertIn("no webhook", self.refuse("webhook", "rotate", UNKNOWN_ID, "--workspace", "demo"))

    def test_passwords_are_refused_as_arguments(self):
        for uri in ("postgresql://inbound_service:secret@localhost/x", "host=localhost password=secret"):
            result = self.service.attempt("workspace", "list", "--database", uri)
            self.assertEqual(result.returncode, 2)
            self.assertIn("password", result.stderr)
            self.assertNotIn("secret", result.stderr)

    def test_settings(self):
        """Key file < environment < options."""
        config = os.path.join(self.service.runtime_dir, "service.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write("[service]\nbase-url=https://file.example.com\nlisten=0.0.0.0:1\n")
        os.chmod(config, 0o644)
        words = ("webhook", "create", "--workspace", "demo", "--name", "Form", "--config", config, "--json")
        environment = {"INBOUND_LEADS_BASE_URL": "https://environment.example.com"}

        def create(*options, **keywords):
            result = self.service.attempt(*words, *self.service.location(), *options, **keywords)
            self.assertEqual(result.returncode, 0, result.stderr)
            return json.loads(result.stdout)

        by_file = create()
        self.assertTrue(by_file["url"].startswith("https://file.example.com/"))
        self.assertEqual(by_file["auth"], "key")
        self.assertTrue(create(environment=environment)["url"].startswith("https://environment.example.com/"))
        self.assertTrue(create("--base-url", "https://option.example.com", environment=environment)["url"]
                        .startswith("https://option.example.com/"))

        with open(config, "w", encoding="utf-8") as file:
            file.write("[service]\nbase-ulr=x\n")
        self.assertIn('no setting "base-ulr"', self.refuse(*words))


class CommandsBeside(unittest.TestCase):
    """While `serve` runs."""

    @classmethod
    def setUpClass(cls):
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")

    def has_credentials(self, workspace):
        with contextlib.suppress(FileNotFoundError):
            return workspace in [w["id"] for w in self.service.credentials()["workspaces"]]

    def test_every_write_takes_its_place_in_the_feed(self):
        self.service.create_workspace("feed")
        create_user(self.service, "feed", "emil@example.com")
        webhook = self.service.create_webhook("feed")
        self.service.run_json("webhook", "rotate", webhook["id"], "--workspace", "feed")
        wait_for(lambda: self.has_credentials("feed"), "the local credentials")

        head = int(self.service.psql("SELECT change_seq FROM workspace_heads", "feed")[0][0])
        places = self.service.psql("""
            SELECT change_seq FROM workspaces UNION ALL SELECT change_seq FROM memberships
            UNION ALL SELECT change_seq FROM lead_pipeline_stages UNION ALL SELECT change_seq FROM webhooks
            ORDER BY 1""", "feed")
        places = [int(place) for place, in places]
        self.assertEqual(len(places), len(set(places)))
        # The webhook's first place was given up by its rotation; all others stand.
        self.assertEqual(len(places), head - 1)
        self.assertLessEqual(places[-1], head)
        actions = {action for action, in self.service.psql("SELECT action FROM audit_log", "feed")}
        self.assertLessEqual({"workspace_created", "user_created", "webhook_created", "webhook_rotated", "token_created"}, actions)

    def test_the_audit_log_is_append_only(self):
        for statement in ("UPDATE audit_log SET actor = ''", "DELETE FROM audit_log"):
            with self.assertRaisesRegex(AssertionError, "permission denied"):
                self.service.psql(statement, "demo")

    def test_the_url_is_the_running_one(self):
        self.assertTrue(self.service.create_webhook()["url"].startswith(self.service.url + "/webhooks/"))

    def test_tokens_work_at_once_and_end_at_once(self):
        made = self.service.run_json("token", "create", "--workspace", "demo", "--role", "agent")
        self.assertEqual(self.service.get("/api/me", made["token"]).status, 200)
        self.service.run_json("token", "revoke", made["id"], "--workspace", "demo")
        wait_for(lambda: self.service.get("/api/me", made["token"]).status == 401, "the end of the token", 2)

    def test_revoking_closes_the_socket(self):
        made = self.service.run_json("token", "create", "--workspace", "demo", "--role", "viewer")
        socket = self.service.websocket(made["token"])
        self.assertEqual(socket.event()["event"], "hello")
        self.service.run_json("token", "revoke", made["id"], "--workspace", "demo")
        with self.assertRaises(ConnectionError):
            while True:
                socket.event()
        socket.sock.close()

    def test_keys(self):
        webhook = self.service.create_webhook(auth="key")
        lead = {"email": "key@example.com", "product": "A"}
        self.assertEqual(self.service.post(webhook["path"], lead).status, 401)
        self.assertEqual(self.service.post(webhook["path"], lead, X_Webhook_Key="wrong").status, 401)
        self.assertEqual(self.service.post(webhook["path"], lead, X_Webhook_Key=webhook["key"]).status, 200)
        rotated = self.service.run_json("webhook", "rotate", webhook["id"], "--workspace", "demo")
        wait_for(lambda: self.service.post(f"{webhook['path']}/{rotated['key']}", lead).status == 200, "the new key", 2)
        self.assertEqual(self.service.post(webhook["path"], lead, X_Webhook_Key=webhook["key"]).status, 200)
        self.service.run_json("webhook", "rotate", webhook["id"], "--workspace", "demo")
        wait_for(lambda: self.service.post(webhook["path"], lead, X_Webhook_Key=webhook["key"]).status == 401, "the end of the first key")

    def test_role_is_the_lesser_one(self):
        create_user(self.service, "demo", "fred@example.com", role="viewer")
        token = self.service.create_token("demo", "owner", user="fred@example.com")
        self.assertEqual(self.service.get("/api/me", token).json()["role"], "viewer")

    def test_the_desktop_finds_its_way(self):
        wait_for(lambda: self.has_credentials("demo"), "the workspace in the credentials")
        credentials = self.service.credentials()
        self.assertEqual(credentials["url"], self.service.url)
        folder = os.path.dirname(credentials["socket"])
        self.assertEqual(os.stat(os.path.join(folder, "credentials.json")).st_mode & 0o777, 0o600)

        workspace = next(w for w in credentials["workspaces"] if w["id"] == "demo")
        with contextlib.closing(UnixHTTPConnection(credentials["socket"])) as connection:
            connection.request("GET", "/api/me", headers={"Authorization": f"Bearer {workspace['token']}"})
            answer = json.loads(connection.getresponse().read())
        self.assertEqual((answer["role"], answer["user"]["name"]), ("owner", "This computer"))

        self.service.create_workspace("later")
        wait_for(lambda: self.has_credentials("later"), "the new workspace in the credentials")


if __name__ == "__main__":
    unittest.main()
