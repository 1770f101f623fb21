"""The postcodes and addresses of whoever made a page."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from enrichment.reading import occasions, outsiders, placing, relations, strangers
from enrichment.reading.bounds import MOST_VALUES
from enrichment.reading.document import Line, Region
from enrichment.reading.reading import Reading
from enrichment.reading.things import Thing
from enrichment.told import Told

# Things of which the page lists many: each has its place, which is not the maker's.
LISTED = re.compile(
    r"£\s?\d{2,3},\d{3}\b|\b(?:bed(?:room)?s?\b.{0,40}(?:house|flat|apartment|bungalow)|"
    r"sold stc|under offer|per calendar month|\bpcm\b|guide price|offers (?:over|in)|let agreed|"
    r"asking price)",
    re.IGNORECASE,
)
# And where the customers of an agency are.
JOBS = re.compile(r"\b(?:jobs|vacancies|placements|assignments)\b", re.IGNORECASE)
MOST_OF_A_THING = 500
LONGEST_LIST, LONGEST_LABEL = 240, 60
# Words of sentences, of which addresses have one or two: "1 Bank by the Sea".
PROSE = re.compile(r"\b(?!and\b|of\b|the\b|on\b|by\b|upon\b|in\b|at\b|to\b|rear\b)[a-z]{2,}\b")
FEWEST_PROSE, FEWEST_LISTED = 4, 3
ONE_MORE = re.compile(r"\)?,?\s*(?:and|&|or|also)\s+(?:at\s+)?(?=[A-Z\d])")
TOWARDS = re.compile(r"\b(?:from|for|to|with|via|through|by)\s+(?:the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Spot:
    """A postcode with the address before it, which begins at `first`; `is_sure` says that it
    stands where one's own is given, `is_labelled` that it is called a postcode there."""

    at: int
    end: int
    code: str
    address: str
    first: int
    is_sure: bool
    is_unseen: bool
    is_labelled: bool


def found(reading: Reading) -> Iterator[Told]:
    """Give the postcodes and the addresses of whoever made the page."""
    spots, rejected = _spots(reading)
    reading.doubtful |= {
        ("postcode", each.code) for each in spots if not (each.is_sure or each.is_labelled)
    } - {("postcode", each.code) for each in spots if each.is_sure or each.is_labelled}
    if any(not each.is_unseen for each in spots):
        spots = [each for each in spots if not each.is_unseen]
    sure = {each.code for each in spots if each.is_sure}
    codes: set[str] = set()
    lines: set[tuple[str, str]] = set()
    for each in spots:
        # Who gives the own address where one looks for it tells others' in between.
        is_in_between = sure and each.code not in sure and not each.is_labelled
        if is_in_between or len(codes) > MOST_VALUES:
            rejected.add(each.code)
            continue
        if each.code not in codes:
            codes.add(each.code)
            yield reading.told("postcode", each.code, each.at, each.end)
        key = (each.code, re.sub(r"\W+", "", each.address.lower())[:24])
        if each.address and key not in lines and not _is_shorter(lines, key):
            lines.add(key)
            yield reading.told("address", f"{each.address}, {each.code}", each.first, each.end)
    reading.here |= codes
    reading.elsewhere |= rejected - codes
    reading.rejected |= {("postcode", code) for code in rejected - codes}


def _spots(reading: Reading) -> tuple[list[Spot], set[str]]:
    """Give the postcodes that may be the maker's, and those that are others'."""
    spots: list[Spot] = []
    rejected: set[str] = set()
    strange = _strange(reading)
    for at, end, code in reading.codes:
        line = reading.document.line_at(at)
        address, first = _address(reading, line, at)
        if _is_own(reading, line, at, end, code, address):
            is_sure = line.region == Region.MACHINE or (
                reading.owner.is_offered_as_own(at)
                and at not in strange
                and not _is_passing(reading, line, at, address)
            )
            unseen = reading.document.is_unseen(at)
            label = reading.text[max(line.start, first - LONGEST_LABEL) : first]
            is_labelled = _is_labelled(reading, line, at) or placing.SITE.search(label) is not None
            spots.append(Spot(at, end, code, address, first, is_sure, unseen, is_labelled))
        else:
            rejected.add(code)
    return spots, rejected


def _strange(reading: Reading) -> frozenset[int]:
    """Give the places of postcodes behind names of others, where they are many: a list of those."""
    found = []
    for at, _, _ in reading.codes[:MOST_VALUES]:
        if reading.document.line_at(at).region == Region.MAIN:
            named = strangers.before(reading.document, reading.identity, at)
            if named and not placing.STREET.search(named):
                found.append(at)
    return frozenset(found) if len(found) >= FEWEST_LISTED else frozenset()


