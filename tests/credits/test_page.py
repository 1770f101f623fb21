"""The page of credits: for owners and managers all of it, for reps the balance and their own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.credits import credits
from crm.credits.models import CreditEntry, Kind
from crm.ledger.models import AuditEntry
from crm.tenants.models import User
from tests.credits.conftest import DENTISTS, GYMS, PLACES, WEB
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
PAGE = "/credits/"


def shown(person: User, query: str = "") -> str:
    answer = as_person(person).get(PAGE + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def used(cast: Cast) -> None:
    """Ben and Ada each used some of a thousand; Ada's run still goes on."""
    credits.grant(cast.tenant, 1000, by=cast.ada, note="For the spring")
    bens = credits.reserve(cast.tenant, 100, by=cast.ben, for_=DENTISTS)
    credits.spend(cast.tenant, bens, **WEB, credits=45, cost_micros=330_000, quantity=3)
    credits.release(cast.tenant, bens)
    adas = credits.reserve(cast.tenant, 200, by=cast.ada, for_=GYMS)
    credits.spend(cast.tenant, adas, **PLACES, credits=6, cost_micros=53_200)


def test_an_owner_sees_who_used_what_for_which_campaign(cast: Cast, used: None) -> None:
    said = shown(cast.ada)
    for words in ("Available", ">755<", "Reserved", ">194<", "Used this month", ">51<", "£0.38"):
        assert words in said
    for words in ("By person", "By campaign", "By service", "OpenAI", "Google Places", "£0.33"):
        assert words in said
    assert '<span class="clamp" title="Ben">Ben</span>' in said
    assert 'href="/campaigns/1/"' in said
    assert "A question to the web (AI search) × 3" in said
    assert "For the spring" in said


def test_a_rep_sees_the_balance_and_their_own_use_alone(cast: Cast, used: None) -> None:
    said = shown(cast.ben)
    for words in (">755<", "Used by you this month", ">45<", "Dentists near Leeds", "£0.33"):
        assert words in said
    for words in (
        "Gyms near York",
        "By person",
        "For the spring",
        "Give credits",
    ):
        assert words not in said
    assert "No run holds credits." in said


def test_a_viewer_and_a_stranger_see_nothing_of_it(cast: Cast, used: None) -> None:
    refused = as_person(cast.vera).get(PAGE)
    assert refused.status_code == 403
    assert "As a viewer you may not see credits." in refused.content.decode()
    assert 'href="/credits/"' not in as_person(cast.vera).get("/leads/").content.decode()
    said = shown(cast.charlie)
    assert "Dentists" not in said
    assert "Nothing was used this month" in said
    assert "No entry yet" in said


def test_a_reservation_leads_to_its_campaign_while_it_is_open(cast: Cast, used: None) -> None:
    said = shown(cast.ada).partition('id="reserved"')[2].partition("</section>")[0]
    assert 'href="/campaigns/2/"' in said
    assert "6 of 200" in said
    assert "Dentists" not in said


def test_every_page_leads_to_older_entries(cast: Cast) -> None:
    for number in range(1, 103):
        credits.grant(cast.tenant, 1, by=cast.ada, note=f"Gift {number:03}")
    first, second = shown(cast.ada), shown(cast.ada, "?before=53")
    assert "Gift 102" in first
    assert "Gift 052" not in first
    assert "?before=53" in first
    assert "Gift 052" in second
    assert "Gift 003" in second
    assert "Gift 053" not in second
    third = shown(cast.ada, "?before=3")
    assert "Gift 002" in third
    assert "Older entries" not in third
    for odd in ("?before=x", "?before=-1", "?before=" + "9" * 40, "?before=٣"):
        assert "Gift 102" in shown(cast.ada, odd)
    assert "Nothing older" in shown(cast.ada, "?before=1")


def test_a_thousand_entries_cost_as_many_questions_as_ten(cast: Cast, used: None) -> None:
    ada = as_person(cast.ada)
    ada.get(PAGE)

    def questions() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ada.get(PAGE)
        return len(asked)

    few = questions()
    last = CreditEntry.of(cast.tenant).latest("number")
    CreditEntry.of(cast.tenant).bulk_create(
        CreditEntry(
            tenant=cast.tenant,
            number=last.number + n,
            kind=Kind.SPEND,
            credits=0,
            cost_micros=5,
            balance_after=last.balance_after,
            held_after=last.held_after,
            person_id=cast.ben.pk,
            person="Ben",
            **WEB,
        )
        for n in range(1, 1_001)
    )
    assert questions() == few <= 24


def test_the_entries_go_away_as_a_file_each_person_s_own(cast: Cast, used: None) -> None:
    answer = as_person(cast.ada).get("/credits/export/csv/")
    whole = b"".join(answer.streaming_content).decode()
    assert len(whole.splitlines()) == 7
    assert "Gyms near York" in whole
    answer = as_person(cast.ben).get("/credits/export/csv/")
    own = b"".join(answer.streaming_content).decode()
    assert "Gyms near York" not in own
    assert "0.33" in own
    assert len(own.splitlines()) == 4
    assert as_person(cast.vera).get("/credits/export/csv/").status_code == 403


def test_the_mark_of_the_warning_is_set_by_who_may(cast: Cast, used: None) -> None:
    ada = as_person(cast.ada)
    assert "which is 100 now" in shown(cast.ada)
    assert ada.post("/credits/warning/", {"below": "950"}).status_code == 302
    assert "Credits are running low" in shown(cast.ada)
    assert "Ask an owner or manager for more." in shown(cast.ben)
    ada.post("/credits/warning/", {"below": "950"})
    ada.post("/credits/warning/", {"below": ""})
    assert "Credits are running low" not in shown(cast.ada)
    verb = "changed the warning of low credits"
    assert AuditEntry.objects.filter(verb=verb, actor="Ada").count() == 2
    for wrong in ("-5", "many", "9" * 30):
        assert ada.post("/credits/warning/", {"below": wrong}).status_code == 422
    assert as_person(cast.ben).post("/credits/warning/", {"below": "1"}).status_code == 403
