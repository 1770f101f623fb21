"""Reads a phone number: what it is, how people here write it, or why it is none."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, ValidationResult

from enrichment.phones import kinds, tables, writing
from enrichment.phones.kinds import DEAR, LABELS, Kind

HERE = "GB"
BRITAIN = 44
SHOWN = 40
# What Ofcom keeps for films and plays; the library's data has some of it as given out.
DRAMA = re.compile(
    r"01(?:1[3-8]|[2-6]1)4960\d{3}|01632960\d{3}|01914980\d{3}|02079460\d{3}|02896496\d{3}"
    r"|02920180\d{3}|03069990\d{3}|07700900\d{3}|08081570\d{3}|09098790\d{3}"
)
# What templates of websites show where a number will stand.
SAMPLES = {
    "01234567890", "01234567891", "01234123456", "07123456789", "02012345678", "01111111111",
    "01231231234", "08001234567",
}  # fmt: skip
# Of three to six digits, like 999, 1471 and 118 118.
SHORT = re.compile(r"0\d{3,4}|011[68]\d{3}")


class State(StrEnum):
    """`unknown`: it is well formed, but of a range that nobody is known to have."""

    VALID = "valid"
    UNKNOWN = "unknown"
    WRONG = "wrong"


class Reason(NamedTuple):
    """Why something is said of a number: a slug to count by, and a sentence of its own."""

    slug: str
    words: str


@dataclass(frozen=True, slots=True)
class Phone:
    """`e164` is the form that is stored ("" of what is wrong), `national` the one that is shown.

    `country` is an ISO code; `area` and `place` are of a British landline.
    """

    state: State
    reason: Reason
    e164: str = ""
    national: str = ""
    kind: Kind = Kind.OTHER
    country: str = ""
    area: str = ""
    place: str = ""
    extension: str = ""

    @property
    def shown(self) -> str:
        """As people in the United Kingdom write it, with the extension."""
        return f"{self.national} ext. {self.extension}" if self.extension else self.national

    @property
    def is_british(self) -> bool:
        """Whether it is of the United Kingdom's numbering plan, as Jersey's and Man's are."""
        return self.e164.startswith("+44")


def read(text: str) -> Phone:
    """Read a number as it is written here or with a country's code; never raises."""
    written = writing.find(text)
    if not written.digits.strip("+"):
        seen = "".join(sign if sign.isprintable() else "�" for sign in text[:SHOWN]).strip()
        words = f"“{seen}” holds no digits: it is no phone number." if seen else "Nothing is there."
        return _wrong("no_digits", words)
    return _read(written.digits, written.extension)


@lru_cache(maxsize=4_096)
def _read(digits: str, extension: str) -> Phone:
    try:
        parsed = phonenumbers.parse(digits[:40], HERE)
    except NumberParseException as error:
        return _unparsed(digits, error)
    if parsed.country_code == BRITAIN:
        return _british(parsed, extension)
    return _foreign(parsed, extension)


def _unparsed(digits: str, error: NumberParseException) -> Phone:
    if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        return _wrong("no_country", f"No country’s numbers begin with {digits[:4]}.")
    if error.error_type == NumberParseException.TOO_LONG:
        return _wrong("too_long", f"It has {len(digits.strip('+'))} digits: no number has so many.")
    return _wrong("too_short", f"“{digits[:SHOWN]}” has too few digits for a phone number.")


def _british(parsed: PhoneNumber, extension: str) -> Phone:
    # Zeros that stood before it are digits of none.
    national = f"0{phonenumbers.national_significant_number(parsed)}"
    is_valid = phonenumbers.is_valid_number(parsed)
    if not is_valid and (wrong := _wrong_in_britain(national)):
        return wrong
    kind = kinds.british(national) or Kind.OTHER
    area = tables.area(national) if kind is Kind.LANDLINE else None
    doubt = _doubt(national, is_valid)
    return Phone(
        state=State.UNKNOWN if doubt else State.VALID,
        reason=doubt or _reason(kind, area.place if area else ""),
        e164=phonenumbers.format_number(parsed, PhoneNumberFormat.E164),
        national=_grouped(parsed, national, area),
        kind=kind,
        country=phonenumbers.region_code_for_number(parsed) or HERE,
        area=area.code if area else "",
        place=area.place if area else "",
        extension=extension,
    )


