"""Journeys through menus and dialogs: what is in another window of the app, and typing there."""

import subprocess

from app_kit import focus_window, wait_until


def windows(app):
    """What has a title: tooltips and popovers have none."""
    return subprocess.run(["xdotool", "search", "--all", "--onlyvisible", "--pid", str(app.process.pid), "--name", "."],
                          capture_output=True, text=True).stdout.split()


def find_matching(app, matches):
    """Also in dialogs, the newest first."""
    application = app.root.getApplication()
    found = [application[i] for i in reversed(range(application.childCount))]
    return app.find_in([window for window in found if window is not None], matches)


def find_anywhere(app, role=None, name=None, starts=None, ends=None):
    return find_matching(app, lambda item: (role is None or item.role == role) and (name is None or item.name == name) and
                         (starts is None or item.name.startswith(starts)) and (ends is None or item.name.endswith(ends)))


def wait_anywhere(app, role=None, name=None, starts=None, ends=None):
    return wait_until(lambda: find_anywhere(app, role, name, starts, ends), f"{role or 'anything'} “{name or starts or ends}” anywhere")


def wait_all(app, role, names):
    """Until one look finds all of them."""
    def look():
        missing = set(names)

        def matches(item):
            if item.role == role:
                missing.discard(item.name)
            return not missing
        return find_matching(app, matches)
    return wait_until(look, f"all of {names}")


class Dialog:
    """The next window that opens while the block begins; the keyboard goes there and comes back."""

    def __init__(self, app, opening):
        self.app = app
        self.opening = opening

    def __enter__(self):
        # None are found while one is being destroyed.
        self.before = set(wait_until(lambda: windows(self.app), "the window"))
        self.opening()
        self.window = wait_until(lambda: next(iter(set(windows(self.app)) - self.before), None), "a dialog")
        # A menu keeps the keyboard until it is gone.
        wait_until(lambda: find_anywhere(self.app, "menu item") is None, "the menu to go")
        focus_window(self.window)
        return self

    def __exit__(self, kind, value, trace):
        if kind is None:
            wait_until(lambda: self.window not in windows(self.app), "the dialog to close")
            focus_window(sorted(self.before, key=int)[0])

    def key(self, *keys):
        # A menu that was open gives the focus back to its own window when it is gone.
        focus_window(self.window)
        self.app.key(*keys)

    def type(self, text):
        self.key("ctrl+a")
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", "1", text], check=True)
