"""Whose score changes by the mere passing of days: what was done fades, and days come and go."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from crm.tenants.models import Tenant
from enrichment.fields import ORGANISATION
from leads.models import Fact, Lead
from leads.records.custom import FieldValue
from leads.records.known import Status
from leads.scored import catalogue, happenings
from scoring.card import Card

DAY = timedelta(days=1)
# After more days than so all leads are meant.
LONGEST_GAP = timedelta(days=60)
# Of a rule's comparison with a day so many days away: when a day came to meet it, or ceased to.
# Pairs of the first and the last of these days, by the day of the last look and by today.
Days = tuple[date, date]


def among(
    tenant: Tenant, idents: Sequence[UUID], card: Card, since: date, today: date
) -> list[UUID]:
    """Give those of these leads whose score may be another than on the day `since`."""
    if today - since > LONGEST_GAP:
        return list(idents)
    zone = timezone.get_default_timezone()
    oldest = since - happenings.OLDEST - DAY
    meant = Q(active_at__gte=datetime.combine(oldest, time(), zone))
    own = {each.short: each.pk for each in catalogue.own(tenant)}
    for field, days in _crossed(card, since, today).items():
        if field in own:
            values = FieldValue.of(tenant).filter(field=own[field], day__in=days)
            meant |= Q(Exists(values.filter(lead=OuterRef("pk"))))
        elif field in ORGANISATION:
            facts = Fact.of(tenant).filter(
                organisation=OuterRef("organisation"), contact=None, status=Status.APPLIED,
                field=field, value__in=[each.isoformat() for each in days],
            )  # fmt: skip
            meant |= Q(Exists(facts))
    rows = Lead.of(tenant).filter(meant, pk__in=idents).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def _crossed(card: Card, since: date, today: date) -> dict[str, list[date]]:
    """Give the days, by field, of which a rule says something else today than then."""
    found: dict[str, set[date]] = {}
    for rule in card.rules:
        for leaf in _leaves(rule.when.written) if rule.when else ():
            for first, last in _changed(leaf, since, today):
                span = (last - first).days + 1
                found.setdefault(leaf["field"], set()).update(
                    first + each * DAY for each in range(span)
                )
    return {field: sorted(days) for field, days in found.items()}


def _leaves(written: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for part in (*written.get("all", ()), *written.get("any", ())):
        yield from _leaves(part)
    if "field" in written:
        yield written


def _changed(leaf: Mapping[str, Any], since: date, today: date) -> Iterator[Days]:
    """Give the days between which a value lies that is judged otherwise than then."""
    away = timedelta(days=leaf["value"]) if isinstance(leaf.get("value"), int) else timedelta()
    match leaf["op"]:
        case "within":
            yield since - away, today - away - DAY
            yield since + DAY, today
        case "older":
            yield since - away, today - away - DAY
        case "next":
            yield since, today - DAY
            yield since + away + DAY, today + away
        case "over":
            yield since, today - DAY
