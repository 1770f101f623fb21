"""A register that somebody describes themselves: a small mapping file made into a `Format`.

README.md, “Load your own register”, shows one and lists its keys.
"""

import codecs
import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from crm.registers import trades
from crm.registers.formats import open_register, values
from crm.registers.formats.contract import ATTRIBUTION, OGL, Draft, Format, UnreadableRow
from crm.registers.formats.known import FORMATS
from crm.registers.formats.mapping import Table, opened, pattern
from crm.registers.formats.numbering import made
from crm.registers.numbers import company_number

SLUG = re.compile(r"[a-z][a-z0-9_]{1,49}")
TRADE = re.compile(r"[a-z][a-z0-9_]{1,49}|\d{5}")
DELIMITERS = {"tab": "\t", ",": ",", ";": ";", "|": "|"}
# A slip of the pen is this near to the trade that is meant.
NEAR = 0.9
# Columns that hold one thing each; those before the mark must be given.
NEEDED, SINGLE = ("name",), (
    "postcode", "town", "phone", "email", "website", "company_number", "opened", "closed",
)  # fmt: skip
SEVERAL = ("number", "address")
USUAL_DATES = ["DD/MM/YYYY", "YYYY-MM-DD"]

Reader = Callable[[dict[str, str]], Any]


def read(path: Path) -> Format:
    """The register that a mapping file describes."""
    whole = opened(path)
    slug = _slug(whole)
    licence = whole.text("licence", OGL)
    publisher = whole.text("publisher")
    credit = ATTRIBUTION if licence == OGL else f"{publisher}, {licence}."
    mapping = _Mapping(whole)
    form = Format(
        slug=slug,
        label=whole.text("label"),
        publisher=publisher,
        licence=licence,
        attribution=whole.text("attribution", credit),
        source_url=whole.text("source_url", ""),
        day_in_name=_day_in_name(whole),
        names_are_unique=whole.flag("names_are_unique", usual=False),
        delimiter=mapping.delimiter,
        quoted=mapping.quoted,
        width=mapping.width,
        encoding=mapping.encoding,
        nothing=frozenset(mapping.nothing),
        columns=mapping.columns,
        optional=frozenset(mapping.optional),
        read=mapping.draft,
        number_of=mapping.number,
        reading=sha256(path.read_bytes()).hexdigest(),
    )
    whole.end()
    return form


def _slug(whole: Table) -> str:
    slug = whole.text("slug")
    if not SLUG.fullmatch(slug):
        whole.wrong("slug", f"is {slug!r}. Write 2 to 50 small letters, digits and _.")
    if slug in {known.slug for known in FORMATS}:
        whole.wrong("slug", f"is {slug}, a register that is built in. Choose another name.")
    return slug


def _day_in_name(whole: Table) -> str:
    written = whole.text("day_in_name", "")
    found = pattern(written)
    if written and not found:
        whole.wrong("day_in_name", "must hold YYYY, MM and DD, like firms-YYYY-MM-DD.")
    return found.pattern if found else ""


