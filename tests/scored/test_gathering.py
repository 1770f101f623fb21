"""What a score knows: facts with their sources, what was done, the company's own fields."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone

from crm.pipeline.models import Kind
from enrichment.phones import screening
from enrichment.phones.models import ScreeningList
from leads.models import EmailCheck, Lead, Score, TimelineEntry
from leads.records.custom import CustomField
from leads.scored import cards, evidence, happenings, rows, scores
from leads.timeline import timeline
from leads.work import calls, tasks
from leads.work.calls import SPOKEN, Outcome
from scoring.evidence import Evidence, Told
from tests.enriching.rows import fact
from tests.factories.leads import (
    ContactFactory,
    LeadFactory,
    OrganisationFactory,
    StageMoveFactory,
    TimelineEntryFactory,
)
from tests.factories.own import CustomFieldFactory, FieldValueFactory
from tests.people import Cast
from tests.scored.conftest import card, lead, rule

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def known(of: Lead) -> Evidence:
    read = rows.read(of.tenant, [of.pk])
    [found] = evidence.gather(of.tenant, read)
    return found


def lines(of: Lead) -> dict[str, list[Any]]:
    """What the last receipt of a lead says."""
    last = Score.of(of.tenant).filter(lead=of).latest("pk")
    return {row[0]: row[1:] for row in last.receipt["lines"]}


def test_a_fact_counts_and_the_receipt_names_its_source_and_its_day(cast: Cast) -> None:
    one = lead(cast, employees=120)
    fact(
        one.organisation,
        "employees",
        120,
        "companies_house",
        status="applied",
        as_of=date(2026, 3, 1),
    )
    fact(one.organisation, "vacancies", ["Nurse"], "website", status="applied")
    scores.refresh(one)
    assert lines(one)["size"] == [15, 120, "companies_house", "2026-03-01"]
    assert lines(one)["rule:hiring"] == [4, "Nurse", "website", TODAY.isoformat()]


@pytest.mark.parametrize("status", ["proposed", "dismissed", "superseded"])
def test_a_fact_that_is_not_in_use_counts_for_nothing(cast: Cast, status: str) -> None:
    one = lead(cast)
    fact(one.organisation, "vacancies", ["Nurse"], status=status)
    assert "vacancies" not in known(one).values


def test_what_a_person_wrote_over_a_source_is_not_that_source_s_any_more(cast: Cast) -> None:
    one = lead(cast, employees=40)
    fact(one.organisation, "employees", 120, "companies_house", status="applied")
    found = known(one)
    assert found.values["employees"] == 40
    assert "employees" not in found.told


def test_of_several_values_the_one_in_the_record_counts_and_lists_come_together(
    cast: Cast,
) -> None:
    one = lead(cast, phone="+441326312345")
    about = one.organisation
    fact(about, "phone", "+441326999999", "apollo", status="applied", sureness=0.9)
    fact(about, "phone", "+441326312345", "website", status="applied", sureness=0.8)
    fact(about, "news", ["Opens a second practice"], "news", status="applied")
    fact(about, "news", ["Wins an award"], "press", status="applied")
    found = known(one)
    assert found.values["phone"] == "+441326312345"
    assert found.told["phone"].source == "website"
    assert set(found.values["news"]) == {"Opens a second practice", "Wins an award"}


def test_a_person_s_own_facts_tell_of_them_and_an_organisation_s_address_stands_in(
    cast: Cast,
) -> None:
    one = lead(cast)
    fact(one.organisation, "email", "info@harbour.example", "website", status="applied")
    found = known(one)
    assert found.values["email"] == "info@harbour.example"
    jenna = ContactFactory(organisation=one.organisation)
    Lead.of(cast.tenant).update(contact=jenna)
    fact(jenna, "email", jenna.email, "hunter", status="applied", as_of=date(2026, 5, 4))
    EmailCheck.of(cast.tenant).create(
        tenant=cast.tenant, address=jenna.email, state="deliverable", is_wrong=False
    )
    found = known(one)
    assert found.values["email"] == jenna.email
    assert found.told["email"] == Told("hunter", "2026-05-04")
    assert found.values["email_state"] == "deliverable"
    assert found.values["contact_name"] == "Jenna Pascoe"
    EmailCheck.of(cast.tenant).update(is_wrong=True)
    assert known(one).values["email_state"] == "undeliverable"


def test_a_number_that_may_not_be_called_or_belongs_elsewhere_says_so(cast: Cast) -> None:
    here = lead(cast, phone="+441326312345")
    away = lead(cast, phone="+441618344567")
    assert known(here).values["phone_state"] == "plausible"
    assert known(away).values["phone_state"] == "unlikely"
    with BytesIO(b"01326312345\n") as file:
        screening.load(cast.tenant, "tps", file, name="tps.txt", as_of=TODAY, by=cast.ada)
    assert ScreeningList.of(cast.tenant).exists()
    assert known(here).values["phone_state"] == "barred"


def test_calls_notes_tasks_and_moves_onward_are_happenings(cast: Cast) -> None:
    one = lead(cast)
    calls.log(one, Outcome.REACHED, by=cast.ben)
    calls.log(one, Outcome.NO_ANSWER, by=cast.ben)
    TimelineEntryFactory(lead=one, by=cast.ben)
    # A machine's note says nothing of what we did.
    TimelineEntryFactory(lead=one, by=None)
    done = tasks.add(one, "Send the quote", due_at=timezone.now(), owner=cast.ben, by=cast.ben)
    dropped = tasks.add(one, "Drop it", due_at=timezone.now(), owner=cast.ben, by=cast.ben)
    tasks.done(done, by=cast.ben)
    tasks.drop(dropped, by=cast.ben)
    first, second = cast.stage(Kind.LEAD), cast.stage(Kind.PROSPECT)
    StageMoveFactory(lead=one, from_stage=first, to_stage=second)
    StageMoveFactory(lead=one, from_stage=second, to_stage=first)
    StageMoveFactory(lead=one, from_stage=first, to_stage=cast.stage(Kind.LOST))
    StageMoveFactory(lead=one, from_stage=first, to_stage=second, is_undone=True)
    kinds = sorted(each.kind for each in known(one).happenings)
    assert kinds == ["call", "call", "note", "onward", "spoke", "task_done"]
    assert {each.on for each in known(one).happenings} == {TODAY}


def test_who_was_spoken_to_is_the_same_for_calls_and_scores() -> None:
    assert set(happenings.SPOKEN) == {each.value for each in SPOKEN}


def test_of_very_many_happenings_the_newest_count_and_none_of_long_ago(cast: Cast) -> None:
    one = lead(cast)
    now = timezone.now()
    entries = [
        TimelineEntry(
            tenant=cast.tenant,
            lead=one,
            kind="call",
            text="No answer.",
            by=cast.ben,
            at=now - timedelta(hours=hour),
        )
        for hour in range(250)
    ]
    TimelineEntry.of(cast.tenant).bulk_create(entries)
    timeline.write(one, "note", "Called often.", by=cast.ben)
    assert len(known(one).happenings) == happenings.MOST
    TimelineEntry.of(cast.tenant).update(at=now - timedelta(days=800))
    assert known(one).happenings == ()


def test_the_company_s_own_fields_come_in_the_forms_of_the_rules(cast: Cast) -> None:
    one = lead(cast)
    kinds = CustomField.Kind
    wanted = {
        kinds.NUMBER: ({"number": Decimal("12.5")}, 12.5),
        kinds.MONEY: ({"number": Decimal("900.0000")}, 900),
        kinds.DATE: ({"day": date(2026, 1, 2)}, "2026-01-02"),
        kinds.YES_NO: ({"yes": False}, False),
        kinds.CHOICE: ({"text": "Gold"}, "Gold"),
    }
    shorts = {}
    for kind, (given, _) in wanted.items():
        field = CustomFieldFactory(tenant=cast.tenant, kind=kind)
        FieldValueFactory(lead=one, field=field, **given)
        shorts[kind] = field.short
    found = known(one).values
    assert {kind: found[short] for kind, short in shorts.items()} == {
        kind: value for kind, (_, value) in wanted.items()
    }
    card(cast, rule("gold", 6, when={"field": shorts[kinds.CHOICE], "op": "is", "value": "gold"}))
    scores.refresh(one)
    assert lines(one)["rule:gold"][:2] == [6, "Gold"]


def test_rules_about_a_field_of_the_company_rest_while_it_is_archived(cast: Cast) -> None:
    """Whoever scores may have begun before the field came back, or went."""
    one = lead(cast)
    field = CustomFieldFactory(tenant=cast.tenant, kind=CustomField.Kind.TEXT)
    FieldValueFactory(lead=one, field=field, text="gold")
    asks = {"field": field.short}
    card(
        cast,
        rule("gold", 6, when=asks | {"op": "is", "value": "gold"}),
        rule("bare", 3, when=asks | {"op": "empty"}),
    )
    given = []
    for archived_at in (timezone.now(), None, timezone.now()):
        field.archived_at = archived_at
        field.save()
        scores.refresh(one)
        given.append({"rule:gold", "rule:bare"} & lines(one).keys())
    assert given == [set(), {"rule:gold"}, set()]


def test_former_customers_and_losses_are_remembered(cast: Cast) -> None:
    about = OrganisationFactory(tenant=cast.tenant, customer_since=timezone.now())
    lost = LeadFactory(organisation=about, stage=cast.stage(Kind.LOST))
    Lead.of(cast.tenant).filter(pk=lost.pk).update(closed_at=timezone.now())
    again = LeadFactory(organisation=about, value_pence=123_456)
    found = known(again).values
    assert (found["was_customer"], found["times_lost"], found["value"]) == (True, 1, 1_234)


def test_nothing_of_another_company_is_read(cast: Cast) -> None:
    mine, theirs = lead(cast), LeadFactory(organisation=OrganisationFactory(tenant=cast.other))
    EmailCheck.of(cast.other).create(
        tenant=cast.other, address="info@harbour.example", state="deliverable"
    )
    fact(mine.organisation, "email", "info@harbour.example", status="applied")
    TimelineEntryFactory(lead=theirs, by=cast.charlie)
    assert rows.read(cast.tenant, [theirs.pk]) == []
    assert known(mine).values["email_state"] == "unknown"
    assert happenings.of(cast.tenant, [theirs.pk], TODAY) == {}


def test_facts_that_no_rule_asks_about_need_not_be_read(cast: Cast) -> None:
    one = lead(cast)
    fact(one.organisation, "services", ["Implants"], status="applied")
    fact(one.organisation, "turnover", 900_000, status="applied")
    card(cast, rule("big", 5, when={"field": "net_assets", "op": "atleast", "value": 1}))
    wanted = evidence.asked(cards.current(cast.tenant).engine.card)
    [found] = evidence.gather(cast.tenant, rows.read(cast.tenant, [one.pk]), wanted=wanted)
    assert "services" not in found.values
    assert found.values["turnover"] == 900_000


def test_a_receipt_keeps_every_sign_of_what_it_saw(cast: Cast) -> None:
    """Also those that mean something to whatever writes it down."""
    title = 'Head \\ of\tIT\n\\N "£5" \r\u2028\\u0041'
    one = lead(cast)
    one.contact = ContactFactory(organisation=one.organisation, job_title=title)
    one.save()
    for _ in range(2):
        scores.refresh(one)
    assert lines(one)["given:job_title"][1] == title
    assert Score.of(cast.tenant).filter(lead=one).count() == 1
