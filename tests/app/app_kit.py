"""The real app under Xvfb, driven and read through AT-SPI, with a real notification daemon."""

import functools
import os
import re
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "service"))

import pyatspi  # noqa: E402
from accessible_tree import AccessibleTree  # noqa: E402
from gi.repository import Gio, GLib  # noqa: E402

PROGRAM = os.environ.get("INB_APP", "inbound-leads")
PATIENCE = float(os.environ.get("INB_PATIENCE", "30"))

DUNST_CONFIG = """
[global]
    follow = none
    markup = full
    format = "%s|%b"
    history_length = 50
[urgency_low]
    timeout = 0
[urgency_normal]
    timeout = 0
[urgency_critical]
    timeout = 0
"""


# The actions of our notifications.
BUTTONS = ("open-lead", "snooze-lead", "assign-lead", "show-leads")


def wait_until(condition, what, patience=None, pause=0.02):
    """Returns the first true value of the condition. What is asked gets as much time for itself as it took to answer."""
    end = time.monotonic() + (patience or PATIENCE)
    while True:
        began = time.monotonic()
        try:
            value = condition()
        except Exception:  # an accessible that went away while it was read
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what}")
        time.sleep(max(pause, time.monotonic() - began))


class Deeds:
    """What all the apps of a test program were made to do: actions as inb-action-recorder tells of them, and keys."""

    def __init__(self):
        self.recorder = os.environ.get("INB_ACTION_RECORDER")
        self.file = tempfile.NamedTemporaryFile(prefix="inb-actions-")
        self.keys = []

    def environment(self):
        if not self.recorder:
            return {}
        linked = subprocess.run(["ldd", PROGRAM], capture_output=True, text=True).stdout
        # A sanitizer's runtime has to come first in the list of libraries.
        sanitizers = re.findall(r"=> (\S*/lib(?:asan|ubsan)\.so\S*)", linked)
        return {"LD_PRELOAD": " ".join([*sanitizers, self.recorder]), "INB_ACTIONS": self.file.name}

    def count(self):
        return len(self._actions()), len(self.keys)

    def _actions(self):
        with open(self.file.name) as file:
            return file.read().splitlines()

    def find_missing(self, names, since):
        """Those that were not done: "win.import", "table.edit::tag", with any target where none is named; "ctrl+i" is a key."""
        actions, keys = self._actions()[since[0]:], self.keys[since[1]:]
        done = {*keys, *actions, *(re.split(r"::|\(", action)[0] for action in actions)}
        return [name for name in names if name not in done and "*." + name.split(".")[-1] not in done]


DEEDS = Deeds()


def takes(*names):
    """Says which actions of the menus and which keys of the shortcuts window a test takes (tests/validate wants each in one), and
    holds the test to it."""
    def decorate(test):
        @functools.wraps(test)
        def run(*arguments):
            since = DEEDS.count()
            test(*arguments)
            if DEEDS.recorder:
                wait_until(lambda: not DEEDS.find_missing(names, since), f"{names} to be done, all of them", patience=5)
        return run
    return decorate


class Notifications:
    """dunst, and what it was told."""

    def __init__(self, folder):
        path = os.path.join(folder, "dunstrc")
        with open(path, "w") as file:
            file.write(DUNST_CONFIG + "".join(f"[{name}]\n    appname = \"*\"\n    action_name = {name}\n    enabled = false\n"
                                            for name in BUTTONS))
        self.lines = []
        self.process = subprocess.Popen(["dunst", "-config", path, "-print"], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        threading.Thread(target=self._read, daemon=True).start()
        wait_until(self._is_there, "dunst")

    @staticmethod
    def _is_there():
        # Not by calling it: the bus would start another one.
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        return bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "NameHasOwner",
                             GLib.Variant("(s)", ("org.freedesktop.Notifications",)), None, 0, -1).unpack()[0]

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def text(self):
        return "\n".join(self.lines)

    def count_shown(self):
        return int(subprocess.run(["dunstctl", "count", "displayed"], capture_output=True, text=True).stdout or 0)

    def open_newest(self):
        """As a click on it."""
        subprocess.run(["dunstctl", "action", "0"], check=True)

    def set_button(self, name):
        """What a click on the next notifications stands for: one of their buttons, or None for the notification itself."""
        for button in BUTTONS:
            subprocess.run(["dunstctl", "rule", button, "enable" if button == name else "disable"], check=True)

    def clear(self):
        subprocess.run(["dunstctl", "close-all"], check=True)
        wait_until(lambda: self.count_shown() == 0, "no notification")
        self.lines.clear()

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class BusMonitor:
    """The notifications that cross the session bus, as (title, hints text)."""

    def __init__(self):
        self.titles = []
        self.process = subprocess.Popen(
            ["dbus-monitor", "--session", "interface='org.freedesktop.Notifications',member='Notify'"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.ready = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()
        self.ready.wait(PATIENCE)

    def _read(self):
        strings = None
        for line in self.process.stdout:
            self.ready.set()
            if "member=Notify" in line:
                strings = []
            elif strings is not None and line.strip().startswith("string "):
                strings.append(line.strip()[len('string "'):-1])
                if len(strings) == 3:   # program, icon, title
                    self.titles.append(strings[2])
                    strings = None

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


def focus_window(window):
    """X refuses it to a window that is just being shown or hidden."""
    wait_until(lambda: subprocess.run(["xdotool", "windowfocus", "--sync", window], stderr=subprocess.DEVNULL).returncode == 0,
               "the keyboard")


class OtherWindow:
    """There is no window manager: this is what has the focus when the app has not."""

    def __init__(self):
        self.process = subprocess.Popen(["display", "-size", "40x30", "-geometry", "+1230+860", "xc:gray"])
        self.window = wait_until(self._find, "another window")

    @staticmethod
    def _find():
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "ImageMagick"], capture_output=True,
                              text=True).stdout.split()[0]

    def focus(self):
        focus_window(self.window)

    def stop(self):
        self.process.terminate()
        self.process.wait()


