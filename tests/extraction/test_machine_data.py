"""What a page tells machines, in good order and in bad."""

import pytest

from tests.extraction.reading import bakery, read, values, way

GOOD = """{"@context": "https://schema.org", "@type": "Bakery", "name": "Fern Bakery",
"telephone": "0113 496 0123", "email": "hello@fernbakery.example", "vatID": "GB123456782",
"address": {"@type": "PostalAddress", "streetAddress": "12 Mill Lane",
"addressLocality": "Leeds", "postalCode": "LS1 4AP"},
"openingHours": ["Mo-Fr 08:00-17:00"], "foundingDate": "1987-04-01"}"""
BROKEN = {
    "a comma too many": GOOD.replace('"1987-04-01"}', '"1987-04-01",}'),
    "a comma too few": GOOD.replace('0123", ', '0123" '),
    "no end": GOOD.removesuffix("}"),
    "an end too many": GOOD + "}",
    "single quotes": GOOD.replace('"', "'"),
    "a remark": GOOD.replace('"name"', '/* who */ "name"'),
    "CDATA": f"//<![CDATA[\n{GOOD}\n//]]>",
    "a comment of HTML": f"<!-- {GOOD} -->",
    "a line in a text": GOOD.replace("12 Mill Lane", "12\nMill Lane"),
    "an inner quotation mark": GOOD.replace('"name"', '"slogan": "The "best" bread", "name"'),
    "a wrong escape": GOOD.replace("Fern Bakery", "Fern\\ Bakery"),
    "two behind each other": GOOD + '{"@type": "WebSite", "name": "Fern Bakery"}',
    "a list": f"[{GOOD}]",
    "a graph": f'{{"@context": "https://schema.org", "@graph": [{GOOD}]}}',
    "signs of HTML": GOOD.replace("&", "&amp;"),
}  # fmt: skip


@pytest.mark.parametrize("script", [GOOD, *BROKEN.values()], ids=["good", *BROKEN])
def test_schema_org_is_read_even_when_it_is_broken(script: str) -> None:
    found = bakery(f'<script type="application/ld+json">{script}</script>')
    assert values(found, "phone") == ["+441134960123"]
    assert values(found, "email") == ["hello@fernbakery.example"]
    assert values(found, "postcode") == ["LS1 4AP"]
    assert values(found, "address") == ["12 Mill Lane, Leeds, LS1 4AP"]
    assert values(found, "vat_number") == ["GB123456782"]
    assert values(found, "opening_hours") == [["Mo-Fr 08:00-17:00"]]
    assert values(found, "founded") == [1987]
    assert way(found, "phone") == "machine_data"


def test_marks_in_the_words_are_read_as_well() -> None:
    found = bakery(
        '<div itemscope itemtype="https://schema.org/Bakery"><b itemprop="name">Fern Bakery</b>'
        '<meta itemprop="telephone" content="0113 496 0123"></div>'
    )
    assert values(found, "phone") == ["+441134960123"]


def test_what_is_said_of_others_is_not_its_own() -> None:
    found = bakery(
        '<script type="application/ld+json">[{"@type": "Bakery", "name": "Fern Bakery", '
        '"telephone": "0113 496 0123", "url": "https://www.fernbakery.example/"}, '
        '{"@type": "ProfessionalService", "name": "Pixel Pie Studio", "telephone": '
        '"0113 496 0777", "url": "https://pixelpie.example/", "email": "hi@pixelpie.example"}]'
        "</script>"
    )
    assert values(found, "phone") == ["+441134960123"]
    assert values(found, "email") == []


def test_a_fax_for_machines_is_none_to_speak_on() -> None:
    found = bakery(
        '<script type="application/ld+json">{"@type": "Bakery", "name": "Fern Bakery", '
        '"faxNumber": "0113 496 0199"}</script>'
    )
    assert values(found, "phone") == []


def test_a_page_without_words_is_read_by_what_its_scripts_would_show() -> None:
    found = read(
        "<title>Fern Bakery</title><div id=app></div><script>window.__STATE__ = "
        '{"contact": {"phone": "0113 496 0123", "email": "hello@fernbakery.example", '
        '"address": "12 Mill Lane, Leeds, LS1 4AP"}, "intro": "We bake bread by hand."}</script>'
    )
    assert values(found, "phone") == ["+441134960123"]
    assert values(found, "email") == ["hello@fernbakery.example"]
    assert values(found, "postcode") == ["LS1 4AP"]
