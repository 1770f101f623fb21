"""What only looks like an organisation there is never called verified."""

from datetime import date

import pytest

from campaigns.models import Checked
from crm.registers.models import RegisterEntry
from leads.intake.grounds import Ground
from tests.verification.aspen import (
    ADDRESS,
    FOOTER,
    HERE,
    NOTTINGHAM,
    NUMBER,
    around,
    is_contradicted,
    is_not_verified,
    own_site,
)
from tests.verification.conftest import Check, House
from tests.verification.web import Web


def test_dissolved_though_its_website_is_still_there(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", "dissolved", postcode=HERE)

    verdict = check("Aspen Cabling", postcode=HERE, website=own_site(web))

    is_contradicted(verdict, "dissolved")
    assert verdict.ground == Ground.CLOSED
    assert verdict.candidate.has_closed


def test_dissolved_and_found_by_its_name_alone(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", "dissolved", postcode=HERE)
    site = web.site("aspencabling.example", title="Aspen Cabling", contact=ADDRESS)

    is_contradicted(check("Aspen Cabling Ltd", postcode=HERE, website=site), "dissolved")


@pytest.mark.parametrize("status", ["liquidation", "administration", "receivership"])
def test_in_liquidation(check: Check, web: Web, house: House, status: str) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", status, postcode=HERE)

    is_contradicted(check("Aspen Cabling", postcode=HERE, website=own_site(web)), status)


def test_a_number_that_no_company_has(check: Check, web: Web) -> None:
    verdict = check("Aspen Cabling", postcode=HERE, website=own_site(web), company_number=NUMBER)

    is_contradicted(verdict, "No company")


def test_moved_to_another_town_as_its_website_tells(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=NOTTINGHAM)
    said = "<p>We have moved! Find us at 1 Lace Market, Nottingham NG1 2AB.</p>"
    site = own_site(web, home=said + "<p>Old address: LE1 5ET</p>")

    is_contradicted(
        check("Aspen Cabling", postcode=HERE, website=site, company_number=NUMBER), "moved"
    )


def test_moved_and_the_website_gives_the_new_address_only(check: Check, web: Web) -> None:
    site = web.site("aspencabling.example", title="Aspen Cabling", contact="<p>NG1 2AB</p>")

    is_contradicted(check("Aspen Cabling", postcode=HERE, website=site), NOTTINGHAM)


def test_moved_and_the_website_does_not_tell_yet(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=NOTTINGHAM)

    verdict = check("Aspen Cabling", postcode=HERE, website=own_site(web), company_number=NUMBER)

    is_not_verified(verdict, NOTTINGHAM)
    # Many trade elsewhere than where they are registered: that alone disproves nobody.
    assert verdict.checked == Checked.UNVERIFIED


def test_moved_as_the_number_on_a_website_tells(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=NOTTINGHAM)

    is_not_verified(check("Aspen Cabling", postcode=HERE, website=own_site(web)), NOTTINGHAM)


def test_moved_and_the_website_does_not_tell_where_to(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=NOTTINGHAM)
    site = web.site("aspencabling.example", title="Aspen Cabling", contact=FOOTER)

    verdict = check("Aspen Cabling", postcode=HERE, website=site, company_number=NUMBER)

    is_not_verified(verdict, NOTTINGHAM)


def test_moved_without_a_website(check: Check, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=NOTTINGHAM)

    is_not_verified(check("Aspen Cabling", postcode=HERE, company_number=NUMBER), NOTTINGHAM)


def test_moved_since_an_older_register(check: Check, house: House) -> None:
    companies = RegisterEntry.objects.filter(register="companies_house", status="active")
    entry = companies.filter(postcode__startswith="LE").order_by("number")[0]
    house.add(entry.number, entry.name, postcode=NOTTINGHAM)

    verdict = check(entry.name, postcode=entry.postcode, seen=around(entry.postcode))

    is_not_verified(verdict, NOTTINGHAM)


def test_renamed(check: Check, house: House) -> None:
    house.add(NUMBER, "LARCH DIGITAL LTD", postcode=HERE, former=("ASPEN CABLING LTD",))

    is_contradicted(check("Aspen Cabling", postcode=HERE, company_number=NUMBER), "LARCH DIGITAL")


def test_renamed_and_found_by_its_former_name(check: Check, house: House) -> None:
    house.add(NUMBER, "LARCH DIGITAL LTD", postcode=HERE, former=("ASPEN CABLING LTD",))

    is_contradicted(check("Aspen Cabling Ltd", postcode=HERE), "LARCH DIGITAL")


def test_renamed_as_its_website_tells(check: Check, web: Web) -> None:
    said = "<h1>Larch Digital</h1><p>formerly known as Aspen Cabling</p>"
    site = web.site("aspencabling.example", title="Larch Digital", contact=ADDRESS, home=said)

    is_not_verified(check("Aspen Cabling", postcode=HERE, website=site))


def test_invented_without_anything(check: Check) -> None:
    is_not_verified(check("Quillwort Networks", postcode=HERE, phone="0116 496 0999"))


def test_a_holding_company(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING HOLDINGS LTD", postcode=HERE, sic_codes=("64209",))
    site = web.site("aspencabling.example", title="Aspen Cabling", contact="<p>NG1 2AB</p>")
    name = "Aspen Cabling Holdings Ltd"

    is_not_verified(check(name, postcode=HERE, company_number=NUMBER))
    is_not_verified(check(name, postcode=HERE, company_number=NUMBER, website=site))
    is_not_verified(check("Aspen Cabling", postcode=HERE, company_number=NUMBER))
    is_not_verified(check("Aspen Cabling", postcode=HERE))


def test_the_same_name_elsewhere(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode="M1 1AE")
    site = web.site(
        "aspencabling.example", title="Aspen Cabling", contact="<p>Manchester M1 1AE</p>"
    )

    is_contradicted(check("Aspen Cabling", postcode=HERE, website=site), "M1 1AE")
    is_not_verified(check("Aspen Cabling", postcode=HERE), "M1 1AE")


def test_a_number_of_somebody_else(check: Check, house: House) -> None:
    house.add(NUMBER, "BIRCH FLOORING LTD", postcode="M1 1AE")

    verdict = check("Aspen Cabling", postcode=HERE, company_number=NUMBER)

    is_contradicted(verdict, "BIRCH FLOORING")


def test_a_postcode_that_does_not_exist(check: Check, web: Web) -> None:
    is_contradicted(check("Aspen Cabling", postcode="LE99 9ZZ"), "no postcode")
    is_contradicted(check("Aspen Cabling", postcode="LE1 1CK"), "no postcode")


def test_outside_the_circle(check: Check) -> None:
    verdict = check("Aspen Cabling", postcode="M1 1AE")

    is_contradicted(verdict, "miles away")
    assert verdict.ground == Ground.OUTSIDE


def test_a_phone_of_another_country(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=HERE)

    verdict = check("Aspen Cabling", postcode=HERE, phone="+49 30 901820")

    is_not_verified(verdict, "another country")
    assert verdict.candidate.phone == ""


def test_a_source_that_knows_it_as_closed(check: Check) -> None:
    verdict = check("Aspen Cabling", postcode=HERE, seen={"closed": "permanently closed"})

    is_contradicted(verdict, "permanently closed")
    assert verdict.ground == Ground.CLOSED


def test_a_practice_that_its_register_has_closed(check: Check, web: Web) -> None:
    practice = (
        RegisterEntry.objects.filter(register="nhs_practices", status="closed")
        .exclude(latitude=None)
        .order_by("number")[0]
    )
    where = f"<p>{practice.postcode}</p>"
    site = web.site("practice.example", title=practice.name, contact=where)

    verdict = check(
        practice.name, postcode=practice.postcode, website=site, seen=around(practice.postcode)
    )

    is_contradicted(verdict, "closed")


def test_an_address_where_companies_only_get_post(check: Check, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode="EC1V 2NX", as_of=date(2026, 11, 1))

    verdict = check(
        "Aspen Cabling",
        postcode="EC1V 2NX",
        company_number=NUMBER,
        seen=around("EC1V 2NX"),
    )

    is_not_verified(verdict, "only get post")
