"""BASE_URL: what every link in an e-mail begins with."""

import pytest

from crm import listening


def base_url(text: str | None, host: str = "127.0.0.1") -> str:
    return listening.base_url(text, host=host, port=8000)


@pytest.mark.parametrize("text", [None, "", " "])
def test_without_a_setting_it_is_where_this_machine_finds_the_product(text: str | None) -> None:
    assert base_url(text) == "http://127.0.0.1:8000"
    assert base_url(text, "0.0.0.0") == "http://127.0.0.1:8000"
    assert base_url(text, "::") == "http://[::1]:8000"
    assert base_url(text, "crm.example") == "http://crm.example:8000"


@pytest.mark.parametrize(
    "text", ["https://crm.example", "http://crm.example:8080", "http://[::1]:8000"]
)
def test_it_is_taken_as_it_is_written_but_for_a_slash_at_its_end(text: str) -> None:
    assert base_url(text) == base_url(f"{text}/") == text


@pytest.mark.parametrize(
    "text",
    [
        "crm.example",
        "ftp://crm.example",
        "https://",
        "https://crm.example/crm",
        "https://crm.example?a=1",
        "https://ada@crm.example",
        "https://crm example",
        "https://crm.example:0",
        "https://crm.example:99999",
        "https://[::1",
        f"https://{'a' * 300}.example",
    ],
)
def test_what_is_no_address_is_answered_with_a_sentence(text: str) -> None:
    with pytest.raises(SystemExit) as refused:
        base_url(text)
    said = str(refused.value)
    assert said.startswith(f"BASE_URL={text.rstrip('/')} is no address of an installation. ")
    assert said.endswith("Leave it out or write one, like BASE_URL=https://crm.example.")
