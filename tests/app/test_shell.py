"""Connecting, switching and looking around, as a person does it: real app, real service, real keyring."""

import os
import shutil
import stat
import subprocess
import tempfile
import unittest

from app_kit import App, takes, wait_until
from gi.repository import Gio, GLib
from harness import Service, is_alive


class Keyring:
    """gnome-keyring on the session bus of the test, unlocked."""

    def __init__(self, folder):
        self.process = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                                        env={**os.environ, "XDG_DATA_HOME": folder}, stdin=subprocess.PIPE,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process.stdin.write(b"secret\n")
        self.process.stdin.close()
        wait_until(self._is_there, "the keyring")

    @staticmethod
    def _is_there():
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                             GLib.Variant("(s)", ("org.freedesktop.secrets",)), None, 0, -1).unpack()[0]

    def stop(self):
        self.process.terminate()
        self.process.wait()


class ShellTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service().start()
        cls.addClassCleanup(cls.service.remove)
        cls.addClassCleanup(lambda: cls.service.process.poll() is None and cls.service.stop())
        cls.tokens = {}
        for workspace, name, lead in (("demo", "Demo", "Ana"), ("other", "Other Place", "Zoe")):
            cls.service.create_workspace(workspace, name=name)
            webhook = cls.service.create_webhook(workspace, "Landing page")
            cls.service.post(webhook["path"], {"firstname": lead, "lastname": "Silva", "email": f"{lead}@example.org",
                                               "product": "Solar"})
            cls.tokens[workspace] = cls.service.create_token(workspace)

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        for name in ("runtime", "config", "data", "state"):
            os.mkdir(os.path.join(self.folder, name), 0o700)
        self.app = None
        self.addCleanup(lambda: self.app is not None and self.app.process.poll() is None and self.app.process.kill())

    def start(self, *arguments, **environment):
        """An app that knows nothing but what an earlier one of this test has kept."""
        folders = {f"XDG_{name.upper()}_HOME": os.path.join(self.folder, name) for name in ("config", "data", "state")}
        self.app = App(*arguments, **{"XDG_RUNTIME_DIR": os.path.join(self.folder, "runtime"), **folders, **environment})
        return self.app

    def find_anywhere(self, role=None, name=None, starts=None):
        """Also in dialogs and other windows of the app."""
        main = self.app.root
        application = main.getApplication()
        try:
            for i in range(application.childCount):
                self.app.root = application[i]
                found = self.app.find(role, name, starts)
                if found is not None:
                    return found
        finally:
            self.app.root = main
        return None

    def wait_anywhere(self, role=None, name=None, starts=None):
        return wait_until(lambda: self.find_anywhere(role, name, starts), f"{role or 'anything'} “{name or starts}” anywhere")

    def activate(self, action, target=None):
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        parameter = [GLib.Variant("s", target)] if target is not None else []
        bus.call_sync("org.example.InboundLeads", "/org/example/InboundLeads", "org.gtk.Actions", "Activate",
                      GLib.Variant("(sava{sv})", (action, parameter, {})), None, 0, -1)

    def open_form(self):
        self.app.click(self.app.wait_for("push button", "Connect to a Server"))
        self.app.wait_for("push button", "Connect")
        self.app.focus()

    def type(self, text):
        self.app.key("ctrl+a", "Delete")
        if text:
            subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "1", text], check=True)

    def fill_form(self, address, token, workspace=""):
        """From its first field, by keyboard."""
        self.type(address)
        self.app.key("Tab")
        self.type(token)
        self.app.key("Tab", "Tab")
        self.type(workspace)
        self.app.key("Return")

    def test_1_server(self):
        """What is wrong with a server is said; a token that fits goes to the keyring, and the next start remembers all."""
        keyring = Keyring(os.path.join(self.folder, "data"))
        self.addCleanup(keyring.stop)
        app = self.start()
        self.open_form()
        for address, token, workspace, problem in (
                ("http://127.0.0.1:1", "x" * 20, "", "Nothing Answers There"),
                ("http://nowhere.invalid", "x" * 20, "", "There Is No Such Server"),
                (self.service.url, "x" * 20, "", "The Token Is Refused"),
                (self.service.url, self.tokens["demo"], "other", "The Token Is for Another Workspace"),
                (f"{self.service.url}/elsewhere", self.tokens["demo"], "", "This Is Another Kind of Server")):
            self.fill_form(address, token, workspace)
            app.wait_for(name=problem)
            app.click(app.wait_for("push button", "Back"))
            self.open_form()
            app.key("shift+Tab")   # the address is filled in already: the keyboard is in the token
        self.fill_form(self.service.url, self.tokens["demo"])
        app.wait_for("table row", starts="Ana Silva")
        app.wait_for("push button", "Connection: Live")
        app.stop()

        kept = os.path.join(self.folder, "config", "inbound-leads", "connections.conf")
        self.assertEqual(stat.S_IMODE(os.stat(kept).st_mode), 0o600)
        with open(kept) as file:
            self.assertNotIn(self.tokens["demo"], file.read())

        app = self.start()
        app.wait_for("table row", starts="Ana Silva")
        app.wait_for("push button", "Connection: Live")
        self.activate("about")
        self.wait_anywhere(name="Troubleshooting")
        app.stop()

    def test_2_without_keyring(self):
        """Nobody keeps the token: it is said, and the connection holds until the program ends."""
        app = self.start(SECRET_BACKEND="file")
        self.open_form()
        self.fill_form(self.service.url, self.tokens["demo"])
        self.wait_anywhere(name="The Token Cannot Be Kept")
        app.key("Return")   # what it suggests
        app.wait_for("table row", starts="Ana Silva")
        app.stop()

    def test_3_link(self):
        """A link fills the form in and connects nothing by itself."""
        port = self.service.port
        app = self.start(SECRET_BACKEND="file", *[f"inbound-leads://127.0.0.1:{port}/demo#{self.tokens['demo']}"])
        app.wait_for(starts="A link has filled this in")
        app.wait_for("push button", "Connect")
        self.assertIsNone(app.find("table row"))
        app.click(app.wait_for("push button", "Connect"))
        self.wait_anywhere(name="The Token Cannot Be Kept")
        app.stop()

    @takes("app.open-workspace", "app.preferences")
    def test_4_switch(self):
        """Workspaces of this computer: one, the other, and back; the view by key; the preferences."""
        app = self.start(XDG_RUNTIME_DIR=self.service.runtime_dir)
        app.wait_for("table row", starts="Ana Silva")
        app.focus()
        app.click(app.wait_for("push button", "Workspace: Demo")[0])
        app.wait_for(name="Other Place")
        app.key("Down", "Return")
        app.wait_for("table row", starts="Zoe Silva")
        app.wait_for("push button", "Workspace: Other Place")
        self.assertIsNone(app.find("table row", starts="Ana Silva"))

        app.focus()
        app.key("ctrl+2")
        wait_until(lambda: app.find("table row", starts="Zoe Silva") is None, "another view")
        app.key("ctrl+1")
        app.wait_for("table row", starts="Zoe Silva")

        app.key("ctrl+comma")
        self.wait_anywhere(name="Appearance")
        self.wait_anywhere(name="Data on This Computer")
        app.key("Escape")
        wait_until(lambda: self.find_anywhere(name="Appearance") is None, "the preferences to close")

        self.activate("remove-workspace")
        self.wait_anywhere(name="Remove “Other Place” From This Computer?")
        app.key("Tab", "Return")
        app.wait_for("table row", starts="Ana Silva")
        replicas = os.listdir(os.path.join(self.folder, "data", "inbound-leads", "replicas"))
        self.assertEqual([name.split("-")[0] for name in replicas], ["demo"])
        app.stop()

    def test_5_offline(self):
        """The service is away when the app starts: what it kept is there at once, and it connects when the service is back."""
        app = self.start(XDG_RUNTIME_DIR=self.service.runtime_dir)
        app.wait_for("table row", starts="Ana Silva")
        app.wait_for("push button", "Connection: Live")
        app.stop()
        self.service.stop()
        app = self.start(XDG_RUNTIME_DIR=self.service.runtime_dir)
        app.wait_for("table row", starts="Ana Silva")
        app.wait_for("push button", "Connection: Offline")
        app.wait_for("label", "Offline. Everything here stays usable.")
        self.service.start()
        app.wait_for("push button", "Connection: Live")
        app.stop()

    def test_7_test_lead(self):
        """Offered to those who may send it; that they may not any more is said."""
        self.service.create_workspace("empty", name="Empty")
        token_file = os.path.join(self.folder, "token")
        for role in ("agent", "manager"):
            with open(token_file, "w") as file:
                file.write(self.service.create_token("empty", role) + "\n")
            app = self.start("--server", self.service.url, "--workspace", "empty", "--token-file", token_file)
            app.wait_for(name="No Leads Yet")
            app.wait_for("push button", "Connection: Live")
            if role == "manager":
                break
            app.wait_for("push button", "Copy Command")
            self.assertIsNone(app.find("push button", "Send Test Lead"))
            app.stop()

        button = app.wait_for("push button", "Send Test Lead")
        self.service.psql("UPDATE memberships SET role = 'viewer'", "empty")
        with open(token_file) as file:
            token = file.read().strip()
        wait_until(lambda: self.service.get("/api/inbound-leads/export.csv", token).status == 403, "the lesser role", 20)
        app.click(button)
        app.wait_for(starts="The test lead was not sent. The server answered 403")
        self.assertIsNotNone(app.find(name="No Leads Yet"))
        app.stop()

    def test_6_use_this_computer(self):
        """The service is started, with a first workspace, and outlives the app."""
        programs = os.path.join(self.folder, "bin")
        os.mkdir(programs)
        data = os.path.join(self.folder, "service")
        wrapper = os.path.join(programs, "inbound-leads-service")
        with open(wrapper, "w") as file:
            file.write("#!/bin/sh\n"
                       f"echo $$ > {self.folder}/pid.$1\n"
                       f"export INBOUND_LEADS_DATA_DIR={data} INBOUND_LEADS_LISTEN=127.0.0.1:0\n"
                       f"exec {os.environ['INB_SERVICE']} \"$@\"\n")
        os.chmod(wrapper, 0o755)
        os.chmod(self.folder, 0o755)
        app = self.start(PATH=f"{programs}:{os.environ['PATH']}")
        app.click(app.wait_for("push button", "Use This Computer"))
        wait_until(lambda: app.find(name="No Leads Yet"), "an empty workspace", patience=120)
        app.wait_for("push button", "Workspace: Leads")
        app.click(app.wait_for("push button", "Send Test Lead"))
        app.wait_for("table row", "Test Lead (test), New, Test product, Test lead")
        app.wait_for("panel", "Total: 0")
        app.stop()
        with open(os.path.join(self.folder, "pid.serve")) as file:
            pid = int(file.read())
        os.kill(pid, 15)
        wait_until(lambda: not is_alive(pid), "the end of the service", patience=60)


if __name__ == "__main__":
    unittest.main(verbosity=2)
