"""Secrets at rest: readable by this installation, for their purpose alone."""

from typing import Any

import pytest

from crm import sealed


def test_what_was_sealed_is_opened_again() -> None:
    closed = sealed.seal("a secret", purpose="test")
    assert "a secret" not in closed
    assert sealed.open_(closed, purpose="test") == "a secret"
    assert closed != sealed.seal("a secret", purpose="test")


def test_it_opens_for_its_purpose_alone() -> None:
    closed = sealed.seal("a secret", purpose="test")
    with pytest.raises(sealed.CannotBeOpened):
        sealed.open_(closed, purpose="another")


@pytest.mark.parametrize("spoiled", ["", "s1", "s1:x:y", "x"])
def test_what_was_changed_is_refused(spoiled: str) -> None:
    with pytest.raises(sealed.CannotBeOpened):
        sealed.open_(spoiled, purpose="test")
    closed = sealed.seal("a secret", purpose="test")
    with pytest.raises(sealed.CannotBeOpened):
        sealed.open_(f"{closed[:-3]}AA=", purpose="test")
    with pytest.raises(sealed.CannotBeOpened):
        sealed.open_(f"{closed[:14]}é", purpose="test")


def test_the_key_can_be_changed(settings: Any) -> None:
    closed = sealed.seal("a secret", purpose="test")
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another key that is long enough to be one"
    with pytest.raises(sealed.CannotBeOpened):
        sealed.open_(closed, purpose="test")
    settings.SECRET_KEY_FALLBACKS = [before]
    assert sealed.open_(closed, purpose="test") == "a secret"
    assert sealed.seal("x", purpose="test")[3:11] != closed[3:11]
