"""Orders of the list that no index holds: by town, trade, stage, tier, or a field of one's own.

Whoever asks for one gets it while no more leads match than can be gathered and sorted at once.
What is empty stands last, whichever way round.
"""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, IntegerField, OuterRef, Subquery, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Collate, Lower, NullIf

from leads.listing.sorting import Sort
from leads.own import values
from leads.own.values import Kind
from leads.records import cursors
from leads.records.custom import CustomField, FieldValue
from leads.records.history import Tier
from leads.records.keyset import AT_NO_TIME, NEVER

# So many are sorted; it takes a fraction of a second.
MOST = 20_000
TOO_MANY = (
    "More than 20,000 leads match, too many to sort by {label}. They stand in the usual order; "
    "narrow them with a filter first."
)
UNKNOWN = "There is no such order of the list any more. The leads stand in the usual one."
FAR_NUMBER = Decimal(10) ** 15
NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")
STEP = 10_000
# The least and the greatest of each kind of value.
FIRST_TEXT, LAST_TEXT = "", "\U0010ffff"
TIERS = {Tier.COLD: 0, Tier.WARM: 1, Tier.HOT: 2}


def _text(expression: Any, *, falls: bool) -> Combinable:
    known = NullIf(Lower(expression), Value(""))
    last = Value(FIRST_TEXT if falls else LAST_TEXT)
    return Collate(Coalesce(known, last, output_field=TextField()), "C")


def _or(expression: Any, first: Any, last: Any, *, falls: bool) -> Combinable:
    return Coalesce(expression, Value(first if falls else last))


def _day(value: Any) -> date:
    return date.fromisoformat(cursors.text(value))


def _number(value: Any) -> Decimal:
    written = cursors.text(value)
    # No other is written there, and of `1E999999` the database makes too much.
    if not NUMBER.fullmatch(written):
        raise ValueError(value)
    return Decimal(written)


def of(name: str, own: Iterable[CustomField]) -> Sort | None:
    """Give the order of this name; None if there is none."""
    falls, bare = name.startswith("-"), name.removeprefix("-")
    if bare in ("town", "trade"):
        key = _text(F(f"organisation__{bare}"), falls=falls)
        return Sort(name, bare.capitalize(), key, cursors.text, falls)
    if bare == "source":
        return Sort(name, "Source", _text(F("source"), falls=falls), cursors.text, falls)
    if bare == "stage":
        place = F("pipeline__position") * STEP + F("stage__position")
        return Sort(name, "Stage", Cast(place, IntegerField()), cursors.number, falls)
    if bare == "tier":
        cases = [When(tier=tier, then=Value(place)) for tier, place in TIERS.items()]
        return Sort(name, "Tier", Case(*cases, default=Value(0)), cursors.number, falls)
    if bare == "known":
        known = F("organisation__quality__completeness")
        return Sort(name, "Known", _or(known, -1, 101, falls=falls), cursors.number, falls)
    if bare == "contacted":
        key = _or(F("contacted_at"), NEVER, AT_NO_TIME, falls=falls)
        return Sort(name, "Contacted", key, cursors.moment, falls)
    for field in own:
        if field.short == bare:
            return _own(name, field, falls)
    return None


def _own(name: str, field: CustomField, falls: bool) -> Sort:
    rows = FieldValue.of(field.tenant).filter(field=field, lead=OuterRef("pk"))
    kind = Kind(field.kind)
    held = Subquery(rows.values(values.COLUMNS[kind])[:1])
    if kind in (Kind.NUMBER, Kind.MONEY):
        key = _or(held, -FAR_NUMBER, FAR_NUMBER, falls=falls)
        return Sort(name, field.label, key, _number, falls)
    if kind == Kind.DATE:
        return Sort(name, field.label, _or(held, date.min, date.max, falls=falls), _day, falls)
    if kind == Kind.YES_NO:
        key = _or(Cast(held, IntegerField()), -1, 2, falls=falls)
        return Sort(name, field.label, key, cursors.number, falls)
    return Sort(name, field.label, _text(held, falls=falls), cursors.text, falls)
