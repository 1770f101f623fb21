"""Says an entry as a sentence: “moved it from Lead to Prospect”."""

from crm.ledger import kinds
from crm.ledger.models import AuditEntry, Kind
from crm.look.formats import NOTHING
from crm.trail.values import Change

# Verbs that are no words about a record by themselves; the others are followed by “it”.
SAID = {
    "noted": "wrote a note",
    "admitted": "added it",
    "filled in": "filled in fields of it",
    "shared": "shared it",
    "no longer shared": "no longer shares it",
    "set aside": "set it aside",
    "joined": "joined",
    "set a password by link as": "set a password by a link",
    "made a password link for": "made a password link for them",
    "sent a test e-mail to": "sent a test e-mail",
    "changed the notifications of": "changed the notifications",
    "signed in": "signed in",
    "signed out": "signed out",
    "accepted": "accepted it",
    "run started": "started a run",
    "run paused": "paused a run",
    "run resumed": "resumed a run",
    "run cancelled": "cancelled a run",
    "run finished": "saw a run end",
    "schedule set": "set its schedule",
    "schedule changed": "changed its schedule",
    "schedule switched off": "switched its schedule off",
    "schedule switched on": "switched its schedule on",
    "schedule removed": "removed its schedule",
    "exported in full": "exported it to the end",
    "exported in part": "exported a part of it",
}


def said(entry: AuditEntry, changes: list[Change], subject: str = "it") -> str:
    """Say what was done to the `subject`."""
    if entry.verb == "moved" and len(changes) == 1:
        return f"moved {subject} from {changes[0].before} to {changes[0].after}"
    if entry.verb in ("changed", "assigned") and changes:
        return f"{_what(changes)} of {subject}" if subject != "it" else _what(changes)
    if entry.kind == Kind.REFUSED and entry.verb == kinds.WAS_REFUSED:
        return f"was refused: {subject}" if subject != "it" else "was refused"
    if entry.verb in SAID:
        words = SAID[entry.verb]
        return words.replace(" it", f" {subject}", 1) if subject != "it" else words
    return f"{entry.verb} {subject}"


def _what(changes: list[Change]) -> str:
    if len(changes) > 3:
        return f"changed {len(changes)} fields"
    *rest, last = [change.label.lower() for change in changes]
    names = f"{', '.join(rest)} and {last}" if rest else last
    verb = "changed"
    if len(changes) == 1 and changes[0].before == NOTHING:
        verb = "set"
    elif len(changes) == 1 and changes[0].after == NOTHING:
        verb = "cleared"
    return f"{verb} {names}"
