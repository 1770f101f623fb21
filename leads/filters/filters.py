"""The filters of list and board, as they stand in an address.

`where=score:atleast:70`, as often as wanted, must all hold; of all `or1=…` any one must, of all
`or2=…` again any one. The short ones, such as `stage=…` or `tag=…`, say what is asked most. What
makes no sense (any more) is left out, and why is said.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError
from django.db.models import Q

from crm.tenants.models import Membership
from leads.filters import choices, conditions, old, operators, own_conditions, querystring
from leads.filters.conditions import Field
from leads.filters.operators import Operator
from leads.own import values

LONGEST_SEARCH = 100
LONGEST = 2500
MOST = 20
MOST_CHOSEN = 60
TEXT, ALL, ANY = "q", "where", "or"
# Short names of one field each, taken as “is one of”.
SHORT = {"stage": "stage", "tier": "tier", "owner": "owner", "campaign": "origin", "tag": "tag"}
NEW = ("new", "week", "added:last:7")
NAME = re.compile(r"q|where|or[1-9][0-9]?|new|" + "|".join([*SHORT, old.NAME.pattern]))
GONE = "gone, or not yours to see"


@dataclass(frozen=True)
class Condition:
    """One thing that is said of a field; `values` as they stand in addresses."""

    field: Field
    operator: Operator
    values: tuple[str, ...] = ()

    @property
    def typed(self) -> tuple[str, ...]:
        return self.values[: self.operator.typed]

    @property
    def chosen(self) -> tuple[str, ...]:
        return self.values[self.operator.typed :]

    def __str__(self) -> str:
        written = ",".join([*self.typed, *(quote(each, safe="") for each in self.chosen)])
        return f"{self.field.name}:{self.operator.name}" + (f":{written}" if written else "")


@dataclass(frozen=True)
class LeftOut:
    """What of an address makes no sense: what it is about, and why; `text` is how it was asked."""

    label: str
    why: str
    text: str = dataclasses.field(default="", compare=False)

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
    asked = _asked(given)
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
                left_out.append(replace(nonsense.left_out, text=_kept(text, number)))
        else:
            found = groups.setdefault(group or f"alone {number}", [])
            if condition not in found:
                found.append(condition)
    text = next((given[0] for name, given in asked if name == TEXT), "")
    text = values.CONTROL.sub(" ", text).strip()[:LONGEST_SEARCH]
    return Filters(text, tuple(dict.fromkeys(map(tuple, groups.values()))), tuple(left_out))


def _kept(text: str, number: int) -> str:
    # What is too long stays so, and what is one too many would count once another is gone.
    return text[: LONGEST + 1] if number < MOST else ""


def _asked(given: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """Give the filters that are set, by name, the short ones first."""
    lists = querystring.lists(given).items()
    found = [(name, list(filter(None, values))) for name, values in lists if is_one(name)]
    order = [TEXT, *SHORT, NEW[0], ALL]
    return sorted((row for row in found if row[1]), key=lambda row: (row[0] not in order, row[0]))


def _written(
    asked: list[tuple[str, list[str]]], membership: Membership
) -> Iterator[tuple[str, str]]:
    """Give each filter with its group ("" alone), the short ones written out."""
    own = {}
    for name, given in asked:
        if name in SHORT:
            chosen = ",".join(quote(each, safe="") for each in given)
            yield "", f"{SHORT[name]}:is:{chosen}"
        elif name == NEW[0]:
            # No operator's name has a space: what is not known is left out, and said.
            known = {NEW[1]: NEW[2]}
            yield from (("", known.get(each, f"added:new {each}")) for each in given)
        elif name == ALL:
            yield from (("", each) for each in given)
        elif name.startswith("f_"):
            own[name] = given
        elif name.startswith(ANY):
            yield from ((name, each) for each in given)
    if own:
        yield from old.written(own, choices.own(membership))


def _foresee(written: list[tuple[str, str]], membership: Membership) -> None:
    """Ask in one go for what there is to choose from, as far as the filters name any of it."""
    parts, origins = {}, set()
    for _, text in written[:MOST]:
        name, _, said = text.partition(":")
        field = conditions.FIELDS.get(name)
        if field is not None and field.offers in choices.PARTS:
            parts[field.offers] = True
        elif field is not None and field.offers == choices.ORIGIN:
            origins.update(said.partition(":")[2].split(",")[:MOST_CHOSEN])
        elif name.startswith("f_"):
            parts[choices.FIELD] = True
    if parts:
        # The list shows some of those as columns.
        choices.need(membership, parts | {choices.FIELD: True})
    if origins:
        choices.origins(membership, origins)


def field(name: str, membership: Membership) -> Field | None:
    """Give the field of this name, be it ours or the company's own."""
    if not name.startswith("f_"):
        return conditions.FIELDS.get(name)
    own = (each for each in choices.own(membership) if each.short == name)
    return next((own_conditions.read(each) for each in own), None)


def offered(field: Field, membership: Membership, chosen: Iterable[str] = ()) -> dict[str, str]:
    """Give what may be chosen of a field: labels by what stands in addresses."""
    if field.offers == choices.ORIGIN:
        return choices.origins(membership, chosen)
    if field.offers == choices.TRADE:
        return choices.trades_offered(chosen)
    if field.offers == "finder":
        return choices.finders()
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
    if not operator.chooses and operator.many == 1:
        return made(known, operator, [given], membership, left_out)
    values = [unquote(each) for each in given.split(",")]
    return made(known, operator, values, membership, left_out)


def made(
    field: Field,
    operator: Operator,
    given: list[str],
    membership: Membership,
    left_out: list[LeftOut] | None = None,
) -> Condition:
    """Make a condition of what was typed and, behind it, chosen; raises Nonsense."""
    end = operator.typed if operator.chooses else len(given)
    typed, chosen = given[:end], [each for each in given[end:] if each]
    try:
        written = operators.read(operator, typed)
    except ValidationError as refused:
        raise Nonsense(field.label, refused.messages[0].rstrip(".")) from None
    if operator.chooses:
        written += _offered(field, chosen, membership, left_out)
    return Condition(field, operator, written)


def _offered(
    field: Field, chosen: list[str], membership: Membership, left_out: list[LeftOut] | None
) -> tuple[str, ...]:
    """Give what of these choices there is; raises Nonsense where that is nothing."""
    if not chosen:
        raise Nonsense(field.label, "choose at least one")
    if len(chosen) > MOST_CHOSEN:
        raise Nonsense(field.label, f"choose at most {MOST_CHOSEN}")
    offers = offered(field, membership, chosen)
    kept = tuple(dict.fromkeys(each for each in chosen if each in offers))
    if not kept:
        raise Nonsense(field.label, GONE)
    if len(kept) < len(set(chosen)) and left_out is not None:
        gone = (quote(each, safe="") for each in chosen if each not in offers)
        text = f"{field.name}:is:{','.join(gone)}"
        left_out.append(LeftOut(field.label, f"in part {GONE}", text[:LONGEST]))
    return kept


def meaning(filters: Filters, membership: Membership) -> Iterator[Q]:
    """Give each group as a condition on leads."""
    for group in filters.groups:
        yield reduce(or_, (_meaning(each, membership) for each in group))


def _meaning(condition: Condition, membership: Membership) -> Q:
    operator = condition.operator
    typed = [operators.value(operator, each) for each in condition.typed]
    return condition.field.means(membership, operator.name, [*typed, *condition.chosen])
