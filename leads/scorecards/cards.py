"""What is done with a company's scorecards: drafts, their publication, and the way back."""

import copy
import json
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from crm.ledger import audit
from crm.tenants.models import Tenant, User
from leads.models import Scorecard
from leads.scorecards import checking, differences
from leads.scored import catalogue, recounting
from scoring.card import FIRST
from scoring.problems import Wrong
from scoring.reading import MOST_RULES

State = Scorecard.State
# The number by which the standard card is meant, which no company's own card bears.
STANDARD = 0
MOST_DRAFTS = 20
# Characters of a card as it is stored: three hundred rules at their longest.
LARGEST = 1_000_000
LONGEST_TITLE = 120
HOLD = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


class Refused(ValueError):
    """It can't be done now; the message says why and what to do."""


class Stale(Refused):
    """Somebody saved meanwhile: `theirs` is how the draft stands, `yours` what was begun from."""

    def __init__(self, theirs: Scorecard, yours: int) -> None:
        super().__init__(f"It was saved meanwhile: save {theirs.edition}, yours began at {yours}.")
        self.theirs, self.yours = theirs, yours


class Overtaken(Refused):
    """Another version came to work meanwhile."""

    def __init__(self, now: int) -> None:
        super().__init__(f"Nothing was changed: {named(now)} is at work meanwhile.")


class Settled(Refused):
    """The card is no draft any more."""

    def __init__(self, card: Scorecard) -> None:
        did = "thrown away" if card.state == State.DISCARDED else "published"
        super().__init__(f"Version {card.number} was {did} meanwhile.")
        self.card = card


def current(tenant: Tenant) -> Scorecard | None:
    """Give the one that leads are scored by; None while that is the standard card."""
    found: Scorecard | None = Scorecard.of(tenant).filter(is_current=True).first()
    return found


def numbered(tenant: Tenant, number: int) -> Scorecard:
    """Give a version by its number; raises Refused where there is none."""
    card: Scorecard | None = Scorecard.of(tenant).filter(number=number).first()
    if card is None:
        raise Refused(f"There is no version {number:,}.")
    return card


def standard() -> dict[str, Any]:
    """Give the standard card as it is written."""
    return copy.deepcopy(FIRST)


def as_written(card: Scorecard | None) -> dict[str, Any]:
    """Give a version as it is written; None is the standard card."""
    return card.written if card else standard()


def number_of(card: Scorecard | None) -> int:
    """Give the number of a version; None is the standard card."""
    return card.number if card else STANDARD


def before(card: Scorecard) -> dict[str, Any]:
    """Give as it is written what a version was made from."""
    made_from = Scorecard.of(card.tenant).filter(number=card.base).first() if card.base else None
    return as_written(made_from)


@transaction.atomic
def draft(tenant: Tenant, *, by: User, base: int | None = None) -> Scorecard:
    """Begin a draft from a version, None for the one at work; raises Refused."""
    _hold(tenant)
    if Scorecard.of(tenant).filter(state=State.DRAFT).count() >= MOST_DRAFTS:
        raise Refused(
            f"There are {MOST_DRAFTS} drafts already. Publish one or throw one away first."
        )
    source = current(tenant) if base is None else numbered(tenant, base) if base else None
    return _made(tenant, as_written(source), source.number if source else None, by)


def _made(
    tenant: Tenant, written: dict[str, Any], base: int | None, by: User, title: str = ""
) -> Scorecard:
    last = Scorecard.of(tenant).aggregate(last=Max("number"))["last"] or 0
    card: Scorecard = Scorecard.of(tenant).create(
        tenant=tenant, number=last + 1, written=written, base=base, made_by=by, title=title
    )
    audit.write(card, "created", by=by, after={"made from": str(base or "the standard card")})
    return card


@transaction.atomic
def save(
    card: Scorecard, written: dict[str, Any], edition: int, *, by: User, title: str | None = None
) -> Scorecard:
    """Save a draft as it was typed, sound or not; `edition` is the one that was begun from.

    Raises Stale or Settled where a colleague was faster, and Wrong for what is too large to keep.
    """
    bounded(written)
    held = _held(card, edition)
    name = held.title if title is None else " ".join(title.split())[:LONGEST_TITLE]
    if held.written == written and held.title == name:
        return held
    known = catalogue.of(held.tenant)
    changed = differences.told(held.written, written, known)
    held.written, held.title, held.edition = written, name, held.edition + 1
    held.save(update_fields=["written", "title", "edition"])
    said = {"save": held.edition, "changed": "; ".join(changed)[:1_000] or "its title"}
    audit.write(held, "saved", by=by, after=said)
    return held


