"""Who brought what a line of a receipt saw, and of which day that speaks."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leads.contacts import contacts
from leads.facts import editing
from leads.facts.facts import FACTS
from leads.intake import intake
from leads.models import Contact, Lead, Listing, Origin, Score, TimelineEntry
from leads.scored import scores, storing
from scoring.receipt import Line
from tests.enriching.rows import fact
from tests.factories.leads import (
    CandidateFactory,
    ContactFactory,
    OriginFactory,
    OriginRefFactory,
)
from tests.factories.own import CustomFieldFactory, FieldValueFactory
from tests.factories.registers import RegisterEntryFactory, RegisterFactory
from tests.people import Cast, as_person
from tests.scored.conftest import card, lead, rule

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(timezone=timezone.get_default_timezone())
DAY = f"{TODAY.day} {TODAY:%B} {TODAY.year}"


def listed(one: Lead, **printed: Any) -> None:
    """Have a register of 23 April 2025 list the organisation."""
    register = RegisterFactory(slug="nhs", label="NHS practices", as_of=date(2025, 4, 23))
    entry = RegisterEntryFactory(register=register, **printed)
    Listing.of(one.tenant).create(
        tenant=one.tenant, organisation=one.organisation, entry=entry
    )


def told(one: Lead, *origins: Origin) -> dict[str, Line]:
    """What the last receipt says, as it is read to somebody who is shown these origins."""
    last = Score.of(one.tenant).filter(lead=one).latest("pk")
    last.tenant = one.tenant
    found = scores.told(last, origins)
    assert found is not None
    return {line.key: line for line in found.lines}


def by(line: Line) -> tuple[str, str]:
    return line.source, line.on


def test_what_a_register_prints_names_it_with_its_day(cast: Cast) -> None:
    one = lead(cast, name="Harbour Dental", phone="+441326312345", industry="healthcare")
    listed(one, name="HARBOUR DENTAL", phone="01326 312345", trade="dentist")
    scores.refresh(one)
    found = told(one)
    for key in ("given:phone", "given:company_name", "given:industry", "industry"):
        assert by(found[key]) == ("NHS practices", "23 April 2025"), key
    page = as_person(cast.ada).get(f"/leads/{one.pk}/").content.decode()
    assert "NHS practices, 23 April 2025" in page


def test_what_a_register_prints_otherwise_is_not_its_word(cast: Cast) -> None:
    one = lead(cast, name="Harbour Dental", phone="+441326312345")
    listed(one, name="Harbour Dental", phone="01326 999999")
    scores.refresh(one)
    assert by(told(one)["given:phone"]) == ("in the record", DAY)


def test_the_campaign_is_named_to_whoever_sees_it_alone(cast: Cast) -> None:
    one = lead(cast, phone="+441326312345")
    OriginFactory(lead=one, label="Dentists in Truro", url="/campaigns/1/")
    scores.refresh(one)
    origin = Origin.of(cast.tenant).get()
    origin.is_seen = True
    assert by(told(one, origin)["given:phone"]) == ("found by Dentists in Truro", DAY)
    origin.is_seen = False
    assert by(told(one, origin)["given:phone"]) == ("found by a colleague’s campaign", DAY)
    assert "Truro" not in str(Score.of(cast.tenant).latest("pk").receipt)


def test_what_a_colleague_typed_says_so_and_when(cast: Cast) -> None:
    one = lead(cast, phone="+441326312345")
    editing.edit(one, FACTS["phone"], "+441326999999", seen="01326 312345", by=cast.ben)
    editing.edit(one, FACTS["employees"], 150, seen="", by=cast.ben)
    jenna = contacts.add(one, {"name": "Jenna", "email": "jenna@harbour.example"}, by=cast.ben)
    scores.refresh(one)
    found = told(one)
    for key in ("given:phone", "size", "given:email"):
        assert by(found[key]) == ("typed by a colleague", DAY), key
    assert found["given:company_name"].source == "in the record"
    # Whom the lead came with is found; what was changed of them since is not.
    Contact.of(cast.tenant).update(created_at=timezone.now() - timedelta(days=9))
    seen = contacts.facts(Contact.of(cast.tenant).get())
    given = {"job_title": "Practice manager"}
    contacts.edit(one, jenna, given, seen=seen, by=cast.ben)
    scores.refresh(Lead.of(cast.tenant).get())
    found = told(one)
    assert by(found["given:job_title"]) == ("typed by a colleague", DAY)
    assert found["given:email"].source == "in the record"


def test_a_fact_goes_before_the_register_and_is_called_by_its_source_s_name(cast: Cast) -> None:
    one = lead(cast, phone="+441326312345")
    listed(one, phone="01326 312345")
    fact(
        one.organisation, "phone", "+441326312345", "companies_house", status="applied",
        as_of=date(2026, 3, 1),
    )  # fmt: skip
    scores.refresh(one)
    assert by(told(one)["given:phone"]) == ("Companies House", "1 March 2026")


def test_what_was_done_and_the_company_s_own_fields_have_their_days(cast: Cast) -> None:
    one = lead(cast)
    field = CustomFieldFactory(tenant=cast.tenant)
    FieldValueFactory(lead=one, field=field, text="Gold")
    when = {"field": field.short, "op": "is", "value": "Gold"}
    deed = rule("calls", 5, event="call", most=10)
    card(cast, rule("gold", 6, when=when), deed)
    at = timezone.now() - timedelta(days=2)
    entry = {"tenant": cast.tenant, "lead": one, "kind": "call", "by": cast.ben}
    TimelineEntry.of(cast.tenant).create(**entry, at=at)
    Lead.of(cast.tenant).update(active_at=at)
    scores.refresh(one)
    found = told(one)
    day = timezone.localtime(at, timezone.get_default_timezone()).date()
    assert by(found["rule:calls"]) == ("the timeline", f"{day.day} {day:%B} {day.year}")
    assert by(found["rule:gold"]) == ("typed by a colleague", DAY)


def test_every_line_that_rests_on_a_value_has_a_source(cast: Cast) -> None:
    one = lead(cast, phone="+441326312345", employees=40, website="https://harbour.example")
    Lead.of(cast.tenant).update(contact=ContactFactory(organisation=one.organisation))
    scores.refresh(Lead.of(cast.tenant).get())
    found = told(one)
    assert len([line for line in found.values() if line.points]) >= 6
    assert all(line.source for line in found.values() if line.points)


def test_whoever_has_just_come_in_is_told_the_same_by_the_next_reckoning(cast: Cast) -> None:
    register = RegisterFactory(slug="nhs", label="NHS practices", as_of=date(2025, 4, 23))
    entry = RegisterEntryFactory(register=register, name="Harbour Dental", phone="01326 312345")
    candidate = CandidateFactory(
        name="Harbour Dental", phone="01326 312345", entry=entry, email="info@harbour.example"
    )
    into = intake.entrance(cast.tenant)
    one = intake.admit(candidate, into=into, origin=OriginRefFactory(), by=cast.ben).lead
    assert one is not None
    assert by(told(one)["given:phone"]) == ("NHS practices", "23 April 2025")
    assert by(told(one)["given:email"]) == ("in the record", DAY)
    before = {key: by(line) for key, line in told(one).items() if line.points}
    scores.refresh(one)
    after = {key: by(line) for key, line in told(one).items()}
    assert before == {key: after[key] for key in before}


def test_many_leads_ask_no_more_than_one(cast: Cast) -> None:
    made = [lead(cast, phone=f"+44132631234{number}") for number in range(6)]
    for each in made:
        listed(each, phone="01326 312345")
        editing.edit(each, FACTS["employees"], 150, seen="", by=cast.ben)
    idents = [each.pk for each in made]

    def asked(some: list[Any]) -> int:
        Score.of(cast.tenant).all().delete()
        with CaptureQueriesContext(connection) as queries:
            storing.score(cast.tenant, some)
        return len(queries)

    asked(idents)
    assert asked(idents) == asked(idents[:1])
