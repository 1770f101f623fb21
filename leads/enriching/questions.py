"""The next question about an organisation: to which provider, about whom."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from enrichment.contract import Provider, Subject
from enrichment.told import ORGANISATION
from enrichment.waterfall import CHECK, PERSON, Bounds, Left, choose
from leads.enriching import doubting
from leads.enriching.dossier import Dossier
from leads.enriching.plan import Plan

# Whoever answers so soon is waited for before others are paid for the same; not one who is away.
SOON = timedelta(seconds=90)
# Of so many people of one organisation each is asked about by themselves.
MOST_PEOPLE = 5
# What the reservation still has is seen to when a question is set aside.
ENOUGH = 1_000_000


@dataclass(frozen=True)
class Question:
    """`key` names it within the item; `person` is whom it is about."""

    provider: Provider
    subject: Subject
    person: str
    key: str


@dataclass
class Asked:
    """What was asked in this run about one organisation, and why others were not: by key."""

    said: dict[str, dict[str, Any]]
    is_broke: bool = False
    # By whom they were asked about: who answers later in this run, and when.
    waiting: dict[str, dict[str, datetime]] = field(default_factory=dict)
    # Who was asked in this visit about whom, or can't be: two people may make the same question, by
    # one key.
    about: dict[str, set[str]] = field(default_factory=dict)

    def slugs(self, person: str) -> set[str]:
        """Name the providers that were asked about this person, or the organisation itself."""
        said = {
            key.split("|")[0]
            for key, each in self.said.items()
            if each["outcome"] != "left" and each.get("person", "") == person
        }
        return said.union(self.waiting.get(person, ()), self.about.get(person, ()))

    def awaited(self, person: str) -> dict[str, datetime]:
        """Say who answers about this person, or all of them, later in this run, and when."""
        return self.waiting.get(ORGANISATION, {}) | self.waiting.get(person, {})

    def before_others(self, order: Iterable[Provider], person: str) -> list[Provider]:
        """Give those whose answer is worth waiting for; a check is about this person alone."""
        soon = timezone.now() + SOON
        told, checked = self.awaited(person), self.waiting.get(person, {})
        return [
            each
            for each in order
            if (until := (checked if each.checks else told).get(each.slug)) and until <= soon
        ]

    def note(self, key: str, outcome: str, **more: Any) -> None:
        """Write down what came of a question."""
        self.about.setdefault(more.get("person", ""), set()).add(key.split("|")[0])
        self.said[key] = {"outcome": outcome} | {name: v for name, v in more.items() if v}

    def leave(self, left: Mapping[str, Left], person: str) -> None:
        """Write down who was not asked, and why; what was asked before stays.

        That nothing is missing, or of a person nothing to ask by is known, is no news.
        """
        for slug, why in left.items():
            if why is Left.NOTHING_NEW or (person and why is Left.NEEDS):
                continue
            # Another score, or more credits, would have it asked.
            more = {"paid": True} if why in (Left.SCORE, Left.BUDGET) else {}
            self.said.setdefault(slug, {"outcome": "left", "why": str(why)} | more)


def following(dossier: Dossier, plan: Plan, asked: Asked) -> Question | None:
    """Give the next question, None when nobody is left who can be asked now."""
    score = max((lead.score for lead in dossier.leads), default=0)
    bounds = Bounds(0 if asked.is_broke else ENOUGH, score >= plan.paid_from_score)
    people = dossier.relevant(plan.titles) if plan.wants else []
    found = _next(dossier, plan, asked, bounds, ORGANISATION, people)
    for person in people[:MOST_PEOPLE]:
        if found is not None:
            break
        found = _next(dossier, plan, asked, bounds, person, people)
    return found


def _next(
    dossier: Dossier,
    plan: Plan,
    asked: Asked,
    bounds: Bounds,
    person: str,
    people: Collection[str],
) -> Question | None:
    order = [each for each in plan.order if _is_about(each, person)]
    if doubting.READER in asked.awaited(person):
        order = [each for each in order if not doubting.goes_by_site(each)]
    subject = dossier.subject(person, plan.titles)
    segment = dossier.organisation.trade
    choice = choose(
        subject,
        plan.wants,
        _sureness(dossier, plan, person, people),
        order=order,
        asked=asked.slugs(person),
        prices=plan.price,
        usable=plan.usable,
        bounds=bounds,
        place=lambda provider, open_: plan.place(provider, open_, segment),
        awaited=asked.before_others(plan.order, person),
    )
    if choice.provider is None:
        asked.leave(choice.left, person)
        return None
    provider = choice.provider
    if doubting.goes_by_site(provider) and (reading := _unread(dossier, plan, asked)) is not None:
        return reading
    about = provider.about(subject)
    return Question(provider, subject, person, key_of(provider, about, person))


def _unread(dossier: Dossier, plan: Plan, asked: Asked) -> Question | None:
    """Give the question to the website itself, unless it was asked whose it is."""
    reader = next((each for each in plan.order if each.slug == doubting.READER), None)
    if reader is None or reader.slug in asked.slugs(ORGANISATION) | set(asked.said):
        return None
    subject = dossier.subject(ORGANISATION, plan.titles)
    return Question(reader, subject, ORGANISATION, reader.slug) if reader.about(subject) else None


def key_of(provider: Provider, about: str, person: str) -> str:
    """Name a question within an item; whom it is about may have no row of their own yet.

    A check is named alike whoever has what it checks: an address may be theirs and a person's.
    """
    return f"{provider.slug}|{about}" if person or provider.checks else provider.slug


def _is_about(provider: Provider, person: str) -> bool:
    # An address of the organisation itself is checked as well.
    return bool(provider.checks) or provider.is_of_people == bool(person)


def _sureness(
    dossier: Dossier, plan: Plan, person: str, people: Collection[str]
) -> dict[str, float]:
    """Say how sure each thing that is wanted is known.

    Of people, for whoever tells of all of them: how well the best-known of those is that are
    looked for.
    """
    found: dict[str, float] = {}
    for name in plan.wants:
        if name.startswith(CHECK):
            found[name] = float(dossier.is_checked((person, name.removeprefix(CHECK))))
        elif not name.startswith(PERSON):
            found[name] = 1.0 if person else dossier.sureness((ORGANISATION, name))
        else:
            of_person = name.removeprefix(PERSON)
            of = [person] if person else people
            found[name] = max((dossier.sureness((each, of_person)) for each in of), default=0.0)
    return found
