"""What tests of notifications have in common: a real service with a webhook, a real notification daemon, and the real app without
the focus."""

import os
import subprocess
import tempfile
import time
import unittest

from app_kit import App, Notifications, OtherWindow, wait_until
from harness import Service

APP_ID = "org.example.InboundLeads"
SNOOZE_SECONDS = 2


class NoticeCase(unittest.TestCase):
    """Each test begins without notifications, with the focus elsewhere, and after the last burst."""

    burst_seconds = 8.5     # after so long without a lead a burst is over
    last_post = 0

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.service = Service().start()
        cls.service.create_workspace("demo")
        cls.webhook = cls.service.create_webhook("demo", "Website")
        cls.token_file = os.path.join(cls.folder.name, "token")
        with open(cls.token_file, "w") as file:
            file.write(cls.service.create_token("demo") + "\n")
        # Settings that outlive the app and that a test can change under it.
        cls.environment = {"GSETTINGS_BACKEND": "keyfile", "XDG_CONFIG_HOME": os.path.join(cls.folder.name, "config")}
        cls.set("snooze-seconds", str(SNOOZE_SECONDS))
        cls.notifications = Notifications(cls.folder.name)
        cls.other = OtherWindow()
        cls.app = cls.start()

    @classmethod
    def tearDownClass(cls):
        cls.app.stop()
        cls.other.stop()
        cls.notifications.stop()
        cls.service.stop()
        cls.service.remove()
        cls.folder.cleanup()
        cls.check_errors(cls.app)

    @staticmethod
    def check_errors(app, allowed="dbind"):
        errors = [line for line in app.errors if ("CRITICAL" in line or "WARNING" in line or "ERROR" in line)
                  and "dbind" not in line and allowed not in line]
        if errors:
            raise AssertionError("".join(errors))

    @classmethod
    def set(cls, key, value):
        subprocess.run(["gsettings", "set", APP_ID, key, value], check=True, env={**os.environ, **cls.environment})

    @classmethod
    def start(cls, *arguments, **environment):
        app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", cls.token_file, "--data-dir",
                  os.path.join(cls.folder.name, "data"), *arguments, **{**cls.environment, **environment})
        if "--background" not in arguments:
            app.wait_for("push button", "Connection: Live")
            cls.other.focus()
        return app

    @classmethod
    def restart(cls, *arguments):
        cls.app.stop()
        cls.check_errors(cls.app)
        cls.app = cls.start(*arguments)

    def setUp(self):
        self.activate("show-leads", "{}")
        self.other.focus()
        self.wait_burst()
        self.notifications.clear()
        self.notifications.set_button(None)

    def wait_burst(self):
        wait_until(lambda: time.monotonic() > NoticeCase.last_post + self.burst_seconds, "the end of the burst", pause=0.2)

    @staticmethod
    def activate(action, target):
        subprocess.run(["gdbus", "call", "--session", "--dest", APP_ID, "--object-path", "/org/example/InboundLeads", "--method",
                        "org.gtk.Actions.Activate", action, f"[<'{target}'>]", "{}"], check=True, capture_output=True)

    def post(self, name, **payload):
        answer = self.service.post(self.webhook["path"], {"firstname": name, "email": f"{name.lower()}@example.org",
                                                          "product": "Solar", "appointment_date": f"call of {name}", **payload})
        self.assertEqual(answer.status, 200)
        NoticeCase.last_post = time.monotonic()
        return answer.json()["lead_id"]

    def wait_told(self, text, patience=None):
        wait_until(lambda: text in self.notifications.text(), f"the notification “{text}”", patience)
