"""What a vendor says when it refuses: each wraps it differently."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crm.outside.exchange import Reply

CODES = ("code", "type", "status", "id", "reason", "error_code")
WORDS = ("message", "details", "error_message", "error", "detail")
DEEPEST = 5


@dataclass(frozen=True)
class Said:
    codes: frozenset[str] = frozenset()
    message: str = ""

    def holds(self, wanted: tuple[str, ...]) -> bool:
        """Say whether one of these is among the codes, or begins the message."""
        return any(code in self.codes or self.message.startswith(code) for code in wanted)


def read(reply: Reply) -> Said:
    """Read codes and words of an error; only of JSON, as other pages say nothing to rely on."""
    if "json" not in reply.kind:
        return Said()
    try:
        whole = json.loads(reply.content)
    except (ValueError, RecursionError):
        return Said()
    parts = list(_parts(whole, 0))
    codes = {str(part[name]) for part in parts for name in CODES if part.get(name)}
    words = (part[name] for part in parts for name in WORDS)
    return Said(frozenset(codes), next((each for each in words if isinstance(each, str)), ""))


def _parts(given: Any, depth: int) -> Iterator[dict[str, Any]]:
    """Give the error's objects, outermost first."""
    if depth > DEEPEST:
        return
    if isinstance(given, dict):
        yield _Lenient(given)
        for name in ("error", "errors", "details"):
            yield from _parts(given.get(name), depth + 1)
    elif isinstance(given, list):
        for each in given[:10]:
            yield from _parts(each, depth + 1)


class _Lenient(dict[str, Any]):
    def __missing__(self, name: str) -> None:
        return None
