"""Organisations that are what they say are verified, however differently they write it."""

import pytest

from campaigns.models import Checked
from crm.registers.models import RegisterEntry
from leads.intake.grounds import Ground
from tests.verification.conftest import Check, House
from tests.verification.web import Web, page

FOOTER = "<footer>© 2026 Aspen Cabling Ltd. Registered in England No. 07654321</footer>"
ADDRESS = "<p>12 Silver Street, Leicester LE1 5ET</p><p>Tel 0116 496 0123</p>"


def test_its_own_website_names_it_and_its_postcode(check: Check, web: Web) -> None:
    url = web.site("aspencabling.example", title="Aspen Cabling – data networks", contact=ADDRESS)

    verdict = check("Aspen Cabling", postcode="le15et", website=url, phone="0116 496 0123")

    assert (verdict.checked, verdict.ground) == (Checked.VERIFIED, Ground.NEW), verdict
    assert verdict.reason == "Its website names it and LE1 5ET."
    assert verdict.candidate.postcode == "LE1 5ET"
    assert verdict.candidate.phone == "+441164960123"
    assert verdict.candidate.precision == "postcode"
    assert verdict.candidate.is_checked
    assert verdict.candidate.proof_date
    assert verdict.miles is not None
    assert verdict.miles < 1
    assert {each.name for each in verdict.checks} >= {"Register", "Circle", "Website", "Phone"}


def test_companies_house_knows_it_there(check: Check, house: House) -> None:
    house.add("07654321", "ASPEN CABLING (LEICESTER) LIMITED", postcode="LE1 5ET")

    verdict = check("Aspen Cabling", postcode="LE1 5ET", company_number="7654321")

    assert verdict.checked == Checked.VERIFIED, verdict
    assert verdict.candidate.company_number == "07654321"
    assert house.asked == ["07654321"]


def test_without_a_number_companies_house_is_asked_for_the_name(check: Check, house: House) -> None:
    house.add("07654321", "ASPEN CABLING SERVICES (UK) LTD", postcode="LE1 5ET")

    verdict = check("Aspen Cabling", postcode="LE1 5ET")

    assert verdict.checked == Checked.VERIFIED, verdict
    assert verdict.candidate.company_number == "07654321"
    assert len(house.asked) == 1


def test_without_a_postcode_it_takes_that_of_its_website(
    check: Check, web: Web, house: House
) -> None:
    house.add("07654321", "ASPEN CABLING LTD", postcode="LE1 5ET")
    url = web.site("aspencabling.example", title="Aspen Cabling", contact=ADDRESS, home=FOOTER)

    verdict = check("Aspen Cabling", website=url)

    assert verdict.checked == Checked.VERIFIED, verdict
    assert verdict.candidate.postcode == "LE1 5ET"
    assert verdict.candidate.company_number == "07654321"


def test_its_name_in_a_picture_and_its_postcode_in_data_for_machines(
    check: Check, web: Web
) -> None:
    data = (
        '<script type="application/ld+json">{"@type": "LocalBusiness", "name": "Aspen Cabling",'
        '"telephone": "0116 496 0123", "address": {"postalCode": "LE1 5ET"}}</script>'
    )
    picture = page("Home", '<img src="/a.png" alt="Aspen Cabling">', head=data)
    web.put("aspen-7k.example", "/", picture)

    verdict = check("Aspen Cabling", postcode="LE1 5ET", website="http://aspen-7k.example")

    assert verdict.checked == Checked.VERIFIED, verdict


def test_its_trading_name_is_another_than_the_companys(
    check: Check, web: Web, house: House
) -> None:
    house.add("07654321", "HALCYON TRADING LIMITED", postcode="LE1 5ET")
    url = web.site("bluefoxit.example", title="Blue Fox IT", contact=ADDRESS)

    verdict = check("Blue Fox IT", postcode="LE1 5ET", company_number="07654321", website=url)

    assert verdict.checked == Checked.VERIFIED, verdict


def test_a_company_says_that_it_trades_under_another_name(
    check: Check, web: Web, house: House
) -> None:
    house.add("07654321", "HALCYON TRADING LIMITED", postcode="NG1 2AB")
    said = (
        "<footer>Blue Fox IT is a trading name of Halcyon Trading Limited, company no. 07654321,"
        " registered office NG1 2AB</footer>"
    )
    url = web.site("bluefoxit.example", title="Blue Fox IT", contact=ADDRESS, home=said)

    verdict = check("Blue Fox IT", postcode="LE1 5ET", company_number="07654321", website=url)

    assert verdict.checked == Checked.VERIFIED, verdict


