"""Desktops: the real app with data, settings and a session bus of its own, so that several run on one display, are killed and start
again on what they left."""

import os
import subprocess
import threading

from gi.repository import Gio, GLib

from app_kit import PROGRAM, App, focus_window, wait_until

APP_ID = "org.example.InboundLeads"


def find_accessibility_bus():
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    return bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1).unpack()[0]


def write_token(folder, service, name="token", **options):
    """The file with a new token of the workspace."""
    path = os.path.join(folder, f"{name}.token")
    with open(path, "w") as file:
        file.write(service.create_token("demo", **options) + "\n")
    return path


class Desk(App):
    """Started by start(), as often as wanted. The last lines that it logged are in `errors`, the edits it kept in `kept`."""

    def __init__(self, folder, url, token_file, **environment):
        self.folder = folder
        os.makedirs(folder, 0o700, exist_ok=True)
        self.data = os.path.join(folder, "data")
        self.arguments = ["--server", url, "--workspace", "demo", "--token-file", token_file, "--data-dir", self.data]
        self.bus = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1"], stdout=subprocess.PIPE,
                                    stderr=subprocess.DEVNULL, text=True)
        self.address = self.bus.stdout.readline().strip()
        # With a bus of its own, but known to the same screen reader.
        self.environment = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address, "LC_ALL": "C.UTF-8",
                            "AT_SPI_BUS_ADDRESS": find_accessibility_bus(), "XDG_CONFIG_HOME": os.path.join(folder, "config"),
                            "G_MESSAGES_DEBUG": "inb-app", **environment}
        self.errors = []
        self.kept = []

    def start(self, **options):
        self.errors = []
        self.kept = []
        self.process = subprocess.Popen([PROGRAM, *self.arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        env=self.environment, **options)
        self.readers = [threading.Thread(target=self._read_errors, args=(self.process.stderr, self.errors), daemon=True),
                        threading.Thread(target=self._read_kept, args=(self.process.stdout, self.kept), daemon=True)]
        for reader in self.readers:
            reader.start()
        self.wait_window()
        self.indicator = self.wait_for("push button", starts="Connection: ")
        return self

    @staticmethod
    def _read_errors(stream, errors):
        for line in stream:
            errors.append(line)

    @staticmethod
    def _read_kept(stream, kept):
        for line in stream:
            if "kept: " in line:
                kept.append(line.split("kept: ", 1)[1].strip())

    def stop(self):
        """As the user quits it."""
        bus = Gio.DBusConnection.new_for_address_sync(
            self.address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        bus.call_sync(APP_ID, "/" + APP_ID.replace(".", "/"), "org.gtk.Actions", "Activate",
                      GLib.Variant("(sava{sv})", ("quit", [], {})), None, 0, -1)
        bus.close_sync()
        code = self.process.wait(timeout=30)
        self._close()
        if code != 0:
            raise AssertionError(f"the app ended with {code}: {''.join(self.errors)}")

    def kill(self):
        self.process.kill()
        self.process.wait()
        self._close()

    def _close(self):
        for reader in self.readers:
            reader.join()
        self.process.stdout.close()
        self.process.stderr.close()
        self.process = None

    def remove(self):
        """At the end, in any case."""
        if getattr(self, "process", None) is not None:
            self.kill()
        self.bus.terminate()
        self.bus.wait()
        self.bus.stdout.close()

    # Keys go where the focus is.

    def focus(self):
        focus_window(self.window_id())

    def keys(self, *commands):
        """xdotool's commands, in one go."""
        subprocess.run(["xdotool", *commands], check=True)

    def press(self, *keys):
        self.keys("key", "--delay", "20", *keys)

    # What is seen.

    def wait_connection(self, text):
        wait_until(lambda: self.indicator.name == f"Connection: {text}", f"“{text}”, not “{self.indicator.name}”")

    def open_first(self):
        """Opens the row that is on top; nothing is selected yet."""
        self.focus()
        self.press("j", "Return")
        self.stage = self.wait_for("push button", starts="Stage: ")

    def pick_stage(self, name, *keys):
        """e, and the keys that lead to the stage."""
        self.press("e")
        self.wait_for("list item", name)
        self.press(*keys, "Return")
        self.wait_for("push button", f"Stage: {name}")

    def files(self, name):
        """Where the file of the working copy lies."""
        for folder, _, files in os.walk(self.data):
            if name in files:
                return os.path.join(folder, name)
        raise AssertionError(f"no {name} in {self.data}")
