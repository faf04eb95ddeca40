"""How long the main loop of an app keeps others waiting: asks it something that only its main loop answers, again and again."""

import threading
import time

from gi.repository import Gio

APP_ID = "org.example.InboundLeads"
INTERVAL = 0.004


class LoopProbe:
    """Used as a context. The answer times are in `waits`, milliseconds."""

    def __init__(self):
        self.waits = []
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._ask)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *problem):
        self.stopping.set()
        self.thread.join()

    def _ask(self):
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        while not self.stopping.wait(INTERVAL):
            since = time.monotonic()
            bus.call_sync(APP_ID, "/" + APP_ID.replace(".", "/"), "org.gtk.Actions", "List", None, None, 0, -1)
            self.waits.append((time.monotonic() - since) * 1000)

    def __str__(self):
        waits = sorted(self.waits)
        return f"waits p50 {waits[len(waits) // 2]:.1f} p99 {waits[len(waits) * 99 // 100]:.1f} worst {waits[-1]:.1f} ms of {len(waits)}"
