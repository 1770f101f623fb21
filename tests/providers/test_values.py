"""Values of strangers' answers in the form of their fields, and whose domain is whose."""

from datetime import date
from typing import Any

import pytest

from enrichment.providers import domain, networks, values
from tests.providers.questions import subject

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("JO SMITH", "Jo Smith"),
        ("jo o'neill", "Jo O'Neill"),
        ("Dr Jo Smith MBE", "Jo Smith"),
        ("Jo Smith BSc (Hons)", "Jo Smith"),
        ("SMITH, John Paul", "John Paul Smith"),
        ("Siân van der Berg-Hughes", "Siân van der Berg-Hughes"),
        ("Yo Yo Ma", "Yo Yo Ma"),
        ("YO YO MA", "Yo Yo Ma"),
        ("Dr NICOLA PAREKH", "Nicola Parekh"),
        ("JP Smith", "JP Smith"),
        ("J. Smith", "J. Smith"),
    ],
)
def test_names_are_written_as_they_are_spoken(written: str, name: str) -> None:
    assert values.name(written) == name


@pytest.mark.parametrize(
    "written",
    ["", "Jo", "Sm***h", "Jo Sm***h", "Sales Team", "Acme Ltd", "Jo Smith 3", "x" * 9_999,
     "jo@acme.example Smith", "https://evil.example Smith", "\ud800 Smith", "A " * 5_000],
)  # fmt: skip
def test_what_is_nobodys_name_is_none(written: str) -> None:
    assert values.name(written) == ""


def test_first_and_last_names_are_parted() -> None:
    assert values.parts("John Paul Smith") == ("John", "Smith")
    assert values.parts("Jo van der Berg") == ("Jo", "van der Berg")


def test_signs_that_turn_a_line_around_or_are_half_a_sign_are_left_out() -> None:
    said = {"title": "Head\x00 of\u202e IT\ud800\n now", "number": 3}
    assert values.text(said, "title") == "Head of IT now"
    assert values.text(said, "number") == values.text(said, "none") == ""
    assert values.text([said], "title") == values.text(None, "title") == ""
    assert len(values.text({"a": "b" * 10**6}, "a")) == 300


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-10-18", date(2026, 10, 18)),
        ("2026-10-05T09:30:00.000+00:00", date(2026, 10, 5)),
        ("2026-11-23", None),
        ("0001-01-01", None),
        ("soon", None),
        (20261018, None),
        (None, None),
    ],
)
def test_only_days_that_have_come_count(written: Any, day: date | None) -> None:
    assert values.day({"on": written}, "on", TODAY) == day


def test_numbers_are_british_and_of_some_range() -> None:
    assert values.phone("0116 496 0123") == "+441164960123"
    assert values.phone("+1 415 555 0100") == values.phone("999") == values.phone("5" * 500) == ""


@pytest.mark.parametrize("written", ["jo@gmail.com", "jo@mailinator.com", "jo", "", "jo@nhs.net"])
def test_an_address_that_anybody_may_have_says_nothing(written: str) -> None:
    assert values.address(written) is None


def test_pages_are_of_the_web_and_no_profiles() -> None:
    assert values.page("http://acme.example/team") == "http://acme.example/team"
    for url in ("javascript:alert(1)", "https://uk.linkedin.com/in/jo", "http://127.0.0.1/x",
                "http://jo:pw@acme.example/", "acme", "", "http://[/"):  # fmt: skip
        assert values.page(url) == ""


@pytest.mark.parametrize(
    ("website", "own"),
    [
        ("https://www.acme.co.uk/about", "acme.co.uk"),
        ("leicester.acme.co.uk", "acme.co.uk"),
        ("http://acme.uk.com", "acme.uk.com"),
        ("https://www.elm-surgery.nhs.uk", "elm-surgery.nhs.uk"),
        ("https://www.nhs.uk/services/elm-surgery", ""),
        ("https://www.facebook.com/acme", ""),
        ("https://acme.wixsite.com/home", ""),
        ("https://acme.jimdofree.com/", ""),
        ("https://www.bark.com/en/gb/company/acme/abc/", ""),
        ("https://www.booking.com/hotel/gb/acme.html", ""),
        ("https://www.cqc.org.uk/location/1-1234567", ""),
        ("https://www.oak.leics.sch.uk", "oak.leics.sch.uk"),
        ("https://www.leics.police.uk", "leics.police.uk"),
        ("http://10.0.0.1/", ""),
        ("localhost", ""),
        ("\ud800.com", ""),
        ("", ""),
    ],
)
def test_the_domain_of_a_website_is_the_one_that_was_registered(website: str, own: str) -> None:
    assert domain.of(subject(website=website)) == own


def test_the_domain_of_the_mail_will_do_where_there_is_no_website() -> None:
    about = subject(website="https://www.facebook.com/acme", email=["a@gmail.com", "b@acme.co.uk"])
    assert domain.of(about) == "acme.co.uk"
    assert domain.of(subject(email="plumber@gmail.com")) == ""
    assert domain.of(subject(website=[None, 3, ["x"]], email={"a": 1})) == ""


def test_all_its_own_domains_are_known() -> None:
    about = subject(website=["https://acme.co.uk", "acme.com"], email="jo@acme-group.co.uk")
    assert domain.all_of(about) == {"acme.co.uk", "acme.com", "acme-group.co.uk"}


@pytest.mark.parametrize(
    ("network", "url", "is_at"),
    [
        ("facebook", "http://m.facebook.com/AcmeLtd/?ref=x", "https://www.facebook.com/AcmeLtd"),
        ("x", "https://twitter.com/@acme", "https://x.com/acme"),
        ("x", "https://x.com/intent", ""),
        ("facebook", "https://www.facebook.com/sharer.php?u=x", ""),
        ("facebook", "https://facebook.com.evil.example/acme", ""),
        ("facebook", "https://acme@facebook.com/acme", ""),
        ("x", "https://facebook.com/acme", ""),
        ("x", "javascript://x.com/acme", ""),
        ("x", "https://[x.com/acme", ""),
        ("x", "x.com/" + "a" * 999, ""),
    ],
)
def test_profiles_in_networks_have_one_address(network: str, url: str, is_at: str) -> None:
    assert networks.profile(network, url) == is_at
