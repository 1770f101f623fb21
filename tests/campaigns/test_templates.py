"""What a campaign asks for is kept as a template, and others start from it."""

from dataclasses import replace
from typing import Any

import pytest

from campaigns import kinds
from campaigns.models import Campaign, Template
from crm.ledger.models import AuditEntry
from tests.factories.campaigns import CampaignFactory, TemplateFactory
from tests.people import Cast, as_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bundled")]


@pytest.fixture
def campaign(cast: Cast) -> Campaign:
    found: Campaign = CampaignFactory(
        tenant=cast.tenant, miles=7, takes_customers=True, min_employees=10
    )
    return found


def keep(cast: Cast, campaign: Campaign, name: str = "Practices", **sent: str) -> Any:
    given = {"name": name, "keeps_postcode": "on"} | sent
    return as_person(cast.ben).post(f"/campaigns/{campaign.pk}/template/", given, follow=True)


def offers(cast: Cast) -> str:
    return as_person(cast.ben).get("/campaigns/new/").content.decode()


def start(cast: Cast, template: Template) -> Any:
    return as_person(cast.ben).get(f"/campaigns/templates/{template.pk}/")


def entries(answer: Any) -> dict[str, Any]:
    sent = {control.name: control.value() for control in answer.context["form"]}
    return {name: value for name, value in sent.items() if value}


def verbs(cast: Cast) -> list[str]:
    of_templates = AuditEntry.objects.filter(target_type="campaigns.template").order_by("id")
    return list(of_templates.values_list("verb", flat=True))


def test_a_template_is_offered_and_fills_the_form_in(cast: Cast, campaign: Campaign) -> None:
    answer = keep(cast, campaign, "Practices ")
    assert answer.redirect_chain == [(f"/campaigns/{campaign.pk}/", 302)]
    template = Template.of(cast.tenant).get()
    assert (template.name, template.kind, template.created_by) == (
        "Practices",
        "healthcare",
        cast.ben,
    )
    page = offers(cast)
    assert "Start from a template" in page
    assert "7 miles of LE1 1AA · at most 100 leads · customers included · 10 people or more" in page
    answer = start(cast, template)
    assert entries(answer) == {
        "postcode": "LE1 1AA",
        "miles": "7",
        "max_results": "100",
        "takes_customers": "on",
        "min_employees": "10",
        # Those that are free, as long as nobody chose.
        "sources": ["register", "companies_house"],
    }
    assert 'class="field-error"' not in answer.content.decode()
    assert verbs(cast) == ["created"]


def test_the_page_offers_the_campaign_s_own_name(cast: Cast, campaign: Campaign) -> None:
    Campaign.of(cast.tenant).update(name="x" * 200)
    form = as_person(cast.ben).get(f"/campaigns/{campaign.pk}/template/").context["form"]
    assert form["name"].value() == "x" * 120
    assert form["keeps_postcode"].value()


def test_the_postcode_may_be_left_open(cast: Cast, campaign: Campaign) -> None:
    keep(cast, campaign, keeps_postcode="")
    template = Template.of(cast.tenant).get()
    assert template.wanted["postcode"] == ""
    assert "7 miles, place open" in offers(cast)
    answer = start(cast, template)
    assert "postcode" not in entries(answer)
    assert "Give the postcode" not in answer.content.decode()


@pytest.mark.parametrize("name", ["Practices", "practices", " PRACTICES  "])
def test_a_template_is_not_overwritten_silently(cast: Cast, campaign: Campaign, name: str) -> None:
    keep(cast, campaign)
    Campaign.of(cast.tenant).update(miles=50)
    answer = keep(cast, campaign, name)
    assert answer.status_code == 422
    assert "There is a template called “Practices” already." in answer.content.decode()
    assert 'name="replaces"' in answer.content.decode()
    assert Template.of(cast.tenant).get().wanted["miles"] == 7
    keep(cast, campaign, name, replaces="on")
    assert Template.of(cast.tenant).get().wanted["miles"] == 50
    assert verbs(cast) == ["created", "replaced"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "Give it a name."),
        ("  ", "Give it a name."),
        ("x" * 121, "A name has at most 120 characters; this one has 121."),
    ],
)
def test_a_name_that_is_none_is_refused(
    cast: Cast, campaign: Campaign, name: str, sentence: str
) -> None:
    answer = keep(cast, campaign, name)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Template.of(cast.tenant).exists()


def test_another_company_may_use_the_name_and_sees_nothing(cast: Cast, campaign: Campaign) -> None:
    TemplateFactory(tenant=cast.other, name="Practices")
    keep(cast, campaign)
    assert Template.of(cast.tenant).count() == Template.of(cast.other).count() == 1
    assert offers(cast).count("/campaigns/templates/") == 3


def test_a_template_is_renamed(cast: Cast) -> None:
    template = TemplateFactory(tenant=cast.tenant, name="Practices", created_by=cast.ben)
    TemplateFactory(tenant=cast.tenant, name="Schools")
    ben, address = as_person(cast.ben), f"/campaigns/templates/{template.pk}/rename/"
    for name, sentence in {
        "schools": "There is a template called “Schools” already. Take another name.",
        " ": "Give it a name.",
    }.items():
        answer = ben.post(address, {"name": name})
        assert answer.status_code == 422
        assert answer.content.decode().count(sentence) == 1
    answer = ben.post(address, {"name": "practices"}, follow=True)
    assert answer.redirect_chain == [("/campaigns/new/", 302)]
    template.refresh_from_db()
    assert template.name == "practices"
    assert verbs(cast) == ["renamed"]


