"""Whose a website is: somebody else's only where nothing at all speaks for the organisation."""

from typing import Any

import pytest

from enrichment import whose
from enrichment.told import Told
from enrichment.whose import Ours, Stranger

pytestmark = pytest.mark.django_db
URL = "https://www.brightwell-boilers.example/"
TEXT = "Brightwell Boilers mends heatings in Kettering. Ring us on 01536 496 0123. " * 8
SAYS = {"name": "Brightwell Boilers", "postcode": "NN16 8AA", "phone": "+441536960123"}


def judge(*names: str, text: str = TEXT, url: str = URL, **more: Any) -> Stranger | None:
    says = SAYS | more.pop("says", {})
    told = [Told(name, value, "page", URL, str(value)) for name, value in says.items() if value]
    people = more.pop("people", ())
    return whose.stranger(told, [text], [url], Ours(names, people, more))


def test_a_website_of_another_name_and_nothing_in_common_is_somebody_elses() -> None:
    found = judge("Tamarisk Dental Studio", phone=["+441162551234"], postcode=["LE1 6TP"])

    assert found is not None
    assert found.words == "Brightwell Boilers, NN16 8AA"
    assert found.url == URL


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("BRIGHTWELL BOILERS (MIDLANDS) LIMITED", "Brightwell Boilers"),
        ("M N M Heating & Plumbing Ltd", "MNM Heating"),
        ("Marlow Norton Mills Heating", "MNMH"),
        ("British Tamarisk Growers", "BTG"),
        ("Brightwell", "The Brightwell Boiler Company"),
        ("Tamarisk", "TamariskDental"),
        ("Britewell Boilers", "Brightwell Boilers"),
        ("Gilberts Bakery Ltd trading as Crumb & Co", "Crumb & Co"),
    ],
)
def test_names_that_may_be_one_are_no_others(ours: str, theirs: str) -> None:
    nothing = "We have been at your service for many years, and look forward to your call. " * 8

    assert judge(ours, says={"name": theirs}, text=nothing, url="https://site.example/") is None


@pytest.mark.parametrize(
    "known",
    [
        {"phone": ["+441536960123"]},
        {"postcode": ["NN16 8AA"]},
        {"email": ["info@brightwell-boilers.example"]},
        {"people": ["Priya Chowdhury"], "text": f"{TEXT} Ask for Priya Chowdhury."},
        {"text": f"{TEXT} © Tamarisk Dental Studio Ltd"},
        {"text": f"{TEXT} We are part of the Tamarisk group."},
        {"company_number": ["09876543"], "text": f"{TEXT} Registered no. 09876543"},
        {"phone": ["+441162551234"], "text": f"{TEXT} Or ring 0116 255 1234."},
        {"url": "https://tamarisk.example/"},
        {"url": "https://tamariskdental.example/"},
        {"url": "https://tds-studio.example/"},
    ],
)
def test_one_thing_that_speaks_for_it_is_enough(known: dict[str, Any]) -> None:
    assert judge("Tamarisk Dental Studio", **known) is None


def test_a_former_name_or_an_owners_is_its_own() -> None:
    assert judge("Tamarisk Dental Studio", "BRIGHTWELL GROUP HOLDINGS LIMITED") is None


def test_a_website_that_names_nobody_is_nobody_elses() -> None:
    for name in ("", "Home", "Heating Services", "Kettering Heating"):
        assert judge("Tamarisk Dental Studio", says={"name": name}) is None


def test_of_an_organisation_whose_name_says_little_nothing_is_said() -> None:
    for name in ("", "The Dental Practice", "Leicester Dental Care"):
        assert judge(name) is None


def test_a_page_with_a_title_alone_proves_nothing() -> None:
    says = {"name": "Starter Template Aurora", "postcode": "", "phone": ""}

    assert judge("Tamarisk Dental Studio", says=says, text="Loading…") is None


def test_hostile_answers_are_judged_in_no_time() -> None:
    says = {"name": "A" * 100_000, "legal_name": "x " * 50_000}
    long = "tamaris k " * 200_000

    ours = ["Tamarisk Dental Studio " * 1_000] * 500

    judge(*ours, says=says, text=long, email=["@" * 9_999] * 99)

    odd: Any = [Told("name", ["no text"], "page"), Told("name", None, "page")]
    assert whose.stranger(odd, [], ["//[", ""], Ours([""])) is None
