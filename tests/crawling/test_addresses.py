"""Addresses in one form, and whose they are."""

import pytest

from enrichment.crawling import addresses

HERE = "https://shop.example/a/b?x=1"


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("HTTP://Shop.Example:80/", "http://shop.example/"),
        ("https://shop.example", "https://shop.example/"),
        ("https://shop.example:443/x/../y/./z/", "https://shop.example/y/z/"),
        ("//other.example/x#top", "https://other.example/x"),
        ("../c", "https://shop.example/c"),
        ("/About%20us/%7Eann", "https://shop.example/About%20us/~ann"),
        ("/caf\u00e9", "https://shop.example/caf%C3%A9"),
        ("/a//b///c", "https://shop.example/a/b/c"),
        ("/x?utm_source=mail&id=7&gclid=abc", "https://shop.example/x?id=7"),
        ("/x;jsessionid=1F?sid=2", "https://shop.example/x"),
        ("/x?123", "https://shop.example/x?123"),
        (" /x\n", "https://shop.example/x"),
        ("https://b\u00fccher.example/", "https://xn--bcher-kva.example/"),
        ("https://shop.example./x", "https://shop.example/x"),
    ],
)
def test_an_address_has_one_form(written: str, clean: str) -> None:
    assert addresses.clean(written, HERE) == clean
    assert addresses.clean(clean) == clean


@pytest.mark.parametrize(
    "written",
    [
        "mailto:a@shop.example", "tel:0116", "javascript:void(0)", "ftp://shop.example/",
        "https://ann:word@shop.example/", "https://shop.example:x/", "https://[/", "http:///x",
        "https://shop.example/" + "x" * 1_000, "https://a b/", "https://a\\b/",
        "https://\u2100.example/", "https://" + "\u00e9" * 80 + ".example/", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_what_is_no_web_page_has_none(written: str) -> None:
    assert addresses.clean(written, HERE) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.shop.example/about/", "https://shop.example/about"),
        ("https://shop.example/index.html", "https://shop.example/"),
        ("https://shop.example/x?b=1&a=2", "https://shop.example/x?a=2&b=1"),
    ],
)
def test_forms_of_the_same_page(one: str, other: str) -> None:
    assert addresses.identity(one) == addresses.identity(other)


def test_pages_that_differ() -> None:
    forms = ("/x", "/X", "/x?a=1", "/x?a=2", "/xy", "/")
    assert len({addresses.identity(f"https://shop.example{each}") for each in forms}) == len(forms)


@pytest.mark.parametrize(
    ("site", "starts"),
    [
        ("smith.co.uk", ["https://smith.co.uk/", "http://smith.co.uk/",
                         "https://www.smith.co.uk/", "http://www.smith.co.uk/"]),
        ("http://www.smith.co.uk", ["https://www.smith.co.uk/", "http://www.smith.co.uk/",
                                    "https://smith.co.uk/", "http://smith.co.uk/"]),
        ("https://leeds.smith.co.uk/us", ["https://leeds.smith.co.uk/us",
                                          "http://leeds.smith.co.uk/us"]),
        ("smith.wixsite.com", ["https://smith.wixsite.com/", "http://smith.wixsite.com/",
                               "https://www.smith.wixsite.com/", "http://www.smith.wixsite.com/"]),
        ("http://127.0.0.1:8080/", ["http://127.0.0.1:8080/"]),
        ("smith", []), ("", []), ("mailto:a@b.co", []), ("not an address", []),
    ],
)  # fmt: skip
def test_a_website_is_looked_for_under_all_forms_of_its_address(
    site: str, starts: list[str]
) -> None:
    assert list(addresses.starts(site)) == starts


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.leeds.smith.co.uk/x", "smith.co.uk"),
        ("https://smith.wixsite.com/x", "smith.wixsite.com"),
        ("https://www.smith.example/", "smith.example"),
        ("http://10.0.0.1/", "10.0.0.1"),
        ("http://[::1]/", "::1"),
        ("http://localhost/", "localhost"),
    ],
)
def test_the_domain_that_somebody_registered(url: str, domain: str) -> None:
    assert addresses.registrable(url) == domain


@pytest.mark.parametrize("host", ["10.0.0.1", "127.1", "0x7f000001", "localhost", "::1", ""])
def test_hosts_that_nobody_can_register(host: str) -> None:
    assert not addresses.is_name(host)
    assert addresses.is_name("smith.co.uk")