def test_its_registered_office_is_elsewhere_as_its_website_says(
    check: Check, web: Web, house: House
) -> None:
    house.add("07654321", "ASPEN CABLING LTD", postcode="NG1 2AB")
    office = "<footer>Registered office: 1 Lace Market, Nottingham NG1 2AB</footer>"
    url = web.site("aspencabling.example", title="Aspen Cabling", contact=ADDRESS, home=office)

    verdict = check("Aspen Cabling Ltd", postcode="LE1 5ET", company_number="07654321", website=url)

    assert verdict.checked == Checked.VERIFIED, verdict


@pytest.mark.parametrize("office", ["LE10 1DS", "LE65 2AB", "EC1V 2NX"])
def test_its_registered_office_is_at_an_accountants_or_gets_its_post_only(
    check: Check, web: Web, house: House, office: str
) -> None:
    house.add("07654321", "ASPEN CABLING LTD", postcode=office)
    url = web.site("aspencabling.example", title="Aspen Cabling", contact=ADDRESS, home=FOOTER)

    verdict = check("Aspen Cabling Ltd", postcode="LE1 5ET", company_number="07654321", website=url)

    assert verdict.checked == Checked.VERIFIED, verdict
    assert any(f"registered at {office}" in each.said for each in verdict.checks)


def test_a_company_elsewhere_of_its_name_may_be_another(
    check: Check, web: Web, house: House
) -> None:
    house.add("07654321", "ASPEN CABLING", postcode="NG1 2AB")
    url = web.site("aspencabling.example", title="Aspen Cabling", contact=ADDRESS)

    verdict = check("Aspen Cabling", postcode="LE1 5ET", website=url)

    assert verdict.checked == Checked.VERIFIED, verdict


@pytest.mark.parametrize("status", [403, 500])
def test_a_website_that_refuses_leaves_it_to_companies_house(
    check: Check, web: Web, house: House, status: int
) -> None:
    house.add("07654321", "ASPEN CABLING LTD", postcode="LE1 5ET")
    web.put("aspencabling.example", "/", "no", status=status)

    verdict = check("Aspen Cabling", postcode="LE1 5ET", website="http://aspencabling.example")

    assert verdict.checked == Checked.VERIFIED, verdict


def test_a_website_that_leads_to_www(check: Check, web: Web) -> None:
    web.put("aspen.example", "/", "", status=301, Location="http://www.aspen.example/")
    web.site("www.aspen.example", title="Aspen Cabling", contact=ADDRESS)

    verdict = check("Aspen Cabling", postcode="LE1 5ET", website="aspen.example")

    assert verdict.checked == Checked.VERIFIED, verdict


def test_news_of_another_branch_is_not_of_this_one(check: Check, web: Web) -> None:
    news = (
        "<p>Our Nottingham branch has closed.</p><p>We are closed on bank holidays.</p>"
        "<p>We have moved to our new home at 12 Silver Street, Leicester LE1 5ET.</p>"
    )
    url = web.site("aspencabling.example", title="Aspen Cabling", contact=ADDRESS, home=news)

    verdict = check("Aspen Cabling", postcode="LE1 5ET", website=url)

    assert verdict.checked == Checked.VERIFIED, verdict


def test_an_older_register_lists_it(check: Check) -> None:
    school = _school()

    verdict = check(school.name, postcode=school.postcode)

    assert verdict.checked == Checked.LISTED, verdict
    assert verdict.ground == Ground.NEW
    assert verdict.candidate.entry == school
    assert verdict.candidate.proof_date == school.register.as_of
    assert not verdict.candidate.is_checked


def test_a_school_of_an_older_register_has_a_website(check: Check, web: Web) -> None:
    school = _school()
    where = f"<p>Find us: {school.address} {school.postcode}</p>"
    url = web.site("school-4x.example", title=f"Home | {school.name}", home=where)

    verdict = check(school.name, postcode=school.postcode, website=url)

    assert verdict.checked == Checked.VERIFIED, verdict
    assert verdict.candidate.entry == school


def _school() -> RegisterEntry:
    schools = RegisterEntry.objects.filter(
        register="schools", status="active", postcode__startswith="LE"
    )
    return schools.select_related("register").order_by("number")[0]
