"""Fields of a company's own: filled in by their kind, and never over a colleague's word."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from crm.ledger.models import AuditEntry, AuditPayload
from leads.models import Lead, TimelineEntry
from leads.own import fields, values
from leads.records.custom import CustomField, FieldValue
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.factories.own import CustomFieldFactory, FieldValueFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
Kind = CustomField.Kind


@pytest.fixture
def lead(cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))


def own(cast: Cast, kind: Kind = Kind.TEXT, **more: Any) -> CustomField:
    return CustomFieldFactory(tenant=cast.tenant, kind=kind, **more)


def in_it(lead: Lead, field: CustomField) -> Any:
    row = FieldValue.of(lead.tenant).filter(lead=lead, field=field).first()
    found = getattr(row, values.COLUMNS[Kind(field.kind)], None)
    return None if found == "" else found


def fill(cast: Cast, lead: Lead, field: CustomField, typed: str, seen: str = "") -> Any:
    return as_person(cast.ben).post(edit(lead, field), {"value": typed, "seen": seen})


def edit(lead: Lead, field: CustomField) -> str:
    return f"/leads/{lead.pk}/edit/{field.short}/"


GOOD = [
    (Kind.TEXT, "  Fern & Co 🦊 ", "Fern & Co 🦊"),
    (Kind.TEXT, "שלום <script>alert(1)</script>", "שלום <script>alert(1)</script>"),
    (Kind.NUMBER, "1,240.50", Decimal("1240.5")),
    (Kind.NUMBER, "-3", Decimal(-3)),
    (Kind.NUMBER, "0", Decimal(0)),
    (Kind.MONEY, "£1,240.50", Decimal("1240.5")),
    (Kind.DATE, "2027-03-01", date(2027, 3, 1)),
    (Kind.DATE, "1/3/2027", date(2027, 3, 1)),
    (Kind.DATE, "1.3.27", date(2027, 3, 1)),
    (Kind.DATE, "1 March 2027", date(2027, 3, 1)),
    (Kind.DATE, "1st Mar 2027", date(2027, 3, 1)),
    (Kind.DATE, "March 1, 2027", date(2027, 3, 1)),
    (Kind.CHOICE, "gold", "Gold"),
    (Kind.YES_NO, "yes", True),
    (Kind.YES_NO, "No", False),
    (Kind.LINK, "https://fern.example/a?b=c#d", "https://fern.example/a?b=c#d"),
    (Kind.LINK, "fern.example", "https://fern.example"),
    (Kind.TEXT, "   ", None),
]


@pytest.mark.parametrize(("kind", "typed", "kept"), GOOD)
def test_what_people_type_is_kept_as_they_meant_it(
    cast: Cast, lead: Lead, kind: Kind, typed: str, kept: Any
) -> None:
    field = own(cast, kind, choices="Gold\nSilver")
    assert fill(cast, lead, field, typed).status_code == 302
    assert in_it(lead, field) == kept
    said = as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()
    assert "<script>alert" not in said


BAD = [
    (Kind.TEXT, "x" * 501, "Keep it to 500 characters; this has 501."),
    (Kind.NUMBER, "12,50", "Write a number like 1,240 or 1,240.5."),
    (Kind.NUMBER, "1e5", "Write a number like"),
    (Kind.NUMBER, "1.23456", "no more than four digits after the point"),
    (Kind.NUMBER, "9" * 30, "more than can be kept"),
    (Kind.MONEY, "12.345", "no more than two digits after the point"),
    (Kind.MONEY, "lots", "Write pounds like 1,240 or 1,240.50."),
    (Kind.DATE, "31 February 2027", "Write a day like 1 March 2027"),
    (Kind.DATE, "3/13/2027", "Write a day like"),
    (Kind.DATE, "0027-03-01", "Write a day like"),
    (Kind.CHOICE, "Bronze", "Choose one of Gold or Silver."),
    (Kind.YES_NO, "perhaps", "Choose yes or no."),
    (Kind.LINK, "javascript:alert(1)", "begins with https://"),
    (Kind.LINK, "JavaScript:alert(1)", "begins with https://"),
    (Kind.LINK, "data:text/html,x", "begins with https://"),
    (Kind.LINK, "http://fern.example", "begins with https://"),
    (Kind.LINK, "https://me:secret@fern.example", "begins with https://"),
    (Kind.LINK, "https://fern", "begins with https://"),
    (Kind.LINK, "https://[fern.example", "begins with https://"),
]


@pytest.mark.parametrize(("kind", "typed", "said"), BAD)
def test_what_makes_no_sense_is_sent_back_with_how_to_write_it(
    cast: Cast, lead: Lead, kind: Kind, typed: str, said: str
) -> None:
    field = own(cast, kind, choices="Gold\nSilver")
    with pytest.raises(ValidationError):
        values.read(field, typed)
    answer = fill(cast, lead, field, typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert in_it(lead, field) is None


def test_what_is_required_is_asked_for_when_the_form_is_saved(cast: Cast, lead: Lead) -> None:
    field = own(cast, is_required=True)
    assert "This is required." in fill(cast, lead, field, "").content.decode()
    assert as_person(cast.ben).get(f"/leads/{lead.pk}/").status_code == 200


def test_a_change_is_told_with_before_and_after(cast: Cast, lead: Lead) -> None:
    field = own(cast, Kind.DATE, label="Contract ends")
    fill(cast, lead, field, "1 March 2027")
    fill(cast, lead, field, "2 March 2027", seen="2027-03-01")
    told = TimelineEntry.of(cast.tenant).filter(lead=lead, kind="field").order_by("id")
    assert [entry.text for entry in told] == [
        "Contract ends: 1 March 2027",
        "Contract ends: 2 March 2027 (it was 1 March 2027)",
    ]
    last = AuditEntry.objects.filter(verb="filled in", target_id=str(lead.pk)).latest("id")
    payload = AuditPayload.objects.get(pk=last.pk)
    assert payload.before == {"Contract ends": "1 March 2027"}
    assert payload.after == {"Contract ends": "2 March 2027"}


def test_saving_what_nobody_changed_tells_nothing(cast: Cast, lead: Lead) -> None:
    field = own(cast, Kind.NUMBER)
    FieldValueFactory(lead=lead, field=field, number=Decimal("1240.5"))
    assert fill(cast, lead, field, "1,240.50", seen="1,240.5").status_code == 302
    assert not TimelineEntry.of(cast.tenant).filter(lead=lead).exists()


def test_a_colleagues_change_meanwhile_is_shown_not_overwritten(cast: Cast, lead: Lead) -> None:
    price = own(cast, Kind.MONEY, label="Price")
    FieldValueFactory(lead=lead, field=price, number=Decimal(10))
    ben, ada = as_person(cast.ben), as_person(cast.ada)
    assert 'name="seen" value="10"' in ben.get(edit(lead, price)).content.decode()
    ada.post(edit(lead, price), {"value": "12", "seen": "10"})
    answer = ben.post(edit(lead, price), {"value": "11", "seen": "10"})
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "<b>Ada</b> changed this" in said
    for words in ("Mine</dt><dd><bdi>£11<", "Theirs</dt><dd><bdi>£12<", "Before</dt><dd><bdi>£10<"):
        assert words in said
    assert in_it(lead, price) == Decimal(12)
    # Now Ben has seen it: the same form, sent again, is meant.
    assert 'name="seen" value="12"' in said
    assert 'value="11"' in said
    assert ben.post(edit(lead, price), {"value": "11", "seen": "12"}).status_code == 302
    assert in_it(lead, price) == Decimal(11)


def test_an_open_page_gets_the_line_back_and_tells_its_timeline(cast: Cast, lead: Lead) -> None:
    field = own(cast, label="Remark")
    ben = as_person(cast.ben)
    assert edit(lead, field) in ben.get(f"/leads/{lead.pk}/").content.decode()
    sent = {"value": "<b>שלום</b>", "seen": ""}
    answer = ben.post(edit(lead, field), sent, headers={"HX-Request": "true"})
    assert "&lt;b&gt;שלום&lt;/b&gt;" in answer.content.decode()
    assert answer.headers["HX-Trigger"] == "lead-changed"


def test_two_who_change_different_fields_both_have_their_way(cast: Cast, lead: Lead) -> None:
    price, note = own(cast), own(cast)
    assert fill(cast, lead, price, "12").status_code == 302
    assert fill(cast, lead, note, "Call").status_code == 302
    assert (in_it(lead, price), in_it(lead, note)) == ("12", "Call")


def test_a_field_archived_while_somebody_edits_takes_nothing_and_says_so(
    cast: Cast, lead: Lead
) -> None:
    gone = own(cast, label="Budget")
    CustomField.of(cast.tenant).filter(pk=gone.pk).update(archived_at=timezone.now())
    answer = as_person(cast.ben).post(edit(lead, gone), {"value": "12", "seen": ""}, follow=True)
    assert "“Budget” can’t be filled in" in answer.content.decode().replace("&#x27;", "’")
    assert in_it(lead, gone) is None
    assert edit(lead, gone) not in answer.content.decode()


def test_a_field_of_another_company_takes_nothing(cast: Cast, lead: Lead) -> None:
    theirs = CustomFieldFactory(tenant=cast.other, label="Rivals' secret")
    assert fill(cast, lead, theirs, "12").status_code == 404
    assert not FieldValue.of(cast.other).exists()
    assert not FieldValue.of(cast.tenant).exists()
    stranger = LeadFactory(organisation=OrganisationFactory(tenant=cast.other))
    assert fill(cast, stranger, theirs, "12").status_code == 404


def test_a_viewer_reads_and_fills_nothing_in(cast: Cast, lead: Lead) -> None:
    field = own(cast, label="Price")
    FieldValueFactory(lead=lead, field=field, text="Twelve")
    vera = as_person(cast.vera)
    page = vera.get(f"/leads/{lead.pk}/").content.decode()
    assert "Twelve" in page
    assert edit(lead, field) not in page
    assert vera.post(edit(lead, field), {"value": "x"}).status_code == 403


def test_a_link_is_a_link_that_leaves_safely(cast: Cast, lead: Lead) -> None:
    FieldValueFactory(lead=lead, field=own(cast, Kind.LINK), text="https://fern.example/a")
    page = as_person(cast.ben).get(f"/leads/{lead.pk}/").content.decode()
    assert '<a href="https://fern.example/a" rel="noopener noreferrer nofollow"' in page


def test_fields_come_in_their_order_and_no_more_than_can_be_read(cast: Cast) -> None:
    for position in range(fields.MOST + 5):
        own(cast, label=f"Field {position}", position=100 - position)
    found = fields.of(cast.tenant)
    assert len(found) == fields.MOST
    assert found[0].position < found[-1].position
