"""Questions that a vendor works on while we learn more: none is asked twice, none is left open."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.credits import credits
from crm.credits.models import CreditEntry, Kind
from crm.credits.prices import Action
from crm.outside import leaving
from crm.outside.errors import Later
from enrichment.contract import Answer, Asking, NotYet, Subject
from enrichment.lookups.models import Lookup
from enrichment.told import Told
from leads.models import Contact, EnrichmentItem, Lead
from tests.enriching.conftest import SITE, Enrich
from tests.enriching.plugs import Plug, plug
from tests.factories.leads import ContactFactory
from tests.people import Cast

NUMBER = "01234567"
OLD, NEW = "old@quay.example", "hello@quay.example"


@dataclass
class Slow(Plug):
    """Works on each question for a moment; `looks` are those for an answer under way."""

    looks: list[str] = field(default_factory=list)

    def ask(self, asking: Asking) -> Answer | NotYet:
        if not asking.ticket:
            self.asked.append(self.about(asking.subject))
            asking.keep("t1")
            return NotYet(0.2)
        self.looks.append(self.about(asking.subject))
        return Answer(tuple(self.answers.get(self.looks[-1], ())), cost_micros=self.charged)


class SlowByNumber(Slow):
    """Asks by the company's number as soon as that is known."""

    def about(self, subject: Subject) -> str:
        return str(subject.get("company_number") or subject.get("website"))


def busy(slug: str, told: Told) -> Plug:
    """Whoever has its turn a moment later tells this."""
    soon = Later(timezone.now() + timedelta(seconds=0.3), "others come first")
    return Plug(slug, {SITE: [told]}, frozenset({told.field}), raises=[soon])


