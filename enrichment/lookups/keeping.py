"""How long an answer is good, and what one company's answer is to others."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Func, Value
from django.utils import timezone

from crm.tenants.models import Tenant
from enrichment.contract import FOR_A_DAY, Provider
from enrichment.fields import CONTACT, ORGANISATION
from enrichment.lookups.models import Lookup, SharedAnswer

State = Lookup.State
# What came to nothing for a reason of the moment is asked again no sooner.
DAYS_AFTER_FAILURE = 1
# A question with its answer is thrown away after so many times as long as it is good.
TIMES_KEPT = 4
LONGEST_GOOD = 180
# What only may be shown for a while: Google's terms speak of no time; a day serves who works now.
HOURS_PASSING = 24
# In what is kept of a question: whom it is about does not want to be told of, and never again.
OBJECTED = "objected"
# What stays of an answer about somebody who was removed meanwhile, beside what it cost.
FORGOTTEN: dict[str, Any] = {"told": [], "kept": {}, "passing": {}, "trouble": ""}
Question = tuple[str, str]


def days_good(provider: Provider, wants: Collection[str]) -> int:
    """Say for how many days an answer is good to whoever wants this: never beyond a half-life."""
    lives = [
        field.half_life
        for table, gives in ((ORGANISATION, provider.gives), (CONTACT, provider.gives_people))
        for name, field in table.items()
        if name in gives and name in wants
    ]
    return min([provider.good_for, *lives])


def is_good(lookup: Lookup, provider: Provider, wants: Collection[str]) -> bool:
    """Say whether nobody needs to be asked again: it covers what is wanted, and is not old."""
    if lookup.kept.get(OBJECTED):
        return True
    if lookup.answered_at is None or not _told_of(provider, wants) <= set(lookup.wants):
        return False
    days = days_good(provider, wants)
    if lookup.state in (State.FAILED, State.LOST):
        days = DAYS_AFTER_FAILURE
    return lookup.answered_at > timezone.now() - timedelta(days=days)


def current(tenant: Tenant, questions: Iterable[Question]) -> dict[Question, Lookup]:
    """Give what was asked last of each question, in one query."""
    wanted = set(questions)
    abouts = {about for _, about in wanted}
    rows = Lookup.of(tenant).filter(is_current=True, about__in=abouts) if abouts else []
    found = {(row.provider, row.about): row for row in rows}
    return {question: row for question, row in found.items() if question in wanted}


def shared(
    tenant: Tenant, questions: Mapping[Question, Provider], wants: Collection[str]
) -> list[Lookup]:
    """Take over what others were told, where it is good and covers what is wanted."""
    asked = {each: one for each, one in questions.items() if one.is_shared}
    abouts = {about for _, about in asked}
    rows = SharedAnswer.objects.filter(about__in=abouts) if abouts else []
    taken = []
    for row in rows:
        provider = asked.get((row.provider, row.about))
        if provider is None or not _covers(row, provider, wants):
            continue
        taken.append(_like(row, tenant))
    return taken


def share(lookup: Lookup, wants: Collection[str]) -> None:
    """Have others use the answer."""
    SharedAnswer.objects.update_or_create(
        provider=lookup.provider,
        about=lookup.about,
        defaults={
            "told": lookup.told,
            "kept": lookup.kept,
            "wants": sorted(wants),
            "why_nothing": lookup.trouble,
            "answered_at": lookup.answered_at or timezone.now(),
        },
    )


def forget_old() -> int:
    """Throw away what may be kept no longer, and answers that nobody will use again."""
    now = timezone.now()
    rows = Lookup.across_tenants.filter(passing_until__lt=now)
    many = rows.update(passing={}, passing_until=None)
    yesterday = now - timedelta(days=1)
    rows = Lookup.across_tenants.filter(kept__has_key=FOR_A_DAY, created_at__lt=yesterday)
    many += rows.update(
        kept=Func(F("kept"), Value(FOR_A_DAY), arg_joiner=" - ", template="%(expressions)s")
    )
    old = now - timedelta(days=TIMES_KEPT * LONGEST_GOOD)
    many += Lookup.across_tenants.filter(created_at__lt=old).delete()[0]
    many += SharedAnswer.objects.filter(answered_at__lt=now - timedelta(days=31)).delete()[0]
    return many


def passing_until() -> datetime:
    """Say until when what may not be kept is shown."""
    return timezone.now() + timedelta(hours=HOURS_PASSING)


def _covers(row: SharedAnswer, provider: Provider, wants: Collection[str]) -> bool:
    days = days_good(provider, wants)
    is_new = row.answered_at > timezone.now() - timedelta(days=days)
    return is_new and _told_of(provider, wants) <= set(row.wants)


def _told_of(provider: Provider, wants: Collection[str]) -> set[str]:
    return set(wants) & (provider.gives | provider.gives_people)


def _like(row: SharedAnswer, tenant: Tenant) -> Lookup:
    return Lookup(
        tenant=tenant,
        provider=row.provider,
        about=row.about,
        state=State.TOLD if row.told else State.NOTHING,
        told=row.told,
        kept=row.kept,
        trouble=row.why_nothing,
        wants=row.wants,
        answered_at=row.answered_at,
    )
