"""The rows of the file: each company as the register prints it, and what a month changes."""

from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

from tests.benchmarks.bulk_file.activities import Activities
from tests.benchmarks.bulk_file.columns import FORMER_NAMES, quoted
from tests.benchmarks.bulk_file.geography import Addresses
from tests.benchmarks.bulk_file.identity import ABROAD, ENGLAND, Identities, Identity, newborn
from tests.benchmarks.bulk_file.naming import CODAS, Share, bodies

STATUSES = (
    (930.0, "Active"), (46.0, "Active - Proposal to Strike off"), (20.0, "Liquidation"),
    (2.0, "In Administration"), (0.8, "Voluntary Arrangement"), (0.5, "RECEIVERSHIP"),
    (0.4, "In Administration/Administrative Receiver"), (0.2, "ADMINISTRATION ORDER"),
    (0.1, "Live but Receiver Manager on at least one charge"),
)  # fmt: skip
ACCOUNTS = (
    "MICRO ENTITY", "MICRO ENTITY", "MICRO ENTITY", "TOTAL EXEMPTION FULL", "TOTAL EXEMPTION FULL",
    "DORMANT", "NO ACCOUNTS FILED", "NO ACCOUNTS FILED", "UNAUDITED ABRIDGED", "SMALL", "FULL",
    "GROUP", "TOTAL EXEMPTION SMALL", "ACCOUNTS TYPE NOT AVAILABLE",
)  # fmt: skip
# What nobody reads is drawn from so many.
DIFFERENT = 2_048
NO_FORMER_NAME = quoted(*[""] * (2 * FORMER_NAMES))
# Of a thousand companies.
WITH_FORMER_NAME = 10
MOVED, RENAMED, VANISHED, DISSOLVED, BORN = 3.0, 2.0, 2.5, 0.5, 2.0
DAY = "14/10/2026"


class Row(NamedTuple):
    """A company in columns that are quoted already, those of its name and address apart."""

    name: str
    index: int
    who: Identity
    address: str
    status: str
    dissolved: str
    numbers: str
    codes: str
    former: str
    statement: str
    # What this month says differently of it.
    news: str = ""

    def line(self) -> str:
        """The line of the file."""
        number, form, since = self.who
        name = self.name.replace('"', '""')
        origin = "" if form.nation == ABROAD else "United Kingdom"
        return (
            f'"{name}","{number}",{self.address},"{form.category}","{self.status}",'
            f'"{origin}","{self.dissolved}","{since}",{self.numbers},'
            f'{self.codes},"0","0","http://business.data.gov.uk/id/company/{number}",'
            f"{self.former},{self.statement}\r\n"
        )


class Slice(NamedTuple):
    """Neighbours in the file: all companies of some first words, or a part of those of one."""

    shares: list[Share]
    part: int
    parts: int


