"""Prompts, schemas, addresses, settings: what needs no vendor."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from crm import listening
from crm.ai import ai, options, pages
from crm.ai.fitting import DoesNotFit, fitted
from crm.ai.strict import checked
from tests.ai.responses import SCHEMA


def test_a_prompt_is_known_by_the_hash_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "question.md"
    path.write_bytes(b"# Do this\n\n---\nWhich?\n")

    prompt, again = ai.Prompt.read(path), ai.Prompt.read(path)

    assert prompt == again
    assert prompt.hash == sha256(path.read_bytes()).hexdigest()
    assert (prompt.name, prompt.instructions, prompt.question) == (
        "question",
        "# Do this",
        "Which?",
    )


def test_another_text_is_another_hash(tmp_path: Path) -> None:
    path = tmp_path / "question.md"
    path.write_text("Do this.")
    before = ai.Prompt.read(path)
    path.write_text("Do that.")

    assert ai.Prompt.read(path).hash != before.hash


@pytest.mark.parametrize("content", [None, b"", b" \n---\nWhich?", b"\xff\xfe"])
def test_a_prompt_that_tells_nothing_is_none(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "question.md"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ai.NoPrompt, match=r"question\.md"):
        ai.Prompt.read(path)


def test_a_strict_schema_is_taken_as_it_is() -> None:
    assert checked(SCHEMA, "found") is SCHEMA


def item(**part: Any) -> Any:
    """A schema with one property that is like this."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["inner"],
        "properties": {"inner": part},
    }


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ({"type": "array", "items": {"type": "string"}}, "no object at its top"),
        ({**item(type="string"), "required": []}, "require every property, and no other: inner"),
        ({**item(type="string"), "required": ["inner", "x"]}, "no other: x"),
        ({**item(type="string"), "additionalProperties": True}, "additionalProperties"),
        (item(type="object", properties={}, required=[]), "found.inner must say"),
        (item(type="array"), r"found\.inner\[\] is no schema"),
        (item(type="text"), "found.inner doesn't say of which type"),
        (item(anyOf=[{"type": "null"}, {}]), r"found\.inner \(choice 2\)"),
    ],
)
def test_a_schema_that_the_vendor_would_not_hold_to_is_refused(schema: Any, said: str) -> None:
    with pytest.raises(ai.NotStrict, match=said):
        checked(schema, "found")


@pytest.mark.parametrize("name", ["", "with space", "x" * 65, "fünf"])
def test_a_name_that_the_vendor_does_not_take_is_refused(name: str) -> None:
    with pytest.raises(ai.NotStrict):
        checked(SCHEMA, name)


@pytest.mark.parametrize(
    ("value", "part"),
    [
        (True, {"type": "integer"}),
        ("7", {"type": "integer"}),
        (None, {"type": "string"}),
        (7.5, {"type": "integer"}),
        ("c", {"type": "string", "enum": ["a", "b"]}),
        (True, {"enum": [1]}),
        (7, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
    ],
)
def test_a_value_of_another_type_does_not_fit(value: Any, part: Any) -> None:
    with pytest.raises(DoesNotFit):
        fitted({"inner": value}, item(**part))


@pytest.mark.parametrize(
    ("value", "part"),
    [
        (7, {"type": "number"}),
        (None, {"type": ["string", "null"]}),
        ("a", {"type": "string", "enum": ["a", "b"]}),
        (None, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        ([], {"type": "array", "items": {"type": "string"}}),
    ],
)
def test_a_value_of_the_type_fits(value: Any, part: Any) -> None:
    assert fitted({"inner": value}, item(**part)) == ({"inner": value}, 0)


@pytest.mark.parametrize(
    "url",
    [
        "https://fern.example/contact",
        "http://www.fern.example/contact/",
        "HTTPS://Fern.Example:443/contact#map",
        "fern.example/contact?utm_source=openai&utm_medium=x",
        " https://fern.example./contact?gclid=7 ",
        "//fern.example/contact",
    ],
)
def test_addresses_of_one_page_are_one(url: str) -> None:
    assert pages.normalised(url) == "fern.example/contact"


@pytest.mark.parametrize(
    "url",
    [
        "https://fern.example/",
        "https://fern.example/Contact",
        "https://fern.example/contact/us",
        "https://fern.example/contact?id=1",
        "https://shop.fern.example/contact",
        "https://fern.example:8080/contact",
        "https://fern.example.evil.example/contact",
    ],
)
def test_addresses_of_other_pages_are_others(url: str) -> None:
    assert pages.normalised(url) not in ("", "fern.example/contact")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "none",
        "javascript:alert(1)",
        "ftp://fern.example/x",
        "mailto:ann@fern.example",
        "https://fern.example@evil.example/",
        "https://fern example/",
        "http://[::1",
        "https://fern.example:99999/",
        "https://" + "x" * 3_000 + ".example/",
        None,
    ],
)
def test_what_is_no_address_of_a_page_is_none(url: Any) -> None:
    assert pages.normalised(url) == ""


def test_the_order_of_a_query_and_the_way_of_writing_make_no_difference() -> None:
    one = pages.normalised("https://fern.example/a%20b?x=1&y=%C3%A9")

    assert one == pages.normalised("http://fern.example/a%20b/?y=é&utm_campaign=z&x=1")


def test_a_name_in_another_alphabet_is_the_name_it_stands_for() -> None:
    assert pages.normalised("https://łódź.example/") == "xn--d-uga0v4h.example"


@pytest.mark.parametrize("text", ["minimal", "none", "much"])
def test_an_effort_that_cannot_search_is_refused(text: str) -> None:
    with pytest.raises(options.UnknownEffort, match="low, medium, high"):
        options.effort(text)


def test_an_empty_setting_means_the_default() -> None:
    assert options.effort(" ") == "low"
    assert options.model("") == "gpt-5.6-terra"


def test_a_model_that_can_be_none_is_refused() -> None:
    with pytest.raises(options.NotAModel, match=r"like OPENAI_MODEL=gpt-5\.6-terra"):
        options.model("the best one")


def test_an_answer_is_given_room_enough() -> None:
    with pytest.raises(listening.OutOfRange, match="from 20000 to 128000"):
        options.max_output_tokens("4000")
    assert options.max_output_tokens("") == 20_000
    assert options.deadline_seconds("") == 240
    assert options.max_tool_calls("8") == 8
