"""Each item of the main menu and each shortcut of the shortcuts window that no other journey takes: what it does is seen."""

import unittest

import pyatspi

from app_kit import takes, wait_until
from detail_kit import Desk
from dialog_kit import Dialog, find_anywhere, wait_anywhere

ITEMS = ("New Lead…", "Compact Rows", "Connect To…", "Pipeline Stages…", "Preferences", "Keyboard Shortcuts", "About Inbound Leads",
         "Quit")


def collect(node, found):
    """The menu items below, in their order."""
    for i in range(node.childCount):
        child = node[i]
        if child is None or not child.getState().contains(pyatspi.STATE_VISIBLE):
            continue
        if child.getRoleName().endswith("menu item"):
            found.append(child)
        else:
            collect(child, found)
    return found


class MenuTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = Desk({"firstname": "Ada", "lastname": "Lovelace", "phone": "+491711234500", "product": "Solar"},
                        {"firstname": "Grace", "lastname": "Hopper", "phone": "+491711234501", "product": "Wallbox"})
        cls.addClassCleanup(cls.desk.stop)
        cls.desk.start()
        cls.app = cls.desk.app
        cls.app.wait_for("table row", starts="Grace Hopper")

    def open_menu(self):
        self.app.focus()
        self.app.key("F10")
        menu = wait_until(lambda: find_anywhere(self.app, "menu item", ITEMS[0]), "the menu")
        while menu.name != "Main Menu":
            menu = menu.parent
        return collect(menu, [])

    def choose(self, name):
        """By arrow keys; what is not to be had is passed over by them."""
        items = [item.name for item in self.open_menu() if item.getState().contains(pyatspi.STATE_SENSITIVE)]
        self.app.key(*["Down"] * items.index(name), "Return")

    def wait_closed(self, name):
        wait_until(lambda: find_anywhere(self.app, None, name) is None, f"{name} to close")
        self.app.focus()

    @takes("F10")
    def test_01_menu(self):
        """F10 opens it, with all there is; Escape closes it."""
        names = [item.name for item in self.open_menu()]
        self.assertEqual([name for name in names if name in ITEMS], list(ITEMS))
        self.app.key("Escape")
        wait_until(lambda: find_anywhere(self.app, "menu item", ITEMS[0]) is None, "the menu to close")

    @takes("win.new-lead")
    def test_02_new_lead(self):
        with Dialog(self.app, lambda: self.choose("New Lead…")) as dialog:
            wait_anywhere(self.app, "push button", "Create")
            dialog.key("Escape")

    @takes("win.compact-rows")
    def test_03_compact(self):
        """The rows become lower, and high again."""
        def height():
            return self.app.wait_for("table row", starts="Ada Lovelace").queryComponent().getExtents(pyatspi.WINDOW_COORDS).height

        before = height()
        self.choose("Compact Rows")
        wait_until(lambda: height() < before, "lower rows")
        self.choose("Compact Rows")
        wait_until(lambda: height() == before, "the height of before")

    @takes("win.edit-stages")
    def test_04_stages(self):
        with Dialog(self.app, lambda: self.choose("Pipeline Stages…")) as dialog:
            wait_anywhere(self.app, name="Ask for a Reason")
            dialog.key("Escape")

    @takes("app.preferences", "ctrl+comma")
    def test_05_preferences(self):
        """From the menu, and by Ctrl+comma."""
        for opening in (lambda: self.choose("Preferences"), lambda: self.app.key("ctrl+comma")):
            with Dialog(self.app, opening) as dialog:
                wait_anywhere(self.app, name="Appearance")
                dialog.key("Escape")

    @takes("win.show-help-overlay", "ctrl+question")
    def test_06_shortcuts(self):
        """From the menu, and by Ctrl+?; every line of it is there."""
        for opening in (lambda: self.choose("Keyboard Shortcuts"), lambda: self.app.key("ctrl+question")):
            with Dialog(self.app, opening) as dialog:
                for title in ("Next lead", "Change the stage", "Write a note", "Saved view", "Quit"):
                    wait_anywhere(self.app, name=title)
                dialog.key("Escape")

    @takes("app.about")
    def test_07_about(self):
        with Dialog(self.app, lambda: self.choose("About Inbound Leads")) as dialog:
            wait_anywhere(self.app, name="Troubleshooting")
            dialog.key("Escape")

    @takes("ctrl+1", "ctrl+2", "ctrl+3")
    def test_08_views(self):
        """Ctrl+2 and 3 turn the page, Ctrl+1 comes back to the table."""
        for key, sign in (("ctrl+2", "Export the heat map"), ("ctrl+3", None)):
            self.app.key(key)
            wait_until(lambda: self.app.find("table row", starts="Ada Lovelace") is None, "another view")
            self.app.key("ctrl+1")
            self.app.wait_for("table row", starts="Ada Lovelace")

    @takes("ctrl+f", "slash")
    def test_09_search(self):
        """Ctrl+F, and the slash; Escape leaves."""
        for key in ("ctrl+f", "slash"):
            self.app.key(key)
            self.desk.write("Hopper")
            wait_until(lambda: self.app.find("table row", starts="Ada Lovelace") is None, "what matches")
            self.app.wait_for("table row", starts="Grace Hopper")
            self.app.key("Escape")
            self.app.wait_for("table row", starts="Ada Lovelace")

    @takes("Down", "Up", "j", "k", "Return", "Escape")
    def test_10_move(self):
        """j, k and the arrows move, Enter opens, Escape closes."""
        self.app.key("k", "k", "Return")
        wait_until(lambda: self.desk.shows("label", "Grace Hopper"), "the first lead")
        self.app.key("j")
        wait_until(lambda: self.desk.shows("label", "Ada Lovelace"), "the next lead")
        self.app.key("k")
        wait_until(lambda: self.desk.shows("label", "Grace Hopper"), "the one before")
        self.app.key("Down")
        wait_until(lambda: self.desk.shows("label", "Ada Lovelace"), "the next lead")
        self.app.key("Up")
        wait_until(lambda: self.desk.shows("label", "Grace Hopper"), "the one before")
        self.app.key("Escape")
        wait_until(lambda: self.app.find(None, "Lead details") is None or self.desk.shows("label", "Grace Hopper") is None,
                   "the details to close")

    @takes("win.retry", "F5")
    def test_11_retry(self):
        """F5 connects again at once."""
        self.desk.restart_service()
        self.app.wait_for("push button", starts="Connection: Live")

    @takes("app.connect")
    def test_12_connect(self):
        """Connect To… leads to the choice of a service."""
        self.choose("Connect To…")
        self.app.wait_for("push button", "Connect to a Server")

    @takes("app.quit", "ctrl+q")
    def test_13_quit(self):
        """Ctrl+Q ends the program."""
        self.app.focus()
        self.app.key("ctrl+q")
        self.app.wait_end()


if __name__ == "__main__":
    unittest.main(verbosity=2)
