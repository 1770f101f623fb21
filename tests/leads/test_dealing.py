"""A lead gets an owner and a value on its page."""

import pytest
from django.test import Client

from crm.ledger.models import AuditEntry, AuditPayload
from crm.sharing import shares
from crm.tenants.models import Membership, Reach, Role, Tenant
from leads.lead import dealing
from leads.models import Lead, TimelineEntry
from tests.factories.campaigns import CampaignFactory
from tests.factories.leads import LeadFactory, OrganisationFactory, OriginFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Harbour Dental"))


@pytest.fixture
def ben(cast: Cast) -> Client:
    return as_person(cast.ben)


def told(lead: Lead) -> list[str]:
    return list(TimelineEntry.of(lead.tenant).order_by("id").values_list("text", flat=True))


def test_ben_gives_it_to_ada_with_a_value(cast: Cast, lead: Lead, ben: Client) -> None:
    sent = {"owner": cast.ada.pk, "value": "£1,240"}
    answer = ben.post(f"/leads/{lead.pk}/deal/", sent, follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain == [(f"/leads/{lead.pk}/", 302)]
    assert "Owner and value are saved." in page
    assert "£1,240" in page
    assert "Take it" not in page
    lead.refresh_from_db()
    assert (lead.owner, lead.value_pence, lead.version) == (cast.ada, 124_000, 1)
    assert told(lead) == ["Given to Ada.", "Value set to £1,240."]
    entry = AuditEntry.objects.get(tenant_id=cast.tenant.pk, verb="assigned")
    assert (entry.verb, entry.actor, entry.fields) == ("assigned", "Ben", ["owner", "value_pence"])
    payload = AuditPayload.objects.get(entry_id=entry.pk)
    assert payload.before == {"owner": None, "value_pence": None}
    assert payload.after == {"owner": "Ada", "value_pence": 124_000}


def test_taking_it_leaves_the_value_alone(cast: Cast, lead: Lead, ben: Client) -> None:
    Lead.of(cast.tenant).update(value_pence=5_000)
    page = ben.get(f"/leads/{lead.pk}/").content.decode()
    assert "Take it" in page
    assert f'<input type="hidden" name="owner" value="{cast.ben.pk}">' in page
    ben.post(f"/leads/{lead.pk}/deal/", {"owner": cast.ben.pk, "taking": "1"})
    lead.refresh_from_db()
    assert (lead.owner, lead.value_pence) == (cast.ben, 5_000)
    assert told(lead) == ["Given to Ben."]


def test_taking_it_too_late_takes_it_from_nobody(cast: Cast, lead: Lead, ben: Client) -> None:
    Lead.of(cast.tenant).update(owner=cast.ada)
    sent = {"owner": cast.ben.pk, "taking": "1"}
    answer = ben.post(f"/leads/{lead.pk}/deal/", sent, follow=True)
    assert "Ada was faster and has Harbour Dental now." in answer.content.decode()
    lead.refresh_from_db()
    assert lead.owner == cast.ada


def test_both_can_be_cleared(cast: Cast, lead: Lead, ben: Client) -> None:
    Lead.of(cast.tenant).update(owner=cast.ada, value_pence=5_000)
    ben.post(f"/leads/{lead.pk}/deal/", {"owner": "", "value": " "})
    lead.refresh_from_db()
    assert (lead.owner, lead.value_pence) == (None, None)
    assert told(lead) == ["No longer has an owner.", "No longer has a value."]


def test_what_does_not_differ_is_not_written_down(cast: Cast, lead: Lead, ben: Client) -> None:
    Lead.of(cast.tenant).update(owner=cast.ada, value_pence=124_050)
    for sent in ({"owner": cast.ada.pk, "value": "1,240.50"}, {}):
        assert ben.post(f"/leads/{lead.pk}/deal/", sent).status_code == 302
    assert told(lead) == []
    assert not AuditEntry.objects.filter(tenant_id=cast.tenant.pk).exists()


def test_what_a_colleague_changed_meanwhile_is_the_before(cast: Cast, lead: Lead) -> None:
    Lead.of(cast.tenant).update(owner=cast.ada)
    assert lead.owner is None
    dealing.assign(lead, owner=None, value_pence=None, by=cast.ben)
    assert told(lead) == ["No longer has an owner."]


@pytest.mark.parametrize(
    ("written", "pence"),
    [
        ("1240", 124_000),
        ("1,240.50", 124_050),
        (" £1,240 ", 124_000),
        ("£ 0.07", 7),
        ("0", 0),
        ("1,000,000,000", 100_000_000_000),
    ],
)
def test_a_value_is_read_as_people_write_it(
    lead: Lead, ben: Client, written: str, pence: int
) -> None:
    ben.post(f"/leads/{lead.pk}/deal/", {"value": written})
    lead.refresh_from_db()
    assert lead.value_pence == pence
    assert "First-year value" in ben.get(f"/leads/{lead.pk}/").content.decode()


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("-5", "can&#x27;t be less than £0."),
        ("1000000000.01", "can&#x27;t be more than £1,000,000,000."),
        ("1.234", "no more than two digits after the point."),
        *((text, "Write pounds like 1,240") for text in ("12,50", "NaN", "1e3", "much", "١٢")),
    ],
)
def test_a_value_that_is_none_is_refused_beside_its_field(
    cast: Cast, lead: Lead, ben: Client, written: str, sentence: str
) -> None:
    answer = ben.post(f"/leads/{lead.pk}/deal/", {"owner": cast.ada.pk, "value": written})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<details open>" in page
    assert sentence in page
    assert f'value="{written}"' in page
    lead.refresh_from_db()
    assert (lead.owner, lead.value_pence) == (None, None)