def _wrong_in_britain(national: str) -> Phone | None:
    """Say why no such number can be given out in Britain; None where one might be."""
    length = len(national)
    if SHORT.fullmatch(national):
        return _wrong("short", f"{national[1:]} is a short number, which no organisation has.")
    if length < 10:
        words = f"{national[1:]} has no area code: from elsewhere it cannot be rung."
        return _wrong("no_area_code", words)
    if length > 11:
        words = f"It has {length} digits with the 0; British numbers have 11 at most."
        return _wrong("too_long", words)
    if length < 11:
        return _wrong("too_short", f"A digit is missing: {national} has {length} of 11.")
    if kinds.british(national) is None:
        return _wrong("no_range", f"No British number begins with {national[:3]}.")
    return None


def _doubt(national: str, is_valid: bool) -> Reason | None:
    if DRAMA.fullmatch(national):
        return Reason("drama", "It is of a range that Ofcom keeps for films and plays.")
    if national in SAMPLES:
        return Reason("sample", "It is what templates show in the place of a number.")
    if not is_valid:
        words = "It is well formed, but of a range that is not known to be given out."
        return Reason("not_given_out", words)
    return None


def _reason(kind: Kind, place: str) -> Reason:
    label = LABELS[kind]
    words = f"{label[0].upper()}{label[1:]}{f', {place}' if place else ''}."
    return Reason(kind.value, f"{words} Whoever rings it pays extra." if kind in DEAR else words)


def _grouped(parsed: PhoneNumber, national: str, area: tables.Area | None) -> str:
    text = phonenumbers.format_number(_bare(parsed), PhoneNumberFormat.NATIONAL)
    # What is not known to be given out comes without groups.
    if area and text == national:
        rest = national[len(area.code) :]
        return f"{area.code} {rest[:-4]} {rest[-4:]}" if len(rest) > 6 else f"{area.code} {rest}"
    return text


def _bare(parsed: PhoneNumber) -> PhoneNumber:
    return PhoneNumber(
        country_code=parsed.country_code,
        national_number=parsed.national_number,
        italian_leading_zero=parsed.italian_leading_zero,
        number_of_leading_zeros=parsed.number_of_leading_zeros,
    )


def _foreign(parsed: PhoneNumber, extension: str) -> Phone:
    code = phonenumbers.region_code_for_number(parsed) or phonenumbers.region_code_for_country_code(
        parsed.country_code or 0
    )
    name = tables.country(code)
    of = f" ({name})" if name else ""
    possible = phonenumbers.is_possible_number_with_reason(parsed)
    is_valid = phonenumbers.is_valid_number(parsed)
    if not is_valid and possible is not ValidationResult.IS_POSSIBLE:
        is_short = possible is not ValidationResult.TOO_LONG
        words = f"It has too {'few' if is_short else 'many'} digits for a number abroad{of}."
        return _wrong("too_short" if is_short else "too_long", words)
    words = f"A number abroad{of}."
    if not is_valid:
        words = f"{words[:-1]}, of a range that is not known to be given out."
    return Phone(
        state=State.VALID if is_valid else State.UNKNOWN,
        reason=Reason("foreign", words),
        e164=phonenumbers.format_number(parsed, PhoneNumberFormat.E164),
        national=phonenumbers.format_number(_bare(parsed), PhoneNumberFormat.INTERNATIONAL),
        kind=kinds.FOREIGN.get(phonenumbers.number_type(parsed), Kind.OTHER),
        country=code if name else "",
        extension=extension,
    )


def _wrong(slug: str, words: str) -> Phone:
    return Phone(State.WRONG, Reason(slug, words))