class App:
    tree = None

    def __init__(self, *arguments, **environment):
        env = {**os.environ, **DEEDS.environment(), **environment}
        self.errors = []
        self.started = time.monotonic()
        self.process = subprocess.Popen([PROGRAM, *arguments], stderr=subprocess.PIPE, text=True, env=env)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        if "--background" in arguments:
            self.root = None
            return
        self.wait_window()

    def _read(self):
        for line in self.process.stderr:
            self.errors.append(line)

    def wait_window(self):
        # What the pointer happens to be over has a tooltip.
        subprocess.run(["xdotool", "mousemove", "5000", "5000"], check=True)
        self.root = wait_until(self._find_root, "the window")

    def _find_root(self):
        if self.process.poll() is not None:
            raise SystemExit(f"the app ended with {self.process.returncode}: {''.join(self.errors)}")
        for application in pyatspi.Registry.getDesktop(0):
            if application is not None and application.get_process_id() == self.process.pid and application.childCount > 0:
                return application[0]
        return None

    def find(self, role=None, name=None, starts=None, ends=None):
        """The first showing accessible of that role and name, or None. Level by level: a table has thousands of cells below what
        is looked for most, and a toast does not wait."""
        return self.find_in([self.root], lambda item: (role is None or item.role == role) and (name is None or item.name == name) and
                            (starts is None or item.name.startswith(starts)) and (ends is None or item.name.endswith(ends)))

    def find_in(self, windows, matches):
        """The same in the first of the windows that has one, by a function of role and name."""
        program = self.root.app.bus_name
        if self.tree is None or self.tree.name != program:   # it was started again
            self.tree = AccessibleTree(program)
        found = (self.tree.find(window, matches) for window in windows)
        return next((item for item in found if item is not None), None)

    def wait_for(self, role=None, name=None, starts=None, ends=None):
        return wait_until(lambda: self.find(role, name, starts, ends), f"{role or 'anything'} “{name or starts or ends}”")

    def wait_gone(self, role=None, name=None, starts=None):
        wait_until(lambda: self.find(role, name, starts) is None, f"{name or starts} to go")

    def click(self, node):
        node.queryAction().doAction(0)

    def window_id(self):
        """What has a title: a tooltip or a popover that shows just now has none. None is found while a window is being destroyed."""
        search = ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(self.process.pid), "--name", "."]
        return wait_until(lambda: subprocess.run(search, capture_output=True, text=True).stdout.split()[-1], "the window's number")

    def focus(self):
        focus_window(self.window_id())

    def key(self, *keys):
        DEEDS.keys.extend(keys)
        subprocess.run(["xdotool", "key", "--delay", "40", "--clearmodifiers", *keys], check=True)

    def dump(self, node=None, depth=0, limit=12):
        node = node or self.root
        print("  " * depth + f"{node.getRoleName()} “{node.name}”", file=sys.stderr)
        if depth < limit:
            for i in range(min(node.childCount, 12)):
                if node[i] is not None and node[i].getState().contains(pyatspi.STATE_VISIBLE):
                    self.dump(node[i], depth + 1, limit)

    def close_window(self):
        self.focus()
        self.key("ctrl+w")
        wait_until(lambda: not self.has_window(), "the window to close")

    def has_window(self):
        return subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)],
                              capture_output=True).returncode == 0

    def stop(self):
        """As the user quits it."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        bus.call_sync("org.example.InboundLeads", "/org/example/InboundLeads", "org.gtk.Actions", "Activate",
                      GLib.Variant("(sava{sv})", ("quit", [], {})), None, 0, -1)
        self.wait_end()

    def wait_end(self):
        code = self.process.wait(timeout=PATIENCE)
        self.reader.join()
        self.process.stderr.close()
        if code != 0:
            raise AssertionError(f"the app ended with {code}: {''.join(self.errors)}")
