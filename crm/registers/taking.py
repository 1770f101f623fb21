"""A row of a file to a row of ours, or the reason why not."""

from datetime import date
from typing import NamedTuple

from crm.places.locate import elsewhere
from crm.places.postcode import NotAPostcode, Postcode, parse
from crm.registers import addresses, names
from crm.registers.formats.contract import Draft, UnreadableRow
from crm.registers.words import cleaned, humane

NAME_LENGTH = 300
NUMBER_LENGTH = 40
ADDRESS_LENGTH = 500
PHONE_LENGTH = 100


class Taken(NamedTuple):
    """A row of the staging table, its fields in the table's order."""

    number: str
    name: str
    name_key: str
    sort_key: str
    trade: str
    address: str
    premise: str
    town: str
    postcode: str
    outward: str
    longitude: float | None
    latitude: float | None
    phone: str
    status: str
    opened_date: date | None
    closed_date: date | None


def taken(draft: Draft) -> Taken:
    """The draft cleaned and keyed; refused with a reason in few words."""
    number, name = cleaned(draft.number), humane(draft.name)
    if not number or len(number) > NUMBER_LENGTH:
        raise UnreadableRow("number too long" if number else "no number")
    if not name or len(name) > NAME_LENGTH:
        raise UnreadableRow(f"name longer than {NAME_LENGTH} characters" if name else "no name")
    postcode = _postcode(draft.postcode)
    address, town = addresses.split(draft.address, name)
    longitude, latitude = draft.point or (None, None)
    return Taken(
        number=number,
        name=name,
        name_key=names.name_key(name),
        sort_key=names.sort_key(name),
        trade=draft.trade,
        address=address[:ADDRESS_LENGTH],
        premise=names.premise(address[:ADDRESS_LENGTH]),
        town=town,
        postcode=postcode.text,
        outward=postcode.outward,
        longitude=longitude,
        latitude=latitude,
        phone=cleaned(draft.phone)[:PHONE_LENGTH],
        status="active" if draft.active else "closed",
        opened_date=draft.opened,
        closed_date=draft.closed,
    )


def _postcode(text: str) -> Postcode:
    if not text:
        raise UnreadableRow("no postcode")
    try:
        postcode = parse(text)
    except NotAPostcode:
        raise UnreadableRow("no UK postcode") from None
    if elsewhere(postcode):
        raise UnreadableRow("outside the United Kingdom")
    return postcode
