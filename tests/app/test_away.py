"""What is told of the leads that came in while the program was closed or without a connection: real service, app and daemon."""

import os
import subprocess
import tempfile
import unittest
from urllib.parse import urlsplit

from app_kit import App, Notifications, OtherWindow, wait_until
from harness import Service
from wire import Wire

APP_ID = "org.example.InboundLeads"


class AwayTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.service = cls.enterClassContext(Service())
        cls.service.create_workspace("demo")
        cls.webhook = cls.service.create_webhook("demo", "Website")["path"]
        cls.token_file = os.path.join(cls.folder, "token")
        with open(cls.token_file, "w") as file:
            file.write(cls.service.create_token("demo") + "\n")
        cls.wire = Wire(urlsplit(cls.service.url).port)
        cls.addClassCleanup(cls.wire.stop)
        # Settings that a test can change.
        cls.environment = {"GSETTINGS_BACKEND": "keyfile", "XDG_CONFIG_HOME": os.path.join(cls.folder, "config")}
        cls.notifications = Notifications(cls.folder)
        cls.addClassCleanup(cls.notifications.stop)
        cls.other = OtherWindow()
        cls.addClassCleanup(cls.other.stop)
        cls.app = None

    @classmethod
    def tearDownClass(cls):
        if cls.app is not None:
            cls.end()

    @classmethod
    def set(cls, key, value):
        subprocess.run(["gsettings", "set", APP_ID, key, value], check=True, env={**os.environ, **cls.environment})

    @classmethod
    def start(cls):
        cls.wire.cut()
        cls.app = App("--server", f"http://127.0.0.1:{cls.wire.port}", "--workspace", "demo", "--token-file", cls.token_file,
                      "--data-dir", os.path.join(cls.folder, "data"), **cls.environment)
        # Not before the window is no longer the active one: what is told depends on it.
        cls.other.focus()
        cls.wire.mend()
        cls.app.wait_for("push button", "Connection: Live")

    @classmethod
    def end(cls):
        cls.app.stop()
        errors = [line for line in cls.app.errors if ("CRITICAL" in line or "WARNING" in line or "ERROR" in line)
                  and "dbind" not in line]
        cls.app = None
        if errors:
            raise AssertionError("".join(errors))

    def post(self, *names, **payload):
        for name in names:
            answer = self.service.post(self.webhook, {"firstname": name, "email": f"{name.lower()}@example.org",
                                                      "product": "Solar", **payload})
            self.assertEqual(answer.status, 200)

    def wait_told(self, text):
        wait_until(lambda: text in self.notifications.text(), f"the notification “{text}”")

    def count_told(self):
        return self.notifications.text().count("summary: ")

    def test_1_first_sync(self):
        """A first sync is no news; what comes after it is."""
        self.post("Adam", "Abel", "Anna")
        self.start()
        self.app.wait_for("table row", starts="Anna")
        self.post("Bea")
        self.wait_told("New lead|Bea · Website")
        self.assertEqual(self.count_told(), 1, self.notifications.text())
        self.assertIsNone(self.app.find("label", starts="4 new leads"))
        self.end()

    def test_2_closed(self):
        """One notification for all that came while the program was closed, but for those that a rule keeps quiet."""
        self.notifications.clear()
        self.set("notification-rules", "'[{\"product\":\"Noise\",\"outcome\":\"never\"},{\"product\":\"Low\",\"outcome\":\"silent\"}]'")
        self.post("Cora", "Cleo", "Carl")
        self.post("Norbert", product="Noise")
        self.post("Lothar", product="Low")
        self.start()
        self.app.wait_for("label", "4 new leads while you were away: Lothar · Website")
        self.wait_told("3 new leads while you were away|Carl · Website")
        self.assertEqual(self.count_told(), 1, self.notifications.text())
        self.notifications.open_newest()
        self.app.wait_for("table row", starts="Cora")
        self.app.wait_gone("table row", starts="Bea")
        self.end()
        # Seen once, it is not told again.
        self.notifications.clear()
        self.start()
        self.post("Dora")
        self.wait_told("New lead|Dora · Website")
        self.assertNotIn("away", self.notifications.text())

    def test_3_without_connection(self):
        """The same after the connection was lost; with one lead its Open button opens it."""
        self.notifications.clear()
        self.wire.cut()
        self.app.wait_for("push button", starts="Connection: Offline")
        self.post("Emil", appointment_date="call of Emil")
        self.wire.mend()
        self.other.focus()
        self.wait_told("1 new lead while you were away|Emil · Website")
        self.assertNotIn("New lead|Emil", self.notifications.text())
        self.notifications.open_newest()
        self.app.wait_for("label", starts="Appointment: call of Emil")
        self.end()

    def test_4_quiet_hours(self):
        """In quiet hours they wait for the end of these."""
        self.notifications.clear()
        self.set("quiet-from", "0")
        self.set("quiet-to", "0")
        self.set("quiet-hours", "true")
        self.post("Fay", "Finn")
        self.start()
        self.app.wait_for("label", starts="2 new leads while you were away")
        self.assertEqual(self.count_told(), 0, self.notifications.text())
        self.set("quiet-hours", "false")
        self.wait_told("2 leads came in during quiet hours")
        self.assertNotIn("away", self.notifications.text())


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