def test_a_question_under_way_stays_the_same_when_the_number_is_found_meanwhile(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowByNumber(
        "slow", {NUMBER: [Told("news", "2026-11-01: Quay wins", "provider")]},
        frozenset({"news"}), service="hunter", action=Action.HUNTER_COMPANY, charged=50_000,
    )  # fmt: skip
    plug(monkeypatch, busy("numbers", Told("company_number", NUMBER, "register")), slow)

    run = enrich([lead], "company", "signals", most=50)

    assert (slow.asked, slow.looks) == ([SITE], [NUMBER])
    [row] = Lookup.of(cast.tenant).filter(provider="slow")
    assert (row.state, row.about) == (Lookup.State.TOLD, NUMBER)
    assert run.credits == 2


def test_a_check_whose_address_nobody_needs_any_more_is_seen_to_its_end(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifier = Slow("verifier", {}, frozenset({"email"}), by="email", checks="email")
    first = Plug("first", {SITE: [Told("email", OLD, "provider")]}, frozenset({"email"}))
    plug(monkeypatch, first, busy("reader", Told("email", NEW, "page")), verifier)

    enrich([lead], "contact", "checks", most=0)

    assert verifier.asked[0] == OLD
    assert sorted(verifier.asked) == sorted(verifier.looks)
    assert not Lookup.of(cast.tenant).filter(state=Lookup.State.OPEN).exists()


def test_a_question_that_another_source_has_answered_meanwhile_is_seen_to_its_end(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(
        "slow", {SITE: [Told("employees", 10, "provider")]}, frozenset({"employees"}),
        service="hunter", action=Action.HUNTER_COMPANY, charged=50_000,
    )  # fmt: skip
    sure = Told("employees", 12, "register")
    register = Plug("register", {NUMBER: [sure]}, frozenset({"employees"}), by="company_number")
    numbers = busy("numbers", Told("company_number", NUMBER, "register"))
    plug(monkeypatch, numbers, register, slow)

    run = enrich([lead], "company", "accounts", most=50)

    assert (slow.asked, slow.looks) == ([SITE], [SITE])
    assert not Lookup.of(cast.tenant).filter(state=Lookup.State.OPEN).exists()
    # It was charged for, and the organisation is said to have taken as much.
    assert (EnrichmentItem.of(cast.tenant).get(run=run).credits, run.credits) == (2, 2)


def test_nobody_is_paid_for_what_whoever_is_free_may_tell_in_a_moment(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid: dict[str, Any] = {"service": "hunter", "action": Action.HUNTER_COMPANY}
    free = busy("number", Told("employees", 12, "register"))
    same = Plug("same", {}, frozenset({"employees"}), **paid)
    more = Plug("more", {}, frozenset({"employees", "turnover"}), **paid)
    plug(monkeypatch, free, same, more)

    enrich([lead], "accounts", most=50)

    assert (free.asked, same.asked, more.asked) == ([SITE, SITE], [], [SITE])


def test_the_second_who_checks_is_not_paid_because_the_first_is_busy(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid: dict[str, Any] = {
        "gives": frozenset({"email"}), "by": "email", "checks": "email", "service": "hunter",
        "action": Action.HUNTER_VERIFIER, "charged": 50_000,
    }  # fmt: skip
    verdict = Told("email", OLD, "checked")
    soon = Later(timezone.now() + timedelta(seconds=0.3), "others come first")
    first = Plug("first", {OLD: [verdict]}, raises=[soon], **paid)
    second = Plug("second", {OLD: [verdict]}, **paid)
    teller = Plug("teller", {SITE: [Told("email", OLD, "provider")]}, frozenset({"email"}))
    plug(monkeypatch, teller, first, second)

    enrich([lead], "contact", "checks", most=50)

    assert (first.asked, second.asked) == ([OLD, OLD], [])


def test_a_question_about_somebody_whose_address_was_found_meanwhile_is_seen_to_its_end(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ContactFactory(
        tenant=cast.tenant, organisation=lead.organisation, name="Jo Pascoe", email="",
        job_title="Director",
    )  # fmt: skip
    soon = Later(timezone.now() + timedelta(seconds=0.3), "others come first")
    sure = Told("email", NEW, "register")
    given: dict[str, Any] = {
        "gives_people": frozenset({"email"}), "by": "name", "is_of_people": True
    }  # fmt: skip
    quick = Plug("quick", {"Jo Pascoe": [sure]}, raises=[soon], **given)
    slow = Slow("slow", {}, **given)
    plug(monkeypatch, quick, slow)

    enrich([lead], "people", most=0)

    assert (slow.asked, slow.looks) == (["Jo Pascoe"], ["Jo Pascoe"])
    assert not Lookup.of(cast.tenant).filter(state=Lookup.State.OPEN).exists()


def test_a_question_about_somebody_who_has_another_name_meanwhile_is_booked_and_closed(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    jo = ContactFactory(
        tenant=cast.tenant, organisation=lead.organisation, name="J. Pascoe", email="",
        job_title="Director",
    )  # fmt: skip

    class Renamed(Slow):
        def ask(self, asking: Asking) -> Answer | NotYet:
            leaving.now()
            Contact.of(cast.tenant).filter(pk=jo.pk).update(name="Joanna Pascoe")
            return super().ask(asking)

    slow = Renamed(
        "slow", {}, gives_people=frozenset({"email"}), by="name", is_of_people=True,
        service="hunter", action=Action.HUNTER_FINDER, charged=50_000,
    )  # fmt: skip
    plug(monkeypatch, slow)

    run = enrich([lead], "people", most=50)

    assert (slow.asked, slow.looks) == (["J. Pascoe", "Joanna Pascoe"], ["Joanna Pascoe"])
    states = dict(Lookup.of(cast.tenant).values_list("about", "state"))
    assert states == {"J. Pascoe": "lost", "Joanna Pascoe": "nothing"}
    # Both were charged for, and neither told anything.
    spent = CreditEntry.of(cast.tenant).filter(kind=Kind.SPEND)
    assert sorted((each.credits, each.cost_micros) for each in spent) == [(0, 50_000)] * 2
    assert run.credits == 0
    assert credits.balance(cast.tenant).available == 100


def test_an_address_that_is_a_persons_and_the_organisations_is_said_to_be_paid_once(
    lead: Lead, enrich: Enrich, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ContactFactory(
        tenant=cast.tenant, organisation=lead.organisation, name="Jo Pascoe", email=OLD,
        job_title="Director",
    )  # fmt: skip
    verifier = Plug(
        "verifier", {OLD: [Told("email", OLD, "provider")]}, frozenset({"email"}),
        frozenset({"email"}), by="email", service="hunter", action=Action.HUNTER_VERIFIER,
        is_of_people=True, checks="email", charged=50_000,
    )  # fmt: skip
    monkeypatch.setattr(
        Plug, "about", lambda self, of: str(of.of_person("email") if of.person else of.get("email"))
    )
    first = Plug("first", {SITE: [Told("email", OLD, "page")]}, frozenset({"email"}))
    monkeypatch.setattr(first, "about", lambda of: str(of.get("website")), raising=False)
    plug(monkeypatch, first, verifier)

    run = enrich([lead], "contact", "people", "checks", most=50)

    item = EnrichmentItem.of(cast.tenant).get(run=run)
    booked = sum(each.credits for each in CreditEntry.of(cast.tenant).filter(kind=Kind.SPEND))
    assert verifier.asked == [OLD]
    assert booked > 0
    assert (item.credits, run.credits) == (booked, booked)