def _is_passing(reading: Reading, line: Line, at: int, address: str) -> bool:
    """Whether it is told in passing where somebody else is: "for Howard Primary, IP32 6SA"."""
    named = strangers.before(reading.document, reading.identity, at)
    if strangers.is_short(named):
        return True
    if line.region != Region.MAIN or line.box.tag == "address":
        return False
    if len(PROSE.findall(address)) >= FEWEST_PROSE:
        return True
    if reading.owner.signs.has_own_name(address):
        return False
    if _is_behind_another(reading, at) or occasions.is_one(reading.document, line, at):
        return True
    if not named or placing.STREET.search(named) or reading.owner.is_among_own_places(at):
        return False
    start, _ = reading.document.sentence(at)
    said = reading.text[start:at]
    if _is_one_more(reading, at):
        return False
    # Behind "from" stands somebody; at the start of an address, its house.
    return TOWARDS.search(said.partition(named)[0]) is not None or not placing.STREET.search(said)


def _is_behind_another(reading: Reading, at: int) -> bool:
    """Whether it goes on behind somebody else's phone: "Toft Mill 01943 096 701, Otley LS21"."""
    start, _ = reading.document.sentence(at)
    first = bisect_left(reading.calls, (start, 0, ""))
    last = bisect_left(reading.calls, (at, 0, "")) - 1
    if last < first:
        return False
    before, _, number = reading.calls[last]
    return bool(outsiders.before(reading.document, reading.identity, before, number))


def _is_one_more(reading: Reading, at: int) -> bool:
    """Whether it goes on behind another place: "12 Mill Lane, LS5 3NP, and The Barn, LS5 3NQ"."""
    start, _ = reading.document.sentence(at)
    ends = [end for first, end, _ in reading.codes if start <= first < at]
    return bool(ends) and ONE_MORE.match(reading.text, ends[-1], at) is not None


def _is_shorter(lines: set[tuple[str, str]], key: tuple[str, str]) -> bool:
    """Whether the same place was told before in more words, or in others."""
    return any(code == key[0] for code, _ in lines) and not key[1][:1].isdigit()


def _is_own(reading: Reading, line: Line, at: int, end: int, code: str, address: str) -> bool:
    compact = code.replace(" ", "")
    if line.region == Region.MACHINE:
        return _is_said_of_own(reading, at)
    if compact in reading.others:
        return False
    before = reading.text[max(line.start, at - 40) : at]
    if relations.SAMPLE.search(before) or placing.CODE_LABEL.search(before):
        return False
    said = reading.text[max(line.start, at - LONGEST_LIST) : at]
    are_premises = placing.PREMISES.search(said) is not None
    is_placed = (
        bool(address)
        or are_premises
        or _is_labelled(reading, line, at)
        or _is_one_more(reading, at)
        or reading.owner.is_one_more(at)
    )
    if not is_placed and not before.strip():
        is_placed = _has_label(line)
    if not is_placed or _is_a_thing_listed(reading, line):
        return False
    if not are_premises and strangers.is_behind(reading.document, reading.identity, end):
        return False
    return reading.owner.is_own(at, end)


def _is_labelled(reading: Reading, line: Line, at: int) -> bool:
    before = reading.text[max(line.start, at - 40) : at]
    return placing.POSTCODE_LABEL.search(before) is not None


def _has_label(line: Line) -> bool:
    labels = [line.before, line.column, *(each.text for each in line.headings[-1:])]
    return any(re.search(r"post ?code|address|cod post", each, re.IGNORECASE) for each in labels)


def _is_a_thing_listed(reading: Reading, line: Line) -> bool:
    """Whether it is the place of one of many things that the page offers."""
    for count, box in enumerate(line.box.above()):
        if count > 3 or box.end - box.start > MOST_OF_A_THING or box.region == Region.FOOTER:
            return False
        if count and sum(1 for at, _, _ in reading.codes if box.start <= at < box.end) > 1:
            # It holds several things, of which this need not be like the others.
            return False
        if LISTED.search(reading.document.words(box)):
            return True
        if box.tag in ("li", "tr") and any(JOBS.search(each.text) for each in line.headings[-2:]):
            return True
    return False


def _is_said_of_own(reading: Reading, at: int) -> bool:
    return any(
        said.at <= at < said.at + max(1, len(said.value))
        for thing in reading.own
        for place in _places(thing)
        for key in ("postalcode", "address", "streetaddress")
        for said in place.says.get(key, ())
    )


def _places(thing: Thing) -> Iterator[Thing]:
    yield thing
    for key in ("address", "location", "geo"):
        for part in thing.parts.get(key, ()):
            yield part
            yield from part.parts.get("address", ())


def _address(reading: Reading, line: Line, at: int) -> tuple[str, int]:
    """Give the address before a postcode, and where it begins; "" where there is none."""
    if line.region == Region.MACHINE:
        return _said_address(reading, at), line.start
    return placing.before(reading.document, line, at)


def _said_address(reading: Reading, at: int) -> str:
    """Give the lines of an address of schema.org before its postcode."""
    for thing in reading.own:
        for place in _places(thing):
            for said in place.says.get("postalcode", ()):
                if said.at == at or said.at <= at < said.at + len(said.value):
                    names = ("streetaddress", "addresslocality", "addressregion")
                    parts = [each.value for each in place.all(*names)]
                    return ", ".join(part.strip(" ,") for part in parts)
    return ""
