"""What the file of one register has to say about itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

OGL = "Open Government Licence v3.0"
ATTRIBUTION = f"Contains public sector information licensed under the {OGL}."


@dataclass(slots=True)
class Draft:
    """An organisation as its register prints it, before it is cleaned and located."""

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


class UnreadableRow(ValueError):
    """A row holds something that its column cannot; the message is the reason in few words."""


@dataclass(frozen=True)
class Format:
    """A register and the form of its published file."""

    slug: str
    label: str
    publisher: str
    # Our name of each column: its place (no header line) or its title in the header line.
    columns: dict[str, int] | dict[str, str]
    read: Callable[[dict[str, str]], Draft]
    bundled: str
    bundled_as_of: date
    delimiter: str = ","
    quoted: bool = True
    # Of a file without a header line.
    width: int = 0
    licence: str = OGL
    attribution: str = ATTRIBUTION
    source_url: str = ""

    @property
    def has_header(self) -> bool:
        """Whether the first line names the columns."""
        return not self.width
