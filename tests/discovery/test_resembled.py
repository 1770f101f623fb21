"""What the website says of a company that others are to resemble, whatever its page is like."""

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from campaigns import kinds
from campaigns.criteria import Criteria
from campaigns.discovery.web import resembled
from tests.outside.vendor import Vendor, answer, serving

pytestmark = pytest.mark.django_db
HTML = "text/html; charset=utf-8"
Say = Callable[..., str]


@pytest.fixture
def says(settings: Any, tmp_path: Path) -> Iterator[Say]:
    """Has the company's website send this, and gives what is read of it."""
    vendor: Vendor
    with serving() as vendor:
        (tmp_path / "names").write_text(f"*.example {vendor.place}")
        settings.HTTP_NAMES = str(tmp_path / "names")

        def say(body: bytes | str, kind: str = HTML) -> str:
            vendor.says(answer(200, body, kind))
            # What was read once is kept for a while.
            wanted = Criteria(
                kind=kinds.BY_SLUG["similar_business"],
                postcode="LE1 1AA",
                miles=15,
                max_results=10,
                extra={"company": f"http://h{uuid4().hex}.example/"},
            )
            return str(resembled.read(wanted)["its_website_says"])

        yield say


def test_its_words_are_those_that_a_visitor_reads(says: Say) -> None:
    head = '<title>Acme</title><meta name="description" content="Cables since 1990">'
    body = "<script>let a = 1</script><p>Patch <b>panels</b><style>p {}</style> and racks"

    assert says(f"{head}{body}") == "Acme Cables since 1990 Patch panels and racks"


@pytest.mark.parametrize("broken", ["<![foo[ x", "<![", "<![CDATA[ x", "<!", "<", "</", "&#x;"])
def test_a_page_that_breaks_off_oddly_says_what_came_before(says: Say, broken: str) -> None:
    assert says(f"<p>Patch panels</p>{broken}").startswith("Patch panels")


def test_a_page_that_claims_to_be_packed_is_not_unpacked(says: Say) -> None:
    packed = zlib.compress(b"word " * 1_000_000)

    assert "word word" not in says(packed, "text/html; charset=zlib")
