"""A burst of leads, told by a few notifications: real service, real app, real daemon."""

import threading
import time
import unittest

from app_kit import BusMonitor, wait_until
from notice_kit import NoticeCase


class BurstTest(NoticeCase):
    def test_500_leads(self):
        """500 leads in 10 seconds: at most three notifications, the last one with the right count, and it shows them."""
        self.notifications.set_button("show-leads")
        monitor = BusMonitor()
        started = time.monotonic()
        # Two senders; one keeps the pace, so that the other is never far behind.
        def send(numbers):
            for number in numbers:
                time.sleep(max(0, started + number / 50 - time.monotonic()))
                self.post(f"Burst{number:03}")
        sender = threading.Thread(target=send, args=(range(0, 500, 2),))
        sender.start()
        send(range(1, 500, 2))
        sender.join()
        print(f"500 webhooks in {time.monotonic() - started:.1f} s", flush=True)
        self.wait_told("500 new leads")
        # What would still come had its chance.
        self.wait_burst()
        print(f"notifications: {monitor.titles}", flush=True)
        self.assertLessEqual(len(monitor.titles), 3)
        self.assertEqual(monitor.titles[0], "New lead")
        self.assertEqual(monitor.titles[-1], "500 new leads")
        self.assertEqual(self.notifications.count_shown(), 1)
        monitor.stop()
        self.notifications.open_newest()
        wait_until(lambda: self.notifications.count_shown() == 0, "the notification to go")
        self.app.wait_for("table row", starts="Burst499")


if __name__ == "__main__":
    unittest.main(verbosity=2, failfast=True)