def first_month(piece: Slice, rows: int) -> Iterator[Row]:
    """The rows of a slice in the order of the file."""
    known = Identities(rows)
    named = sorted(
        (f"{body} {known.of(index).form.ending}".rstrip(), index)
        for share in piece.shares
        for index, body in enumerate(bodies(share), start=share.start)
    )
    length = -(-len(named) // piece.parts)
    named = named[piece.part * length : (piece.part + 1) * length]
    if not named:
        return
    chance = Random(named[0][1])
    addresses, activities = Addresses(chance, len(named)), Activities(chance, len(named) * 2)
    statuses = chance.choices(
        [status for _, status in STATUSES],
        cum_weights=list(accumulate(share for share, _ in STATUSES)),
        k=len(named),
    )
    numbers, statements = _numbers(), _statements()
    for (name, index), status in zip(named, statuses, strict=True):
        who = known.of(index)
        which = int(chance.random() * DIFFERENT * 1000 / WITH_FORMER_NAME)
        yield Row(
            name,
            index,
            who,
            addresses.next(who.form.nation),
            status,
            "",
            numbers[which % DIFFERENT],
            activities.next(),
            _former(name, which) if which < DIFFERENT else NO_FORMER_NAME,
            statements[which % DIFFERENT],
        )


def next_month(piece: Slice, rows: int) -> Iterator[Row]:
    """The same a month later: about one in a hundred has moved, or has another name, or is gone."""
    before = list(first_month(piece, rows))
    if not before:
        return
    chance = Random(before[0].index + 1)
    moved = Addresses(chance, len(before) + FORMER_NAMES)
    after = []
    for row in before:
        what = chance.random() * 1000
        if what < MOVED:
            after.append(_moved(row, moved))
        elif what < MOVED + RENAMED:
            after.append(_renamed(row, before[chance.randrange(len(before))]))
        elif what < MOVED + RENAMED + DISSOLVED:
            after.append(row._replace(status="Dissolved", dissolved=DAY, news="closed"))
        elif what > 1000 - VANISHED:
            continue
        else:
            after.append(row)
        if 500 < what < 500 + BORN:
            like = before[chance.randrange(len(before))]
            name, who = f"{_stem(row)} ({row.index + rows}) LTD", newborn(row.index)
            address = moved.next(ENGLAND)
            after.append(like._replace(name=name, who=who, address=address, news="opened"))
    yield from sorted(after)


def _moved(row: Row, addresses: Addresses) -> Row:
    """To another postcode; one abroad to another address, of which no map knows."""
    overseas = row.who.form.nation == ABROAD
    address = row.address
    while address == row.address or (not overseas and _postcode(address) == _postcode(row.address)):
        address = addresses.next(row.who.form.nation)
    return row._replace(address=address, news="moved_overseas" if overseas else "moved")


def _postcode(address: str) -> str:
    return address.rpartition(",")[2]


def _renamed(row: Row, other: Row) -> Row:
    """A new name that nobody bears, beside that of another company of the slice."""
    return row._replace(
        name=f"{_stem(other)} ({row.index}) {row.who.form.ending}".rstrip(),
        former=quoted(DAY, row.name, *[""] * (2 * FORMER_NAMES - 2)),
        news="renamed",
    )


def _stem(row: Row) -> str:
    return row.name.removesuffix(row.who.form.ending).rstrip()


def _former(name: str, which: int) -> str:
    words = name.split()
    former = " ".join([*words[:-2], CODAS[which % len(CODAS)], "LIMITED"]).replace('"', "")
    years = [f"{1 + which % 28:02}/0{1 + which % 9}/{1990 + which % 36}", former]
    if which % 5 == 0:
        years += [f"{1 + which % 27:02}/12/{1980 + which % 10}", f"{which} SHELF COMPANY LIMITED"]
    return quoted(*years, *[""] * (2 * FORMER_NAMES - len(years)))


@cache
def _numbers() -> list[str]:
    """Accounts, returns and mortgages: eleven columns."""
    chance, found = Random("numbers"), []
    for _ in range(DIFFERENT):
        month, year = 1 + chance.randrange(12), 2023 + chance.randrange(3)
        day = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
        kind = chance.choice(ACCOUNTS)
        made_up = "" if kind.startswith("NO ") else f"{day}/{month:02}/{year}"
        charges = chance.choice((0, 0, 0, 0, 0, 0, 0, 1, 2, 5))
        found.append(
            quoted(
                f"{day}", f"{month}", f"{day if day < 31 else 30}/09/{year + 2}", made_up, kind,
                f"{1 + chance.randrange(28):02}/07/2017", f"{1 + chance.randrange(28):02}/06/2016",
                f"{charges}", f"{charges // 2}", "0", f"{charges - charges // 2}",
            )
        )  # fmt: skip
    return found


@cache
def _statements() -> list[str]:
    chance, found = Random("statements"), []
    for _ in range(DIFFERENT):
        day, month = 1 + chance.randrange(28), 1 + chance.randrange(12)
        found.append(quoted(f"{day:02}/{month:02}/2027", f"{day:02}/{month:02}/2026"))
    return found
