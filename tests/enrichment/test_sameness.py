"""When two sources mean the same value, however each of them writes it."""

from typing import Any

import pytest

from enrichment import sameness
from enrichment.fields import Form


@pytest.mark.parametrize(
    ("form", "one", "other"),
    [
        (Form.URL, "https://www.Acme.example/", "http://acme.example"),
        (Form.URL, "facebook.com/acme?utm_source=x&fbclid=1", "https://m.facebook.com/acme/"),
        (Form.TEXT, "Smith & Sons, Ltd.", "smith & sons  ltd"),
        (Form.POSTCODE, "LE1 1AA", "le11aa"),
        (Form.EMAIL, "Info@Acme.example", "info@acme.example"),
        (Form.WORDS, ["Cabling", "wi-fi"], ["WI FI", "cabling"]),
        (Form.NUMBER, 12, 12),
    ],
)
def test_the_same(form: Form, one: Any, other: Any) -> None:
    assert sameness.key(form, one) == sameness.key(form, other)


@pytest.mark.parametrize(
    ("form", "one", "other"),
    [
        (Form.URL, "https://facebook.com/profile.php?id=1", "https://facebook.com/profile.php?id=2"),
        (Form.URL, "https://shop.acme.example", "https://acme.example"),
        (Form.PHONE, "+441162551234", "+441162551235"),
        (Form.MONEY, 1_000, 1_000_000),
        (Form.YES, True, False),
        (Form.TEXT, "Acme 1", "Acme 2"),
    ],
)
def test_not_the_same(form: Form, one: Any, other: Any) -> None:
    assert sameness.key(form, one) != sameness.key(form, other)


@pytest.mark.parametrize("address", ["https://[", "", "http://", "https://acme.example:x/"])
def test_what_is_no_address_is_compared_as_it_stands(address: str) -> None:
    assert sameness.key(Form.URL, address) == sameness.key(Form.URL, address)
