"""A row of a file to a row of ours, or the reason why not."""

import re
from datetime import date
from json import JSONEncoder
from typing import NamedTuple

from crm.places.postcode import NotAPostcode, parse
from crm.registers import addresses, names
from crm.registers.formats.contract import Draft, UnreadableRow
from crm.registers.words import cleaned, humane, humane_part

NAME_LENGTH = 300
NUMBER_LENGTH = 40
ADDRESS_LENGTH = 500
PHONE_LENGTH = 100
TOLD = JSONEncoder(ensure_ascii=False)
USUAL = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]? [0-9][A-Z]{2}", re.ASCII)
EMAIL_LENGTH = 254
WEBSITE_LENGTH = 300
COMPANY_LENGTH = 8


class Taken(NamedTuple):
    """A row of the staging table, its fields in the table's order."""

    line: int
    digest: int
    number: str
    name: str
    name_key: str
    trade: str
    more_trades: list[str] | None
    address: str
    premise: str
    town: str
    postcode: str
    longitude: float | None
    latitude: float | None
    phone: str
    email: str
    website: str
    company_number: str
    facts: str | None
    status: str
    opened_date: date | None
    closed_date: date | None


def taken(draft: Draft, line: int, digest: int) -> Taken:
    """The draft cleaned and keyed; refused with a reason in few words."""
    number, name = cleaned(draft.number), humane(draft.name)
    if not number or len(number) > NUMBER_LENGTH:
        raise UnreadableRow("number too long" if number else "no number")
    if not name or len(name) > NAME_LENGTH:
        raise UnreadableRow(f"name longer than {NAME_LENGTH} characters" if name else "no name")
    address, town = _place(draft, name)
    longitude, latitude = draft.point or (None, None)
    return Taken(
        line,
        digest,
        number,
        name,
        names.name_key(name),
        draft.trade,
        _others(draft) if draft.more_trades else None,
        address,
        names.premise(address),
        town,
        _postcode(draft.postcode),
        longitude,
        latitude,
        cleaned(draft.phone)[:PHONE_LENGTH],
        _short(draft.email, EMAIL_LENGTH),
        _short(draft.website, WEBSITE_LENGTH),
        _short(draft.company_number.upper(), COMPANY_LENGTH),
        TOLD.encode(draft.facts) if draft.facts else None,
        "active" if draft.active else "closed",
        draft.opened,
        draft.closed,
    )


def _others(draft: Draft) -> list[str] | None:
    """The trades besides the first, each once."""
    others = dict.fromkeys(draft.more_trades)
    others.pop(draft.trade, None)
    return [trade for trade in others if trade] or None


def _place(draft: Draft, name: str) -> tuple[str, str]:
    """The address without its town, and the town; one that is named may stand in both."""
    lines, town = addresses.split(draft.address, name)
    named = humane_part(draft.town)
    if named and town and town.casefold() != named.casefold():
        lines = f"{lines}, {town}" if lines else town
    return lines[:ADDRESS_LENGTH], named or town


def _short(text: str, most: int) -> str:
    """Half of an address or a number would lead elsewhere, so a longer one is left out."""
    if not text:
        return ""
    text = cleaned(text)
    return text if len(text) <= most else ""


def _postcode(text: str) -> str:
    """The postcode in its usual form, "" when it is none."""
    # As most are written; the long way costs as much as the rest of a row.
    if not text or USUAL.fullmatch(text):
        return text
    try:
        return parse(text).text
    except NotAPostcode:
        return ""
