"""A website that is not the organisation's own never has it called verified."""

import pytest

from crm.registers.models import RegisterEntry
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
from tests.verification.web import Web, page


def test_invented_with_a_domain_that_does_not_exist(check: Check, web: Web) -> None:
    verdict = check("Quillwort Networks", postcode=HERE, website="https://quillwort.example")

    is_contradicted(verdict, "no such domain")


def test_a_real_company_with_an_invented_domain(check: Check, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=HERE)

    is_contradicted(check("Aspen Cabling", postcode=HERE, website="aspencabling.example"))


@pytest.mark.parametrize(
    "words",
    [
        "aspencabling.example is for sale! Buy this domain.",
        "This domain is parked free, courtesy of a registrar.",
        "The domain name aspencabling.example may be for sale. Make an offer on this domain.",
        "This domain has expired.",
    ],
)
def test_a_parked_domain(check: Check, web: Web, house: House, words: str) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=HERE)
    site = web.site("aspencabling.example", title="aspencabling.example", home=f"<p>{words}</p>")

    is_contradicted(check("Aspen Cabling", postcode=HERE, website=site), "parked")


@pytest.mark.parametrize("words", ["Under construction", "Welcome to nginx!", "Coming soon"])
def test_an_empty_page(check: Check, web: Web, house: House, words: str) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=HERE)
    site = web.site("aspencabling.example", title=words, home=f"<h1>{words}</h1>")

    is_not_verified(check("Aspen Cabling", postcode=HERE, website=site))


LISTED = "".join(
    f"<li>{name} Ltd, Leicester LE1 {number}AA, 0116 496 00{number}0</li>"
    for number, name in enumerate(["Elm", "Oak", "Ash", "Fir", "Yew", "Box"], start=1)
)


def test_a_page_of_a_directory(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=HERE)
    web.site("townfolk.example", title="Townfolk", home=f"<ul>{LISTED}</ul>")
    web.put("townfolk.example", "/aspen-cabling", page("Aspen Cabling – Townfolk", ADDRESS))

    verdict = check("Aspen Cabling", postcode=HERE, website="http://townfolk.example/aspen-cabling")

    is_contradicted(verdict, "townfolk.example")


def test_a_page_of_a_directory_that_lists_nobody_on_its_home_page(check: Check, web: Web) -> None:
    web.site("townfolk.example", title="Townfolk", home="<h1>Who is who in your town</h1>")
    web.put("townfolk.example", "/aspen-cabling", page("Aspen Cabling", ADDRESS))

    verdict = check("Aspen Cabling", postcode=HERE, website="http://townfolk.example/aspen-cabling")

    is_contradicted(verdict, "townfolk.example")


def test_a_single_page_of_a_directory(check: Check, web: Web) -> None:
    body = ADDRESS + "<p>Claim this business</p><p>Similar businesses near you</p>"
    web.put("whatsin.example", "/", page("Aspen Cabling in Leicester", body))

    is_contradicted(check("Aspen Cabling", postcode=HERE, website="http://whatsin.example"))


def test_known_directories_and_profiles_need_no_look(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=HERE)

    is_contradicted(check("Aspen Cabling", postcode=HERE, website="https://www.yell.com/biz/a"))
    is_not_verified(check("Aspen Cabling", postcode=HERE, website="https://facebook.com/aspen"))
    assert web.asked == []


def test_a_franchise_of_another_town(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "MENDIT (NOTTINGHAM) LTD", postcode=NOTTINGHAM)
    site = web.site(
        "mendit.example",
        title="MendIt Nottingham",
        contact="<p>MendIt Nottingham, 3 High Pavement, NG1 2AB</p>",
    )

    is_not_verified(check("MendIt Leicester", postcode=HERE, website=site))


def test_a_franchise_of_another_town_without_an_address(check: Check, web: Web) -> None:
    site = web.site("mendit.example", title="MendIt Nottingham", home="<p>MendIt repairs</p>")

    is_not_verified(check("MendIt", postcode=HERE, website=site))


