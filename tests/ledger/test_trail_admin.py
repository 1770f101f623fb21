"""The trail of the whole company in the administration."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crm.ledger import audit, author
from crm.ledger.models import AuditEntry
from crm.tenants.models import Role
from leads.models import Lead
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
LIST = "/admin/ledger/auditentry/"


@pytest.fixture
def lead(cast: Cast) -> Lead:
    return LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Quay Smiles"))


@pytest.fixture
def ada(cast: Cast) -> Client:
    return as_person(cast.ada)


def shown(browser: Client, **query: str) -> list[str]:
    """The verbs on the page."""
    answer = browser.get(LIST, query)
    assert answer.status_code == 200
    return [row.verb for row in answer.context["cl"].result_list]


def old(cast: Cast, lead: Lead, verb: str, at: datetime, **given: Any) -> AuditEntry:
    return AuditEntry.objects.create(
        tenant_id=cast.tenant.pk,
        at=at,
        actor="Ben",
        actor_id=cast.ben.pk,
        verb=verb,
        target_type="leads.lead",
        target_id=str(lead.pk),
        target="Quay Smiles",
        **given,
    )


def test_it_is_filtered_by_person(cast: Cast, lead: Lead, ada: Client) -> None:
    audit.write(lead, "noted", by=cast.ben)
    audit.write(lead, "moved", by=cast.vera)
    audit.write(lead, "tidied", by=None)
    assert shown(ada, who="ben") == ["noted"]
    assert shown(ada, who=cast.vera.email) == ["moved"]
    assert shown(ada, who="background") == ["tidied"]
    assert '<option value="Vera">' in ada.get(LIST).content.decode()
    assert "Charlie" not in ada.get(LIST).content.decode()


def test_it_is_filtered_by_sort_way_kind_of_record_and_record(
    cast: Cast, lead: Lead, ada: Client
) -> None:
    audit.write(lead, "was refused", by=cast.ben)
    with author.acting(via="support"):
        audit.write(lead, "noted", by=cast.charlie)
    audit.write(cast.tenant, "changed", by=cast.ada)
    assert shown(ada, kind__exact="refused") == ["was refused"]
    assert shown(ada, via__exact="support") == ["noted"]
    assert "Support: Charlie" in ada.get(LIST).content.decode()
    assert shown(ada, of="tenants.tenant") == ["changed"]
    assert shown(ada, record=str(lead.pk)) == ["noted", "was refused"]


def test_it_is_filtered_by_days_of_the_reader(cast: Cast, lead: Lead, ada: Client) -> None:
    # Half past midnight in London, still the day before in UTC.
    old(cast, lead, "early", datetime(2026, 7, 9, 23, 30, tzinfo=UTC))
    old(cast, lead, "late", datetime(2026, 7, 12, 12, 0, tzinfo=UTC))
    assert shown(ada, since="2026-07-10", until="2026-07-10") == ["early"]
    assert shown(ada, since="2026-07-10", until="2026-07-31") == ["late", "early"]
    assert shown(ada, until="2026-07-09") == []
    assert shown(ada, since="nonsense", until="9999-12-31")[-2:] == ["late", "early"]


def test_months_lead_to_their_days(cast: Cast, lead: Lead, ada: Client) -> None:
    today = timezone.localdate()
    first = today.replace(day=1).isoformat()
    said = ada.get(LIST, {"since": first, "until": today.isoformat()}).content.decode()
    assert f"{today:%B %Y}" in said
    assert f">{today:%-d %B}</a>" in said


def test_words_are_searched_among_the_latest_or_the_days_chosen(
    cast: Cast, lead: Lead, ada: Client
) -> None:
    old(cast, lead, "old", datetime(2026, 1, 5, tzinfo=UTC))
    audit.write(lead, "new", by=cast.ben)
    assert shown(ada, q="quay smi") == ["new"]
    assert "Only the last 31 days were searched." in ada.get(LIST, {"q": "quay"}).content.decode()
    assert shown(ada, q="quay", since="2026-01-01", until="2026-01-31") == ["old"]
    assert shown(ada, q=str(lead.pk).upper()) == ["new", "old"]


def test_an_entry_shows_from_what_to_what_and_leads_to_its_record(
    cast: Cast, lead: Lead, ada: Client
) -> None:
    after = {"owner_id": str(cast.ben.pk), "value_pence": 5000}
    entry = audit.write(lead, "changed", by=cast.ada, before={"owner_id": None}, after=after)
    said = " ".join(ada.get(f"{LIST}{entry.pk}/change/").content.decode().split())
    assert '<th scope="row">Owner</th><td>–</td><td>Ben</td>' in said
    assert '<th scope="row">Value</th><td>–</td><td>£50</td>' in said
    assert f'href="/admin/leads/lead/{lead.pk}/change/"' in said
    assert 'name="_save"' not in said


def test_a_row_s_history_is_the_same_trail(cast: Cast, lead: Lead, ada: Client) -> None:
    audit.write(lead, "moved", by=cast.ben, before={"stage": "Lead"}, after={"stage": "Prospect"})
    said = " ".join(ada.get(f"/admin/leads/lead/{lead.pk}/history/").content.decode().split())
    assert "<b>Ben</b> moved it from Lead to Prospect" in said


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_filtered_is_exported_and_that_is_written_down(
    cast: Cast, lead: Lead, ada: Client, kind: str
) -> None:
    audit.write(lead, "noted", by=cast.ben)
    audit.write(lead, "moved", by=cast.vera, before={"stage": "Lead"}, after={"stage": "Prospect"})
    answer = ada.get(f"{LIST}export/{kind}/", {"who": "Vera"})
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content)
    if kind == "csv":
        said = body.decode("utf-8-sig")
        assert "Quay Smiles" in said
        assert "Stage: Lead → Prospect" in said
        assert "Ben" not in said
    entry = AuditEntry.objects.filter(verb="exported").latest("pk")
    assert (entry.actor, entry.kind) == ("Ada", "exported")


def test_reps_and_strangers_get_none_of_it(cast: Cast, lead: Lead) -> None:
    entry = audit.write(lead, "noted", by=cast.ben)
    assert as_person(cast.ben).get(LIST, follow=True).status_code == 403
    charlie = as_person(cast.charlie)
    assert shown(charlie) == []
    assert charlie.get(f"{LIST}{entry.pk}/change/", follow=True).redirect_chain
    assert "Quay" not in b"".join(charlie.get(f"{LIST}export/csv/").streaming_content).decode()


def test_a_manager_reads_it_and_nobody_changes_it(cast: Cast, lead: Lead) -> None:
    entry = audit.write(lead, "noted", by=cast.ben)
    mia = as_person(cast.join("Mia", Role.MANAGER))
    assert "noted" in shown(mia)
    assert mia.post(f"{LIST}{entry.pk}/change/", {"verb": "x"}).status_code == 403
    assert mia.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_list_takes_few_queries(
    cast: Cast, lead: Lead, ada: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(40):
        audit.write(lead, "noted", by=cast.ben)
    with django_assert_max_num_queries(14):
        ada.get(LIST)