class _Mapping:
    """What a mapping file says of columns, and how a row is read by it."""

    def __init__(self, whole: Table) -> None:
        self.columns: dict[str, Any] = {}
        self._file(whole.table("file"))
        self._columns(whole.table("columns"))
        self._point(whole.table("point"))
        self.trades = self._trade(whole.table("trade"))
        self.is_active = self._status(whole.table("status"))
        facts = whole.table("facts")
        self.facts = list(facts.content)
        for key in self.facts:
            self._column(facts, key, f"fact_{key}", facts.any(key))
        # Read last: by now it is known which columns there are.
        self.optional = self._optional(whole)

    def _file(self, file: Table) -> None:
        delimiter = file.text("delimiter", ",")
        if delimiter not in DELIMITERS:
            file.wrong("delimiter", 'must be one of ",", ";", "|" and "tab".')
        self.delimiter = DELIMITERS[delimiter]
        self.quoted = file.flag("quoted", usual=True)
        self.encoding = file.text("encoding", "")
        try:
            codecs.lookup(self.encoding or "utf-8")
        except LookupError:
            file.wrong("encoding", f"is {self.encoding}, which is none. Try utf-8 or cp1252.")
        self.nothing = file.texts("nothing")
        self.width = file.count("width")
        self.days = [self._days(file, each) for each in file.texts("dates") or USUAL_DATES]
        file.end()

    def _days(self, file: Table, written: str) -> re.Pattern[str]:
        found = pattern(written)
        if not found:
            file.wrong("dates", f"holds {written!r}. Write models like DD/MM/YYYY.")
        return found

    def _columns(self, columns: Table) -> None:
        for ours in NEEDED:
            if ours not in columns:
                columns.wrong(ours, 'is missing: which column is it? Like name = "Firm Name".')
        if not columns.content.get("number"):
            columns.wrong(
                "number",
                "is missing: the column of the register's own number. Where it prints none, name"
                ' the columns that tell rows apart: number = ["Firm Name", "Postcode"].',
            )
        for ours in (*NEEDED, *SINGLE):
            if (given := columns.any(ours)) is not None:
                self._column(columns, ours, ours, given)
        for ours in SEVERAL:
            if (given := columns.any(ours)) is None:
                continue
            for n, each in enumerate(given if isinstance(given, list) else [given]):
                self._column(columns, ours, f"{ours}_{n}", each)
        columns.end()

    def _column(self, table: Table, key: str, ours: str, given: Any) -> None:
        """Take a column by its title or, of a file without titles, by its place from 1."""
        if self.width:
            if type(given) is not int or not 1 <= given <= self.width:
                table.wrong(
                    key,
                    f"must be the place of a column, 1 to {self.width}: the mapping"
                    " says width, so the file has no titles.",
                )
            self.columns[ours] = given - 1
        elif isinstance(given, str) and given.strip():
            self.columns[ours] = given.strip()
        else:
            table.wrong(
                key,
                'must be the title of a column, like "Firm Name". For a file without'
                " titles say width in [file].",
            )

    def _point(self, point: Table) -> None:
        given = [key for key in ("longitude", "latitude") if point.any(key) is not None]
        if len(given) == 1:
            point.wrong(given[0], "stands alone: give longitude and latitude.")
        for key in given:
            self._column(point, key, key, point.any(key))
        if point.any("pair") is not None:
            self._column(point, "pair", "pair", point.any("pair"))
        self.latitude_first = point.flag("latitude_first", usual=True)
        point.end()

    def _trade(self, trade: Table) -> Callable[[dict[str, str]], list[str]]:
        fixed, column = trade.text("fixed", ""), trade.any("column")
        words, other = trade.table("words"), trade.text("other", "")
        separator = trade.text("separator", "")
        if bool(fixed) == (column is not None):
            trade.wrong("fixed", 'or column: give one of them, like fixed = "dentist".')
        for key, slug in (("fixed", fixed), ("other", other)):
            _check_trade(trade, key, slug)
        by_word = {key.casefold(): words.text(key) for key in words.content}
        for key in words.content:
            _check_trade(words, key, words.text(key))
        trade.end()
        if fixed:
            return lambda row: [fixed]
        self._column(trade, "column", "trade", column)

        def found(row: dict[str, str]) -> list[str]:
            said = row["trade"].split(separator) if separator else [row["trade"]]
            slugs = [by_word.get(each.strip().casefold(), other) for each in said]
            known = list(dict.fromkeys(filter(None, slugs)))
            if not known:
                raise UnreadableRow("unknown trade")
            return known

        return found

    def _status(self, status: Table) -> Callable[[str], bool]:
        given = status.any("column")
        active, closed = ({s.casefold() for s in status.texts(key)} for key in ("active", "closed"))
        status.end()
        if given is None:
            return lambda said: True
        if bool(active) == bool(closed):
            status.wrong(
                "column",
                'needs active or closed: the words of one of them, like active = ["Open"].',
            )
        self._column(status, "column", "status", given)
        if active:
            return lambda said: said.casefold() in active
        return lambda said: said.casefold() not in closed

    def _optional(self, whole: Table) -> list[str]:
        """Our names of the columns whose titles may be missing."""
        titles = whole.texts("optional")
        for title in titles:
            if title not in self.columns.values():
                whole.wrong("optional", f"names {title!r}, which is the title of no column above.")
        return [ours for ours, title in self.columns.items() if title in titles]

    def number(self, row: dict[str, str]) -> str:
        """The number of a row, made of several columns where none prints it."""
        numbers = [row[key] for key in self.columns if key.startswith("number_")]
        return numbers[0] if len(numbers) == 1 else made(*numbers)

    def draft(self, row: dict[str, str]) -> Draft:
        """The organisation of a row."""
        trade, *more = self.trades(row)
        closed = self._day(row.get("closed", ""))
        return Draft(
            number=self.number(row),
            name=row["name"],
            trade=trade,
            address=[row[key] for key in self.columns if key.startswith("address_")],
            postcode=row.get("postcode", ""),
            phone=values.phone(row.get("phone", "")),
            active=self.is_active(row.get("status", "")) and not closed,
            opened=self._day(row.get("opened", "")),
            closed=closed,
            point=self._place(row),
            more_trades=tuple(more),
            company_number=company_number(row.get("company_number", "")),
            email=row.get("email", ""),
            website=row.get("website", ""),
            town=row.get("town", ""),
            facts=values.facts(**{key: row[f"fact_{key}"] for key in self.facts}),
        )

    def _place(self, row: dict[str, str]) -> tuple[float, float] | None:
        if "pair" in row:
            return open_register.point(row["pair"], latitude_first=self.latitude_first)
        return values.point(row.get("longitude", ""), row.get("latitude", ""))

    def _day(self, text: str) -> date | None:
        return _day(text, tuple(self.days)) if text else None


def _check_trade(table: Table, key: str, slug: str) -> None:
    if not slug or trades.is_known(slug):
        return
    if not TRADE.fullmatch(slug):
        table.wrong(key, f"is {slug!r}. Write a trade like dentist, or a code of SIC 2007.")
    if slug.isdigit():
        table.wrong(key, f"is {slug}, which is no code of SIC 2007.")
    if near := get_close_matches(slug, trades.TRADES, n=1, cutoff=NEAR):
        table.wrong(key, f"is {slug!r}. Did you mean {near[0]}?")


@lru_cache(maxsize=values.DAYS_KEPT)
def _day(text: str, models: tuple[re.Pattern[str], ...]) -> date:
    for model in models:
        found = model.match(text)
        if found:
            return values.day(found["year"], found["month"], found["day"])
    raise UnreadableRow("unreadable date")