def test_a_domain_one_letter_off_that_is_somebody_elses(
    check: Check, web: Web, house: House
) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=HERE)
    site = web.site("aspencablings.example", title="Birch Flooring", home="<p>Floors in LE3</p>")

    is_not_verified(check("Aspen Cabling", postcode=HERE, website=site, company_number=NUMBER))


def test_a_domain_one_letter_off_its_mail(check: Check, web: Web) -> None:
    site = web.site("aspencabiing.example", title="Aspen Cabling", contact=ADDRESS)

    verdict = check("Aspen Cabling", postcode=HERE, website=site, email="info@aspencabling.example")

    is_not_verified(verdict, "one letter off")


@pytest.mark.parametrize(
    "words",
    [
        "This branch has now closed.",
        "Our Leicester office is permanently closed.",
        "We have closed our doors for the last time. Thank you for your custom.",
        "We are no longer trading.",
        "Aspen Cabling ceased trading in March 2025.",
        "The Leicester shop closed on 3 May 2025.",
        "We have merged with Birch Surgery.",
    ],
)
def test_a_branch_that_has_closed(check: Check, web: Web, words: str) -> None:
    site = own_site(web, home=f"<p>{words}</p>")

    is_contradicted(check("Aspen Cabling", postcode=HERE, website=site), "Its website says")


def test_a_copied_site_with_the_number_of_somebody_else(
    check: Check, web: Web, house: House
) -> None:
    house.add("09999999", "BRIGHT PATH VENTURES LTD", postcode="E1 6AN")
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=HERE)
    copied = ADDRESS + "<footer>Registered in England and Wales no. 09999999</footer>"
    site = web.site("aspen-cabling-uk.example", title="Aspen Cabling", contact=copied)

    is_not_verified(check("Aspen Cabling", postcode=HERE, website=site))
    is_not_verified(check("Aspen Cabling", postcode=HERE, website=site, company_number="09999999"))
    is_contradicted(check("Aspen Cabling", postcode=HERE, website=site, company_number=NUMBER))


def test_a_copied_site_that_says_where_it_was_copied_from(
    check: Check, web: Web, house: House
) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=HERE)
    head = '<link rel="canonical" href="https://www.aspencabling.example/">'
    web.put("aspen-offers.example", "/", page("Aspen Cabling", ADDRESS + FOOTER, head))

    verdict = check("Aspen Cabling", postcode=HERE, website="http://aspen-offers.example")

    is_contradicted(verdict, "copy of aspencabling.example")


def test_a_copied_site_with_the_mail_of_the_true_one(check: Check, web: Web) -> None:
    mail = '<a href="mailto:info@aspencabling.example">Write to us</a>'
    site = web.site("aspen-offers.example", title="Aspen Cabling", contact=ADDRESS + mail)

    is_not_verified(check("Aspen Cabling", postcode=HERE, website=site), "e-mail")


def test_a_copied_site_with_another_phone_than_the_register(check: Check, web: Web) -> None:
    practice = (
        RegisterEntry.objects.filter(register="nhs_practices", status="active")
        .exclude(phone="")
        .exclude(latitude=None)
        .order_by("number")[0]
    )
    copied = f"<p>{practice.postcode}</p><p>0113 496 0123</p>"
    site = web.site("surgery-copy.example", title=practice.name, contact=copied)

    verdict = check(
        practice.name, postcode=practice.postcode, website=site, seen=around(practice.postcode)
    )

    is_not_verified(verdict)


def test_a_website_that_mentions_it_as_a_customer(check: Check, web: Web, house: House) -> None:
    house.add(NUMBER, "ASPEN CABLING LTD", postcode=HERE)
    said = "<p>Among our customers are Aspen Cabling Ltd of Leicester LE1 5ET and others.</p>"
    site = web.site("birchflooring.example", title="Birch Flooring", home=said)

    is_not_verified(check("Aspen Cabling", postcode=HERE, website=site))
