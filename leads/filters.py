"""The filters of list and board, as they stand in an address.

`where=score:atleast:70`, as often as wanted, must all hold; of all `or1=…` any one must, of all
`or2=…` again any one. The short ones, such as `stage=…` or `tag=…`, say what is asked most. What
makes no sense (any more) is left out, and why is said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict

from crm.look import formats
from crm.tenants.models import Membership
from leads import choices, conditions, meanings, old_filters, operators, own_conditions, values
from leads.conditions import Field
from leads.operators import Operator, Takes

LONGEST_SEARCH = 100
LONGEST = 2500
MOST = 20
MOST_CHOSEN = 60
TEXT, ALL, ANY = "q", "where", "or"
# Short names of one field each, taken as “is one of”.
SHORT = {"stage": "stage", "tier": "tier", "owner": "owner", "campaign": "origin", "tag": "tag"}
NEW = ("new", "week", "added:last:7")
NAME = re.compile(r"q|where|or[1-9][0-9]?|new|" + "|".join([*SHORT, old_filters.NAME.pattern]))
GONE = "gone, or not yours to see"


@dataclass(frozen=True)
class Condition:
    """One thing that is said of a field; `values` as they stand in addresses."""

    field: Field
    operator: Operator
    values: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.operator.takes == Takes.CHOICES:
            written = ",".join(quote(each, safe="") for each in self.values)
        else:
            written = ",".join(self.values)
        return f"{self.field.name}:{self.operator.name}" + (f":{written}" if written else "")


@dataclass(frozen=True)
class LeftOut:
    """What of an address makes no sense: what it is about, and why."""

    label: str
    why: str

    def __str__(self) -> str:
        return f"{self.label} ({self.why})"


@dataclass(frozen=True)
class Filters:
    """`text` is searched for; of each group one condition must hold."""

    text: str = ""
    groups: tuple[tuple[Condition, ...], ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class Nonsense(ValueError):
    """A filter that means nothing; the sentence says why."""

    def __init__(self, label: str, why: str) -> None:
        super().__init__(why)
        self.left_out = LeftOut(label, why)


def is_one(name: str) -> bool:
    """Say whether this parameter of an address is a filter."""
    return NAME.fullmatch(name) is not None


def read(given: Mapping[str, Any], membership: Membership) -> Filters:
    """Read the filters of an address, or of what was kept of one."""
    asked = list(_lists(given))
    written = list(_written(asked, membership))
    _foresee(written, membership)
    groups: dict[str, list[Condition]] = {}
    left_out: list[LeftOut] = []
    for number, (group, text) in enumerate(written):
        try:
            if number >= MOST:
                raise Nonsense("The rest", f"at most {MOST} filters count at a time")
            condition = parse(text, membership, left_out)
        except Nonsense as nonsense:
            if nonsense.left_out not in left_out:
                left_out.append(nonsense.left_out)
        else:
            found = groups.setdefault(group or f"alone {number}", [])
            if condition not in found:
                found.append(condition)
    text = next((given[0] for name, given in asked if name == TEXT), "")
    text = values.CONTROL.sub(" ", text).strip()[:LONGEST_SEARCH]
    return Filters(text, tuple(dict.fromkeys(map(tuple, groups.values()))), tuple(left_out))


def _lists(given: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Give what is set by name, of a query or a dictionary alike, and the short ones first."""
    lists = given.lists() if isinstance(given, QueryDict) else given.items()
    found = {}
    for name, value in lists:
        kept = [str(each) for each in (value if isinstance(value, list) else [value])]
        if is_one(name) and any(kept):
            found[name] = [each for each in kept if each]
    order = [TEXT, *SHORT, NEW[0], ALL]
    yield from sorted(found.items(), key=lambda row: (row[0] not in order, row[0]))


def _written(
    asked: list[tuple[str, list[str]]], membership: Membership
) -> Iterator[tuple[str, str]]:
    """Give each filter with its group ("" alone), the short ones written out."""
    own = {}
    for name, given in asked:
        if name in SHORT:
            chosen = ",".join(quote(each, safe="") for each in given)
            yield "", f"{SHORT[name]}:is:{chosen}"
        elif name == NEW[0] and NEW[1] in given:
            yield "", NEW[2]
        elif name == ALL:
            yield from (("", each) for each in given)
        elif name.startswith("f_"):
            own[name] = given
        elif name.startswith(ANY):
            yield from ((name, each) for each in given)
    if own:
        yield from old_filters.written(own, choices.own(membership))


def _foresee(written: Iterable[tuple[str, str]], membership: Membership) -> None:
    """Ask in one go for what there is to choose from, as far as the filters name any of it."""
    parts = {}
    for _, text in written:
        name = text.partition(":")[0]
        field = conditions.FIELDS.get(name)
        if field is not None and field.offers in choices.PARTS:
            parts[field.offers] = True
        elif name.startswith("f_"):
            parts[choices.FIELD] = True
    if parts:
        # The list shows some of those as columns.
        choices.need(membership, parts | {choices.FIELD: True})


