"""What people type into fields of their own, read by the field's kind, and shown again."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from crm.look import formats
from leads.records.custom import CustomField

Kind = CustomField.Kind
Value = str | Decimal | date | bool | None

# Which column of a `FieldValue` holds it.
COLUMNS = {
    Kind.TEXT: "text",
    Kind.CHOICE: "text",
    Kind.LINK: "text",
    Kind.NUMBER: "number",
    Kind.MONEY: "number",
    Kind.DATE: "day",
    Kind.YES_NO: "yes",
}
EMPTY: dict[str, Any] = {"text": "", "number": None, "day": None, "yes": None}

LONGEST = 500
MOST = Decimal(10) ** 12
# A comma stands between thousands only: "12,50" may mean 12 and a half, hence it is asked again.
NUMBER = re.compile(r"([-−]?) ?£? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]+)?")
CONTROL = re.compile("[\x00-\x1f\x7f]+")
ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th)\b")
DAYS = ("%Y %m %d", "%d %m %Y", "%d %m %y", "%d %B %Y", "%d %b %Y", "%d %B %y", "%d %b %y",
        "%B %d %Y", "%b %d %Y")  # fmt: skip
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}


def read(field: CustomField, typed: str) -> Value:
    """Read what was typed; None if nothing was. A ValidationError says how to write it."""
    said = CONTROL.sub(" ", typed).strip()
    if not said:
        return None
    if len(said) > LONGEST:
        raise ValidationError(f"Keep it to {LONGEST} characters; this has {len(said):,}.")
    return READERS[Kind(field.kind)](field, said)


def columns(field: CustomField, value: Value) -> dict[str, Any]:
    """Give all four columns of a row that holds the value."""
    return EMPTY | {COLUMNS[Kind(field.kind)]: value}


def shown(field: CustomField, value: Value) -> str:
    """Write it for a reader; "" if there is none."""
    match value:
        case None | "":
            return ""
        case bool():
            return "Yes" if value else "No"
        case Decimal() if field.kind == Kind.MONEY:
            return formats.pounds(int(value * 100))
        case Decimal():
            return f"{value.normalize():,f}"
        case date():
            return formats.absolute(value)
    return str(value)


def typed(field: CustomField, value: Value) -> str:
    """Write it as a form takes it back."""
    match value:
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case Decimal() if field.kind == Kind.MONEY:
            return formats.typed_pounds(int(value * 100))
    return shown(field, value)


def _text(field: CustomField, said: str) -> str:
    return said


def _number(field: CustomField, said: str, most_places: int = 4) -> Decimal:
    found = NUMBER.fullmatch(said)
    if found is None:
        raise ValidationError("Write a number like 1,240 or 1,240.5.")
    sign, whole, rest = found.groups(default="")
    number = Decimal(whole.replace(",", "") + rest)
    if number >= MOST:
        raise ValidationError("That is more than can be kept. Write less than 1,000,000,000,000.")
    if len(rest.rstrip("0")) > most_places + 1:
        words = {2: "two", 4: "four"}[most_places]
        raise ValidationError(f"Write no more than {words} digits after the point.")
    return -number if sign else number


def _money(field: CustomField, said: str) -> Decimal:
    if not NUMBER.fullmatch(said):
        raise ValidationError("Write pounds like 1,240 or 1,240.50.")
    return _number(field, said, most_places=2)


def _day(field: CustomField, said: str) -> date:
    plain = " ".join(re.split(r"[\s/.,-]+", ORDINAL.sub("", said.lower())))
    for form in DAYS:
        try:
            found = datetime.strptime(plain, form).date()
        except ValueError:
            continue
        if 1900 <= found.year <= 2199:
            return found
    raise ValidationError("Write a day like 1 March 2027 or 01/03/2027, day first.")


def _choice(field: CustomField, said: str) -> str:
    for choice in field.options:
        if choice.casefold() == said.casefold():
            return choice
    raise ValidationError(f"Choose one of {formats.either(field.options[:20])}.")


def _yes_no(field: CustomField, said: str) -> bool:
    if said.lower() not in YES | NO:
        raise ValidationError("Choose yes or no.")
    return said.lower() in YES


def _link(field: CustomField, said: str) -> str:
    """Take an address of the web over TLS; anything else may do something when it is clicked."""
    whole = said if re.match(r"[a-zA-Z][\w+.-]*:(?!\d)", said) else f"https://{said}"
    try:
        parts = urlsplit(whole)
        is_good = (
            parts.scheme == "https"
            and "." in (parts.hostname or "")
            and not parts.username
            and not re.search(r"[\s\"'<>\\`]", whole)
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        is_good = False
    if not is_good or len(whole) > LONGEST:
        raise ValidationError("Write a whole address that begins with https://.")
    return whole


READERS: dict[Kind, Callable[[CustomField, str], Value]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _day,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.LINK: _link,
}
