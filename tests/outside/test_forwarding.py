"""Where a document lies: its address is given, and no key goes there."""

from typing import Any

import pytest
from django.db import transaction

from crm.outside import forwarding, options
from crm.outside.errors import Away, Forbidden, Later, NotReadable, NotThere, Refused
from crm.outside.models import Breaker, PaceRow
from crm.outside.pace import InTransaction
from crm.work.models import Tally
from tests.outside import vendor as acts
from tests.outside.conftest import key
from tests.outside.vendor import Vendor, answer

pytestmark = pytest.mark.django_db
XHTML = "application/xhtml+xml"
STORE = "https://store.example/docs/a?X-Amz-Signature=b%2Fc&X-Amz-Expires=60"


@pytest.fixture(autouse=True)
def _documents(vendor: Vendor, settings: Any) -> None:
    settings.COMPANIES_HOUSE_DOCUMENTS_URL = vendor.url


def test_the_address_is_given_and_not_gone_to(vendor: Vendor) -> None:
    vendor.says(answer(302, "", "text/plain", Location=STORE))

    assert forwarding.locate(key("companies_house", "abcdefgh"), "a_b-C1", XHTML) == STORE
    assert [each.path for each in vendor.seen] == ["/document/a_b-C1/content"]
    assert vendor.seen[0].headers["Accept"] == XHTML
    assert vendor.seen[0].headers["Authorization"] == "Basic YWJjZGVmZ2g6"


def test_what_there_is_of_a_document_is_told(vendor: Vendor) -> None:
    vendor.says(answer(200, '{"resources": {"application/pdf": {"content_length": 9}}}'))

    told = forwarding.describe(key("companies_house"), "a1")

    assert told["resources"]["application/pdf"] == {"content_length": 9}
    assert vendor.seen[0].path == "/document/a1"
    assert vendor.seen[0].headers["Accept"] == "application/json"


def test_documents_have_a_pace_and_a_breaker_of_their_own(vendor: Vendor) -> None:
    vendor.says(answer(302, "", Location=STORE))

    forwarding.locate(key("companies_house"), "a1", XHTML)

    assert set(PaceRow.objects.values_list("service", flat=True)) == {"companies_house_documents"}
    assert set(Breaker.objects.values_list("service", flat=True)) == {"companies_house_documents"}
    assert Tally.objects.get(name="service:companies_house_documents").done == 1


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (answer(404, ""), NotThere), (answer(406, ""), NotThere), (answer(401, "{}"), Refused),
        (answer(429, ""), Later), (answer(503, ""), Away), (acts.cut, Away),
        (answer(200, "<html/>", "text/html"), NotReadable), (answer(302, ""), Forbidden),
        (answer(304, "", Location="/x"), Forbidden),
        (answer(302, "", Location="http://["), Forbidden),
    ],
)  # fmt: skip
def test_whatever_else_is_answered_is_an_error_of_the_door(
    vendor: Vendor, act: acts.Act, error: type[Exception]
) -> None:
    vendor.says(act)

    with pytest.raises(error):
        forwarding.locate(key("companies_house"), "a1", XHTML)


@pytest.mark.parametrize("location", ["/document/a1/content", "{url}/elsewhere", "?again"])
def test_an_address_that_leads_back_is_none(vendor: Vendor, location: str) -> None:
    vendor.says(answer(302, "", Location=location.format(url=vendor.url)))

    with pytest.raises(Forbidden, match="leads back"):
        forwarding.locate(key("companies_house"), "a1", XHTML)


@pytest.mark.parametrize("document", ["", "../a", "a/b", "a?b", "a" * 101, "é"])
def test_what_names_no_document_is_not_asked_for(vendor: Vendor, document: str) -> None:
    with pytest.raises(ValueError, match="names no document"):
        forwarding.locate(key("companies_house"), document, XHTML)

    assert vendor.seen == []


def test_no_document_is_looked_for_while_a_transaction_is_open(vendor: Vendor) -> None:
    with transaction.atomic(), pytest.raises(InTransaction):
        forwarding.describe(key("companies_house"), "a1")


def test_without_a_setting_documents_are_where_companies_house_has_them() -> None:
    expected = "https://document-api.company-information.service.gov.uk"
    assert options.base_url("COMPANIES_HOUSE_DOCUMENTS_URL", "") == expected


def test_a_name_server_is_a_host_with_a_port() -> None:
    assert options.dns_server(" 127.0.0.1:5353 ") == "127.0.0.1:5353"
    assert options.dns_server("") == ""
    for wrong in ("127.0.0.1", ":53", "here:port", "here:70000"):
        with pytest.raises(options.NotUnderstood, match="no host with a port"):
            options.dns_server(wrong)
