"""Stands in for the desktop's notification service on the session bus (python3-dbusmock).

Reads one JSON command per line on stdin and answers with one JSON line each:
    {"do": "list"}                -> every Notify call so far
    {"do": "invoke", "id": 1}     -> the person clicked notification 1
Ends when stdin closes.
"""

import json
import signal
import subprocess
import sys

import dbus
import dbusmock

NAME = "org.freedesktop.Notifications"
# Electron registers a click only where the service says that it has actions.
CAPABILITIES = "actions body persistence"
# Pictures as raw bytes; nothing to check in them.
PICTURES = {"image-data", "image_data", "icon_data"}


def plain(value):
    """A D-Bus value as JSON knows it."""
    if isinstance(value, dbus.Boolean):
        return bool(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items() if k not in PICTURES}
    return [plain(v) for v in value]


def notifications(mock):
    """The Notify calls, each with the id that the template gave it: counted up from 1."""
    given = 0
    result = []
    for _, args in mock.GetMethodCalls("Notify", dbus_interface=dbusmock.MOCK_IFACE):
        _app, replaces, _icon, summary, body, actions, hints, _expire = args
        if not replaces:
            given += 1
        result.append(
            {
                "id": int(replaces) or given,
                "summary": plain(summary),
                "body": plain(body),
                "actions": plain(actions),
                "hints": plain(hints),
            }
        )
    return result


def main():
    # Told to end, it must still end the service below it.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server, mock = dbusmock.DBusTestCase.spawn_server_template(
        "notification_daemon", {"capabilities": CAPABILITIES}, stdout=subprocess.DEVNULL
    )
    print(json.dumps({"ready": True}), flush=True)
    try:
        for line in sys.stdin:
            command = json.loads(line)
            if command["do"] == "invoke":
                args = [dbus.UInt32(command["id"]), "default"]
                mock.EmitSignal(
                    NAME, "ActionInvoked", "us", args, dbus_interface=dbusmock.MOCK_IFACE
                )
            print(json.dumps(notifications(mock)), flush=True)
    finally:
        server.terminate()
        server.wait()


main()
