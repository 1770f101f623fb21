"""What may stand in a cell: nothing that a spreadsheet would run, nothing that breaks a file."""

import re
from datetime import date, datetime, tzinfo
from decimal import Decimal

from django.utils import timezone

from crm.exporting.columns import Cell

# Excel holds so many in a cell, counted in UTF-16.
LONGEST = 32_767
CUT = " … (cut here: a cell holds no more)"

# Tabs would be taken for the next column; other control characters, for anything.
BLANKS = re.compile(r"[\t\v\f]")
CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# What a program skips before it looks whether a formula begins: blanks, quotes, and what is unseen.
SKIPPED = "[\\s'\"`\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*"
SIGNS = "=+\\-@＝＋－＠﹢﹣﹦﹫−"
FORMULA = re.compile(f"{SKIPPED}[{SIGNS}]")
# A program that divides at semicolons or lines begins a new cell there. "- milk" in a list is none.
INSIDE = re.compile(f"([;\n]{SKIPPED})(?=[=@＝＠﹦﹫]|[{SIGNS}](?![\\s\\d]))")
# A phone number and an amount begin with a sign, too. Nothing can be called with digits alone, and
# an apostrophe in front would spoil them for every other program that reads the file. With a dash
# or a stroke in it a phone number would be reckoned out: +44-116 is -72.
HARMLESS = re.compile(r"\+\d[\d ()]*|-£?\d[\d,]*(\.\d+)?")


def text(value: str) -> str:
    """Give the text without control characters, and no longer than a cell."""
    said = value.replace("\r\n", "\n").replace("\r", "\n")
    return _cut(CONTROL.sub("", BLANKS.sub(" ", said)))


def harmless(value: str) -> str:
    """Give the text so that no spreadsheet takes it for a formula: an apostrophe goes before."""
    said = text(value)
    if HARMLESS.fullmatch(said.strip()):
        return said
    said = INSIDE.sub(r"\1'", said)
    return _cut(f"'{said}" if FORMULA.match(said) else said)


def words(value: Cell, zone: tzinfo) -> str:
    """Write a cell out, as it stands in a CSV file."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case str():
            return harmless(value)
        case datetime():
            return f"{local(value, zone):%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
    return str(value)


def local(moment: datetime, zone: tzinfo) -> datetime:
    """Give the moment on the reader's clock."""
    return timezone.localtime(moment, zone) if timezone.is_aware(moment) else moment


def _cut(said: str) -> str:
    # No character takes more than two.
    if len(said) * 2 <= LONGEST or len(said.encode("utf-16-le")) // 2 <= LONGEST:
        return said
    kept = said.encode("utf-16-le")[: 2 * (LONGEST - len(CUT))]
    return kept.decode("utf-16-le", errors="ignore") + CUT