def field(name: str, membership: Membership) -> Field | None:
    """Give the field of this name, be it ours or the company's own."""
    if not name.startswith("f_"):
        return conditions.FIELDS.get(name)
    own = (each for each in choices.own(membership) if each.short == name)
    return next((own_conditions.read(each) for each in own), None)


def offered(field: Field, membership: Membership, chosen: Iterable[str] = ()) -> dict[str, str]:
    """Give what may be chosen of a field: labels by what stands in addresses."""
    if field.offers == "origin":
        return choices.origins(membership, chosen)
    known = choices.known(membership, field.offers) if field.offers else {}
    return dict(field.choices) | known


def parse(text: str, membership: Membership, left_out: list[LeftOut] | None = None) -> Condition:
    """Read one filter; raises Nonsense. Of several choices those that are gone are left out."""
    name, _, rest = text.partition(":")
    operator_name, _, given = rest.partition(":")
    if len(text) > LONGEST:
        raise Nonsense("A filter", "it is too long")
    known = field(name, membership)
    if known is None:
        if name.startswith("f_"):
            raise Nonsense("A field of your own", "it is no longer there")
        raise Nonsense(f"“{name[:30]}”", "there is no such filter")
    operator = known.operator(operator_name)
    if operator is None:
        raise Nonsense(known.label, f"“{operator_name[:30]}” can't be said of it")
    if operator.takes == Takes.CHOICES:
        typed = [unquote(each) for each in given.split(",") if each]
    else:
        typed = [unquote(each) for each in given.split(",")] if operator.many > 1 else [given]
    return made(known, operator, typed, membership, left_out)


def made(
    field: Field,
    operator: Operator,
    typed: list[str],
    membership: Membership,
    left_out: list[LeftOut] | None = None,
) -> Condition:
    """Make a condition of what was typed or chosen; raises Nonsense."""
    if operator.takes != Takes.CHOICES:
        try:
            return Condition(field, operator, operators.read(operator, typed))
        except ValidationError as refused:
            raise Nonsense(field.label, refused.messages[0].rstrip(".")) from None
    if not typed:
        raise Nonsense(field.label, "choose at least one")
    if len(typed) > MOST_CHOSEN:
        raise Nonsense(field.label, f"choose at most {MOST_CHOSEN}")
    offers = offered(field, membership, typed)
    kept = tuple(dict.fromkeys(each for each in typed if each in offers))
    if not kept:
        raise Nonsense(field.label, GONE)
    if len(kept) < len(set(typed)) and left_out is not None:
        left_out.append(LeftOut(field.label, f"in part {GONE}"))
    return Condition(field, operator, kept)


def write(filters: Filters) -> dict[str, Any]:
    """Give the filters as the parameters of an address, each as short as can be."""
    found: dict[str, Any] = {TEXT: filters.text} if filters.text else {}
    every: list[str] = []
    number = 0
    by_field = {field: name for name, field in SHORT.items()}
    for group in filters.groups:
        first = group[0]
        short = by_field.get(first.field.name, "") if first.operator.name == "is" else ""
        if len(group) > 1:
            number += 1
            found[f"{ANY}{number}"] = [str(each) for each in group]
        elif short and short not in found and _is_short(first):
            found[short] = first.values[0] if len(first.values) == 1 else list(first.values)
        elif str(first) == NEW[2]:
            found[NEW[0]] = NEW[1]
        else:
            every.append(str(first))
    if every:
        found[ALL] = every[0] if len(every) == 1 else every
    return found


def _is_short(condition: Condition) -> bool:
    """Say whether the short name does: for one of what is named by an id, and any tags."""
    special = {name for name, _ in condition.field.choices} if condition.field.offers else set()
    is_one = len(condition.values) == 1 or condition.field.offers == "tag"
    return is_one and not special.intersection(condition.values)


def meaning(filters: Filters, membership: Membership) -> Iterator[Q]:
    """Give each group as a condition on leads."""
    for group in filters.groups:
        if len(group) == 1:
            yield _meaning(group[0], membership)
        else:
            yield reduce(or_, (_one_of_several(each, membership) for each in group))


def _one_of_several(condition: Condition, membership: Membership) -> Q:
    """Ask what stands in another table by itself: joined, no index would serve beside an “or”."""
    found = _meaning(condition, membership)
    if condition.field.part != conditions.PLACE:
        return found
    return meanings.apart(membership, found)


def _meaning(condition: Condition, membership: Membership) -> Q:
    operator = condition.operator
    given = [operators.value(operator, each) for each in condition.values]
    return condition.field.means(membership, operator.name, given)


def words(condition: Condition, membership: Membership) -> str:
    """Say the condition for a reader."""
    field, operator = condition.field, condition.operator
    if operator.takes == Takes.CHOICES:
        offers = offered(field, membership, condition.values)
        special = dict(field.choices) if field.offers else {}
        said = [
            offers[each].lower() if each in special else offers[each] for each in condition.values
        ]
        more = len(said) - 3
        shown = [*said[:3], f"{more} more"] if more > 0 else said
        return field.says(operator).format(field=field.label, value=formats.either(shown))
    shown = [operators.shown(operator, each) for each in condition.values] + ["", ""]
    return field.says(operator).format(field=field.label, value=shown[0], other=shown[1])
