"""What a person has replaced is decided against, until they or the facts take that back."""

from collections.abc import Sequence
from typing import Any

import pytest

from crm.tenants.acting import acting_for
from enrichment.told import Told
from leads.contacts import contacts
from leads.enriching import deciding, gathering, quality, undoing, wrong
from leads.facts import editing
from leads.facts.facts import FACTS
from leads.models import Contact, Fact, Lead, Organisation
from tests.enriching.conftest import Enrich
from tests.enriching.plugs import Plug, plug
from tests.enriching.rows import fact, proof
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")
SITE = "https://harbour.example"
OLD, NEW = "Finance Director", "CFO"
WRITTEN, MAIL = "jenna@harbour.example", "j.pascoe@harbour.example"


@pytest.fixture
def lead(cast: Cast) -> Lead:
    """A lead with Jenna, whose title two sources have told; a third proposes another."""
    organisation: Organisation = OrganisationFactory(
        tenant=cast.tenant, website=SITE, domain="harbour.example", employees=10
    )
    jenna = ContactFactory(
        organisation=organisation, name="Jenna Pascoe", job_title=OLD, email=WRITTEN
    )
    with acting_for(cast.tenant):
        sources = [proof("hunter_search"), proof("apollo_people")]
        fact(jenna, "job_title", OLD, *sources, status="applied", sureness=0.96)
        fact(jenna, "job_title", NEW, "website")
        fact(jenna, "email", WRITTEN, "hunter_search", status="applied")
        fact(jenna, "email", MAIL, "website")
        fact(organisation, "employees", 10, "hunter_company", status="applied")
        fact(organisation, "employees", 24, "companies_house")
        fact(organisation, "turnover", 100_000, "hunter_company", status="applied")
        fact(organisation, "turnover", 250_000, "companies_house")
    made: Lead = LeadFactory(organisation=organisation, contact=jenna, owner=cast.ben)
    return made


def one(field: str, value: Any) -> Fact:
    return Fact.across_tenants.select_related("tenant", "contact", "organisation").get(
        field=field, value=value
    )


def of(field: str) -> dict[Any, str]:
    return dict(Fact.across_tenants.filter(field=field).values_list("value", "status"))


def accept(cast: Cast, field: str, value: Any) -> None:
    with acting_for(cast.tenant):
        assert deciding.accept(one(field, value), cast.ben)


def told(*said: tuple[str, Any], about: str = "") -> Sequence[Told]:
    return [Told(name, value, "provider_checked", about=about) for name, value in said]


