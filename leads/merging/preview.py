"""What a merge would do, before it is made: the values to choose from, and what would move."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from leads.merging import kinds, relations
from leads.merging.merge import pairs
from leads.merging.relations import Rule
from leads.models import Lead, Organisation


@dataclass(frozen=True)
class Line:
    """A field of the two; `chosen` is the side that is taken unless the person says otherwise."""

    name: str
    label: str
    kept: str
    gone: str
    chosen: str

    @property
    def is_same(self) -> bool:
        return self.kept == self.gone


def lines(
    kept: Any, gone: Any, chosen: Mapping[str, str], *, with_leads: bool = True
) -> list[Line]:
    """Give the fields of the two, and those of the first two leads that would become one.

    `with_leads` is for whom all leads of the two are to be seen.
    """
    found = _lines(kept, gone, "", "", chosen)
    if with_leads and isinstance(kept, Organisation):
        for ours, theirs in pairs(kept, gone)[:1]:
            found += _lines(ours, theirs, "lead-", "Lead: ", chosen)
    return found


def _lines(kept: Any, gone: Any, prefix: str, says: str, chosen: Mapping[str, str]) -> list[Line]:
    found = []
    for choice in kinds.CHOICES[type(kept)]:
        name = prefix + choice.name
        label = says + choice.label.lower() if says else choice.label
        side = chosen.get(name, "")
        if side not in (kinds.KEPT, kinds.GONE):
            side = kinds.usual(choice, kept, gone)
        found.append(Line(name, label, choice.shown(kept), choice.shown(gone), side))
    return [line for line in found if line.kept or line.gone]


def moves(kept: Any, gone: Any) -> list[str]:
    """Say what would go from the one to the other: “3 contacts”, “2 leads become one”."""
    joined = pairs(kept, gone) if isinstance(kept, Organisation) else []
    counts = _counts(relations.of(type(gone)), [gone.pk])
    said = []
    if joined:
        counts = {noun: many - len(joined) * (noun[0] == "lead") for noun, many in counts.items()}
        for noun, many in _counts(relations.of(Lead), [theirs.pk for _, theirs in joined]).items():
            counts[noun] = counts.get(noun, 0) + many
        said = [f"{2 * len(joined)} leads become {'one' if len(joined) == 1 else len(joined)}"]
    return [_many(many, noun) for noun, many in counts.items() if many > 0] + said


def _counts(table: list[relations.Relation], idents: list[Any]) -> dict[tuple[str, str], int]:
    """Count the rows of all these relations in one statement."""
    asked = [each for each in table if each.noun and each.rule is Rule.MOVE]
    # Names of our own models, no words of anybody.
    sql = " UNION ALL ".join(
        f'SELECT {place}, count(*) FROM {each.table} WHERE "{each.column}" = ANY (%(ids)s)'  # noqa: S608
        for place, each in enumerate(asked)
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, {"ids": idents})
        found: dict[tuple[str, str], int] = {}
        for place, many in cursor.fetchall():
            noun: Any = asked[place].noun
            found[noun] = found.get(noun, 0) + many
    return found


def _many(many: int, noun: tuple[str, str]) -> str:
    return f"{many:,} {noun[0] if many == 1 else noun[1]}"
