"""What managers settle and look at in the administration."""

from typing import Any

import pytest

from enrichment.lookups.models import Rules
from leads.enriching import plan
from tests.factories.enriching import LookupFactory, TrackRecordFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
ADD = "/admin/lookups/rules/add/"


def settled(cast: Cast, **more: Any) -> Any:
    given = {
        "asked": ["website", "hunter_search", "clearbit"],
        "first": "Hunter domain search\nits website",
        "of_fields": "Phone: Its website, twilio",
        "paid_from_score": "40",
        "refresh_most": "50",
        "refresh_credits": "0",
    }
    return as_person(cast.ada).post(ADD, given | more)


def test_the_rules_say_who_is_asked_and_in_which_order(cast: Cast) -> None:
    assert settled(cast, refreshes="on").status_code == 302

    rules = Rules.of(cast.tenant).get()
    assert rules.order == {"": ["hunter_search", "website"], "phone": ["website", "twilio"]}
    assert rules.on == ["clearbit"]
    assert "zerobounce" in rules.off
    assert rules.next_refresh_at is not None
    assert rules.next_cleaning_at is None
    order = [each.slug for each in plan.in_order(rules)]
    assert order == ["hunter_search", "website", "clearbit"]


def test_the_usual_order_is_shown_and_kept_as_usual(cast: Cast) -> None:
    page = as_person(cast.ada).get(ADD).content.decode()
    usual = [each.label for each in plan.in_order(Rules())]
    assert "\n".join(usual[:3]) in page
    settled(cast, first="\n".join(usual), of_fields="")

    rules = Rules.of(cast.tenant).get()
    assert rules.order == {}
    shown = as_person(cast.ada).get(f"/admin/lookups/rules/{rules.pk}/change/").content.decode()
    assert "Its website" in shown
    again = as_person(cast.ada).get(ADD)
    assert again.headers["Location"] == f"/admin/lookups/rules/{rules.pk}/change/"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"first": "Gossip"}, "“Gossip” is no provider."),
        ({"of_fields": "Shoe size: Its website"}, "“Shoe size” is no field."),
        ({"of_fields": "Phone Its website"}, "is no field."),
        ({"paid_from_score": "101"}, "less than or equal to 100"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, wrong: dict[str, str], said: str) -> None:
    answer = settled(cast, **wrong)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Rules.of(cast.tenant).exists()


def test_providers_records_come_with_their_totals(cast: Cast) -> None:
    given = {"tenant": cast.tenant, "asked": 100, "answered": 50, "usable": 20, "credits": 60}
    TrackRecordFactory(**given)
    TrackRecordFactory(**given | {"provider": "website", "credits": 0})

    page = as_person(cast.ada).get("/admin/lookups/trackrecord/").content.decode()

    assert "3.0 credits" in page
    assert "free" in page
    assert "1.5 credits" in page, "of both together"
    other = as_person(cast.ada).get("/admin/lookups/trackrecord/?month=soon")
    assert other.status_code == 200


def test_questions_are_found_by_what_they_were_about(cast: Cast) -> None:
    told = [{"field": "email", "value": "info@quay.test", "way": "provider"}]
    lookup = LookupFactory(tenant=cast.tenant, about="quay.test", told=told)
    LookupFactory(tenant=cast.tenant, about="hill.test")
    browser = as_person(cast.ada)

    found = browser.get("/admin/lookups/lookup/?q=quay").content.decode()
    opened = browser.get(f"/admin/lookups/lookup/{lookup.pk}/change/").content.decode()

    assert "quay.test" in found
    assert "hill.test" not in found
    assert "E-mail: info@quay.test" in opened
    assert as_person(cast.ben).get("/admin/lookups/lookup/").status_code == 302
