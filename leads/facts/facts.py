"""What can be known of an organisation: how each fact is read, typed again and shown."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from crm.look import formats
from crm.places import postcode
from crm.registers import names, trades
from leads.identity import candidate
from leads.records.organisations import Organisation

MOST_EMPLOYEES = 3_000_000
NAMELESS = "The name can't be empty: write how the place is called."


@dataclass(frozen=True)
class Editable:
    """A column of the organisation; `read` raises ValidationError, `typed` gives it to a form.

    `shown` writes what was typed for a reader; `empty` says why it can't be.
    """

    name: str
    label: str
    read: Callable[[str], Any]
    typed: Callable[[Any], str] = str
    shown: Callable[[str], str] = str
    kind: str = "text"
    hint: str = ""
    empty: str = ""


def _line(label: str, column: str, *, empty: str = "") -> Callable[[str], str]:
    longest = getattr(Organisation._meta.get_field(column), "max_length", None) or 0

    def read(typed: str) -> str:
        said = " ".join(typed.replace("\0", "").split())
        if empty and not names.name_key(said):
            raise ValidationError(empty)
        if len(said) > longest:
            raise ValidationError(f"Keep it to {longest} characters; this has {len(said):,}.")
        return said

    return read


def _postcode(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return postcode.parse(typed).text
    except postcode.NotAPostcode:
        raise ValidationError(
            f"“{typed[:20]}” is no British postcode. Write it like LE1 1AA."
        ) from None


def read_phone(typed: str) -> str:
    """Read a phone number as people write it; "" if nothing was written."""
    if not typed.strip():
        return ""
    number = candidate.phone(typed)
    if not number:
        raise ValidationError(
            f"“{typed[:30]}” is no phone number. Write it like 0116 255 1234 or +44 116 255 1234."
        )
    return number


def _website(typed: str) -> str:
    said = typed.strip()
    if not said:
        return ""
    whole = said if "//" in said else f"https://{said}"
    address = candidate.website(whole)
    if not address or "." not in address or any(sign.isspace() for sign in address):
        raise ValidationError("Write an address of the web like https://example.co.uk.")
    return address


def _trade(typed: str) -> str:
    if typed and not trades.is_known(typed):
        raise ValidationError("Choose one of the trades on the list.")
    return typed


def _employees(typed: str) -> int | None:
    said = typed.strip().replace(",", "")
    if not said:
        return None
    # Of so many digits the number is read that is kept, not of the first few.
    many = int(said) if said.isascii() and said.isdigit() and len(said) < 20 else -1
    if not 0 <= many <= MOST_EMPLOYEES:
        raise ValidationError(f"Write how many people work there: 0 to {MOST_EMPLOYEES:,}.")
    return many


def _trade_shown(slug: str) -> str:
    return trades.label(slug) if slug else ""


def _number(value: int | None) -> str:
    return "" if value is None else f"{value:,}"


FACTS = {
    each.name: each
    for each in (
        Editable("name", "Name", _line("The name", "name", empty=NAMELESS), empty=NAMELESS),
        Editable("address", "Address", _line("The address", "address")),
        Editable("town", "Town", _line("The town", "town")),
        Editable("postcode", "Postcode", _postcode),
        Editable("phone", "Phone", read_phone, formats.phone, kind="tel"),
        Editable("website", "Website", _website, kind="url"),
        Editable("trade", "Trade", _trade, shown=_trade_shown, kind="trade"),
        Editable(
            "employees",
            "Size",
            _employees,
            _number,
            kind="number",
            hint="People who work there",
        ),
    )
}
