"""What filters offer of a company's own, each part asked when it is needed, and once a request."""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from crm import ids
from crm.pipeline.models import Pipeline, Stage
from crm.registers import trades
from crm.tenants.models import Membership, Team
from crm.upward import named
from leads.own import fields, tags
from leads.records.custom import CustomField, Tag
from leads.sight import sight
from leads.timeline import origins as from_where

PLACES = 10_000
# The parts of `known`; the fields of one's own and the origins are asked otherwise.
PARTS = ("stage", "pipeline", "owner", "team", "tag")
FIELD, ORIGIN, TRADE = "own", "origin", "trade"
UNSEEN = "something that is not yours to see"
OWN_TRADES = dict(sorted((slug, trade.one) for slug, trade in trades.TRADES.items()))
# So many of the codes that begin alike are named, the shortest first.
MOST_CODES = 100


def known(membership: Membership, part: str) -> dict[str, str]:
    """Give what the member may choose from in this part: labels by id, in their order."""
    need(membership, [part])
    found: dict[str, str] = membership.memory[_memory(part)]
    return found


def own(membership: Membership) -> list[CustomField]:
    """Give the fields of one's own that are in use, in their order."""
    need(membership, [FIELD])
    found: list[CustomField] = membership.memory[_memory(FIELD)]
    return found


def origins(membership: Membership, chosen: Iterable[str] = ()) -> dict[str, str]:
    """Give the latest origins to choose from, and those chosen that brought in any lead."""
    offers: dict[str, str] = membership.memory.setdefault(_memory("origin"), {})
    asked: set[UUID] = membership.memory.setdefault(_memory("origins asked"), set())
    wanted = {ref for each in chosen if each not in offers and (ref := ids.read(each))} - asked
    if asked and not wanted:
        return offers
    asked |= wanted or {ids.NOBODYS}
    for offer in named("ORIGINS_OFFERED"):
        for ref, label in offer(membership, wanted):
            offers.setdefault(str(ref), label)
    if unknown := [ref for ref in wanted if str(ref) not in offers]:
        offers |= _met(membership, unknown)
    return offers


def origins_named(membership: Membership, words: str) -> dict[str, str]:
    """Give the latest origins whose names hold these words."""
    offers = named("ORIGINS_OFFERED")
    return {str(ref): label for offer in offers for ref, label in offer(membership, (), words)}


def trades_offered(chosen: Iterable[str] = ()) -> dict[str, str]:
    """Give our own trades, and of the 731 codes of SIC those that are chosen."""
    codes = (each for each in chosen if each not in trades.TRADES and trades.is_known(each))
    return OWN_TRADES | {code: _coded(code) for code in codes}


def trades_named(words: str) -> dict[str, str]:
    """Give the trades and codes whose words, or whose digits, begin like these."""
    found = trades.find(words, MOST_CODES)
    return {slug: OWN_TRADES.get(slug) or _coded(slug) for slug in found}


def _coded(code: str) -> str:
    return f"{trades.label(code)} ({code})"


def finders() -> dict[str, str]:
    """Give the kinds of what finds leads."""
    return {kind: label for offer in named("ORIGIN_KINDS_OFFERED") for kind, label in offer()}


def _met(membership: Membership, refs: Iterable[UUID]) -> dict[str, str]:
    """Give what is no campaign that the member sees, but brought in leads; named if it may be."""
    met = sight.origins(membership).filter(ref__in=refs)
    latest = met.order_by("ref", "-id").distinct("ref")
    return {str(each.ref): UNSEEN if from_where.is_hidden(each) else each.label for each in latest}


def need(membership: Membership, parts: Iterable[str]) -> None:
    """Ask for these parts in one query, as far as they are not known by now."""
    memory = membership.memory
    missing = [part for part in parts if _memory(part) not in memory]
    if not missing:
        return
    for part in missing:
        memory[_memory(part)] = [] if part == FIELD else {}
    first, *rest = [_asked(membership, part) for part in missing]
    for part, key, label, kind, choices, _ in _sorted(first.union(*rest, all=True)):
        if part == FIELD:
            field = CustomField(
                pk=key, tenant=membership.tenant, label=label, kind=kind, choices=choices
            )
            memory[_memory(part)].append(field)
        else:
            memory[_memory(part)][str(key)] = label


def _memory(part: str) -> str:
    return f"choices of {part}"


def _asked(membership: Membership, part: str) -> QuerySet[Any, Any]:
    tenant = membership.tenant
    match part:
        case "stage":
            place = F("pipeline__position") * PLACES + F("position")
            return _rows(Stage.of(tenant), part, label="name", place=place)
        case "pipeline":
            return _rows(Pipeline.of(tenant), part, label="name", place=F("position"))
        case "owner":
            return _rows(sight.owners(membership), part, label="name").distinct()
        case "team":
            return _rows(Team.of(tenant), part, label="name")
        case "tag":
            return _rows(Tag.of(tenant), part, label="name")[: tags.MOST]
    in_use = CustomField.of(tenant).filter(archived_at=None).order_by("position", "id")
    shown = {"label": "label", "kind": "kind", "choices": "choices"}
    return _rows(in_use, part, **shown, place=F("position"))[: fields.MOST]


def _rows(
    rows: QuerySet[Any],
    part: str,
    *,
    label: str,
    kind: str = "",
    choices: str = "",
    place: Any = 0,
) -> QuerySet[Any, Any]:
    columns = {
        "c_part": Value(part, CharField()),
        "c_label": Cast(label, TextField()),
        "c_kind": Cast(kind, TextField()) if kind else Value("", TextField()),
        "c_choices": Cast(choices, TextField()) if choices else Value("", TextField()),
        "c_place": Cast(place, IntegerField()) if place else Value(0, IntegerField()),
    }
    ordered = rows if part == FIELD else rows.order_by()
    annotated = ordered.annotate(**columns)
    return annotated.values_list("c_part", "pk", "c_label", "c_kind", "c_choices", "c_place")


def _sorted(rows: Iterable[Any]) -> Iterator[Any]:
    yield from sorted(rows, key=lambda row: (row[0], row[5], row[2].casefold(), row[1]))
