"""Of what Google says of a place nothing is kept: who it is, somebody else must say."""

from campaigns.models import Checked
from crm.registers.models import RegisterEntry
from leads.intake.grounds import Ground
from tests.verification.aspen import ADDRESS
from tests.verification.conftest import Check, House, within
from tests.verification.web import Web

PLACE = {"place_id": "ChIJ1", "miles": 0.3}


def test_nobody_else_knows_it(check: Check) -> None:
    verdict = check(
        "Aspen Cabling (google says)",
        postcode="LE1 5ET",
        phone="0116 496 0999",
        address="Google Road 1",
        seen=PLACE,
    )

    assert (verdict.checked, verdict.ground) == (Checked.UNVERIFIED, Ground.NAMELESS)
    assert verdict.reason == "No independent identity yet."
    assert verdict.candidate.name == verdict.candidate.phone == verdict.candidate.address == ""
    # From LE1 1AA to its postcode, which we know to the yard; Google's own 0.3 is not needed.
    assert verdict.miles is not None
    assert round(verdict.miles, 2) == 0.46


def test_its_website_says_who_it_is(check: Check, web: Web) -> None:
    url = web.site("aspencabling.example", title="Aspen Cabling Ltd | Home", contact=ADDRESS)

    verdict = check(
        "ASPEN CABLING", postcode="LE1 5ET", phone="0116 496 0123", website=url, seen=PLACE
    )

    assert verdict.checked == Checked.VERIFIED, verdict
    found = verdict.candidate
    assert (found.name, found.postcode) == ("Aspen Cabling Ltd", "LE1 5ET")
    assert (found.phone, found.website) == ("+441164960123", url)


def test_companies_house_says_who_it_is(check: Check, house: House) -> None:
    house.add("07654321", "ASPEN CABLING LTD", postcode="LE1 5ET", address="12 Silver Street")

    verdict = check("Aspen Cabling", postcode="LE1 5ET", phone="0116 496 0999", seen=PLACE)

    assert verdict.checked == Checked.VERIFIED, verdict
    assert verdict.candidate.name == "ASPEN CABLING LTD"
    assert verdict.candidate.address == "12 Silver Street"
    assert verdict.candidate.phone == ""


def test_an_older_register_says_who_it_is_and_google_that_it_is_open(check: Check) -> None:
    school = RegisterEntry.objects.filter(
        register="schools", status="active", postcode__startswith="LE"
    ).order_by("number")[0]

    verdict = check(
        school.name.upper(),
        postcode=school.postcode,
        seen={**PLACE, "target": within(5, school.postcode)},
    )

    assert verdict.checked == Checked.VERIFIED, verdict
    assert verdict.candidate.name == school.name
    assert verdict.candidate.entry == school


def test_closed_places_are_contradicted(check: Check) -> None:
    verdict = check("Aspen", postcode="LE1 5ET", seen={**PLACE, "closed": "closed for good"})

    assert (verdict.checked, verdict.ground) == (Checked.CONTRADICTED, Ground.CLOSED)
    assert verdict.candidate.name == ""
