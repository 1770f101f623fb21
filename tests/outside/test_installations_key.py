"""Of the installation's key those who ask with it learn how it stands, not what it is."""

from dataclasses import replace

import pytest

from crm import http
from crm.outside.errors import NotAccepted, NotThere, Outside, Refused
from tests.outside.conftest import key
from tests.outside.vendor import Vendor, answer

pytestmark = pytest.mark.django_db
TOLD = "Account fieldfare-7 of jo@installation.example may not."


def said(code: str = "") -> str:
    return f'{{"error": {{"code": "{code}", "message": "{TOLD}"}}}}'


@pytest.mark.parametrize(
    ("service", "status", "code", "error", "sentence"),
    [
        (
            "hunter", 401, "", Refused,
            "Hunter refused the installation’s key. Whoever looks after this installation can mend "
            "that; a key of your own goes on at once.",
        ),
        (
            "openai", 429, "insufficient_quota", Refused,
            "OpenAI says that the credit of the installation’s key is used up. Whoever looks after "
            "this installation can mend that; a key of your own goes on at once.",
        ),
        (
            "apollo", 403, "", Refused,
            "Apollo does not allow this with the installation’s key. Whoever looks after this "
            "installation can mend that; a key of your own goes on at once.",
        ),
        (
            "openai", 404, "model_not_found", Refused,
            "OpenAI has no such model, or no longer. Whoever looks after this installation can "
            "choose another.",
        ),
        ("apollo", 422, "", NotAccepted, "Apollo does not take this request (422)."),
        (
            "hunter", 451, "", NotAccepted,
            "Hunter must not tell: the person has objected.",
        ),
        ("hunter", 404, "", NotThere, "Hunter has nothing of that kind."),
    ],
)  # fmt: skip
def test_its_end_and_what_the_service_says_of_it_are_told_to_nobody(
    vendor: Vendor, service: str, status: int, code: str, error: type[Outside], sentence: str
) -> None:
    vendor.says(answer(status, said(code)))

    with pytest.raises(error) as caught:
        http.call(replace(key(service), is_system=True), "GET", "/x")

    assert str(caught.value) == sentence
    # For whoever looks after it.
    assert getattr(caught.value, "said", "") == TOLD


def test_of_an_own_key_both_are_told(vendor: Vendor) -> None:
    vendor.says(answer(403, said()))

    with pytest.raises(Refused) as caught:
        http.call(key("apollo"), "GET", "/x")

    assert "the key that ends in wxyz" in str(caught.value)
    assert f"Apollo said: “{TOLD}”" in str(caught.value)
