"""What is an e-mail address, and why the rest is none."""

import random
import time

import pytest

from enrichment.emails.syntax import NotAnAddress, read


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Jo.Smith@Acme.co.uk", "jo.smith@acme.co.uk"),
        ("  jo@acme.co.uk. ", "jo@acme.co.uk"),
        ("Jo Smith <jo@acme.co.uk>", "jo@acme.co.uk"),
        ("mailto:jo@acme.co.uk?subject=Hello", "jo@acme.co.uk"),
        ("E-mail: jo@acme.co.uk", "jo@acme.co.uk"),
        ("o'brien+post@acme.co.uk", "o'brien+post@acme.co.uk"),
        ('"jo smith"@acme.co.uk', '"jo smith"@acme.co.uk'),
        ("jo@BÜCHER.example", "jo@bücher.example"),
    ],
)
def test_reads_an_address_as_people_write_it(typed: str, text: str) -> None:
    assert read(typed).text == text


def test_a_domain_beyond_ascii_is_asked_for_as_dns_writes_it() -> None:
    address = read("info@bücher.example")
    assert (address.domain, address.asked) == ("bücher.example", "xn--bcher-kva.example")
    assert not address.is_mixed


def test_a_domain_that_mixes_alphabets_is_marked() -> None:
    assert read("jo@gm\N{CYRILLIC SMALL LETTER A}il.com").is_mixed


@pytest.mark.parametrize(
    ("typed", "slug", "sentence"),
    [
        ("", "empty", "Nothing is written there."),
        ("ring us", "no_at", "“ring us” has no @, so that it is no e-mail address."),
        ("@acme.co.uk", "no_local", "Nothing stands before the @: there is no mailbox."),
        ("jo@", "no_domain", "Nothing stands behind the @: there is no domain."),
        ("jo smith@acme.co.uk", "space", "There is a space before the @."),
        ("jo@acme.co.uk;ann@acme.co.uk", "two_ats", "It has more than one @"),
        ("jo..smith@acme.co.uk", "dots", "two stand together"),
        ("jo@acme", "no_ending", "“acme” is no domain: its end is missing"),
        ("jo@acme,co.uk", "comma", "There is a comma in acme,co.uk"),
        ("jo@acme_ltd.co.uk", "underscore", "No domain has a “_”"),
        ("jo@[192.168.0.1]", "literal", "to a machine by its number, [192.168.0.1]"),
        ("jo@[IPv6:::1]", "literal", "to a machine by its number"),
        ("jo@192.168.0.1", "literal", "to a machine by its number"),
        ("jo@printer.local", "reserved", "printer.local is no name of the internet"),
        ("j" * 65 + "@acme.co.uk", "long_local", "Before the @ stand more than 64 characters."),
        ("j" * 388 + "@acme.co.uk", "too_long", "It has 399 characters; an address has 254"),
        ("jo@" + "a" * 64 + ".uk", "malformed", "dots cannot be separated by so many characters"),
        ("jo@-acme.co.uk", "malformed", "It cannot have a hyphen immediately behind the @"),
        ("jo\N{RIGHT-TO-LEFT OVERRIDE}@acme.co.uk", "malformed", "unsafe characters"),
    ],
)
def test_says_why_it_is_none(typed: str, slug: str, sentence: str) -> None:
    with pytest.raises(NotAnAddress) as refused:
        read(typed)
    assert refused.value.reason.slug == slug
    assert sentence in refused.value.reason.words


def test_capitals_that_become_two_letters_make_no_address_too_long() -> None:
    with pytest.raises(NotAnAddress):
        read("İ" * 64 + "@" + "a" * 60 + "." + "b" * 60 + ".co.uk")


def test_whatever_is_written_is_read_or_refused_at_once() -> None:
    draw = random.Random(7)
    signs = "aA1.-_@ <>\"'\\()[];,:éа\u202e\x00\ud800。＠+%?\n\tmailto:"
    written = ["".join(draw.choices(signs, k=draw.randrange(50))) for _ in range(2_000)]
    written += ["<" * 990, "@" * 250, '"' + "\\" * 240 + '"@b.com', "a@" + "ü." * 80 + "com"]
    began = time.process_time()
    for text in written:
        words = refusal(text)
        assert words.isprintable()
        assert len(words) < 260
    assert time.process_time() - began < 5


def refusal(text: str) -> str:
    """Why it is none; what it is otherwise."""
    try:
        return read(text).text
    except NotAnAddress as error:
        return error.reason.words
