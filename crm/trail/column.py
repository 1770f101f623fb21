"""What an entry says in a line of the list: “Changed role: Rep → Manager”."""

import re

from crm.ledger.models import Kind
from crm.look.formats import NOTHING
from crm.trail import words
from crm.trail.history import Line
from crm.trail.values import Change

# Of more values a line names the fields alone.
MOST = 3
MOST_NAMES = 4
LONGEST = 80
# A verb that ends so is followed by the record, which has a column of its own.
TRAILING = re.compile(r" (as|by|for|of|to)$")
# Even where there was nothing before, or is nothing now.
CHANGES = ("changed", "assigned", "moved", "renamed", "handed over")


def what(line: Line) -> str:
    """Say it with the values, as far as they have room."""
    entry, changes = line.entry, line.changes
    verb = TRAILING.sub("", entry.verb).capitalize()
    if entry.kind == Kind.EXPORTED:
        return _exported(verb, changes)
    if entry.kind == Kind.REFUSED and line.why:
        return f"{verb}: {_short(line.why)}"
    if not changes:
        # Whose values were erased still says which fields they were.
        names = [name.replace("_", " ") for name in entry.fields]
        return _named(verb, names)
    if len(changes) > MOST:
        return _named(verb, [each.label.lower() for each in changes])
    if len(changes) == 1:
        return _one(verb, entry.verb, changes[0])
    return f"{verb}: {'; '.join(_pair(entry.verb, each) for each in changes)}"


def _one(verb: str, said: str, change: Change) -> str:
    if words.is_with([change]):
        return f"{verb} with {_value(change)}"
    if said in CHANGES or NOTHING not in (change.before, change.after):
        return f"{verb} {_pair(said, change)}"
    return f"{verb}: {_value(change)}"


def _pair(said: str, change: Change) -> str:
    """Say from what to what; of what has one of the two, that."""
    if said in CHANGES or NOTHING not in (change.before, change.after):
        return f"{change.label.lower()}: {_short(change.before)} → {_short(change.after)}"
    return f"{change.label.lower()}: {_value(change)}"


def _exported(verb: str, changes: list[Change]) -> str:
    """Say what went out, as what, how much of it, and by which filters."""
    told = {each.label: _value(each) for each in changes}
    if verb == "Exported":
        verb = "Began to export"
    said = f"{verb}: {told.get('What', '')}".removesuffix(": ")
    if kind := told.get("As"):
        said += f" as {kind}"
    if (rows := told.get("Rows", NOTHING)) != NOTHING:
        said += f", {rows} row{'' if rows == '1' else 's'}"
    if (filters := told.get("Filters", NOTHING)) != NOTHING:
        said += f" ({filters})"
    return said


def _named(verb: str, names: list[str]) -> str:
    told = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    return f"{verb}: {told}" if told else verb


def _value(change: Change) -> str:
    return _short(change.before if change.after == NOTHING else change.after)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
