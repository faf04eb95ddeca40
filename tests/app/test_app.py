"""From a posted webhook to what the user sees, end to end: real service, real app, real notification daemon."""

import os
import tempfile
import time
import unittest

from app_kit import App, Notifications, OtherWindow, wait_until
from harness import Service

# On a busy machine the median is what tells; the slowest one has to be bearable.
MEDIAN_SECONDS = 0.150 * float(os.environ.get("INB_SLOWNESS", "1"))


class AppTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.service = Service().start()
        cls.addClassCleanup(cls.service.remove)
        cls.addClassCleanup(cls.service.stop)
        cls.service.create_workspace("demo")
        cls.webhook = cls.service.create_webhook("demo", "Landing page")
        cls.token_file = os.path.join(cls.folder.name, "token")
        with open(cls.token_file, "w") as file:
            file.write(cls.service.create_token("demo") + "\n")
        cls.notifications = Notifications(cls.folder.name)
        cls.addClassCleanup(cls.notifications.stop)
        cls.other = OtherWindow()
        cls.addClassCleanup(cls.other.stop)
        cls.app = App("--server", cls.service.url, "--workspace", "demo", "--token-file", cls.token_file,
                      INBOUND_LEADS_BURST_QUIET="4000")
        cls.addClassCleanup(cls.stop_app)
        cls.other.focus()

    @classmethod
    def stop_app(cls):
        cls.app.stop()
        errors = [line for line in cls.app.errors if "CRITICAL" in line or "WARNING" in line or "ERROR" in line
                  if "dbind" not in line]
        if errors:
            raise AssertionError("".join(errors))

    def post(self, **payload):
        answer = self.service.post(self.webhook["path"], payload)
        self.assertEqual(answer.status, 200)
        return answer.json()

    def rows(self):
        return self.app.wait_for("list", "GtkColumnListView")

    def test_1_empty(self):
        """An empty workspace says how to fill it."""
        self.app.wait_for(name="No Leads Yet")
        self.app.wait_for(starts="inbound-leads-service webhook create --workspace demo")
        self.app.wait_for(starts=f"curl {self.service.url}/webhooks/")
        self.app.wait_for("push button", "Connection: Live")

    def test_2_arrival(self):
        """Row, toast, figures and notification follow a webhook; the notification opens the lead."""
        self.post(firstname="Jörg", lastname="Groß", phone="+49 171 1234567", email="joerg@example.org", product="Solar")
        self.app.wait_for("table row", "Jörg Groß, New, Solar, Landing page")
        self.app.wait_for("label", "+49 171 1234567")
        self.app.wait_for("label", "New lead: Jörg Groß · Landing page")
        for card in ("Total: 1", "New: 1", "Pending: 0", "Today: 1", "Top product: Solar, 1 lead",
                     "Top source: Landing page, 1 lead"):
            self.app.wait_for("panel", card)

        wait_until(lambda: "New lead|Jörg Groß · Landing page" in self.notifications.text(), "the notification")
        self.assertIsNone(self.app.find("label", "Why this lead"))
        self.notifications.open_newest()
        self.app.wait_for("label", starts="joerg@example.org")
        self.app.wait_for(name="Why this lead")
        self.app.wait_for("label", "New Lead Created")
        self.app.wait_for("label", "Today")

    def test_3_update(self):
        """The same person's next message changes the row, the figures and the open detail in place."""
        self.post(phone="+49 171 1234567", product="Solar", lead_status="qualified", notes="Wants an offer")
        self.app.wait_for("table row", "Jörg Groß, Qualified, Solar, Landing page")
        self.app.wait_for("panel", "Pending: 1")
        self.app.wait_for("label", "Wants an offer")
        self.post(phone="+49 171 1234567", product="Solar", lead_status="converted", appointment_date="2025-10-20 10:00AM")
        self.app.wait_for("table row", "Jörg Groß, Won, Solar, Landing page")
        self.app.wait_for("panel", "Conversion: 100.0\u202f%, 1 won")
        self.app.wait_for("label", "Lead Converted to Won")
        self.app.wait_for("label", starts="Appointment: 2025-10-20")

    def test_4_keyboard(self):
        """Esc closes the detail, the arrows walk, Enter opens."""
        self.post(firstname="Ana", lastname="Silva", email="ana@example.org", product="Battery")
        self.app.wait_for("table row", "Ana Silva, New, Battery, Landing page")
        self.app.focus()
        self.app.key("Escape")
        self.app.wait_gone(name="Why this lead")
        self.app.key("k")
        self.app.key("Return")
        self.app.wait_for("label", starts="ana@example.org")
        self.app.wait_for(name="Why this lead")
        self.app.key("j")
        self.app.wait_for("label", starts="joerg@example.org")
        self.app.key("Escape")
        self.app.wait_gone(name="Why this lead")

    def test_5_markup(self):
        """What a form was filled with is text: in the toast, in the notification, in the row."""
        self.other.focus()
        self.post(firstname="<b>Bobby</b>", lastname="& Co", email="bobby@example.org", product="<i>x</i>")
        self.app.wait_for("table row", starts="<b>Bobby</b> & Co, New, <i>x</i>")
        self.app.wait_for("label", ends=": <b>Bobby</b> & Co · Landing page")
        wait_until(lambda: "&lt;b&gt;Bobby&lt;/b&gt; &amp; Co" in self.notifications.text(), "the escaped notification")

    def test_6_burst(self):
        """Many at once, in one delivery however slow the machine is, are told once, with their number; every row is there."""
        # When its toast has gone, the burst before is over, too.
        wait_until(lambda: self.app.find("label", ends=": <b>Bobby</b> & Co · Landing page") is None, "the toast to go")
        before = self.notifications.count_shown()
        answer = self.service.post(self.webhook["path"], [
            {"firstname": "Burst", "lastname": f"{number:02}", "email": f"burst{number}@example.org", "product": "Solar"}
            for number in range(25)])
        self.assertEqual([result["success"] for result in answer.json()["results"]], [True] * 25)
        self.app.wait_for("label", starts="25 new leads: Burst 24")
        self.app.wait_for("panel", "Total: 28")
        self.app.wait_for("table row", starts="Burst 00")
        wait_until(lambda: "25 new leads" in self.notifications.text(), "the notification of the burst")
        self.assertLessEqual(self.notifications.count_shown(), before + 1)

    def test_7_speed(self):
        """From the post to the row that can be read."""
        rows = self.rows()
        times = []
        for number in range(15):
            name = f"Quick {number:02}, New, Solar, Landing page"
            started = time.monotonic()
            self.post(firstname="Quick", lastname=f"{number:02}", email=f"quick{number}@example.org", product="Solar")
            wait_until(lambda: rows[0].name == name, f"row {name}", pause=0.002)
            times.append(time.monotonic() - started)
        times.sort()
        print(f"webhook → row: median {times[7] * 1000:.0f} ms, slowest {times[-1] * 1000:.0f} ms", flush=True)
        self.assertLess(times[7], MEDIAN_SECONDS)

    def test_8_offline(self):
        """Without the service everything is still there, and says so."""
        self.service.stop()
        self.app.wait_for("push button", "Connection: Offline")
        self.app.wait_for("label", "Offline. Everything here stays usable.")
        self.app.wait_for("panel", "Total: 43")
        self.app.wait_for("table row", starts="Quick 14")
        self.service.start()


class LocalTest(unittest.TestCase):
    def test_local(self):
        """Without options: a page that says how to start the service, then the leads of the one that was started."""
        with tempfile.TemporaryDirectory() as runtime:
            os.chmod(runtime, 0o700)
            app = App(XDG_RUNTIME_DIR=runtime)
            app.wait_for(name="Where Do Your Leads Come In?")
            app.wait_for("push button", "Connect to a Server")
            app.stop()
        with Service() as service:
            service.create_workspace("demo", name="Demo")
            webhook = service.create_webhook("demo", "Landing page")
            service.post(webhook["path"], {"firstname": "Local", "lastname": "Lead", "email": "l@example.org", "product": "Solar"})
            app = App(XDG_RUNTIME_DIR=service.runtime_dir)
            app.wait_for("table row", "Local Lead, New, Solar, Landing page")
            app.stop()


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
