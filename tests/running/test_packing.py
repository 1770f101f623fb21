"""Pages travel compressed to whoever can read that, and files as they are."""

import gzip

import pytest

from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
CAN_UNPACK = {"accept-encoding": "gzip, br"}


def test_a_page_is_compressed_for_a_browser_that_unpacks_it(cast: Cast) -> None:
    browser = as_person(cast.ben)
    packed = browser.get("/leads/", headers=CAN_UNPACK)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(gzip.decompress(packed.content)) / 3
    assert b"</html>" in gzip.decompress(packed.content)
    assert "Content-Encoding" not in browser.get("/leads/").headers


def test_a_file_flows_as_it_is_written(cast: Cast) -> None:
    answer = as_person(cast.ada).get("/leads/export/?form=csv", headers=CAN_UNPACK)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
