"""Which sentences of a website tell that something has ended, and which only sound like it."""

import pytest

from campaigns.verification import notices, pages, surroundings
from campaigns.verification.contract import Site
from crm.places.locate import place
from tests.verification.aspen import HERE
from tests.verification.web import page


def said(words: str) -> list[str]:
    url = "http://aspencabling.example/"
    site = Site(url, "read", url, leaves=(pages.read(url, page("Aspen", f"<p>{words}</p>")),))
    around = surroundings.of(place(HERE), "Leicester")
    found = (
        notices.closed(site, HERE, around),
        notices.moved(site, HERE, around),
        notices.renamed(site, "Aspen Cabling", around),
    )
    return [each for each in found if each]


@pytest.mark.parametrize(
    "words",
    [
        "Our branch has closed; for enquiries call Nottingham.",
        "Our Leicester High Road branch has closed.",
        "Status: Closed",
        "We have moved from LE1 5ET to NG1 2AB.",
        "Our old address was LE1 5ET.",
        "We are no longer based in Leicester.",
        "Our Leicester office has moved to Nottingham.",
        "We have relocated to larger premises.",
        "Formerly Aspen Cabling.",
        "Aspen Cabling is now known as Larch Digital.",
        "In March the company ceased trading.",
    ],
)
def test_what_has_ended(bundled: None, db: None, words: str) -> None:
    assert said(words)


@pytest.mark.parametrize(
    "words",
    [
        "Sunday</p><p>Closed",
        "We are now closed for Christmas.",
        "Applications are now closed.",
        "Our Nottingham office has closed.",
        "We have moved hundreds of customers to the cloud.",
        "We have moved to our new home at Silver Street, LE1 5ET.",
        "Our old premises in NG1 2AB are let.",
        "Aspen Cabling has become a trusted name in Leicester.",
        "Formerly of Larch Digital, Jane joined us in 2020.",
        "We support companies in Leicester and beyond.",
    ],
)
def test_what_goes_on(bundled: None, db: None, words: str) -> None:
    assert said(words) == []
