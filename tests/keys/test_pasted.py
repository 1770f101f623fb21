"""What people paste along with a key, or instead of it, is said in a clear sentence."""

import pytest

from crm.keys import pasted

OPENAI = "sk-proj-9f2c71aa04be48d1mine"
GOOGLE = "AIzaSyD-9f2c71aa04be48d1e2f3a4b5c6d7e8f"
TWILIO = f"SK{'9f2c71aa' * 4}:0cT9f2c71aaQb"
COMPANIES_HOUSE = "6ff1a2b3-0c4d-4e5f-8a9b-0c1d2e3f4a5b"


@pytest.mark.parametrize(
    ("service", "text", "secret"),
    [
        ("openai", OPENAI, OPENAI),
        ("openai", f"  {OPENAI}\n", OPENAI),
        ("openai", "key-of-a-compatible-server", "key-of-a-compatible-server"),
        ("google_places", GOOGLE, GOOGLE),
        ("companies_house", COMPANIES_HOUSE, COMPANIES_HOUSE),
        ("hunter", "0123456789abcdef0123456789abcdef01234567", None),
        ("apollo", "Zx81_qW-3rTy", None),
        ("zerobounce", "0123456789abcdef0123456789abcdef", None),
        ("clearbit", "sk_9f2c71aa04be48d1", None),
        ("twilio", f" {TWILIO}\n", TWILIO),
    ],
)
def test_a_key_is_taken_as_it_is(service: str, text: str, secret: str | None) -> None:
    assert pasted.read(text, service) == (secret or text)


@pytest.mark.parametrize(
    ("service", "text", "sentence"),
    [
        ("openai", " ", "Paste the key first."),
        ("openai", f"Bearer {OPENAI}", "“Bearer” came along. Paste only what follows it."),
        ("openai", f"Authorization: Bearer {OPENAI}", "“Bearer” came along."),
        ("openai", f'"{OPENAI}"', "Quotation marks came along."),
        ("openai", f"{OPENAI}’", "Quotation marks came along."),
        ("openai", f"OPENAI_API_KEY={OPENAI}", "A name came along."),
        ("openai", "sk-proj-9f2c 71aa04be", "There is a space or a line break in it."),
        ("openai", "sk-proj-9f2c\u200b71aa04be", "There are characters in it that no key has."),
        ("openai", "sk-...mine…", "This is a hidden form of a key."),
        ("openai", "••••••••mine", "This is a hidden form of a key."),
        ("openai", "sk-123", "This is too short: a key has at least 8 characters."),
        ("openai", "s" * 501, "This is too long: a key has at most 500 characters."),
        ("openai", "https://platform.openai.com/api-keys", "This is an address."),
        ("hunter", "ada@acme.example", "This is an e-mail address."),
        ("google_places", '{"type": "service_account"}', "This is a whole file."),
        ("hunter", OPENAI, "This looks like a key of OpenAI, not of Hunter."),
        ("openai", "sk-ant-api03-9f2c71aa", "This looks like a key of Anthropic, not of OpenAI."),
        ("openai", GOOGLE, "This looks like a key of Google, not of OpenAI."),
        ("twilio", "0cT9f2c71aaQb", "Twilio’s keys have two parts: put in the SID"),
        ("twilio", TWILIO.partition(":")[0], "Twilio’s keys have two parts"),
        ("twilio", f"{TWILIO}:9f2c71aa", "A name came along."),
        ("zerobounce", TWILIO, "A name came along."),
        ("openai", COMPANIES_HOUSE, "This looks like a key of Companies House, not of OpenAI."),
    ],
)
def test_anything_else_is_refused_in_words_that_do_not_repeat_it(
    service: str, text: str, sentence: str
) -> None:
    with pytest.raises(pasted.NotAKey) as refusal:
        pasted.read(text, service)
    assert sentence in str(refusal.value)
    assert "9f2c71aa" not in str(refusal.value)
