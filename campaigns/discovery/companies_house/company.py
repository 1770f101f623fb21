"""A company of an answer as what asks to be admitted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.discovery.around import Spot
from campaigns.discovery.live import Seen
from campaigns.discovery.plain import text
from crm.places.postcode import NotAPostcode, parse
from crm.registers import addresses, sic, words
from crm.registers.numbers import COMPANY_PAGE, company_number
from leads.identity import industries
from leads.identity.candidate import Candidate

NUMBER = re.compile(r"[A-Z0-9]{8}")
LINES = ("address_line_1", "address_line_2", "locality", "region")
PARTS = ("premises", *LINES)
TRADING = {"", "active", "open", "registered"}


@dataclass(frozen=True)
class Company:
    """What an answer says of one company; `postcode` is in its normal form or ""."""

    number: str
    name: str
    status: str
    postcode: str
    address: Mapping[str, str]
    codes: Sequence[str]
    is_dated: bool

    def seen(self, spot: Spot | None, wanted: Sequence[str]) -> Seen:
        """Give it as the engine takes it; its trade is the first of those that were looked for."""
        known = [code for code in self.codes if sic.label(code)]
        trade = next((code for code in known if code in wanted), next(iter(known), ""))
        address = addresses.split(_lines(self.address), self.name)
        candidate = Candidate(
            name=words.humane(self.name),
            source="companies_house",
            address=address.lines,
            town=address.town,
            postcode=self.postcode,
            latitude=spot.latitude if spot else None,
            longitude=spot.longitude if spot else None,
            precision=spot.precision if spot else "",
            company_number=self.number,
            trade=trade,
            industry=industries.of_trade(trade),
        )
        return Seen(
            candidate,
            self.number,
            pages=(f"{COMPANY_PAGE}{self.number}",),
            closed=self.closed,
            company=self.record,
        )

    @property
    def record(self) -> dict[str, Any]:
        """Give it in the form of a company's profile, which then needs no call of its own."""
        return {
            "company_number": self.number,
            "company_name": self.name,
            "company_status": self.status,
            "registered_office_address": {**self.address, "postal_code": self.postcode},
            "sic_codes": list(self.codes),
        }

    @property
    def closed(self) -> str:
        """Say that it has ended, in a clause; "" while it trades."""
        if self.status in TRADING:
            return ""
        return f"Companies House has its status as “{self.status.replace('-', ' ')}”"


def read(item: Any) -> Company | None:
    """Read one item of an answer; None where it names no company."""
    if not isinstance(item, Mapping):
        return None
    number, name = company_number(_text(item, "company_number")), _text(item, "company_name")
    if not name or not NUMBER.fullmatch(number):
        return None
    address = item.get("registered_office_address")
    address = address if isinstance(address, Mapping) else {}
    codes = item.get("sic_codes")
    ended = "dissolved" if _text(item, "date_of_cessation") else ""
    return Company(
        number=number,
        name=name,
        status=ended or _text(item, "company_status").casefold(),
        postcode=_postcode(_text(address, "postal_code")),
        address={line: said for line in PARTS if (said := _text(address, line))},
        codes=[code for code in codes if isinstance(code, str)] if isinstance(codes, list) else [],
        is_dated=bool(_text(item, "date_of_creation")),
    )


def _lines(address: Mapping[str, str]) -> list[str]:
    """The door and the street are one line, whichever field the door stands in."""
    premises, lines = address.get("premises", ""), [address.get(name, "") for name in LINES]
    if premises and not lines[0].startswith(premises):
        lines[0] = f"{premises} {lines[0]}".strip()
    return [line for line in lines if line]


def _postcode(text: str) -> str:
    try:
        return parse(text).text
    except NotAPostcode:
        return ""


def _text(holder: Mapping[str, Any], name: str) -> str:
    return text(holder.get(name))
