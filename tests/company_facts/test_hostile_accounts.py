"""Accounts that anybody may have written: no harm comes of reading them."""

import time
import tracemalloc
from pathlib import Path

import pytest

from enrichment.companies_house.ixbrl import figures

MAKINGS = Path(__file__).parent / "makings"
INLINE = 'xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"'
INSTANCE = 'xmlns:x="http://www.xbrl.org/2003/instance"'
LAUGHS = '<!DOCTYPE z [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
)  # fmt: skip
FIGURE = '<ix:nonFraction name="c:Equity" contextRef="e" unitRef="GBP">1'
CONTEXT = '<x:context id="{}"><x:period><x:instant>2025-12-31</x:instant></x:period></x:context>'


def page(body: str) -> bytes:
    return f"<html {INLINE} {INSTANCE}>{body}</html>".encode()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ((LAUGHS + "]><html>&a9;</html>").encode(), "entities of its own"),
        (b'<!DOCTYPE z [<!ENTITY a SYSTEM "file:///etc/passwd">]><z>&a;</z>', "entities"),
        (b'<!DOCTYPE z [<!ENTITY % a SYSTEM "http://127.0.0.1/">%a;]><z/>', "entities"),
        (b"<a>" * 2_000_000, "too deep"),
        (page("<b/>" * 1_100_000), "too long"),
        (page(f"{FIGURE}</ix:nonFraction>" * 6_000), "too many figures"),
        (page(FIGURE * 20 + "</ix:nonFraction>" * 20), "too many figures"),
        (page("".join(CONTEXT.format(n) for n in range(30_000))), "too many contexts"),
        (page("".join(f'<x:unit id="{n}"/>' for n in range(30_000))), "too many units"),
        (page("".join(f'<a xmlns:p{n}="http://www.xbrl.org/2013/inlineXBRL">' for n in range(90))),
         "too many prefixes"),
        (b"", "damaged"), (b"%PDF-1.7 \x00\xff", "damaged"), (b'{"error": "no"}', "damaged"),
        (b"\xff\xfe\x00<", "damaged"), (b"<html><p>unclosed</html>", "damaged"),
        (b'<?xml version="1.0" encoding="nonsense"?><html/>', "damaged"),
        (b'<?xml version="1.0" encoding="rot13"?><html/>', "damaged"),
        (b"<html><p>Accounts for 2025</p></html>", "Nothing is tagged"),
        (page(f"{FIGURE}</ix:nonFraction>"), "no headline figures"),
    ],
)  # fmt: skip
def test_what_can_not_be_read_is_refused_with_a_reason(content: bytes, why: str) -> None:
    began = time.process_time()

    found = figures.read(content)

    assert found.figures == {}
    assert len(found.untold) == 1
    assert why in found.untold[0]
    assert time.process_time() - began < 10


def test_a_long_document_is_read_without_being_kept() -> None:
    whole = (MAKINGS / "micro_entity.xhtml").read_bytes()
    padding = b'<p class="x">' + b"Lorem ipsum dolor sit amet. " * 20 + b"</p>\n"
    image = b'<img src="data:image/png;base64,' + b"A" * 5_000_000 + b'"/>'
    content = whole.replace(b"<h1>", image + padding * 25_000 + b"<h1>")
    assert len(content) > 18_000_000

    tracemalloc.start()
    found = figures.read(content)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found.figures["net_assets"].value == 12_480
    # The parser's own memory is not Python's: what the reader itself remembers is little.
    assert most < 45_000_000


def test_a_document_cut_anywhere_never_gives_a_wrong_figure() -> None:
    whole = (MAKINGS / "group.xhtml").read_bytes()

    for end in range(0, len(whole) - 10, 97):
        assert figures.read(whole[:end]).figures == {}


def test_dates_and_members_that_are_none_are_passed_over() -> None:
    content = (MAKINGS / "group.xhtml").read_bytes()
    for good, bad in ((b"2024-12-31", b"31 December"), (b"2024-12-31", b"0000-99-99"),
                      (b"bus:Consolidated", b"bus:Half"), (b"iso4217:GBP", b"pounds")):  # fmt: skip
        found = figures.read(content.replace(good, bad))
        assert all(each.value in (955_000, 12) for each in found.figures.values())
