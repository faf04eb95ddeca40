"""A webhook posted to a service outside the sandbox appears in the app inside it; run by tests/flatpak."""

import os
import subprocess
import threading
import unittest

import pyatspi

from app_kit import App, wait_until
from harness import Service

APP_ID = "org.example.InboundLeads"


class SandboxedApp(App):
    """Its process has another number inside the sandbox, so that it is found by its window's title."""

    def __init__(self, runtime_dir):
        env = {name: value for name, value in os.environ.items() if name != "NO_AT_BRIDGE"}
        env["XDG_RUNTIME_DIR"] = runtime_dir
        self.errors = []
        self.process = subprocess.Popen(["flatpak", "run", "--user", APP_ID], stderr=subprocess.PIPE, text=True, env=env)
        threading.Thread(target=self._read, daemon=True).start()
        self.root = wait_until(self._find_root, "the window")

    def _find_root(self):
        if self.process.poll() is not None:
            raise SystemExit("the app ended: " + "".join(self.errors))
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.name in (APP_ID, "inbound-leads") and application.childCount > 0:
                return application[0]
        return None


def give_door(service):
    """Root's service runs as another account, and root in the sandbox has no more rights than its own files give it."""
    folder = os.path.join(service.runtime_dir, "inbound-leads")
    if os.getuid() == 0:
        for name in os.listdir(folder):
            os.chown(os.path.join(folder, name), 0, 0)
        os.chown(folder, 0, 0)


class FlatpakTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.service = Service()
        # The one place where a sandbox and the computer around it see the folder under the same name.
        cls.service.runtime_dir = os.environ["INB_RUNTIME_DIR"]
        cls.service.create_workspace("demo")
        cls.webhook = cls.service.create_webhook("demo", "Landing page")
        cls.service.start()
        give_door(cls.service)
        cls.app = SandboxedApp(cls.service.runtime_dir)

    @classmethod
    def tearDownClass(cls):
        subprocess.run(["flatpak", "kill", APP_ID], env={**os.environ, "XDG_RUNTIME_DIR": cls.service.runtime_dir})
        cls.app.process.wait(timeout=30)
        cls.app.process.stderr.close()
        cls.service.stop()
        cls.service.remove()
        print("".join(cls.app.errors))

    def tearDown(self):
        if "INB_SCREENSHOT" in os.environ:
            subprocess.run(["import", "-window", "root", os.environ["INB_SCREENSHOT"]], check=True)

    def test_1_sandboxed(self):
        listed = subprocess.run(["flatpak", "ps", "--columns=application"], capture_output=True, text=True,
                                env={**os.environ, "XDG_RUNTIME_DIR": self.service.runtime_dir})
        self.assertIn(APP_ID, listed.stdout)

    def test_2_arrival(self):
        self.app.wait_for("push button", "Connection: Live")
        answer = self.service.post(self.webhook["path"], {
            "firstname": "Jörg", "lastname": "Groß", "phone": "+49 30 23125001", "product": "Solar", "lead_status": "new"})
        self.assertEqual(answer.status, 200)
        self.app.wait_for("table row", "Jörg Groß, New, Solar, Landing page")
        self.app.wait_for("panel", "Total: 1")


if __name__ == "__main__":
    unittest.main(verbosity=2)
