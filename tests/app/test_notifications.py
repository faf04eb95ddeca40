"""Notifications, their buttons, quiet hours, reminders and running without a window: real service, real app, real daemon."""

import os
import subprocess
import time
import unittest
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pyatspi

from app_kit import Notifications, takes, wait_until
from notice_kit import APP_ID, SNOOZE_SECONDS, NoticeCase
from portal import Portal


class NotificationsTest(NoticeCase):
    # The burst has a test of its own; here each lead is one.
    burst_seconds = 1.5

    @classmethod
    def setUpClass(cls):
        os.environ["INBOUND_LEADS_BURST_QUIET"] = "1000"
        super().setUpClass()
        cls.zone = cls.service.psql("SELECT timezone FROM workspaces", workspace="demo")[0][0]
        cls.started = time.time()

    def test_1_open(self):
        """The Open button opens the lead."""
        self.notifications.set_button("open-lead")
        self.post("Opal")
        self.wait_told("New lead|Opal · Website")
        self.assertIsNone(self.app.find("label", starts="Appointment: call of Opal"))
        self.notifications.open_newest()
        self.app.wait_for("label", starts="Appointment: call of Opal")

    def test_2_withdrawn(self):
        """A notification goes when its lead is opened in another way."""
        lead = self.post("Wanda")
        self.wait_told("New lead|Wanda · Website")
        self.activate("open-lead", lead)
        self.app.wait_for("label", starts="Appointment: call of Wanda")
        wait_until(lambda: self.notifications.count_shown() == 0, "the notification to go")

    def test_3_snooze(self):
        """A snoozed lead comes back, also when the app was ended meanwhile."""
        self.notifications.set_button("snooze-lead")
        lead = self.post("Sven")
        self.wait_told("New lead|Sven · Website")
        self.notifications.open_newest()
        self.wait_told("Snoozed lead|Sven · Solar")
        # Long enough for the app to end and to start.
        self.set("snooze-seconds", "6")
        wait_until(lambda: f"{lead}=" not in self.read_store(), "the snooze to be over")
        self.notifications.set_button(None)
        self.notifications.open_newest()
        wait_until(lambda: f"{lead}=" in self.read_store(), "the snooze to be kept")
        self.notifications.lines.clear()
        self.app.stop()
        self.assertEqual(self.notifications.lines, [])
        NotificationsTest.app = self.start()
        self.set("snooze-seconds", str(SNOOZE_SECONDS))
        self.wait_told("Snoozed lead|Sven · Solar")
        self.notifications.open_newest()
        self.app.wait_for("label", starts="Appointment: call of Sven")

    def read_store(self):
        return next(Path(self.folder.name, "data").glob("*/notices.ini")).read_text()

    def test_3_assign(self):
        """A lead is taken from its notification, which can be undone."""
        self.notifications.set_button("assign-lead")
        lead = self.post("Tara")
        self.wait_told("New lead|Tara · Website")
        self.notifications.open_newest()
        wait_until(lambda: self.service.count("leads", where=f"id = '{lead}' AND assigned_to IS NOT NULL") == 1, "an owner")
        self.app.wait_for("label", "Lead assigned to you")

    def test_5_quiet_hours(self):
        """In quiet hours nothing is told; after them their leads together."""
        self.set("quiet-from", "0")
        self.set("quiet-to", "0")
        self.set("quiet-hours", "true")
        for name in ("Quinn", "Queenie", "Quentin"):
            self.post(name)
        self.app.wait_for("table row", starts="Quentin")
        self.assertEqual(self.notifications.count_shown(), 0)
        self.set("quiet-hours", "false")
        self.wait_told("3 leads came in during quiet hours")
        self.assertNotIn("New lead", self.notifications.text())
        self.notifications.open_newest()
        self.app.wait_for("table row", starts="Quentin")
        self.other.focus()

    def test_6_rules(self):
        """A rule keeps a lead out of the notifications; the next one is told."""
        self.set("notification-rules", "'[{\"product\":\"Noise\",\"outcome\":\"never\"}]'")
        self.post("Nora", product="Noise")
        self.app.wait_for("table row", starts="Nora")
        self.post("Nelly", product="Signal")
        self.wait_told("New lead|Nelly · Website")
        self.assertNotIn("Nora", self.notifications.text())
        self.set("notification-rules", "[]")

    def test_7_follow_up(self):
        """A follow-up is told at its time, once."""
        lead = self.post("Fiona")
        self.app.wait_for("table row", starts="Fiona")
        self.notifications.clear()
        self.set_follow_up(lead, "now () + interval '2 seconds'")
        self.wait_told("Follow-up due|Fiona · Solar")
        self.notifications.lines.clear()
        self.restart()
        self.post("After")
        self.wait_told("New lead|After · Website")
        self.assertNotIn("Follow-up", self.notifications.text())

    def test_7_set_by_hand(self):
        """A follow-up of today is put to this very minute in the lead's details and told; a click on it comes back to the lead."""
        lead = self.post("Frida")
        self.app.wait_for("table row", starts="Frida")
        self.set_follow_up(lead, f"(date_trunc ('day', now () AT TIME ZONE '{self.zone}') + interval '23:59') AT TIME ZONE '{self.zone}'")
        other = self.post("Gustav")
        self.activate("open-lead", lead)
        self.app.wait_for("label", starts="Appointment: call of Frida")
        self.notifications.clear()
        self.app.focus()
        self.app.click(self.app.wait_for("push button", starts="Follow-up: ", ends="23:59")[0])
        self.app.wait_for("text", "Time")
        wait_until(self.reach_time, "the keyboard to be where the time is written", pause=0.2)
        minute = self.choose_minute()
        self.app.key("ctrl+a")
        subprocess.run(["xdotool", "type", "--delay", "12", minute], check=True)
        self.app.key("Return")
        wait_until(lambda: self.service.count("leads", where=f"id = '{lead}' AND to_char (next_follow_up_at AT TIME ZONE '{self.zone}',"
                                              f" 'HH24:MI') = '{minute}'") == 1, "the follow-up")
        self.activate("open-lead", other)
        self.app.wait_for("label", starts="Appointment: call of Gustav")
        self.other.focus()
        self.wait_told("Follow-up due|Frida · Solar", patience=90)
        self.notifications.open_newest()
        self.app.wait_for("label", starts="Appointment: call of Frida")

    def reach_time(self):
        """Back over the end of what is in the popover."""
        if any(node.getState().contains(pyatspi.STATE_FOCUSED) for node in self.time_entry()):
            return True
        self.app.key("shift+Tab")
        return False

    def time_entry(self):
        entry = self.app.find("text", "Time")
        return [entry, *(entry[i] for i in range(entry.childCount))]

    def choose_minute(self):
        """By the workspace's clock; one that began before the program did would be no news."""
        now = datetime.now(ZoneInfo(self.zone))
        if now.replace(second=0, microsecond=0).timestamp() < self.started:
            now += timedelta(minutes=1)
        return f"{now:%H:%M}"

    def set_follow_up(self, lead, when):
        self.service.psql("UPDATE workspace_heads SET change_seq = change_seq + 1 WHERE workspace_id = 'demo';"
                          f"UPDATE leads SET next_follow_up_at = {when}, change_seq = (SELECT change_seq FROM workspace_heads"
                          f" WHERE workspace_id = 'demo') WHERE workspace_id = 'demo' AND id = '{lead}'", workspace="demo")
        self.post("Bell")   # makes the service look at its feed

    @takes("ctrl+w")
    def test_8_background(self):
        """Closed, the app goes on telling; a notification brings the window back; without the setting closing ends it."""
        self.set("run-in-background", "true")
        self.app.close_window()
        self.post("Berta")
        self.wait_told("New lead|Berta · Website")
        self.notifications.open_newest()
        self.app.wait_window()
        self.app.wait_for("label", starts="Appointment: call of Berta")
        self.app.close_window()
        subprocess.run(["gdbus", "call", "--session", "--dest", APP_ID, "--object-path", "/org/example/InboundLeads", "--method",
                        "org.freedesktop.Application.Activate", "{}"], check=True, capture_output=True)
        self.app.wait_window()
        self.set("run-in-background", "false")
        self.app.close_window()
        self.app.wait_end()

        NotificationsTest.app = self.start("--background")
        wait_until(lambda: self.is_on_bus(), "the app on the bus")
        self.assertFalse(self.app.has_window())
        self.notifications.set_button("open-lead")
        wait_until(lambda: "\ninbound_websocket_clients 1\n" in self.service.get("/metrics").body.decode(), "the connection")
        self.post("Bruno")
        self.wait_told("New lead|Bruno · Website")
        self.notifications.open_newest()
        self.app.wait_window()
        self.app.wait_for("label", starts="Appointment: call of Bruno")

    @staticmethod
    def is_on_bus():
        return "true" in subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.freedesktop.DBus", "--object-path", "/org/freedesktop/DBus", "--method",
             "org.freedesktop.DBus.NameHasOwner", APP_ID], capture_output=True, text=True).stdout

    def test_9_no_server(self):
        """Without a notification server the window stays alive, and the leads come in."""
        self.notifications.stop()
        self.post("Nemo")
        self.app.wait_for("table row", starts="Nemo")
        self.post("Nina")
        self.app.wait_for("table row", starts="Nina")
        # What GLib says once when there is nobody to tell.
        self.check_errors(self.app, allowed="unable to send notifications")
        self.app.errors.clear()
        self.app.stop()
        with Portal() as portal:
            NotificationsTest.app = self.start(GTK_USE_PORTAL="1")
            self.post("Petra")
            wait_until(lambda: [n for n in portal.notifications if n["title"] == "New lead"], "the portal's notification")
            notification = portal.notifications[-1]
            self.assertEqual(notification["body"], "Petra · Website")
            self.assertEqual(notification["default-action"], "app.open-lead")
            self.assertEqual([b["label"] for b in notification["buttons"]], ["Open", "Snooze", "Assign to Me"])
            portal.activate(notification)
            self.app.wait_for("label", starts="Appointment: call of Petra")
            wait_until(lambda: "arrivals" in portal.removed, "the notification to be taken back")
            self.set("start-with-session", "true")
            wait_until(lambda: portal.background, "the request for the background")
            self.assertEqual(portal.background[-1]["commandline"], ["inbound-leads", "--background"])
            self.assertTrue(portal.background[-1]["autostart"])
            self.app.stop()
        NotificationsTest.notifications = Notifications(self.folder.name)
        NotificationsTest.app = self.start()


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