@pytest.fixture
def find_out_more(lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A source confirms the old values, beside something new that is looked for."""

    def finding(slug: str = "guide") -> None:
        jenna = told(
            ("name", "Jenna Pascoe"), ("job_title", OLD), ("email", WRITTEN),
            ("linkedin", f"https://linkedin.com/in/{slug}"), about="1",
        )  # fmt: skip
        firm = told(("employees", 10), ("turnover", 100_000), ("net_assets", len(slug)))
        people = frozenset(each.field for each in jenna)
        fields = frozenset(each.field for each in firm)
        plug(monkeypatch, Plug(slug, {SITE: [*jenna, *firm]}, fields, people))
        enrich([lead], "people", "accounts", most=0)

    return finding


def test_what_was_replaced_by_an_accepted_value_is_not_offered_again(
    cast: Cast, lead: Lead, find_out_more: Any
) -> None:
    for field, value in (("job_title", NEW), ("employees", 24), ("turnover", 250_000)):
        accept(cast, field, value)

    find_out_more()

    assert of("net_assets") == {5: "applied"}, "the source was asked"
    assert of("job_title") == {OLD: "superseded", NEW: "applied"}
    assert of("employees") == {10: "superseded", 24: "applied"}
    assert of("turnover") == {100_000: "superseded", 250_000: "applied"}
    assert Contact.across_tenants.get().job_title == NEW


def test_several_that_are_accepted_at_once_settle_it_as_well(
    cast: Cast, lead: Lead, find_out_more: Any
) -> None:
    with acting_for(cast.tenant):
        both = [one("job_title", NEW), one("employees", 24)]
        assert deciding.accept_all(both, cast.ben).many == 2

    find_out_more()

    assert of("job_title") == {OLD: "superseded", NEW: "applied"}
    assert of("employees") == {10: "superseded", 24: "applied"}


def test_what_was_decided_is_no_conflict_any_more(cast: Cast, lead: Lead) -> None:
    def conflicts() -> int:
        with acting_for(cast.tenant):
            (dossier,) = gathering.gather(cast.tenant, [lead.organisation_id])
            return quality.reckon(dossier).conflicts

    before = conflicts()
    accept(cast, "employees", 24)
    assert conflicts() == before - 1


def test_an_accept_that_is_undone_leaves_the_former_value_as_it_was(
    cast: Cast, lead: Lead, find_out_more: Any
) -> None:
    with acting_for(cast.tenant):
        offered = one("job_title", NEW)
        before = undoing.remember(offered)
        deciding.accept(offered, cast.ben)
        undoing.restore(one("job_title", NEW), before, by=cast.ben)
    assert of("job_title") == {OLD: "applied", NEW: "proposed"}
    assert not Fact.across_tenants.exclude(decided_by=None).exists()

    find_out_more()

    assert of("job_title") == {OLD: "applied", NEW: "proposed"}


def test_whoever_writes_the_former_value_again_has_it_back(
    cast: Cast, lead: Lead, find_out_more: Any
) -> None:
    accept(cast, "job_title", NEW)
    with acting_for(cast.tenant):
        jenna = Contact.of(cast.tenant).get()
        seen = contacts.facts(jenna)
        contacts.edit(lead, jenna, seen | {"job_title": OLD}, seen=seen, by=cast.ben)

    find_out_more()

    assert of("job_title") == {OLD: "applied", NEW: "superseded"}
    assert Contact.across_tenants.get().job_title == OLD


def test_what_was_replaced_by_hand_is_not_offered_again(
    cast: Cast, lead: Lead, find_out_more: Any
) -> None:
    with acting_for(cast.tenant):
        editing.edit(lead, FACTS["employees"], 31, seen="10", by=cast.ben)

    find_out_more()

    assert of("employees") == {10: "superseded", 24: "proposed"}
    assert Organisation.across_tenants.get(pk=lead.organisation_id).employees == 31


def test_what_took_its_place_and_is_wrong_lets_it_come_back(
    cast: Cast, lead: Lead, find_out_more: Any
) -> None:
    accept(cast, "email", MAIL)
    find_out_more()
    assert of("email") == {WRITTEN: "superseded", MAIL: "applied"}
    assert Contact.across_tenants.count() == 1

    with acting_for(cast.tenant):
        wrong.mark(one("email", MAIL), by=cast.ben)
    find_out_more("another guide")

    assert of("email") == {WRITTEN: "applied", MAIL: "dismissed"}
    assert Contact.across_tenants.get().email == WRITTEN


def test_an_accepted_value_that_is_dismissed_later_lets_the_former_come_back(
    cast: Cast, lead: Lead, find_out_more: Any
) -> None:
    accept(cast, "turnover", 250_000)
    with acting_for(cast.tenant):
        deciding.dismiss(one("turnover", 250_000), cast.ben)

    find_out_more()

    assert of("turnover") == {100_000: "applied", 250_000: "dismissed"}


def test_somebody_told_by_a_replaced_address_alone_is_still_the_same_person(
    cast: Cast, lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(cast, "email", MAIL)
    said = told(("email", WRITTEN), ("linkedin", "https://linkedin.com/in/jenna"), about="x")
    plug(monkeypatch, Plug("guide", {SITE: said}, frozenset(), frozenset({"email", "linkedin"})))

    enrich([lead], "people", most=0)

    assert Contact.across_tenants.count() == 1
    assert of("linkedin") == {"https://linkedin.com/in/jenna": "applied"}


def test_what_a_person_replaced_and_a_merge_has_put_back_is_known(
    cast: Cast, lead: Lead, find_out_more: Any
) -> None:
    accept(cast, "employees", 24)
    Organisation.across_tenants.filter(pk=lead.organisation_id).update(employees=10)
    Fact.across_tenants.filter(field="employees", value=24).delete()

    find_out_more()

    assert of("employees") == {10: "applied"}


def test_a_number_that_was_accepted_beside_another_stays_in_use_as_it_ages(
    cast: Cast, lead: Lead, enrich: Enrich, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = "+441326312345", "+441326999888"
    long_ago = proof("website", "page", seen_on="2012-01-01")
    with acting_for(cast.tenant):
        decided = {"status": "applied", "decided_by": cast.ben, "decided_at": lead.created_at}
        fact(lead.organisation, "phone", first, **decided)
        fact(lead.organisation, "phone", second, long_ago, **decided)
    Organisation.across_tenants.filter(pk=lead.organisation_id).update(phone=first)
    said = told(("phone", first), ("net_assets", 5))
    plug(monkeypatch, Plug("guide", {SITE: said}, frozenset({"phone", "net_assets"})))

    enrich([lead], "contact", "accounts", most=0)

    assert of("net_assets") == {5: "applied"}
    assert of("phone") == {first: "applied", second: "applied"}
