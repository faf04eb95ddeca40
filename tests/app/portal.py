"""A stand-in for the portals that the app uses in a sandbox: notifications and the background."""

import threading

from gi.repository import Gio, GLib

XML = """
<node>
  <interface name="org.freedesktop.portal.Notification">
    <method name="AddNotification"><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/></method>
    <method name="RemoveNotification"><arg type="s" direction="in"/></method>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.Background">
    <method name="RequestBackground">
      <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
    </method>
    <property name="version" type="u" access="read"/>
  </interface>
</node>
"""
NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
APP_ID = "org.example.InboundLeads"


class Portal:
    def __enter__(self):
        self.notifications = []
        self.removed = []
        self.background = []
        self.context = GLib.MainContext()
        self.loop = GLib.MainLoop(self.context)
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        self.ready.wait(30)
        return self

    def __exit__(self, kind, value, trace):
        self.loop.quit()
        self.thread.join()
        self.bus.close_sync(None)

    def _run(self):
        self.context.push_thread_default()
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION)
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        for interface in Gio.DBusNodeInfo.new_for_xml(XML).interfaces:
            self.bus.register_object(PATH, interface, self._call, self._get, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                           GLib.Variant("(su)", (NAME, 0)), None, 0, -1)
        self.ready.set()
        self.loop.run()
        self.context.pop_thread_default()

    @staticmethod
    def _get(bus, sender, path, interface, name):
        return GLib.Variant("u", 1)

    def _call(self, bus, sender, path, interface, method, parameters, invocation):
        if method == "AddNotification":
            name, content = parameters.unpack()
            self.notifications.append({"id": name, **content})
            invocation.return_value(None)
        elif method == "RemoveNotification":
            self.removed.append(parameters.unpack()[0])
            invocation.return_value(None)
        else:
            options = parameters.unpack()[1]
            self.background.append(options)
            request = f"{PATH}/request/{sender[1:].replace('.', '_')}/{options['handle_token']}"
            invocation.return_value(GLib.Variant("(o)", (request,)))
            bus.emit_signal(sender, request, "org.freedesktop.portal.Request", "Response",
                            GLib.Variant("(ua{sv})", (0, {"background": GLib.Variant("b", True),
                                                          "autostart": GLib.Variant("b", options["autostart"])})))

    def activate(self, notification):
        """A click on it, as the portal passes it on."""
        action = notification["default-action"].removeprefix("app.")
        target = GLib.Variant("s", notification["default-action-target"])
        self.bus.call_sync(APP_ID, "/org/example/InboundLeads", "org.freedesktop.Application", "ActivateAction",
                           GLib.Variant("(sava{sv})", (action, [target], {})), None, 0, -1)
