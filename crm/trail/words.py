"""Says an entry as a sentence: “moved it from Lead to Prospect”."""

import re

from crm.ledger import kinds
from crm.ledger.models import AuditEntry, Kind
from crm.look.formats import NOTHING, together
from crm.trail.values import Change

# What stands for the record whose history it is.
IT, THEM = "it", "them"
PEOPLE = ("tenants.membership", "tenants.user")

# Verbs that are no words about a record by themselves; the others are followed by “it”.
SAID = {
    "noted": "wrote a note",
    "admitted": "added it",
    "filled in": "filled in fields of it",
    "shared": "shared it",
    "no longer shared": "no longer shares it",
    "set aside": "set it aside",
    "joined": "joined",
    "left": "left",
    "signed in as": "signed in",
    "signed out as": "signed out",
    "failed to sign in as": "failed to sign in",
    "was locked out as": "was locked out",
    "asked for a password link as": "asked for a password link",
    "asked for another e-mail address as": "asked for another e-mail address",
    "set a password by link as": "set a password by a link",
    "changed the password of": "changed the password",
    "made a password link for": "made a password link for them",
    "added a second factor to": "added a second factor",
    "removed a second factor of": "removed a second factor",
    "reset the second factor of": "reset the second factor",
    "renewed the recovery codes of": "made new recovery codes",
    "ended a session of": "ended a session",
    "ended all other sessions of": "ended all other sessions",
    "let support in by": "let support in",
    "entered by": "came in by it",
    "tried at once": "had it tried at once",
    "was refused to join by": "was not let in by it",
    "was refused a change of": "was refused a change",
    "sharing was refused": "was refused to share it",
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


def is_with(changes: list[Change]) -> bool:
    """Say whether nothing is told but with whom or what it was done: the sentence says that."""
    return len(changes) == 1 and changes[0].label == "With"


def own(entry: AuditEntry) -> str:
    """Give the word that stands for the record."""
    return THEM if entry.target_type in PEOPLE else IT


def said(entry: AuditEntry, changes: list[Change], subject: str = IT) -> str:
    """Say what was done to the `subject`."""
    if is_with(changes):
        given = changes[0].before if changes[0].after == NOTHING else changes[0].after
        return f"{said(entry, [], subject)} with {given}"
    if entry.verb == "moved" and len(changes) == 1:
        return f"moved {subject} from {changes[0].before} to {changes[0].after}"
    if entry.verb in ("changed", "assigned") and changes:
        return _what(changes) if subject in (IT, THEM) else f"{_what(changes)} of {subject}"
    if entry.kind == Kind.REFUSED and entry.verb == kinds.WAS_REFUSED:
        return "was refused" if subject in (IT, THEM) else f"was refused: {subject}"
    if entry.verb in SAID:
        words = SAID[entry.verb]
        return re.sub(r" it\b", lambda _: f" {subject}", words, count=1)
    return f"{entry.verb} {subject}"


def _what(changes: list[Change]) -> str:
    if len(changes) > 3:
        return f"changed {len(changes)} fields"
    names = together(change.label.lower() for change in changes)
    verb = "changed"
    if len(changes) == 1 and changes[0].before == NOTHING:
        verb = "set"
    elif len(changes) == 1 and changes[0].after == NOTHING:
        verb = "cleared"
    return f"{verb} {names}"
