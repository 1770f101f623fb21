"""What people write for a phone number."""

import random
import time

import pytest

from enrichment.phones.kinds import Kind
from enrichment.phones.number import State, read

LEICESTER = "+441162551234"


@pytest.mark.parametrize(
    "typed",
    [
        "0116 255 1234", "01162551234", "(0116) 255 1234", "01162 551234", "0116-255-1234",
        "0116.255.1234", "+44 116 255 1234", "+44 (0)116 255 1234", "+44 01162551234",
        "0044 116 255 1234", "44 116 255 1234", "116 255 1234", "tel:+441162551234",
        "Tel: 0116 255 1234", "0116 255 1234 (switchboard)", "0116 255 1234 option 2",
        "0116 2551234 / 07700 900123", "0116 255 1234, 07700 900123", "0116 255 1234/5",
        "01162551234 07700900123", "24 hours: 0116 255 1234", "Mon-Fri 9-5 0116 255 1234",
        "0116 255 1234 or 0116 255 9999", "０１１６ ２５５ １２３４", "0116/255 1234",
        "0116\N{EN DASH}255\N{EN DASH}1234",
    ],
)  # fmt: skip
def test_one_number_in_many_dresses(typed: str) -> None:
    phone = read(typed)
    assert (phone.state, phone.e164, phone.extension) == (State.VALID, LEICESTER, "")
    assert phone.shown == "0116 255 1234"


@pytest.mark.parametrize(
    "typed",
    ["0116 255 1234 ext 12", "0116 255 1234 x12", "0116 255 1234 extension: 12",
     "0116 255 1234 extn. 12", "0116 255 1234 #12", "tel:+441162551234;ext=12"],
)  # fmt: skip
def test_an_extension_is_kept_apart(typed: str) -> None:
    phone = read(typed)
    assert (phone.e164, phone.extension) == (LEICESTER, "12")
    assert phone.shown == "0116 255 1234 ext. 12"


@pytest.mark.parametrize(
    ("typed", "shown", "kind"),
    [
        ("02071234567", "020 7123 4567", Kind.LANDLINE),
        ("01204123456", "01204 123456", Kind.LANDLINE),
        ("0169773555", "016977 3555", Kind.LANDLINE),
        ("07400123456", "07400 123456", Kind.MOBILE),
        ("07624123456", "07624 123456", Kind.MOBILE),
        ("08001111", "0800 1111", Kind.FREEPHONE),
        ("08081234567", "0808 123 4567", Kind.FREEPHONE),
        ("0800 FLOWERS", "0800 356 9377", Kind.FREEPHONE),
        ("03001234567", "0300 123 4567", Kind.UK_WIDE),
        ("08451234567", "0845 123 4567", Kind.SERVICE),
        ("08712002000", "0871 200 2000", Kind.SERVICE),
        ("09012345678", "0901 234 5678", Kind.PREMIUM),
        ("07012345678", "070 1234 5678", Kind.PERSONAL),
        ("05600123456", "056 0012 3456", Kind.VOIP),
    ],
)
def test_kinds_of_numbers_as_people_here_write_them(typed: str, shown: str, kind: Kind) -> None:
    phone = read(typed)
    assert (phone.state, phone.shown, phone.kind) == (State.VALID, shown, kind)


def test_a_landline_tells_its_place() -> None:
    phone = read("0116 255 1234")
    assert (phone.area, phone.place, phone.country) == ("0116", "Leicester", "GB")
    assert phone.reason.words == "Landline, Leicester."


def test_the_islands_are_countries_of_their_own() -> None:
    assert [read(each).country for each in ("01534 612345", "01481 712345", "01624 612345")] == [
        "JE",
        "GG",
        "IM",
    ]


def test_who_pays_extra_is_told() -> None:
    assert read("0871 200 2000").reason.words.endswith("Whoever rings it pays extra.")


@pytest.mark.parametrize(
    ("typed", "slug", "sentence"),
    [
        ("ring the office", "no_digits", "“ring the office” holds no digits"),
        ("", "no_digits", "Nothing is there."),
        ("+", "no_digits", "holds no digits"),
        ("999", "short", "999 is a short number"),
        ("118 118", "short", "118118 is a short number"),
        ("255 1234", "no_area_code", "2551234 has no area code: from elsewhere it cannot be rung."),
        ("0116 255 123", "too_short", "A digit is missing: 0116255123 has 10 of 11."),
        ("0116 255 12345", "too_long", "It has 12 digits with the 0; British numbers have 11"),
        ("041 1234 5678", "no_range", "No British number begins with 041."),
        ("+999 1234567", "no_country", "No country’s numbers begin with +999."),
        ("+33 1 42", "too_short", "too few digits"),
        ("+33 1 42 68 53 00 00 00", "too_long", "too many digits for a number abroad (France)"),
        ("1" * 60, "too_long", "no number has so many"),
    ],
)
def test_says_why_it_is_none(typed: str, slug: str, sentence: str) -> None:
    phone = read(typed)
    assert (phone.state, phone.e164) == (State.WRONG, "")
    assert phone.reason.slug == slug
    assert sentence in phone.reason.words


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("01632 960123", "drama"),
        ("07700 900123", "drama"),
        ("020 7946 0123", "drama"),
        ("01234 567890", "sample"),
        ("07911 654321", "not_given_out"),
    ],
)
def test_what_nobody_is_known_to_have_is_not_called_wrong(typed: str, slug: str) -> None:
    phone = read(typed)
    assert (phone.state, phone.reason.slug) == (State.UNKNOWN, slug)
    assert phone.e164 == "+44" + typed.replace(" ", "")[1:]


@pytest.mark.parametrize(
    ("typed", "e164", "shown", "country"),
    [
        ("+33 1 42 68 53 00", "+33142685300", "+33 1 42 68 53 00", "FR"),
        ("+49 (0)30 12345678", "+493012345678", "+49 30 12345678", "DE"),
        ("00353 1 234 5678", "+35312345678", "+353 1 234 5678", "IE"),
        ("+1 212-555-0100", "+12125550100", "+1 212-555-0100", "US"),
    ],
)
def test_numbers_abroad(typed: str, e164: str, shown: str, country: str) -> None:
    phone = read(typed)
    assert (phone.state, phone.e164, phone.shown, phone.country) == (
        State.VALID,
        e164,
        shown,
        country,
    )
    assert phone.reason.words.startswith("A number abroad (")
    assert not phone.is_british


def test_whatever_is_written_is_read_or_refused_at_once() -> None:
    draw = random.Random(7)
    signs = "0123456789+() -./xX#extoption,;&abc\u202e\x00\ud800٣é\n"
    written = ["".join(draw.choices(signs, k=draw.randrange(60))) for _ in range(3_000)]
    written += ["0" * 1_000_000, "x" * 1_000_000, "0/" * 100, "(" * 200, "1 " * 100, "(((0" * 50]
    began = time.process_time()
    for text in written:
        phone = read(text)
        assert phone.reason.words.isprintable()
        assert (phone.state is State.WRONG) == (phone.e164 == "")
        assert len(phone.e164) < 17
    assert time.process_time() - began < 3


def test_three_hundred_in_a_second_leave_most_of_the_time_to_others() -> None:
    began = time.process_time()
    for n in range(1_000):
        read(f"0116 25{n:05}")
    assert (time.process_time() - began) / 1_000 < 0.000_5
