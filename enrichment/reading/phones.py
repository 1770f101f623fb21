"""The phone numbers of whoever made a page; no faxes, and no lines of others."""

import re
from collections.abc import Iterator
from itertools import islice

from enrichment.reading import (
    branches,
    calling,
    codes,
    dialling,
    ours,
    outsiders,
    placing,
    ranges,
    strangers,
)
from enrichment.reading.bounds import MOST_VALUES
from enrichment.reading.document import Line, Region
from enrichment.reading.reading import Reading
from enrichment.told import Told

NEAR = 60
HERE = "+44"
ANYWHERE = ("+443", "+448")
LABEL = re.compile(r"\W*(?:t|tel|telephone|phone|call|ph)\W*(?:\[\w+:)?", re.IGNORECASE)
BETWEEN = re.compile(
    r"[\s,.:;()|–—-]*(?:t|tel|telephone|phone|call|mob(?:ile)?)?[\s.:]*\[?(?:tel:)?[(+]?",
    re.IGNORECASE,
)


def found(reading: Reading) -> Iterator[Told]:
    """Give the phones of whoever made the page, each once."""
    for at, end, number in islice(numbers(reading), MOST_VALUES):
        yield reading.told("phone", number, at, end)


def numbers(reading: Reading) -> Iterator[tuple[int, int, str]]:
    """Give the numbers and where they stand."""
    sorted_ = _Sorted()
    for at, end, number in reading.calls:
        sorted_.put(reading, at, end, number)
    if (
        sorted_.own
        or sorted_.folded
        or any(reading.identity.is_kin(each.host) for each in reading.mails)
    ):
        # Who can be reached tells the lines of others by their names.
        sorted_.others |= sorted_.doubtful.keys() - sorted_.own.keys()
        sorted_.doubtful.clear()
    for number, (at, end) in {**sorted_.folded, **sorted_.doubtful}.items():
        if not sorted_.own or number not in sorted_.others:
            if number in sorted_.doubtful:
                reading.doubtful.add(("phone", number))
            sorted_.own.setdefault(number, (at, end))
    reading.rejected |= {("phone", number) for number in sorted_.others - sorted_.own.keys()}
    for number, (at, end) in sorted_.own.items():
        yield at, end, number


class _Sorted:
    """Numbers by whose they seem to be, each with the first place that says so."""

    def __init__(self) -> None:
        self.own: dict[str, tuple[int, int]] = {}
        self.doubtful: dict[str, tuple[int, int]] = {}
        self.folded: dict[str, tuple[int, int]] = {}
        self.others: set[str] = set()
        self.faxes: set[str] = set()

    def put(self, reading: Reading, at: int, end: int, number: str) -> None:
        line = reading.document.line_at(at)
        place = (at, end)
        if number in self.own:
            return
        if not dialling.is_to_speak(reading.document, line, at, end):
            self.faxes.add(number)
        elif line.region == Region.MACHINE:
            # What is shown as a fax is one, whatever machines are told.
            if number not in self.faxes and _is_said_of_own(reading, at):
                self.own[number] = place
        elif not self._is_own(reading, number, at, end):
            self.others.add(number)
        elif line.region == Region.STATE and not reading.document.is_bare and number[:3] != HERE:
            # What programs come with has numbers from where they were made.
            self.others.add(number)
        elif (
            _is_beside_another_place(reading, line, at)
            or _is_behind_a_stranger(reading, line, at, number)
            or strangers.is_behind(reading.document, reading.identity, end)
        ):
            self.doubtful.setdefault(number, place)
        elif reading.document.is_unseen(at):
            self.folded.setdefault(number, place)
        else:
            self.own[number] = place

    def _is_own(self, reading: Reading, number: str, at: int, end: int) -> bool:
        if calling.national(number) in reading.others:
            return False
        if ranges.is_non_profit(number) and not reading.identity.is_public:
            return reading.owner.is_said_to_be_own(at) and reading.owner.is_own(at, end)
        return reading.owner.is_own(at, end)


def _is_beside_another_place(reading: Reading, line: Line, at: int) -> bool:
    """Whether the postcode right before it, in its sentence, is somebody else's."""
    start, _ = reading.document.sentence(at)
    if LABEL.fullmatch(reading.text, start, at):
        # "..., Croydon CR0 6BA. Telephone: 020 ..." goes on with what was told before.
        start = line.start
    near = _code_before(reading, start, at)
    return near is not None and line.region == Region.MAIN and near[2] in reading.elsewhere


def _is_behind_a_stranger(reading: Reading, line: Line, at: int, number: str) -> bool:
    if line.region == Region.FOOTER and _has_address(reading, line, at):
        return False
    if _is_beside_own_place(reading, at) or reading.owner.is_among_own_places(at):
        return False
    if branches.is_in_one(reading.document, line, at):
        return False
    if strangers.is_before(reading.document, reading.identity, at):
        return True
    if outsiders.before(reading.document, reading.identity, at, number):
        return True
    if line.region != Region.MAIN:
        return False
    is_anywhere = number.startswith(ANYWHERE)
    return strangers.is_single(reading.document, reading.identity, at, is_anywhere=is_anywhere)


def _is_beside_own_place(reading: Reading, at: int) -> bool:
    """Whether it stands right behind the postcode of one of its own places."""
    start, _ = reading.document.sentence(at)
    near = _code_before(reading, start, at)
    if near is None or near[2] not in reading.here:
        return False
    return BETWEEN.fullmatch(reading.text, near[1], at) is not None


def _code_before(reading: Reading, start: int, at: int) -> tuple[int, int, str] | None:
    """Give the last postcode that stands near before a number, not before `start`."""
    near = [each for each in reading.codes if max(start, at - NEAR) <= each[0] < at]
    return near[-1] if near else None


def _has_address(reading: Reading, line: Line, at: int) -> bool:
    """Whether an address stands before it: then what is taken for a name is most likely a place."""
    said = reading.text[line.start : at]
    return placing.STREET.search(said) is not None or next(codes.candidates(said), None) is not None


def _is_said_of_own(reading: Reading, at: int) -> bool:
    line = reading.document.line_at(at)
    name = reading.document.words(line).partition(":")[0]
    return "fax" not in name and any(
        said.at == at or said.at <= at < said.at + len(said.value)
        for thing in reading.own
        for part in ours.parts(thing)
        if "fax" not in part.one("contacttype").lower()
        for key in ("telephone", "phone", "contactpoint", "tel")
        for said in part.says.get(key, ())
    )
