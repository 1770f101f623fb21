"""What can be said of a field in a filter: at least, contains, not for so many days…"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError

from crm.look import formats
from leads.own import values
from leads.records.custom import CustomField

LONGEST = 100
MOST_DAYS = 3650


class Takes(StrEnum):
    """What stands behind an operator; `CHOICES` are several of what the field offers."""

    NOTHING = "nothing"
    TEXT = "text"
    NUMBER = "number"
    POUNDS = "pounds"
    DAYS = "days"
    DAY = "day"
    CHOICES = "choices"


@dataclass(frozen=True)
class Operator:
    """`name` stands in addresses, `label` in the form, and `says` in words on a chip.

    `also_of`: of what the field offers some is chosen beside what is typed.
    """

    name: str
    label: str
    says: str
    takes: Takes = Takes.NOTHING
    many: int = 1
    also_of: bool = False

    @property
    def chooses(self) -> bool:
        """Whether some of what the field offers stands behind it."""
        return self.also_of or self.takes == Takes.CHOICES

    @property
    def typed(self) -> int:
        """How many values are typed; those that are chosen stand behind them."""
        return 0 if self.takes in (Takes.NOTHING, Takes.CHOICES) else self.many


EMPTY = Operator("empty", "is empty", "{field} is empty")
FILLED = Operator("filled", "is known", "{field} is known")

TEXT = (
    Operator("contains", "contains", "{field} contains {value}", Takes.TEXT),
    Operator("starts", "begins with", "{field} begins with {value}", Takes.TEXT),
    Operator("is", "is", "{field} is {value}", Takes.TEXT),
    Operator("isnt", "is not", "{field} is not {value}", Takes.TEXT),
)
# Of which a lead may have several.
SOME_TEXT = (*TEXT[:3], FILLED, EMPTY)
CHOICE = (
    Operator("is", "is one of", "{field} is {value}", Takes.CHOICES),
    Operator("isnt", "is none of", "{field} is not {value}", Takes.CHOICES),
)


def amounts(takes: Takes) -> tuple[Operator, ...]:
    """Give the operators of numbers, or of pounds."""
    return (
        Operator("atleast", "at least", "{field} at least {value}", takes),
        Operator("atmost", "at most", "{field} at most {value}", takes),
        Operator("between", "between", "{field} {value} to {other}", takes, many=2),
    )


NUMBERS, POUNDS = amounts(Takes.NUMBER), amounts(Takes.POUNDS)
DAYS = (
    Operator("after", "on or after", "{field} from {value}", Takes.DAY),
    Operator("before", "on or before", "{field} until {value}", Takes.DAY),
    Operator("during", "between two days", "{field} {value} to {other}", Takes.DAY, many=2),
)
PAST = (
    Operator("last", "in the last so many days", "{field} in the last {value}", Takes.DAYS),
    Operator("notfor", "not for so many days", "{field} over {value} ago or never", Takes.DAYS),
    *DAYS,
)
EVER = (
    Operator("filled", "at any time", "{field} at any time"),
    Operator("empty", "never", "{field} never"),
)
# Of what was done with some of the field's choices, such as stages or people.
LATELY = Operator(
    "last", "in the last so many days", "{field} {chosen} in the last {value}", Takes.DAYS,
    also_of=True,
)  # fmt: skip
DONE = (
    LATELY,
    Operator(
        "during", "between two days", "{field} {chosen} {value} to {other}", Takes.DAY, 2,
        also_of=True,
    ),
)  # fmt: skip


def read(operator: Operator, typed: list[str]) -> tuple[str, ...]:
    """Read what was typed and write it as it stands in addresses; a ValidationError says how."""
    if not operator.typed:
        return ()
    said = [values.CONTROL.sub(" ", each).strip() for each in typed]
    if len(said) != operator.many or not all(said):
        missing = "Give both ends." if operator.many > 1 else "Fill in what it is compared with."
        raise ValidationError(missing)
    written = tuple(WRITERS[operator.takes](each) for each in said)
    if operator.many > 1:
        least, most = (value(operator, each) for each in written)
        return written if least <= most else written[::-1]
    return written


def value(operator: Operator, written: str) -> Any:
    """Give what an address says as the database takes it."""
    match operator.takes:
        case Takes.NUMBER:
            return Decimal(written)
        case Takes.POUNDS:
            return int(Decimal(written) * 100)
        case Takes.DAYS:
            return int(written)
        case Takes.DAY:
            return date.fromisoformat(written)
    return written


def shown(operator: Operator, written: str) -> str:
    """Write it for a reader."""
    match operator.takes:
        case Takes.NUMBER:
            return f"{Decimal(written):,f}"
        case Takes.POUNDS:
            return formats.pounds(value(operator, written))
        case Takes.DAYS:
            return "day" if written == "1" else f"{written} days"
        case Takes.DAY:
            return formats.absolute(value(operator, written))
    return f"“{written}”"


def _text(said: str) -> str:
    if len(said) > LONGEST:
        raise ValidationError(f"Keep it to {LONGEST} characters.")
    return said


def _days(said: str) -> str:
    many = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
    if not 1 <= many <= MOST_DAYS:
        raise ValidationError(f"Write a number of days from 1 to {MOST_DAYS:,}.")
    return str(many)


def _by(kind: CustomField.Kind) -> Callable[[str], str]:
    field = CustomField(kind=kind)

    def write(said: str) -> str:
        found = values.read(field, said)
        if isinstance(found, Decimal):
            whole = f"{found:f}"
            return whole.rstrip("0").rstrip(".") if "." in whole else whole
        return found.isoformat() if isinstance(found, date) else ""

    return write


WRITERS: dict[Takes, Callable[[str], str]] = {
    Takes.TEXT: _text,
    Takes.DAYS: _days,
    Takes.NUMBER: _by(CustomField.Kind.NUMBER),
    Takes.POUNDS: _by(CustomField.Kind.MONEY),
    Takes.DAY: _by(CustomField.Kind.DATE),
}