@pytest.mark.parametrize("name", ["charlie", "vera"])
def test_nobody_gets_it_who_may_not_work_on_it(
    cast: Cast, lead: Lead, ben: Client, name: str
) -> None:
    answer = ben.post(f"/leads/{lead.pk}/deal/", {"owner": getattr(cast, name).pk})
    assert answer.status_code == 422
    assert "Choose a colleague who may work on leads." in answer.content.decode()
    lead.refresh_from_db()
    assert lead.owner is None


def test_an_owner_who_became_a_viewer_keeps_it(cast: Cast, lead: Lead, ben: Client) -> None:
    Lead.of(cast.tenant).update(owner=cast.ada)
    Membership.of(cast.tenant).filter(user=cast.ada).update(role=Role.VIEWER)
    ben.post(f"/leads/{lead.pk}/deal/", {"owner": cast.ada.pk, "value": "5"})
    lead.refresh_from_db()
    assert (lead.owner, lead.value_pence) == (cast.ada, 500)


def test_a_viewer_may_not_and_is_not_offered_it(cast: Cast, lead: Lead) -> None:
    vera = as_person(cast.vera)
    assert vera.post(f"/leads/{lead.pk}/deal/", {"owner": cast.vera.pk}).status_code == 403
    assert "/deal/" not in vera.get(f"/leads/{lead.pk}/").content.decode()


def test_a_stranger_finds_nothing_and_nobody_gets_it_by_get(
    cast: Cast, lead: Lead, ben: Client
) -> None:
    assert as_person(cast.charlie).post(f"/leads/{lead.pk}/deal/").status_code == 404
    assert ben.get(f"/leads/{lead.pk}/deal/").status_code == 405


def test_a_share_is_no_leave_to_take_it(cast: Cast, lead: Lead, ben: Client) -> None:
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN, shows_unowned=False)
    by = Membership.of(cast.tenant).select_related("tenant", "user").get(user=cast.ada)
    shares.share(lead, with_=cast.ben, by=by)
    address = f"/leads/{lead.pk}/"
    for owner, sentence in (
        (cast.ada, "Only Ada, or an owner or manager of the company may give it to somebody."),
        (None, "Only an owner or manager of the company may give it to somebody."),
    ):
        Lead.of(cast.tenant).update(owner=owner)
        page = ben.get(address).content.decode()
        assert 'name="owner"' not in page.partition('id="deal"')[2]
        answer = ben.post(f"{address}deal/", {"owner": str(cast.ben.pk), "value": "5"})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        lead.refresh_from_db()
        assert (lead.owner, lead.value_pence) == (owner, None)
    ben.post(f"{address}notes/", {"text": "Called them."})
    ben.post(f"{address}deal/", {"value": "5"})
    lead.refresh_from_db()
    assert lead.value_pence == 500
    assert "Called them." in told(lead)


def test_whose_campaign_found_it_may_take_it(cast: Cast, lead: Lead, ben: Client) -> None:
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach=Reach.OWN, shows_unowned=False)
    campaign = CampaignFactory(tenant=cast.tenant, created_by=cast.ben)
    OriginFactory(lead=lead, ref=campaign.pk)
    assert "Take it" in ben.get(f"/leads/{lead.pk}/").content.decode()
    ben.post(f"/leads/{lead.pk}/deal/", {"owner": str(cast.ben.pk), "taking": "1"})
    lead.refresh_from_db()
    assert lead.owner == cast.ben
