"""Files of leads: exactly what the person sees, read back as a spreadsheet reads them."""

from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from crm.exporting import supply
from crm.ledger.models import AuditEntry, AuditPayload
from crm.pipeline.models import Kind as StageKind
from crm.sharing import held, shares
from crm.tenants.models import Membership, Reach, Team, Tenant
from leads.models import Lead
from leads.moving import board
from leads.page import notes
from leads.records.custom import CustomField
from tests.exporting.files import body, from_csv, from_xlsx
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory, OriginFactory
from tests.factories.own import CustomFieldFactory, FieldValueFactory, TaggingFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
Kind = CustomField.Kind


def add(cast: Cast, name: str, **more: Any) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name=name), **more)


def table(person: Any, path: str = "/leads/export/", **query: Any) -> list[dict[str, Any]]:
    """The file as one dictionary a row."""
    answer = as_person(person).get(path, query)
    assert answer.status_code == 200
    read = from_xlsx if query.get("as") == "xlsx" else from_csv
    head, *rows = read(body(answer))
    return [dict(zip(head, row, strict=True)) for row in rows]


def full(cast: Cast) -> Lead:
    lead = add(cast, "Fern & Co", owner=cast.ben, value_pence=124_050, score=80, tier="hot")
    lead.contact = ContactFactory(organisation=lead.organisation, phone="+33142685300")
    lead.save()
    OriginFactory(lead=lead, label="Healthcare around TR11")
    TaggingFactory(lead=lead, tag__name="Moves house")
    for kind, value in {
        Kind.MONEY: {"number": Decimal("12.5")},
        Kind.DATE: {"day": "2027-03-01"},
        Kind.YES_NO: {"yes": False},
        Kind.TEXT: {"text": '=HYPERLINK("https://evil.example")'},
        Kind.NUMBER: {"number": Decimal("-3.5")},
    }.items():
        field = CustomFieldFactory(tenant=cast.tenant, kind=kind, label=f"Own {kind.value}")
        FieldValueFactory(lead=lead, field=field, **value)
    return lead


def test_a_csv_has_everything_that_is_known_of_a_lead(cast: Cast) -> None:
    lead = full(cast)
    (row,) = table(cast.ada)
    wanted = {
        "Organisation": "Fern & Co",
        "Stage": lead.stage.name,
        "Owner": "Ben",
        "Score": "80",
        "Tier": "Hot",
        "Value (£)": "1240.50",
        "Tags": "Moves house",
        "Contact": "Jenna Pascoe",
        "Contact's phone": "'+33 1 42 68 53 00".removeprefix("'"),
        "Found by": "Healthcare around TR11",
        "Own money (£)": "12.50",
        "Own date": "2027-03-01",
        "Own yes_no": "no",
        "Own text": '\'=HYPERLINK("https://evil.example")',
        "Own number": "-3.5",
    }
    assert {name: row[name] for name in wanted} == wanted
    assert row["Page"].endswith(f"/leads/{lead.pk}/")


def test_a_workbook_has_numbers_and_days_as_such(cast: Cast) -> None:
    full(cast)
    (row,) = table(cast.ada, **{"as": "xlsx"})
    assert (row["Value (£)"], row["Own money (£)"], row["Score"]) == (1240.5, 12.5, 80)
    assert row["Own date"].year == 2027
    assert row["Own text"].startswith("=HYPERLINK")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_reps_file_has_what_their_list_shows_and_no_more(cast: Cast, kind: str) -> None:
    cast.tenant.rep_reach, cast.tenant.shows_unowned = Reach.OWN, False
    cast.tenant.save()
    for number in range(60):
        add(cast, f"Ben's {number}", owner=cast.ben)
        add(cast, f"Ada's {number}", owner=cast.ada)
    ben = as_person(cast.ben)
    shown, url = [], "/leads/"
    while url:
        context = ben.get(url).context
        shown += [lead.title for lead in context["leads"]]
        url = context["next_url"] and "/leads/" + context["next_url"]
    assert len(shown) == 60
    for what, column in (("leads", "Organisation"), ("activities", "Organisation")):
        told = {row[column] for row in table(cast.ben, what=what, **{"as": kind})}
        assert told <= set(shown)
    assert sorted(row["Organisation"] for row in table(cast.ben, **{"as": kind})) == sorted(shown)
    assert len(table(cast.ada)) == 120


def test_filters_of_the_list_hold_for_the_file_and_stand_in_the_trail(cast: Cast) -> None:
    add(cast, "Fern", tier="hot")
    add(cast, "Moss")
    rows = table(cast.ben, tier="hot", after="x")
    assert [row["Organisation"] for row in rows] == ["Fern"]
    entry = AuditEntry.objects.get(verb="exported")
    payload = AuditPayload.objects.get(pk=entry.pk).after
    assert (entry.actor, entry.tenant_id) == ("Ben", cast.tenant.pk)
    assert payload == {"what": "leads", "as": "CSV", "filters": {"tier": "hot"}}
    last = AuditEntry.objects.get(verb="exported in full")
    assert AuditPayload.objects.get(pk=last.pk).after["rows"] == 1


