"""Journeys through menus of items: what they have in common. Real service, real app, files saved in one folder."""

import os
import unittest

from app_kit import focus_window, wait_until
from detail_kit import Desk
from dialog_kit import find_anywhere, find_matching, windows

LEADS = [{"firstname": name, "lastname": "Silva", "phone": f"+49171123450{number}", "email": f"{name.lower()}@example.org",
          "product": "Solar" if number % 2 == 0 else "Wallbox"} for number, name in enumerate(("Ana", "Ben", "Carla", "Dora", "Emil"))]


class MenusTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # The file dialog leaks in libraries of the system: other journeys look for leaks of ours.
        os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
        cls.desk = Desk(*LEADS)
        cls.addClassCleanup(cls.desk.stop)
        cls.desk.start()
        cls.app = cls.desk.app
        cls.app.wait_for("table row", starts="Emil Silva")
        cls.main = cls.app.window_id()

    def take(self, *names):
        """In the menu that is open, one after the other."""
        for name in names:
            self.app.click(wait_until(lambda: self.find_item(name), name))

    def find_item(self, name):
        """A button elsewhere may have the same name."""
        return find_matching(self.app, lambda item: item.name == name and item.role.endswith("menu item"))

    def menu(self, button, *names):
        """A window that has just got the keyboard back may shut the first one again."""
        def open_and_take():
            self.desk.press(button)
            try:
                self.app.click(wait_until(lambda: self.find_item(names[0]), names[0], patience=5))
            except AssertionError:
                return False
            return True
        wait_until(open_and_take, f"the menu of “{button}”")
        self.take(*names[1:])

    def wait_rows(self, *names):
        def shown():
            rows = self.app.find("list", "GtkColumnListView")
            return sorted(row.name.split(" ")[0] for row in rows if row.name)
        wait_until(lambda: shown() == sorted(names), f"the rows {names}")

    def save(self, opening, name):
        """What the file dialog is given; returns the file's bytes."""
        path = os.path.join(self.desk.folder.name, name)
        opening()
        dialog = wait_until(lambda: next(window for window in windows(self.app) if window != self.main), "the file dialog")
        wait_until(lambda: find_anywhere(self.app, "push button", ends="Save"), "its button")
        # It gives the keyboard back to its own window when it is gone.
        wait_until(lambda: find_anywhere(self.app, "menu item") is None, "the menu to go")
        focus_window(dialog)
        self.app.key("ctrl+a")
        self.desk.write(path)
        self.app.key("Return")
        wait_until(lambda: os.path.exists(path) and os.path.getsize(path) > 0, name)
        # None at all are found while one is being destroyed.
        wait_until(lambda: windows(self.app) == [self.main], "the file dialog to close")
        self.app.focus()
        with open(path, "rb") as file:
            return file.read()
