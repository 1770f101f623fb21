"""The credits at the most of a run: what was typed is kept, and refused where it is wrong."""

import re
from typing import Any

import pytest

from crm.credits import credits
from leads.models import EnrichmentRun
from tests.enriching.test_launch_page import NEW, leads, sent
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
FIELD = re.compile(r'<input id="id_most"[^>]*>')


@pytest.fixture(autouse=True)
def _keys(settings: Any) -> None:
    settings.HUNTER_KEY = settings.COMPANIES_HOUSE_KEY = "a-key-that-nobody-asks-with"
    settings.APOLLO_KEY = ""


def field(page: str) -> str:
    found = FIELD.search(page)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-5", "greater than or equal to 0"),
        ("1.5", "Enter a whole number."),
        ("99999", "credits at the very most. Enter that or less."),
        ("", "Enter a whole number, 0 for what is free alone."),
    ],
)
def test_a_wrong_number_stays_with_what_is_wrong_with_it(
    cast: Cast, typed: str, said: str
) -> None:
    credits.grant(cast.tenant, 500, cast.ada, "to test with")
    given = sent(leads(cast, 2), most=typed, quoted="48")
    browser = as_person(cast.ben)

    part = browser.get(NEW, given, headers={"HX-Request": "true", "HX-Target": "run-quote"})
    answer = browser.post(NEW, given)

    for page in (part.content.decode(), answer.content.decode()):
        assert f'value="{typed}"' in field(page)
        assert 'aria-describedby="id_most-hint id_most-error"' in field(page)
        assert said in page
        assert "of 500 available" in page
    assert answer.status_code == 422
    assert not EnrichmentRun.of(cast.tenant).exists()


def test_a_number_that_nobody_typed_follows_the_quote(cast: Cast) -> None:
    credits.grant(cast.tenant, 500, cast.ada, "to test with")
    given = sent(leads(cast, 2), most="7", quoted="7")
    page = as_person(cast.ben).get(NEW, given).content.decode()

    most = re.search(r'max="(\d+)"', field(page))
    assert most
    assert int(most[1]) > 7
    assert f'value="{most[1]}"' in field(page)
    assert "field-error" not in page


def test_a_typed_number_does_not_matter_where_all_is_free(cast: Cast, settings: Any) -> None:
    settings.HUNTER_KEY = settings.COMPANIES_HOUSE_KEY = ""
    answer = as_person(cast.ben).post(
        NEW, sent(leads(cast, 1), kinds=["company"], most="7", quoted="48")
    )

    assert answer.status_code == 302
    assert EnrichmentRun.of(cast.tenant).get().most == 0


def test_what_was_refused_has_the_focus_and_keeps_its_leads(cast: Cast) -> None:
    credits.grant(cast.tenant, 3, cast.ada, "to test with")
    chosen = leads(cast, 3)
    browser = as_person(cast.ben)
    answer = browser.post(NEW, sent(chosen, most="20", quoted="3")).content.decode()

    assert 'value="20"' in field(answer)
    assert " autofocus" in field(answer)
    assert answer.count("autofocus") == 1
    address = re.search(rf'action="({NEW}[^"]*)"', answer)
    assert address
    assert "3 leads" in browser.get(address[1].replace("&amp;", "&")).content.decode()
    # A part that comes to an open page takes the focus from nobody.
    asked = {"HX-Request": "true", "HX-Target": "run-quote"}
    part = browser.get(NEW, sent(chosen, most="-5", quoted="3"), headers=asked).content.decode()
    assert "field-error" in part
    assert "autofocus" not in part


def test_too_many_job_titles_have_the_focus(cast: Cast) -> None:
    given = sent(leads(cast, 1), titles="a, b, c, d, e, f")
    page = as_person(cast.ben).post(NEW, given).content.decode()

    titles = re.search(r'<input[^>]*name="titles"[^>]*>', page)
    assert titles
    assert " autofocus" in titles[0]
    assert page.count("autofocus") == 1
