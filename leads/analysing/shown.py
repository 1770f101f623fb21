"""What a lead's page shows of its analyses: the latest or an older one, with the facts of each
statement.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from crm.credits import words as credit_words
from crm.look import formats
from leads.analysing import analyses, facts, money, schema
from leads.models import Analysis, Lead

MOST_OLDER = analyses.KEPT


@dataclass(frozen=True)
class Cited:
    """A fact; `kind` and `on` in words."""

    kind: str
    text: str
    source: str
    on: str


@dataclass(frozen=True)
class Statement:
    text: str
    facts: list[Cited]


@dataclass(frozen=True)
class Part:
    """`said` is its estimate, verdict or channel in words, "" where it has none."""

    slug: str
    label: str
    said: str
    statements: list[Statement]


@dataclass(frozen=True)
class Panel:
    """`row` is the one that is shown; `changed` counts facts that are new since. `trouble` says why
    nothing can be asked now.
    """

    row: Analysis | None
    is_latest: bool
    parts: list[Part] = field(default_factory=list)
    left_out: str = ""
    confidence: str = ""
    cost: str = ""
    older: list[Analysis] = field(default_factory=list)
    changed: int = 0
    price: int = 0
    trouble: str = ""

    @property
    def is_live(self) -> bool:
        return self.row is not None and self.row.phase == Analysis.Phase.ASKED

    @property
    def is_told(self) -> bool:
        return self.row is not None and self.row.phase == Analysis.Phase.TOLD


def read(lead: Lead, chosen: UUID | None = None) -> Panel:
    """Gather it: the newest analysis, or the `chosen` one of this very lead."""
    # Of those that are only named, what they said would be much to read.
    rows = Analysis.of(lead.tenant).filter(lead=lead).select_related("by").defer("facts", "said")
    found = list(rows.order_by("-created_at", "-id")[: MOST_OLDER + 1])
    newest = found[0] if found else None
    row = next((each for each in found if each.pk == chosen), newest)
    panel = Panel(row, row is newest, older=[each for each in found if each is not row])
    if panel.is_live:
        # It is looked at again and again, and nothing can be asked meanwhile.
        return panel
    price, trouble = money.price(money.key_of(lead.tenant)), money.trouble(lead.tenant)
    panel = replace(panel, price=price, trouble=trouble)
    if row is None or not panel.is_told:
        return panel
    # Both in one question.
    row.refresh_from_db(fields=["facts", "said"])
    return replace(
        panel,
        parts=_parts(row),
        left_out=_left_out(row),
        confidence=_confidence(row),
        cost=credit_words.cost(row.cost_micros) if row.cost_micros else "",
        changed=facts.changed(row.facts, facts.gather(lead)) if panel.is_latest else 0,
    )


def _parts(row: Analysis) -> list[Part]:
    by_number = {each["n"]: _cited(each) for each in row.facts}
    found = []
    for slug, label in schema.PARTS.items():
        part = (row.said.get("shown") or {}).get(slug) or {}
        statements = [_statement(each, by_number) for each in part.get("statements") or ()]
        said = SAID[slug](part) if slug in SAID else ""
        if statements or (slug in ("value", "timeline")):
            found.append(Part(slug, label, said, statements))
        if slug == "approach" and found[-1].slug == slug and (who := part.get("who")):
            whom = _statement(who, by_number)
            found[-1].statements.insert(0, Statement(f"Whom: {whom.text}", whom.facts))
    return found


def _statement(row: Mapping[str, Any], by_number: Mapping[int, Cited]) -> Statement:
    cited = [by_number[each] for each in row["facts"] if each in by_number]
    return Statement(row["text"], cited)


def _cited(row: Mapping[str, Any]) -> Cited:
    on = formats.absolute(date.fromisoformat(row["on"])) if row["on"] else ""
    return Cited(facts.KINDS.get(row["kind"], ""), row["text"], row["source"], on)


def _value(part: Mapping[str, Any]) -> str:
    return _span(part, "from_pounds", "to_pounds", lambda many: f"£{many:,}")


def _timeline(part: Mapping[str, Any]) -> str:
    said = _span(part, "from_months", "to_months", str)
    return said if said == UNKNOWN else f"In {said} month{'' if said == '1' else 's'}"


UNKNOWN = "Unknown"


def _span(part: Mapping[str, Any], low: str, high: str, written: Any) -> str:
    known = [written(part[name]) for name in (low, high) if part.get(name) is not None]
    if not known:
        return UNKNOWN
    if part.get(low) is None:
        return f"up to {known[0]}"
    if part.get(high) is None:
        return f"{known[0]} or more"
    return " to ".join(dict.fromkeys(known))


SAID = {
    "qualification": lambda part: schema.VERDICTS.get(part.get("verdict"), ""),
    "value": _value,
    "timeline": _timeline,
    "approach": lambda part: schema.CHANNELS.get(part.get("channel"), ""),
}


def _left_out(row: Analysis) -> str:
    many = len(row.said.get("left_out") or ())
    if not many:
        return ""
    if many == 1:
        return "One statement was left out: it rests on no fact of this lead."
    return f"{many} statements were left out: they rest on no fact of this lead."


def _confidence(row: Analysis) -> str:
    said = (row.said.get("answer") or {}).get("confidence")
    if not isinstance(said, int) or not 0 <= said <= 100:
        return ""
    return f"The model calls itself {said} % sure; we do not use that."


