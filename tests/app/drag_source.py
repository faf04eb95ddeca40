"""What files are dragged from: a small window of another program. Its kit is DragSource; run as a program, it reads from its input what
is dragged next."""

import os
import subprocess
import sys
import threading

TITLE = "Drag source"
PLACE = (1200, 820)
SIZE = 60
TRIES = 10
MOVES = 30


class DragSource:
    """Used as a context, beside an app."""

    middle = [side + SIZE // 2 for side in PLACE]

    def __enter__(self):
        from app_kit import wait_until
        self.process = subprocess.Popen([sys.executable, os.path.abspath(__file__)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True, env={**os.environ, "LD_PRELOAD": ""})
        self.window = wait_until(self._find, "the window to drag from")
        self._mouse("windowmove", "--sync", self.window, *PLACE)
        return self

    def __exit__(self, *problem):
        self.process.terminate()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    @staticmethod
    def _find():
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", TITLE], capture_output=True, text=True).stdout.split()
        return found[0] if found else None

    @staticmethod
    def _mouse(*words):
        subprocess.run(["xdotool", *map(str, words)], check=True)

    def offer(self, *uris):
        self.process.stdin.write(" ".join(uris) + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "offered\n"

    def hold(self, place, *uris, until):
        """Takes them up, and holds them over that place of the screen until that is so."""
        self.offer(*uris)
        for _ in range(TRIES):
            self._take_up()
            for _ in range(MOVES):
                self.move(place)
                if until():
                    return
            # Nobody has noticed the drag yet, or it has not begun: a window that is just being shown misses a press.
            self._mouse("mousemove", *self.middle, "mouseup", 1)
        raise AssertionError("the drag does not get there")

    def _take_up(self):
        self._mouse("windowraise", self.window)
        self._mouse("mousemove", *self.middle, "mousedown", 1)
        # A drag begins behind a threshold.
        for step in range(1, 6):
            self._mouse("mousemove", *(start - step * 8 for start in self.middle))

    def move(self, place):
        """Who is under it is asked at each motion."""
        for nudge in (4, 2, 0):
            self._mouse("mousemove", place[0] + nudge, place[1], "sleep", 0.02)

    def let_go(self):
        self._mouse("mouseup", 1)


def main():
    import gi
    gi.require_version("Gdk", "4.0")
    gi.require_version("Gtk", "4.0")
    from gi.repository import Gdk, GLib, Gtk

    offered = []
    loop = GLib.MainLoop()

    def prepare(source, x, y):
        return Gdk.ContentProvider.new_for_bytes("text/uri-list", GLib.Bytes.new("\r\n".join([*offered, ""]).encode()))

    def take(line):
        offered[:] = line.split()
        print("offered", flush=True)

    def listen():
        for line in sys.stdin:
            GLib.idle_add(take, line)

    Gtk.init()
    window = Gtk.Window(title=TITLE, decorated=False, resizable=False)
    label = Gtk.Label(label="Files", width_request=SIZE, height_request=SIZE)
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect("prepare", prepare)
    label.add_controller(source)
    window.set_child(label)
    window.present()
    threading.Thread(target=listen, daemon=True).start()
    loop.run()


if __name__ == "__main__":
    main()
