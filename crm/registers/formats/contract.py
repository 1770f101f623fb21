"""What the file of one register has to say about itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

BUNDLED = Path(__file__).parents[1] / "bundled"
OGL = "Open Government Licence v3.0"
ATTRIBUTION = f"Contains public sector information licensed under the {OGL}."


@dataclass(slots=True)
class Draft:
    """An organisation as its register prints it, before it is cleaned and located.

    `more_trades` are further ones, `company_number` is that of Companies House where another
    register names it, `town` is for registers that print it apart from the address. `facts` is
    JSON: what else is worth keeping, empty values left out.
    """

    number: str
    name: str
    trade: str
    address: list[str]
    postcode: str
    phone: str = ""
    active: bool = True
    opened: date | None = None
    closed: date | None = None
    point: tuple[float, float] | None = None
    more_trades: tuple[str, ...] = ()
    company_number: str = ""
    email: str = ""
    website: str = ""
    town: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


class UnreadableRow(ValueError):
    """A row holds something that its column cannot; the message is the reason in few words."""


def printed(row: dict[str, str]) -> str:
    """The number that a row prints, where nothing has to be made of it."""
    return row.get("number", "")


@dataclass(frozen=True)
class Format:
    """A register and the form of its published file.

    Columns named in `optional` may be missing: they read as "". Values in `nothing` read as "",
    too. `bundled` is "" for a register that ships no file; `day_in_name` finds the day of a file
    in its name, by the groups year, month and day. `number_of` is the number of a row's draft,
    even if the rest of the row cannot be read. Where `names_are_unique` by law, as at Companies
    House, a name that many bear elsewhere still says who it is: generic names aren't measured
    there.
    """

    slug: str
    label: str
    publisher: str
    # Our name of each column: its place (no header line) or its title in the header line.
    columns: dict[str, int] | dict[str, str]
    read: Callable[[dict[str, str]], Draft]
    number_of: Callable[[dict[str, str]], str] = printed
    bundled: str = ""
    bundled_as_of: date = date.min
    delimiter: str = ","
    quoted: bool = True
    # Of a file without a header line.
    width: int = 0
    licence: str = OGL
    attribution: str = ATTRIBUTION
    source_url: str = ""
    optional: frozenset[str] = frozenset()
    nothing: frozenset[str] = frozenset()
    day_in_name: str = ""
    names_are_unique: bool = False
    # Of a mapping: changes with it, so that the same file is read anew.
    reading: str = ""
    # What ships with the product is a part of the register only: it says nothing of what is new.
    bundled_is_extract: bool = False
    # Of files that are known not to be in UTF-8; what a person says counts more.
    encoding: str = ""

    @property
    def has_header(self) -> bool:
        """Whether the first line names the columns."""
        return not self.width

    @property
    def bundled_path(self) -> Path:
        """Where the file lies that comes with the product."""
        return BUNDLED / self.bundled
