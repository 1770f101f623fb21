"""What the files of the open registers' address collection have in common."""

import json
import re
from datetime import date

from crm.registers.formats import values
from crm.registers.formats.contract import Draft, UnreadableRow

COLUMNS = {"number": "test", "name": "name", "address": "text", "postcode": "postcode"}
NAMELESS = {"number": "test", "address": "text", "postcode": "postcode"}
# Of some day in 2016; the first never claims to be fresher than it is.
DAY = date(2016, 1, 1)
TRADING_AS = re.compile(r"\s+(?:t/a|t/as|trading as)\s+", re.IGNORECASE)


def draft(row: dict[str, str], *, trade: str) -> Draft:
    """The organisation of a row; its number stands behind the register's prefix."""
    return Draft(
        number=row["number"].rpartition(":")[2],
        name=row["name"],
        trade=trade,
        address=row["address"].split(","),
        postcode=row["postcode"],
    )


def nameless(row: dict[str, str], *, trade: str) -> Draft:
    """The organisation of a row without a name: it is the first part of the address."""
    name, _, address = row["address"].partition(",")
    return draft(row | {"name": name, "address": address}, trade=trade)


def both_names(name: str) -> dict[str, str]:
    """The two names in "Userve Ltd t/a Copart UK", as facts."""
    legal, *trading = TRADING_AS.split(name, maxsplit=1)
    return {"legal_name": legal, "trading_name": trading[0]} if trading and legal else {}


def pair(text: str) -> tuple[str, str]:
    """The two numbers of a point like [53.64152,-2.64947], in the order of their register."""
    if not text:
        return "", ""
    try:
        first, second = (str(float(number)) for number in json.loads(text))
    except (ValueError, TypeError):
        raise UnreadableRow("unreadable point") from None
    return first, second


def point(text: str, *, latitude_first: bool) -> tuple[float, float] | None:
    """The point of a row, when it lies in the United Kingdom."""
    first, second = pair(text)
    return values.point(second, first) if latitude_first else values.point(first, second)
