"""People whom a page clearly names with what they do there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from enrichment.reading import hosts, lists, wording
from enrichment.reading.document import Box, Line, Region
from enrichment.reading.phones import numbers
from enrichment.reading.reading import Reading
from enrichment.reading.things import Thing
from enrichment.reading.titles import JOBS, is_title
from enrichment.told import Told

HONOUR = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Rev|Revd|The Rev|The Revd|Father|"
    r"Fr|Cllr|Canon)\.?"
)
PART = (
    r"(?:(?:O[’']|Mc|Mac|D[’']|De|Van|von|de|la|al-)?[^\W\d_a-z][^\W\d_A-Z][\w’'-]*|[^\W\d_a-z]\.)"
)
AFTER = (
    r"(?:\s*,?\s*(?:\(?[A-Z][A-Za-z]{0,3}[A-Z][A-Za-z]{0,5}\)?|Esq\.?|Jr\.?|OBE|MBE|CBE|PhD|BSc|BA|"
    r"MA|MSc|LLB|Hons))*"
)
NAME = re.compile(
    rf"(?:{HONOUR}\s+(?:{HONOUR}\s+)?)?(?P<name>{PART}(?:\s+(?:{PART}|(?:van|von|de|der|la|bin|"
    rf"ap)\b)){{1,3}}){AFTER}"
)
# What begins like a name and is none.
NO_NAMES = lists.words("no_names")
GIVEN = lists.words("given_names")
HONOURED = re.compile(rf"{HONOUR}\s")
WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
BOX = frozenset((
    "team", "member", "person", "people", "staff", "profile", "bio", "trustee", "partner",
))  # fmt: skip
NOT_HERE = frozenset((Region.HEAD, Region.NAV, Region.MACHINE, Region.STATE))
BESIDE = re.compile(r"^\s*(?:[,–—|(:-]|\s-\s)\s*(?P<title>[^,|()\n]{3,80}(?:,\s[^,|()\n]{3,30})?)")
TITLED = re.compile(
    rf"(?P<title>[A-Z][\w &/-]{{2,60}}?)\s*(?::|\s[–—-]|,)?\s+(?=(?:{HONOUR}\s+)?{PART}\s+{PART})"
)
EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)+")
PROFILE = re.compile(r"linkedin\.com/(?:in|pub)/[\w%-]+", re.IGNORECASE)
MOST, MOST_LINES = 40, 400
CARD, CLIMB = 900, 4
LONGEST_LINE, LONGEST_BETWEEN, MOST_NAMES = 240, 40, 3


@dataclass(slots=True)
class Person:
    """Somebody as a page names them, and where."""

    name: str
    at: int
    end: int
    title: str = ""
    title_at: int = 0
    said: list[tuple[str, str, int, int]] = field(default_factory=list)


def found(reading: Reading, told: list[Told]) -> Iterator[Told]:
    """Give people with their job title and how to reach them; `told` is what was found of the
    organisation, of which some is theirs."""
    people: dict[str, Person] = {}
    for person in (*_said(reading), *_shown(reading)):
        key = "-".join(wording.words(person.name))
        if key not in people and len(people) < MOST and _is_somebody(reading, person.name):
            people[key] = person
    emails = {each.value: each for each in told if each.field == "email"}
    phones = list(numbers(reading)) if people else []
    for key, person in people.items():
        yield reading.told("name", person.name, person.at, person.end, about=key)
        if person.title:
            end = person.title_at + len(person.title)
            yield reading.told("job_title", person.title, person.title_at, end, about=key)
        yield from _reached(reading, person, key, emails, phones, people)


def _said(reading: Reading) -> Iterator[Person]:
    """People of schema.org and hCard."""
    for top in reading.things:
        for thing in top.within():
            if not _is_described(thing):
                continue
            names, titles = thing.all("name"), thing.all("jobtitle")
            if names and titles and NAME.fullmatch(names[0].value):
                name = names[0]
                person = Person(_plain(name.value), name.at, name.at + len(name.value),
                                titles[0].value, titles[0].at)  # fmt: skip
                person.said = [
                    (field_, each.value.lower(), each.at, each.at + len(each.value))
                    for field_ in ("email",)
                    for each in thing.all(field_)
                ]
                yield person


def _is_described(thing: Thing) -> bool:
    """Whether a thing is a person who works there: nobody who wrote something for it."""
    if thing.key in ("author", "reviewedby", "creator"):
        return False
    if thing.owner is not None and "review" in thing.owner.kinds:
        return False
    return "person" in thing.kinds or ("vcard" in thing.kinds and bool(thing.all("jobtitle")))


def _plain(written: str) -> str:
    match = NAME.match(written)
    return " ".join((match["name"] if match else written).split())


def _shown(reading: Reading) -> Iterator[Person]:
    """Lines that are the title of a job, or name one, with a name before or in them."""
    lines = reading.document.lines
    for index, line, said in islice(_with_jobs(reading, lines), MOST_LINES):
        person = _in_line(line, said) or _above(reading, lines, index, said)
        if person and reading.owner.is_own(person.at, person.end):
            yield person


def _with_jobs(reading: Reading, lines: list[Line]) -> Iterator[tuple[int, Line, str]]:
    for index, line in enumerate(lines):
        if line.region in NOT_HERE or line.shade or line.end - line.start > LONGEST_LINE:
            continue
        said = reading.document.words(line)
        if JOBS.intersection(WORD.findall(said.lower())):
            yield index, line, said


def _above(reading: Reading, lines: list[Line], index: int, said: str) -> Person | None:
    """A title that is a line, and a name that is the last before it."""
    line = lines[index]
    title = said.strip(" .,:|")
    if not is_title(title):
        return None
    for other in reversed(lines[max(0, index - 2) : index]):
        words = reading.document.words(other)
        match = NAME.fullmatch(words)
        has_job = not JOBS.isdisjoint(WORD.findall(words.lower()))
        if match and not has_job and _is_beside(other, line) and _is_name(match, other):
            return Person(_plain(words), other.start, other.end, title, line.start)
        if len(words) > LONGEST_BETWEEN:
            break
    return None


def _is_beside(line: Line, other: Line) -> bool:
    """Whether two lines stand in one small box."""
    boxes = {id(box) for _, box in zip(range(CLIMB), line.box.above(), strict=False)}
    for _, box in zip(range(CLIMB), other.box.above(), strict=False):
        if id(box) in boxes:
            return box.end - box.start <= CARD * 4 or other.start - line.end < 3
    return False


def _in_line(line: Line, said: str) -> Person | None:
    """A name and a title in one line: "Ann Fern, Managing Director", or the other way round."""
    match = NAME.match(said)
    if match:
        # Behind the name may stand a degree, or a title that is written like one: "Ann Fern, CEO".
        for end in (match.end(), match.end("name")):
            beside = BESIDE.match(said[end:])
            if beside and is_title(beside["title"]):
                if not _is_name(match, line, is_titled=end + beside.end() == len(said)):
                    return None
                at = line.start + end + beside.start("title")
                name = _plain(match.group())
                return Person(name, line.start, line.start + end, beside["title"].strip(), at)
        if _is_name(match, line):
            return None
    titled = TITLED.match(said)
    if titled and is_title(titled["title"]):
        match = NAME.match(said, titled.end())
        if match and _is_name(match, line):
            start, title = line.start + match.start(), titled["title"].strip()
            return Person(_plain(match.group()), start, line.start + match.end(), title, line.start)
    return None


def _is_name(match: re.Match[str], line: Line, *, is_titled: bool = False) -> bool:
    """Say whether words with capitals are the name of a person.

    They are by a title of honour, a given name, the box that they stand in, or since nothing but
    the title of a job stands behind them.
    """
    parts = match["name"].split()
    words = [word.strip(".").lower() for word in parts]
    if len(words[-1]) < 2 or not JOBS.isdisjoint(words):
        return False
    # "Tom Hall, Director" is one, "Town Hall" is none.
    sought = words[:-1] if is_titled and words[0] in GIVEN else words
    if not NO_NAMES.isdisjoint(sought):
        return False
    if all(len(word) > 1 and word.isupper() for word in parts) and words[0] not in GIVEN:
        return False
    if words[0] in GIVEN or HONOURED.match(match.group()):
        return True
    boxes = (box for box, _ in zip(line.box.above(), range(CLIMB), strict=False))
    if any(box.names & BOX for box in boxes):
        return True
    named = [word for word in words if len(word) > 1]
    return is_titled and len(words) <= MOST_NAMES and wording.COMMON.isdisjoint(named)


def _is_somebody(reading: Reading, name: str) -> bool:
    """Whether it is not the name of the organisation itself, nor a place in it."""
    if wording.key(name) in {wording.key(each) for each in reading.identity.names}:
        return False
    return not set(wording.words(name)) & wording.LEGAL


def _reached(
    reading: Reading,
    person: Person,
    key: str,
    emails: dict[str, Told],
    phones: list[tuple[int, int, str]],
    people: dict[str, Person],
) -> Iterator[Told]:
    """Give what stands in the same card with somebody, and with nobody else."""
    for name, value, at, end in person.said:
        yield reading.told(name, value, at, end, about=key)
    box = _card(reading, person, people)
    if box is None:
        start, end = (
            reading.document.line_at(person.at).start,
            reading.document.line_at(person.at).end,
        )
    else:
        start, end = box.start, box.end
    known = {name for name, *_ in person.said}
    inside = [
        (m.start(), m.end(), m.group().lower()) for m in EMAIL.finditer(reading.text, start, end)
    ]
    mails = [each for each in inside if each[2] in emails]
    if "email" not in known and len({each[2] for each in mails}) == 1:
        at, last, address = mails[0]
        yield reading.told("email", address, at, last, about=key, way=emails[address].way)
    lines = [each for each in phones if start <= each[0] < end]
    if lines:
        at, last, number = lines[0]
        yield reading.told("phone", number, at, last, about=key)
    for link in reading.document.links:
        if start <= link.at <= end and (match := PROFILE.search(link.href)):
            url = f"https://www.{match.group()}"
            host = hosts.host(link.href)
            if hosts.registrable(host) == "linkedin.com":
                yield reading.told("linkedin", url, person.at, person.end, about=key, way="link")
                break


def _card(reading: Reading, person: Person, people: dict[str, Person]) -> Box | None:
    """Give the largest small box that holds somebody and nobody else."""
    best: Box | None = None
    for count, box in enumerate(reading.document.line_at(person.at).box.above()):
        if count > CLIMB or box.end - box.start > CARD or box.parent is None:
            break
        if any(box.start <= other.at < box.end for other in people.values() if other is not person):
            break
        best = box
    return best
