"""A company's rules, and a worker that does nothing but look at leads for them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models.functions import Now

from crm.tenants.models import Membership, Role, User
from crm.upward import named
from crm.work.drain import drain
from leads.models import Lead, Reaction
from leads.reacting import rules
from tests.people import Cast
from tests.scored.conftest import lead

WANTED = {"tier": "hot", "owner": "none"}
Make = Callable[..., Reaction]
Look = Callable[[], None]


@pytest.fixture
def _rules_alone(settings: Any) -> Any:
    settings.WORK_TABLES = ["leads.reacting.looking.TABLE"]
    named.cache_clear()
    yield
    named.cache_clear()


@pytest.fixture
def look(_rules_alone: None) -> Look:
    """A minute passes, and a worker looks once for each rule."""

    def once() -> None:
        waiting = Reaction.across_tenants.filter(state__in=["ready", "waiting"])
        waiting.update(due_at=Now(), state="ready")
        drain(seconds=30)
        failed = Reaction.across_tenants.exclude(last_error="")
        assert not list(failed.values_list("last_error", flat=True))

    return once


@pytest.fixture
def ada(committed_db: None, cast: Cast) -> Membership:
    return member(cast, cast.ada)


def member(cast: Cast, person: User) -> Membership:
    rows = Membership.of(cast.tenant).select_related("tenant", "user", "team")
    found: Membership = rows.get(user=person)
    return found


@pytest.fixture
def make(ada: Membership, cast: Cast) -> Make:
    """Writes a rule of Ada's that gives hot leads of nobody's to Ben, unless it says otherwise."""

    def rule(name: str = "Hot ones", **said: Any) -> Reaction:
        given = said.get("given", {"people": [str(cast.ben.pk)]})
        written = rules.Written(name, said.get("wanted", WANTED), said.get("does", "assign"), given)
        return rules.save(
            None, written, is_on=said.get("is_on", True), is_for_new=said.get("new", False),
            by=said.get("by", ada),
        )  # fmt: skip

    return rule


def hot(cast: Cast, many: int = 1, **known: Any) -> list[Lead]:
    """Hot leads that nobody owns."""
    made = [lead(cast, tier="hot", score=80, **known) for _ in range(many)]
    Lead.of(cast.tenant).filter(pk__in=[each.pk for each in made]).update(owner=None)
    return made


def owners(cast: Cast, leads: list[Lead]) -> list[User | None]:
    """Whose they are now."""
    rows = Lead.of(cast.tenant).select_related("owner").in_bulk([each.pk for each in leads])
    return [rows[each.pk].owner for each in leads]


def seller(cast: Cast, name: str) -> User:
    return cast.join(name, Role.REP)
