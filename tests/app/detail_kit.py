"""Journeys in a lead's details: a service with leads, the app before it, and what a person does there in a line each."""

import json
import os
import subprocess
import tempfile

import pyatspi

from app_kit import App, wait_until
from dialog_kit import find_anywhere
from harness import Service

# What is typed quicker than that by xdotool gets lost now and then.
TYPING_MSEC = "12"


class Desk:
    """@leads: payloads of the webhook, the last one ends up as the newest."""

    def __init__(self, *leads, role="owner"):
        self.folder = tempfile.TemporaryDirectory()
        self.service = Service().start()
        self.service.create_workspace("demo")
        self.webhook = self.service.create_webhook("demo", "Landing page")["path"]
        self.token = self.service.create_token("demo", role)
        self.ids = [self.add(**lead) for lead in leads]
        self.app = None

    def start(self):
        token_file = os.path.join(self.folder.name, "token")
        with open(token_file, "w") as file:
            file.write(self.token + "\n")
        self.app = App("--server", self.service.url, "--workspace", "demo", "--token-file", token_file, LC_ALL="C.UTF-8")
        self.app.wait_for("push button", starts="Connection: Live")
        self.app.focus()
        return self

    def stop(self):
        if self.app is not None and self.app.process.poll() is None:
            self.app.stop()
        self.service.stop()
        self.service.remove()
        self.folder.cleanup()

    # The service

    def add(self, **lead):
        answer = self.service.post(self.webhook, lead)
        assert answer.status == 200, answer.body
        return json.loads(answer.body)["lead_id"]

    def send(self, method, path, body, token=None):
        answer = self.service.request(method, path, json.dumps(body).encode(), Authorization=f"Bearer {token or self.token}",
                                      Content_Type="application/json")
        assert answer.status < 300, answer.body
        return json.loads(answer.body)

    def read(self, lead_id):
        return json.loads(self.service.get(f"/api/inbound-leads/{lead_id}?workspace_id=demo", self.token).body)

    def wait_field(self, lead_id, name, value):
        """By the API, and so in PostgreSQL; "contact.x" is a field of the contact."""
        def holds():
            row = self.read(lead_id)["lead"]
            for part in name.split("."):
                row = row[part]
            return value(row) if callable(value) else row == value
        wait_until(holds, f"{name} {value}")

    def wait_activity(self, lead_id, **values):
        def find():
            return next((activity for activity in self.read(lead_id)["activities"]
                         if all(activity[name] == value for name, value in values.items())), None)
        return wait_until(find, f"an activity with {values}")

    # The user

    def key(self, *keys):
        self.app.key(*keys)

    def write(self, text):
        subprocess.run(["xdotool", "type", "--clearmodifiers", "--delay", TYPING_MSEC, text], check=True)

    def press(self, name=None, starts=None):
        """A button, or what opens a menu or a list: there the button is inside."""
        def try_it():
            node = self.app.find("push button", name, starts)
            if node is None:
                node = self.app.find("toggle button", name, starts)
            try:
                self.app.click(node)
            except Exception:
                self.app.click(node[0])
            return True
        wait_until(try_it, f"the button “{name or starts}”")

    def see(self, name=None, starts=None, ends=None):
        return self.app.wait_for(None, name, starts, ends)

    def pane(self):
        return self.app.wait_for(None, "Lead details")

    def shows(self, role=None, name=None, starts=None, ends=None):
        """Something in the details, or None."""
        root = self.app.root
        try:
            self.app.root = self.pane()
            return self.app.find(role, name, starts, ends)
        finally:
            self.app.root = root

    def open(self, name):
        """The newest lead of that name, from the top of the table by keyboard."""
        self.key("Escape")
        row = self.app.wait_for("table row", starts=name)
        self.key(*["k"] * len(self.ids), *["j"] * row.getIndexInParent(), "Return")
        wait_until(lambda: self.shows("label", name), name)

    def edit(self, field, shown):
        """Its editor has the keyboard; what was there is selected."""
        self.press(f"{field}: {shown}, edit")
        self.app.wait_for("text", field)
        self.key("ctrl+a")

    def point_at(self, role, name):
        """With the mouse, and clicks there: the keyboard is there then."""
        place = self.app.wait_for(role, name).queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        subprocess.run(["xdotool", "mousemove", "--window", self.app.window_id(), str(place.x + place.width // 2),
                        str(place.y + place.height // 2), "click", "1"], check=True)

    def pick(self, name):
        """In a list that is open, by arrow keys."""
        item = self.app.wait_for("list item", name)
        self.key("Home", *["Down"] * item.getIndexInParent(), "Return")

    def restart_service(self, meanwhile=None):
        """The app is offline until it ends; @meanwhile is done to a service that the app cannot reach."""
        known = ["--listen", f"127.0.0.1:{self.service.port}"]
        self.service.stop()
        self.app.wait_for("push button", starts="Connection: Offline")
        if meanwhile is not None:
            meanwhile()
        self.service.options = known
        self.service.start()
        self.key("F5")

    def elsewhere(self, change):
        """Done by somebody else while the app cannot reach the service."""
        self.service.options = []
        self.service.start()
        change()
        self.service.stop()

    def choose(self, *keys):
        """In the menu of the lead."""
        self.press("More about this lead")
        wait_until(lambda: find_anywhere(self.app, "menu item"), "the menu")
        self.key(*keys)