def test_a_template_is_deleted_and_its_campaigns_stay(cast: Cast, campaign: Campaign) -> None:
    keep(cast, campaign)
    template = Template.of(cast.tenant).get()
    address = f"/campaigns/templates/{template.pk}/delete/"
    answer = as_person(cast.ben).post(address, follow=True)
    assert "“Practices” is deleted." in answer.content.decode()
    assert not Template.of(cast.tenant).exists()
    assert Campaign.of(cast.tenant).exists()
    assert as_person(cast.ben).post(address).status_code == 404
    assert verbs(cast) == ["created", "deleted"]


def test_a_template_outlives_whoever_kept_it(cast: Cast, campaign: Campaign) -> None:
    keep(cast, campaign)
    cast.ben.delete()
    page = as_person(cast.ada).get("/campaigns/new/").content.decode()
    assert "Practices" in page
    template = Template.of(cast.tenant).get()
    assert as_person(cast.ada).get(f"/campaigns/templates/{template.pk}/").status_code == 200
    assert as_person(cast.ada).get(f"/admin/campaigns/template/{template.pk}/change/")


def test_a_kind_without_a_source_says_so(cast: Cast) -> None:
    template = TemplateFactory(
        tenant=cast.tenant, kind="planning_applications", wanted__kind="planning_applications"
    )
    said = "needs a council’s list or AI web search"
    (listed,) = offers(cast).split("Start from a template")[1:]
    assert f"Finds nothing yet: {said}" in listed.split("<h2")[0]
    assert "This kind finds nothing yet." in start(cast, template).content.decode()


def without(monkeypatch: pytest.MonkeyPatch, slug: str, **fields: Any) -> None:
    """Let the table of kinds be another than when the template was kept."""
    changed = {**kinds.BY_SLUG}
    if fields:
        changed[slug] = replace(changed[slug], **fields)
    else:
        del changed[slug]
    monkeypatch.setattr(kinds, "BY_SLUG", changed)


def test_a_field_that_is_gone_is_named(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    template = TemplateFactory(
        tenant=cast.tenant,
        kind="new_businesses",
        wanted__kind="new_businesses",
        wanted__extra={"months": "6"},
    )
    assert entries(start(cast, template))["months"] == "6"
    without(monkeypatch, "new_businesses", extras=())
    answer = start(cast, template)
    assert "“Months” is no longer asked for; the template says “6”." in answer.content.decode()
    assert "months" not in entries(answer)


def test_a_field_that_is_new_is_named(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    template = TemplateFactory(tenant=cast.tenant)
    asked = (
        kinds.Extra("beds", "Beds", "How many?"),
        kinds.Extra("note", "Note", "Anything?", required=False),
    )
    without(monkeypatch, "healthcare", extras=asked)
    page = start(cast, template).content.decode()
    assert "“Beds” is new since and needs an answer." in page
    assert "“Note” is new" not in page


def test_a_kind_that_is_gone_leads_to_the_choice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = TemplateFactory(tenant=cast.tenant, name="Practices")
    without(monkeypatch, "healthcare")
    assert "Its kind is no longer offered." in offers(cast)
    page = start(cast, template).content.decode()
    assert "“Practices” is for a kind of campaign that is no longer offered" in page
    assert "15 miles of LE1 1AA" in page
    assert "Education" in page


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        [],
        "nonsense",
        {"kind": "healthcare"},
        {"kind": 5, "extra": "x", "miles": {"a": 1}},
        {"kind": "healthcare", "postcode": "ZZ99 9ZZ", "miles": "far", "max_results": None},
        {"kind": "gone", "extra": {"x": ["y"]}, "budget_pence": "much"},
    ],
)
def test_a_template_of_nonsense_is_still_a_page(cast: Cast, wanted: Any) -> None:
    template = TemplateFactory(tenant=cast.tenant, name="Odd")
    Template.of(cast.tenant).update(wanted=wanted)
    assert "Odd" in offers(cast)
    answer = start(cast, template)
    assert answer.status_code == 200
    assert as_person(cast.ben).get(
        "/campaigns/new/healthcare/preview/", entries(answer)
    ).status_code in (200, 422)


def test_a_viewer_keeps_starts_and_deletes_nothing(cast: Cast, campaign: Campaign) -> None:
    template = TemplateFactory(tenant=cast.tenant)
    vera = as_person(cast.vera)
    address = f"/campaigns/templates/{template.pk}/"
    for path in (address, f"{address}rename/", f"{address}delete/"):
        assert 403 in (vera.get(path).status_code, vera.post(path, {"name": "x"}).status_code)
    assert vera.post(f"/campaigns/{campaign.pk}/template/", {"name": "x"}).status_code == 403
    assert Template.of(cast.tenant).get().name == template.name
