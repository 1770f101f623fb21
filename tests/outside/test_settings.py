"""Settings that are wrong end the start with a sentence."""

from typing import Any

import pytest

from crm.outside import options


@pytest.mark.parametrize(
    "text",
    ["nonsense", "ftp://a.example", "https://a:b@c.example", "https://a.example?x=1", "http://"],
)
def test_an_address_that_is_none(text: str) -> None:
    with pytest.raises(SystemExit, match="HUNTER_URL is no address"):
        options.base_url("HUNTER_URL", text)


def test_an_empty_address_means_the_vendors_own() -> None:
    assert options.base_url("HUNTER_URL", " ") == "https://api.hunter.io/v2"
    assert options.base_url("HUNTER_URL", "http://127.0.0.1:1/") == "http://127.0.0.1:1"


@pytest.mark.parametrize("text", ["0", "-1", "fast", "nan", "inf"])
def test_a_speed_that_is_none(text: str) -> None:
    with pytest.raises(SystemExit, match="is no speed"):
        options.speed(text)


@pytest.mark.parametrize("text", ["localhost", "localhost:", ":80", "localhost:0", "a:b"])
def test_a_place_that_is_none(text: str) -> None:
    with pytest.raises(SystemExit, match="is no host with a port"):
        options.allowed([text])


def test_no_test_calls_anybody(settings: Any) -> None:
    assert settings.HTTP_NAMES