def test_contacts_activities_and_moves_are_files_of_their_own(cast: Cast) -> None:
    lead = add(cast, "Fern")
    ContactFactory(organisation=lead.organisation, name="Jenna Pascoe")
    ContactFactory(organisation=OrganisationFactory(tenant=cast.other), name="Rival")
    notes.write(lead, "Called them.\nCall back.", by=cast.ben)
    board.move(lead, to=cast.stage(StageKind.PROSPECT), by=cast.ben)
    (contact,) = table(cast.ben, what="contacts")
    assert (contact["Name"], contact["Organisation"]) == ("Jenna Pascoe", "Fern")
    texts = [row["Text"] for row in table(cast.ben, what="activities")]
    assert "Called them.\nCall back." in texts
    (move,) = table(cast.ben, what="moves")
    assert move["To"] == cast.stage(StageKind.PROSPECT).name
    assert texts == [row["Text"] for row in table(cast.ben, f"/leads/{lead.pk}/export/")]


def test_a_campaign_that_one_does_not_see_is_not_named_in_a_file(cast: Cast) -> None:
    cast.tenant.rep_reach = Reach.OWN
    cast.tenant.save()
    lead = add(cast, "Fern", owner=cast.ben)
    OriginFactory(lead=lead, label="Ada's secret campaign", url="/campaigns/x/")
    entry = lead.timeline.create(
        tenant=cast.tenant, kind="origin", text="Found by Ada's secret campaign."
    )
    for what in ("leads", "activities"):
        assert "secret" not in str(table(cast.ben, what=what))
        assert "secret" in str(table(cast.ada, what=what))
    assert entry.pk


def test_who_may_not_export_sees_no_button_and_gets_no_file(cast: Cast) -> None:
    lead = add(cast, "Fern")
    vera, ben = as_person(cast.vera), as_person(cast.ben)
    for path in ("/leads/", f"/leads/{lead.pk}/"):
        assert "export/?" not in vera.get(path).content.decode()
        assert "export/?" in ben.get(path).content.decode()
    for path in ("/leads/export/", f"/leads/{lead.pk}/export/"):
        answer = vera.get(path)
        assert answer.status_code == 403
        assert "As a viewer you may not export." in answer.content.decode()
    assert as_person(cast.charlie).get(f"/leads/{lead.pk}/export/").status_code == 404


def test_a_file_asks_the_database_no_more_when_it_is_longer(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    def export() -> None:
        for what in ("leads", "contacts", "activities", "moves"):
            table(cast.ben, what=what)

    add(cast, "Fern")
    with django_assert_max_num_queries(200) as few:
        export()
    for number in range(30):
        TaggingFactory(lead=add(cast, f"Moss {number}", owner=cast.ben))
    with django_assert_max_num_queries(len(few)):
        export()


@pytest.mark.parametrize("what", ["the share", "the setting", "the lead of a team"])
def test_what_is_taken_back_meanwhile_comes_no_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(supply.by_id, "__defaults__", (1,))
    cast.tenant.rep_reach = Reach.ALL if what == "the setting" else Reach.OWN
    cast.tenant.shows_unowned = False
    cast.tenant.save()
    rows = [add(cast, "Fern", owner=cast.ben), add(cast, "Moss", owner=cast.ada)]
    group = Group.objects.create(name="north")
    team = Team.of(cast.tenant).create(tenant=cast.tenant, name="North", group=group)
    if what == "the share":
        ada = Membership.of(cast.tenant).select_related("tenant").get(user=cast.ada)
        shares.share(rows[1], with_=cast.ben, by=ada)
    elif what == "the lead of a team":
        Team.of(cast.tenant).update(lead=cast.ben)
        Membership.of(cast.tenant).filter(user=cast.ada).update(team=team)
    assert len(table(cast.ben)) == 2
    answer = as_person(cast.ben).get("/leads/export/", {"sort": "created"})
    parts = iter(answer)
    file = [next(parts), next(parts)]
    held.with_people(Lead).objects.all().delete()
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN)
    Team.of(cast.tenant).update(lead=None)
    _, *lines = from_csv(b"".join([*file, *parts]))
    assert [line[0] for line in lines] == ["Fern"]


@pytest.mark.parametrize("what", ["leads", "contacts", "activities", "moves"])
def test_where_a_filter_goes_meanwhile_the_file_says_that_it_is_not_complete(
    cast: Cast, what: str
) -> None:
    tagging = TaggingFactory(lead=add(cast, "Fern"))
    answer = as_person(cast.ben).get("/leads/export/", {"tag": tagging.tag.pk, "what": what})
    tagging.tag.delete()
    last = from_csv(body(answer))[-1][0]
    assert last.startswith("This file is not complete: it ends here, after 0 rows. A filter of it")
    assert AuditEntry.objects.filter(verb="exported in part").exists()
    assert not AuditEntry.objects.filter(verb="exported in full").exists()


def test_a_colleagues_contact_at_the_same_place_is_not_among_ones_own(cast: Cast) -> None:
    cast.tenant.rep_reach, cast.tenant.shows_unowned = Reach.OWN, False
    cast.tenant.save()
    lead = add(cast, "Fern", owner=cast.ben)
    place = lead.organisation
    for name in ("Jenna", "Nobody's", "Ada's"):
        contact = ContactFactory(organisation=place, name=name)
        if name == "Jenna":
            Lead.of(cast.tenant).filter(pk=lead.pk).update(contact=contact)
        if name == "Ada's":
            lost = cast.stage(StageKind.LOST)
            now = timezone.now()
            LeadFactory(
                organisation=place, owner=cast.ada, contact=contact, stage=lost, closed_at=now
            )
    told = [row["Name"] for row in table(cast.ben, what="contacts")]
    assert sorted(told) == ["Jenna", "Nobody's"]
    assert len(table(cast.ada, what="contacts")) == 3
