"""The numbers under which a company stands in registers."""

import pytest

from tests.extraction.reading import bakery, values


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("Fern Bakery Ltd. Registered in England and Wales No. 07654321", "07654321"),
        ("Company number: 7654321", "07654321"),
        ("Company No 0765 4321", "07654321"),
        ("Fern Bakery Ltd is registered in Scotland, number 345678", "SC345678"),
        ("Registered in Scotland SC345678", "SC345678"),
        ("Registered in Northern Ireland, company no. NI 045678", "NI045678"),
        ("Fern Bakery LLP, OC312345, registered in England", "OC312345"),
        ("Co. No. 7.654.321", "07654321"),
        ("Co No 0 7 6 5 4 3 2 1", "07654321"),
        ("Registered in England | 07654321", "07654321"),
        ("Registered in Cardiff No. 07654321", "07654321"),
        ("Fern Bakery Ltd, àir. SC 345678", "SC345678"),
        ("Company No: 07654321 Charity No: 1123456", "07654321"),
        ('<a href="https://find-and-update.company-information.service.gov.uk/company/07654321">'
         "See us there</a>", "07654321"),
    ],
)
def test_a_company_number_as_companies_house_writes_it(said: str, number: str) -> None:
    assert values(bakery(f"<footer>{said}</footer>"), "company_number") == [number]


@pytest.mark.parametrize(
    "said",
    [
        "Registered charity number 1123456",
        "VAT registration number 123 4567 82",
        "Authorised by the FCA, registration number 456789",
        "Registered in Ireland, company number 456789",
        "Company number 12345678",
        "Ofsted registration number EY345678",
        "Company registered since 1998",
    ],
)
def test_numbers_of_other_registers(said: str) -> None:
    assert values(bakery(f"<footer>{said}</footer>"), "company_number") == []


def test_the_company_of_the_web_designer_is_not_the_one() -> None:
    found = bakery(
        "<footer>© Fern Bakery Ltd. Registered in England 07654321.<br>"
        "Website by Pixel Pie Ltd, company number 08888123</footer>"
    )
    assert values(found, "company_number") == ["07654321"]
    assert values(found, "legal_name") == ["Fern Bakery Ltd"]


@pytest.mark.parametrize("said", ["GB 123 4567 82", "123456782", "GB123456782", "123 4567 82"])
def test_a_vat_number_whose_check_figures_are_right(said: str) -> None:
    found = bakery(f"<footer>VAT no. {said}</footer>")
    assert values(found, "vat_number") == ["GB123456782"]


@pytest.mark.parametrize("said", ["VAT no. 123 4567 83", "VAT 20%", "Ref 123 4567 82"])
def test_other_figures_are_no_vat_number(said: str) -> None:
    assert values(bakery(f"<footer>{said}</footer>"), "vat_number") == []
