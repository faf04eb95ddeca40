"""How the service and its private PostgreSQL start, end, and survive each other's end; what it refuses to run with."""

import concurrent.futures
import json
import os
import pwd
import shutil
import signal
import socket
import time
import unittest

from harness import Service, make_folder, wait_for

LEAD = {"email": "life@example.com", "product": "A"}


class LifeCycle(unittest.TestCase):
    """One data directory; each test begins and ends with nothing running."""

    @classmethod
    def setUpClass(cls):
        cls.service = Service()
        cls.addClassCleanup(cls.service.remove)
        cls.service.create_workspace()
        cls.webhook = cls.service.create_webhook()

    def tearDown(self):
        if self.service.process is not None and self.service.process.poll() is None:
            self.service.stop()

    def post(self):
        return self.service.post(self.webhook["path"], LEAD)

    def sessions(self):
        query = "SELECT pid FROM pg_stat_activity WHERE usename = 'inbound_service' AND pid <> pg_backend_pid()"
        return {row[0] for row in self.service.psql(query, role="postgres")}

    def assert_stores(self):
        before = self.service.count("leads")
        self.assertEqual(self.post().status, 200)
        self.assertEqual(self.service.count("leads"), before + 1)

    def test_stop_ends_everything(self):
        self.service.start()
        self.assertTrue(os.path.exists(os.path.join(self.service.data_dir, "url")))
        self.service.stop()
        self.assertFalse(self.service.has_postgres())
        self.assertFalse(os.path.exists(os.path.join(self.service.data_dir, "url")))
        self.assertFalse(os.path.exists(os.path.join(self.service.runtime_dir, "inbound-leads", "credentials.json")))

    def test_ready_within_a_second(self):
        times = []
        for _ in range(3):
            begin = time.monotonic()
            self.service.start()
            times.append(time.monotonic() - begin)
            self.service.stop()
        print(f"ready after {', '.join(f'{t * 1000:.0f}' for t in times)} ms on an existing cluster")
        self.assertLess(min(times), 1)

    def test_killed_service_is_followed_by_another(self):
        self.service.start()
        self.assert_stores()
        self.service.kill()
        self.assertTrue(self.service.has_postgres())
        postmaster = self.service.postmaster_pid()
        self.service.start()
        self.assertEqual(self.service.postmaster_pid(), postmaster)
        self.assert_stores()

    def test_everything_killed(self):
        self.service.start()
        self.assert_stores()
        self.service.kill()
        self.service.kill_postgres()
        self.service.start()
        self.assert_stores()

    def test_command_after_a_killed_service_ends_postgres(self):
        self.service.start()
        self.service.kill()
        self.service.run("workspace", "list")
        self.assertFalse(self.service.has_postgres())

    def test_killed_postgres_comes_back(self):
        self.service.start()
        self.assert_stores()
        killed = self.service.kill_postgres()
        answer = self.post()
        self.assertIn(answer.status, (200, 503))
        if answer.status == 503:
            self.assertIn("retry-after", answer.headers)
        wait_for(lambda: self.post().status == 200, "the service's recovery")
        self.assertNotEqual(self.service.postmaster_pid(), killed)
        self.assert_stores()
        wait_for(lambda: self.service.get("/readyz").status == 200, "readiness")

    def test_killed_child_of_postgres_loses_nothing(self):
        self.service.start()
        self.assert_stores()
        killed = self.sessions()
        os.kill(int(next(iter(killed))), signal.SIGKILL)

        def is_followed():
            """All of the sessions end with one, but not at once."""
            try:
                return not killed & self.sessions()
            except AssertionError:   # in recovery
                return False
        wait_for(is_followed, "other sessions")
        wait_for(lambda: self.post().status == 200, "the service's recovery")
        self.assert_stores()

    def test_stopped_while_postgres_recovers(self):
        """PostgreSQL 15 may stay when it is told to stop just then."""
        for _ in range(2):
            self.service.start()
            os.kill(int(next(iter(self.sessions()))), signal.SIGKILL)
            self.service.stop()
            self.assertFalse(self.service.has_postgres())

    def test_number_of_a_dead_postgres_taken_by_another_process(self):
        """A postmaster.pid that names a living process which is none (after a restart of the computer)."""
        pid_file = os.path.join(self.service.data_dir, "cluster", "postmaster.pid")
        owner = os.stat(self.service.data_dir)
        with open(pid_file, "w", encoding="ascii") as file:
            file.write(f"{os.getpid()}\n{self.service.data_dir}/cluster\n1\n5432\n/nowhere\n\n1 1\nready   \n")
        os.chown(pid_file, owner.st_uid, owner.st_gid)
        self.service.start()
        self.assert_stores()

    def test_commands_at_once(self):
        """Without `serve`: the first one starts PostgreSQL, the last one stops it, none fails."""
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            made = list(pool.map(lambda n: self.service.run_json("workspace", "create", f"many{n}"), range(6)))
        self.assertEqual([w["id"] for w in made], [f"many{n}" for n in range(6)])
        self.assertFalse(self.service.has_postgres())

    def test_commands_while_serve_comes_and_goes(self):
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            commands = [pool.submit(self.service.run_json, "workspace", "list") for _ in range(12)]
            for _ in range(3):
                self.service.start()
                self.assert_stores()
                self.service.stop()
            for command in commands:
                self.assertGreaterEqual(len(command.result()["workspaces"]), 1)
        self.assertFalse(self.service.has_postgres())

    def test_second_signal_ends_at_once(self):
        self.service.start()
        connection = socket.create_connection(("127.0.0.1", self.service.port))
        connection.sendall(b"POST " + self.webhook["path"].encode() + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n")
        port = self.service.port
        self.assertEqual(self.service.get("/healthz").status, 200)
        self.service.process.send_signal(signal.SIGTERM)
        wait_for(lambda: not accepts(port), "the end of listening")
        self.assertIsNone(self.service.process.poll())
        self.service.process.send_signal(signal.SIGTERM)
        wait_for(lambda: self.service.process.poll() is not None, "the end", 2)
        connection.close()
        self.service.kill()
        self.service.run("workspace", "list")

    def test_stop_answers_what_is_under_way(self):
        self.service.start()
        body = json.dumps(LEAD).encode()
        connection = socket.create_connection(("127.0.0.1", self.service.port))
        connection.sendall(f"POST {self.webhook['path']} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                           f"Content-Length: {len(body)}\r\n\r\n".encode() + body[:-1])
        self.assertEqual(self.service.get("/healthz").status, 200)
        port = self.service.port
        self.service.process.send_signal(signal.SIGTERM)
        wait_for(lambda: not accepts(port), "the end of listening")
        connection.sendall(body[-1:])
        answer = connection.recv(65536)
        connection.close()
        self.assertIn(b" 200 ", answer.split(b"\r\n")[0])
        self.assertEqual(self.service.process.wait(20), 0)
        self.service.kill()

    def test_address_in_use(self):
        with socket.create_server(("127.0.0.1", 0)) as other:
            address = f"127.0.0.1:{other.getsockname()[1]}"
            result = self.service.attempt("serve", *self.service.location(), "--listen", address)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertIn("in use", result.stderr)
        self.assertFalse(self.service.has_postgres())

    def test_missing_programs_and_foreign_folders(self):
        folder = make_folder()
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        os.makedirs(os.path.join(folder, "data", "cluster"))
        with open(os.path.join(folder, "data", "cluster", "PG_VERSION"), "w", encoding="ascii") as file:
            file.write("9\n")
        with open(os.path.join(folder, "data", "lock"), "w", encoding="ascii"):
            pass
        other = Service(data_dir=os.path.join(folder, "data"))
        result = other.attempt("serve", *other.location())
        self.assertEqual(result.returncode, 1)
        self.assertIn("PostgreSQL 9", result.stderr)
        self.assertIn("apt install postgresql-9", result.stderr)

    @unittest.skipIf(os.geteuid() != 0, "only root can hand folders over")
    def test_root_gives_away_only_what_is_ours(self):
        folder = make_folder()
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        with open(os.path.join(folder, "letter.txt"), "w", encoding="ascii") as file:
            file.write("mine")
        other = Service(data_dir=folder)
        result = other.attempt("workspace", "list", *other.location())
        self.assertEqual(result.returncode, 1)
        self.assertIn("neither empty nor a folder of this service", result.stderr)
        self.assertEqual(os.stat(os.path.join(folder, "letter.txt")).st_uid, 0)

    @unittest.skipIf(os.geteuid() != 0, "only root can give its rights up")
    def test_root_becomes_nobody_of_importance(self):
        self.service.start()
        with open(f"/proc/{self.service.process.pid}/status", encoding="ascii") as file:
            status = dict(line.rstrip("\n").split(":", 1) for line in file)
        uids, gids, groups = status["Uid"].split(), status["Gid"].split(), status["Groups"].split()
        self.assertEqual(len(set(uids)), 1)
        self.assertNotEqual(uids[0], "0")
        self.assertNotIn("0", gids + groups)
        self.assertEqual(int(status["CapEff"], 16), 0)
        self.assertEqual(os.stat(f"/proc/{self.service.postmaster_pid()}").st_uid, int(uids[0]))

    @unittest.skipIf(os.geteuid() != 0, "only root can start it as somebody else")
    def test_as_a_plain_user(self):
        with Service(account="daemon") as service:
            service.create_workspace()
            webhook = service.create_webhook()
            self.assertEqual(service.post(webhook["path"], LEAD).status, 200)
            self.assertEqual(os.stat(f"/proc/{service.process.pid}").st_uid, pwd.getpwnam("daemon").pw_uid)
            refused = service.attempt("workspace", "list", *service.location(), "--account", "nobody")
            self.assertIn("Only root", refused.stderr)

    def test_long_path(self):
        """The socket's address has room for 107 bytes only."""
        folder = make_folder()
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        long_folder = os.path.join(folder, "x" * 100)
        with Service(data_dir=long_folder) as service:
            service.create_workspace()
            with open(os.path.join(long_folder, "socket-folder"), encoding="utf-8") as file:
                socket_folder = file.read()
            self.assertEqual(os.stat(socket_folder).st_mode & 0o777, 0o700)
            service.stop()
            service.run("workspace", "list")
        shutil.rmtree(socket_folder)

    def test_tells_its_supervisor(self):
        folder = make_folder(0o777)
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        path = os.path.join(folder, "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as supervisor:
            supervisor.bind(path)
            os.chmod(path, 0o777)
            supervisor.settimeout(20)
            os.environ["NOTIFY_SOCKET"] = path
            self.addCleanup(os.environ.pop, "NOTIFY_SOCKET", None)
            self.service.start()
            self.assertEqual(supervisor.recv(100), b"READY=1")
            self.service.stop()
            self.assertEqual(supervisor.recv(100), b"STOPPING=1")

    def test_two_at_one_data_directory(self):
        self.service.start()
        second = Service(data_dir=self.service.data_dir, options=["--local-socket", "none"])
        second.start()
        self.assertEqual(second.post(self.webhook["path"], LEAD).status, 200)
        self.service.stop()
        self.assertEqual(second.post(self.webhook["path"], LEAD).status, 200)
        second.stop()
        shutil.rmtree(second.runtime_dir)
        self.assertFalse(self.service.has_postgres())


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True


class Safety(unittest.TestCase):
    """What `serve` refuses, and that row level security alone keeps workspaces apart."""

    @classmethod
    def setUpClass(cls):
        cls.service = cls.enterClassContext(Service())
        for workspace in ("a", "b"):
            cls.service.create_workspace(workspace)
            webhook = cls.service.create_webhook(workspace)
            answer = cls.service.post(webhook["path"], {"email": f"{workspace}@example.com", "product": "P", "notes": "N"})
            assert answer.status == 200, answer.raw

    def uri(self, role):
        return f"postgresql:///inbound_leads?host={self.service.data_dir}/run&port=5432&user={role}"

    def serve(self, role):
        """Tries to serve the running cluster as @role, as a foreign database, and returns what was said."""
        folder = make_folder()
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        result = self.service.attempt("serve", "--data-dir", folder, "--database", self.uri(role), "--listen", "127.0.0.1:0",
                                      "--local-socket", "none")
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertNotIn("ready", result.stdout)
        return result.stderr

    def owner(self, sql):
        return self.service.psql(sql, role="inbound_owner")

    def test_unsafe_roles(self):
        self.assertIn("is a superuser", self.serve("postgres"))
        self.assertIn("owns the tables", self.serve("inbound_owner"))
        self.assertIn("may bypass row level security", self.serve("inbound_backup"))

    def test_unprotected_tables(self):
        for statement in ("NO FORCE ROW LEVEL SECURITY", "DISABLE ROW LEVEL SECURITY"):
            self.owner(f"ALTER TABLE leads {statement}")
            self.assertIn("row level security: leads", self.serve("inbound_service"))
            self.owner("ALTER TABLE leads ENABLE ROW LEVEL SECURITY; ALTER TABLE leads FORCE ROW LEVEL SECURITY")

    def test_unscoped_keys(self):
        self.owner("CREATE UNIQUE INDEX telltale ON contacts (email, workspace_id)")
        self.addCleanup(self.owner, "DROP INDEX IF EXISTS telltale")
        self.assertIn("telltale", self.serve("inbound_service"))

    def test_older_and_newer_schema(self):
        newest = self.service.psql("SELECT max(version) FROM schema_migrations")[0][0]
        self.owner("INSERT INTO schema_migrations (version, name) VALUES (9999, 'later')")
        self.addCleanup(self.owner, "DELETE FROM schema_migrations WHERE version = 9999")
        self.assertIn("newer release", self.serve("inbound_service"))
        self.owner("DELETE FROM schema_migrations WHERE version = 9999")
        self.owner(f"UPDATE schema_migrations SET version = -1 WHERE version = {newest}")
        self.addCleanup(self.owner, f"UPDATE schema_migrations SET version = {newest} WHERE version = -1")
        self.assertIn("migrate", self.serve("inbound_service"))

    def test_foreign_database(self):
        """The same cluster reached by --database: the owner migrates, the service's role serves and administers."""
        folder = make_folder(0o700)
        account = pwd.getpwuid(os.stat(self.service.data_dir).st_uid).pw_name if os.geteuid() == 0 else None
        other = Service(data_dir=folder, database=self.uri("inbound_service"), options=["--local-socket", "none"],
                        account=account)
        if account:
            shutil.chown(folder, account)
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        migrated = other.attempt("migrate", "--database", self.uri("inbound_owner"), "--json")
        self.assertEqual(json.loads(migrated.stdout)["applied"], "0", migrated.stderr)
        other.start()
        self.addCleanup(other.remove)
        webhook = other.create_webhook("a")
        self.assertEqual(other.post(webhook["path"], {"email": "both@example.com", "product": "P"}).status, 200)
        self.assertEqual(self.service.post(webhook["path"], {"email": "both@example.com", "product": "Q"}).status, 200)
        self.assertEqual(self.service.count("contacts", "a", "email = 'both@example.com'"), 1)
        other.stop()

    def test_another_server_from_nothing(self):
        """An empty database, whose owner may not make roles."""
        self.service.psql("CREATE DATABASE elsewhere OWNER inbound_owner", role="postgres")
        self.addCleanup(self.service.psql, "DROP DATABASE elsewhere", role="postgres")
        account = pwd.getpwuid(os.stat(self.service.data_dir).st_uid).pw_name if os.geteuid() == 0 else None
        other = Service(database=self.uri("inbound_service").replace("inbound_leads", "elsewhere"),
                        options=["--local-socket", "none"], account=account)
        self.addCleanup(other.remove)
        refused = other.attempt("serve", *other.location())
        self.assertEqual(refused.returncode, 1)
        self.assertIn("migrate", refused.stderr)
        owner = self.uri("inbound_owner").replace("inbound_leads", "elsewhere")
        migrated = other.attempt("migrate", "--database", owner, "--json")
        self.assertEqual(migrated.returncode, 0, migrated.stderr)
        self.assertGreater(int(json.loads(migrated.stdout)["applied"]), 0)
        other.create_workspace()
        with other:
            webhook = other.create_webhook()
            self.assertEqual(other.post(webhook["path"], LEAD).status, 200)

    def tenant_tables(self):
        rows = self.owner("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
                          "AND relrowsecurity AND relforcerowsecurity ORDER BY 1")
        return [name for name, in rows]

    def test_no_setting_no_rows(self):
        tables = self.tenant_tables()
        self.assertGreaterEqual(len(tables), 20)
        for table in tables:
            self.assertEqual(self.service.psql(f"SELECT count(*) FROM {table}"), [["0"]], table)
            self.assertEqual(self.owner(f"SELECT count(*) FROM {table}"), [["0"]], table)
        self.assertGreater(self.service.count("leads", "a"), 0)

    def test_nothing_of_another_workspace(self):
        for table in self.tenant_tables():
            if table == "users":
                continue
            key = "id" if table == "workspaces" else "workspace_id"
            self.assertEqual(self.service.psql(f"SELECT count(*) FROM {table} WHERE {key} = 'b'", "a"), [["0"]], table)
            if table != "audit_log":
                self.assertEqual(self.service.psql(
                    f"WITH changed AS (UPDATE {table} SET {key} = {key} WHERE {key} = 'b' RETURNING 1) SELECT count(*) FROM changed",
                    "a"), [["0"]], table)
        with self.assertRaisesRegex(AssertionError, "row-level security"):
            self.service.psql("INSERT INTO workspace_heads (workspace_id, change_seq) VALUES ('c', 0)", "a")
        with self.assertRaisesRegex(AssertionError, "row-level security"):
            self.service.psql("UPDATE leads SET workspace_id = 'b'", "a")

    def test_setting_ends_with_its_transaction(self):
        rows = self.service.psql("SELECT 1; COMMIT; SELECT count(*) FROM leads; BEGIN", "a")
        self.assertEqual(rows[-1], ["0"])

    def test_backup_role_reads_everything(self):
        self.assertEqual(self.service.psql("SELECT count(DISTINCT workspace_id) FROM leads", role="inbound_backup"), [["2"]])

    def test_cluster_is_private(self):
        settings = dict(self.service.psql(
            "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'data_checksums', 'fsync', 'server_encoding')",
            role="postgres"))
        self.assertEqual(settings, {"listen_addresses": "", "data_checksums": "on", "fsync": "on", "server_encoding": "UTF8"})
        self.assertEqual(os.stat(os.path.join(self.service.data_dir, "run")).st_mode & 0o777, 0o700)
        with open(os.path.join(self.service.data_dir, "cluster", "pg_hba.conf"), encoding="utf-8") as file:
            rules = [line for line in file if line.strip() and not line.startswith("#")]
        self.assertTrue(all("peer" in rule for rule in rules))


if __name__ == "__main__":
    unittest.main()
