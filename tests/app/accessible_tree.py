"""All accessibles of a program, read at once: asked one by one, a table of some hundred cells takes seconds."""

import collections

import pyatspi
from accessible_cache import read_entries
from gi.repository import Gio, GLib

# So many children of one parent are looked at.
WIDTH = 60
# So many accessibles that were not told of yet are asked for their children between two looks.
AT_ONCE = 100


class Item:
    __slots__ = ("path", "parent", "index", "count", "name", "role", "visible", "sensitive", "is_page", "children")

    def __init__(self, entry):
        self.path = entry.path
        self.parent = entry.parent
        self.index = entry.index
        self.count = entry.count
        self.name = entry.name
        self.role = entry.role
        self.visible = entry.visible
        self.sensitive = entry.sensitive
        # Nothing but the page of a stack has no place on the display.
        self.is_page = not entry.placed
        self.children = []

    def in_doubt(self):
        """A program tells of an accessible only after somebody asked its parent for it, and of some that are gone; and a stack
        keeps the pages that it does not show. Of many children nobody knows which are the first ones."""
        places = [child.index for child in self.children if child.visible]
        return self.count > WIDTH or places != list(range(self.count)) or self.has_pages()

    def has_pages(self):
        return any(child.is_page for child in self.children)


class AccessibleTree:
    """Of the program that has this name on the accessibility bus."""

    def __init__(self, name):
        session = Gio.bus_get_sync(Gio.BusType.SESSION)
        address = session.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, -1).unpack()[0]
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self.name = name
        # The stacks that were looked through last, and how many children they had: they will be in doubt again.
        self.stacks = {}

    def _read(self):
        answer = self.bus.call_sync(self.name, "/org/a11y/atspi/cache", "org.a11y.atspi.Cache", "GetItems", None, None, 0, -1)
        items = {}
        for entry in read_entries(answer):
            items[entry.path] = Item(entry)
        for item in items.values():
            if item.parent in items and item.parent != item.path:
                items[item.parent].children.append(item)
        for item in items.values():
            item.children.sort(key=lambda child: child.index)
        return items

    def find(self, root, matches):
        """The first visible item below the accessible that matches, level by level; as an
        accessible, or None."""
        answers = {path: self._ask_for_children(path, count) for path, count in self.stacks.items()}
        gone = set()
        while True:
            items = self._read()
            self._note_stacks(items, answers)
            for path in gone.intersection(items):
                items[path].visible = False
            for path, children in answers.items():
                if path in items:
                    items[path].children = [items[child] for child in children if child in items]
            way, is_new = self._look(items, root, matches, answers)
            if is_new:
                continue
            if way is None:
                return None
            found = self._follow(root, way)
            if found is not None and self._is_laid_out(found):
                return found
            gone.add(way[-1].path)

    def _look(self, items, root, matches, answers):
        """The way to what matches, or None; and whether accessibles have come up that have to be read first."""
        while True:
            way, doubtful = self._search(items.get(self._path(root)), matches)
            doubtful = [(depth, item) for depth, item in doubtful if item.path not in answers]
            if not doubtful:
                return way, False
            is_new = False
            # The nearest first: rows that have just come have hundreds of cells, and a toast goes while they are asked.
            for depth, item in doubtful:
                if depth == doubtful[0][0]:
                    answers[item.path] = children = self._ask_for_children(item.path, item.count)
                    unknown = [child for child in children if child not in items]
                    if unknown:
                        self._wake(unknown, items)
                        is_new = True
                    item.children = [items[child] for child in children if child in items]
            if is_new:
                return None, True

    @staticmethod
    def _is_laid_out(found):
        """A question has its buttons twice, for a narrow window and for a wide one."""
        return found.getRoleName() != "push button" or found.queryComponent().getExtents(pyatspi.WINDOW_COORDS).width > 0

    def _wake(self, paths, items):
        """Has the program tell of what is below them with the next look as well, rather than a level at a time."""
        queue = collections.deque(paths)
        for _ in range(AT_ONCE):
            if not queue:
                return
            children = self._call(queue.popleft(), "GetChildren") or []
            queue.extend(child for _, child in children[:WIDTH] if child not in items)

    def _note_stacks(self, items, answers):
        """Forgets what was answered of those that are other ones by now."""
        for path, count in self.stacks.items():
            if path in items and items[path].count != count:
                del answers[path]
        self.stacks = {path: items[path].count for path in answers if path in items and items[path].has_pages()}

    @staticmethod
    def _search(first, matches):
        """The way to the first item that matches, or None; and the items on it, or all of them, whose children are in doubt, with
        their depths."""
        queue = collections.deque([(first, ())] if first else [])
        doubtful = []
        while queue:
            item, way = queue.popleft()
            if not item.visible:
                continue
            if matches(item):
                return way, [(0, each) for each in (first, *way) if each.in_doubt()]
            if item.in_doubt():
                doubtful.append((len(way), item))
            queue.extend((child, way + (child,)) for child in item.children[:WIDTH])
        return None, doubtful

    def _ask_for_children(self, path, count):
        """The paths of its children. GetChildren leaves the pages of a stack out."""
        children = (self._call(path, "GetChildAtIndex", GLib.Variant("(i)", (i,))) for i in range(min(count, WIDTH)))
        return [child[1] for child in children if child is not None]

    def _call(self, path, method, parameters=None):
        try:
            answer = self.bus.call_sync(self.name, path, "org.a11y.atspi.Accessible", method, parameters, None, 0, -1)
        except GLib.Error:   # gone since it was listed
            return None
        return answer.unpack()[0]

    @staticmethod
    def _path(accessible):
        return accessible.path if accessible.path.startswith("/") else "/org/a11y/atspi/accessible/" + accessible.path

    def _follow(self, node, way):
        for item in way:
            node = self._child(node, item)
            if node is None:   # it changed meanwhile
                return None
        return node

    def _child(self, node, item):
        count = node.childCount
        # The child of a stack's page tells its index among the pages.
        for i in ([item.index] if 0 <= item.index < count else []) + list(range(count)):
            child = node[i]
            if child is not None and self._path(child) == item.path:
                return child
        return None