def bounded(written: dict[str, Any]) -> None:
    """Raise Wrong for more than can be kept."""
    rules = written.get("rules")
    if isinstance(rules, list) and len(rules) > MOST_RULES:
        raise Wrong("Rules", f"There are {len(rules):,} rules; {MOST_RULES} are the most.")
    if len(json.dumps(written)) > LARGEST:
        raise Wrong("Scorecard", "It is too large to be kept: shorten its rules and texts.")


@transaction.atomic
def keep(card: Scorecard, written: dict[str, Any], *, by: User, title: str = "") -> Scorecard:
    """Make a new draft of what was typed for one that is none any more."""
    bounded(written)
    _hold(card.tenant)
    return _made(card.tenant, written, card.number, by, title[:LONGEST_TITLE])


@transaction.atomic
def publish(card: Scorecard, edition: int, *, by: User) -> Scorecard:
    """Score by it from now on, and all open leads anew in the background.

    Raises Wrong with all that is unsound, and Stale or Settled where a colleague was faster.
    """
    _hold(card.tenant)
    return _published(_held(card, edition), by, f"Version {card.number} of the scorecard")


def _published(held: Scorecard, by: User, why: str) -> Scorecard:
    if found := checking.problems(held.tenant, held.written):
        raise Wrong.of(found)
    was = current(held.tenant)
    Scorecard.of(held.tenant).filter(is_current=True).update(is_current=False)
    held.state, held.is_current = State.PUBLISHED, True
    held.published_by, held.published_at = by, timezone.now()
    held.save(update_fields=["state", "is_current", "published_by", "published_at"])
    former = named(number_of(was))
    said = {"scored by": f"version {held.number}"}
    audit.write(held, "published", by=by, before={"scored by": former}, after=said)
    recounting.begin(held.tenant, why=why, by=by)
    return held


def named(number: int) -> str:
    """Name a version within a sentence."""
    return f"version {number}" if number else "the standard card"


def earlier(tenant: Tenant, number: int) -> Scorecard | None:
    """Give a version that can be gone back to, None for the standard card, whose number is 0.

    Raises Refused for one at work or never published.
    """
    if number_of(current(tenant)) == number:
        raise Refused("Leads are scored by that version already.")
    was = numbered(tenant, number) if number else None
    if was is not None and was.state != State.PUBLISHED:
        raise Refused(f"Version {number} was never published: make a draft of it instead.")
    return was


@transaction.atomic
def roll_back(tenant: Tenant, number: int, *, by: User, against: int | None = None) -> Scorecard:
    """Publish a copy of an earlier version, 0 for the standard card, under a new number.

    `against` is the version at work that it was compared with, None if it was with none.
    Raises Refused as `earlier` does, Overtaken where another is at work by now, and Wrong where
    it no longer makes sense.
    """
    _hold(tenant)
    was = earlier(tenant, number)
    now = number_of(current(tenant))
    if against not in (None, now):
        raise Overtaken(now)
    said = named(number)
    card = _made(tenant, as_written(was), number or None, by, f"As {said}")
    return _published(card, by, f"The scorecard goes back to {said}")


@transaction.atomic
def discard(card: Scorecard, edition: int, *, by: User) -> Scorecard:
    """Throw a draft away; it stays in the history. Raises Stale or Settled."""
    held = _held(card, edition)
    held.state = State.DISCARDED
    held.save(update_fields=["state"])
    audit.write(held, "thrown away", by=by)
    return held


def _hold(tenant: Tenant) -> None:
    """Number and publish one after the other, whoever does it at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [f"scorecards:{tenant.pk}"])


def _held(card: Scorecard, edition: int) -> Scorecard:
    rows = Scorecard.of(card.tenant).select_for_update(no_key=True, of=("self",))
    held: Scorecard = rows.select_related("tenant").get(pk=card.pk)
    if held.state != State.DRAFT:
        raise Settled(held)
    if held.edition != edition:
        raise Stale(held, edition)
    return held
