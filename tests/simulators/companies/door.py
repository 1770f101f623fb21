"""How Companies House lets callers in: its data and its documents share keys and manners."""

import base64
import binascii

from tests.simulators.core import Call, Reply, Simulator
from tests.simulators.limits import Window


def key_of(call: Call) -> str:
    """The user name of HTTP Basic."""
    scheme, _, coded = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(coded, validate=True).decode().partition(":")[0]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def admitted(simulator: Simulator, window: Window, call: Call) -> Reply | None:
    """The refusal of a call, if it is refused."""
    if not call.headers.get("authorization"):
        return Reply(401, {"error": "Empty Authorization header", "type": "ch:service"})
    if not call.key or call.key in simulator.keys.revoked:
        return Reply(401, {"error": "Invalid Authorization", "type": "ch:service"})
    if call.key in simulator.keys.exhausted or window.wait(call.key):
        if call.key not in simulator.keys.exhausted:
            simulator.tally.breach()
        return simulator.failure(429, call)
    return None
