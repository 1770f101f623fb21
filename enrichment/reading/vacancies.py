"""The jobs that are open at whoever made a page."""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from enrichment.reading.document import Line, Region
from enrichment.reading.reading import Reading
from enrichment.reading.things import Thing
from enrichment.reading.titles import is_title
from enrichment.told import Told

ABOUT = re.compile(
    r"\b(?:vacanc(?:y|ies)|careers?|(?:current|open|job|latest|our|available) (?:openings?|"
    r"opportunit(?:y|ies)|"
    r"positions?|roles?|jobs|vacancies)|job openings|jobs|situations vacant|we[’']?(?:re|"
    r" are) (?:\w+ )?(?:hiring|"
    r"recruiting)|now hiring|join (?:us|our team|the team)|work (?:for|with) us|come and work|"
    r"recruitment|swyddi)\b",
    re.IGNORECASE,
)
WANTED = re.compile(
    r"\b(?:we[’']?(?:re| are) (?:\w+ )?(?:hiring|recruiting|looking (?:for|to (?:recruit|appoint|"
    r"hire))|seeking)|"
    r"(?:vacancy|vacancies|job|position)s?\s*(?:available|open)?\s*(?::|for an?\b|for\b)|"
    r"now (?:hiring|recruiting)|(?:is|are) (?:currently )?(?:recruiting|hiring)|wanted:|"
    r"(?:required|needed|wanted) to (?:start|join)|we (?:need|want|require) (?:an?|another|more)|"
    r"to join (?:us|our|the) )\s*[!:.–-]{0,2}\s*([^.!?\n]{0,90})",
    re.IGNORECASE,
)
WANTING = (
    "hiring", "recruit", "vacanc", "position", "job", "wanted", "looking for", "looking to",
    "seeking", "required to", "needed to", "to join", "we need", "we want", "we require",
)  # fmt: skip
NONE_OPEN = re.compile(
    r"\bno (?:current |open |available |present )*(?:vacanc|positions|openings|opportunities|jobs|"
    r"roles)|\bnot (?:currently |presently )?(?:recruiting|hiring)|(?:do not|"
    r"don[’']t) (?:currently )?have any (?:\w+ )?"
    r"(?:vacanc|positions|openings)|all (?:positions|vacancies) (?:are|have been) filled|"
    r"vacancies have closed|(?:check back|position (?:has been|is) filled|closed to applications)",
    re.IGNORECASE,
)
TERMS = re.compile(
    r"£\s?\d|\bper (?:hour|annum|week)|\ban hour\b|\bp\.?a\.?\b|full[- ]?time|part[- ]?time|"
    r"permanent|"
    r"fixed[- ]term|zero hours|\bhours\b|\bclos(?:es|ing)\b|salary|apply|posted|nights|days a week|"
    r"temporary|\bref(?:erence)?\b|immediate start|competitive",
    re.IGNORECASE,
)
ABOUT_PATH = re.compile(r"job|career|vacanc|recruit|work-?(?:for|with)-?us|join", re.IGNORECASE)
PIECE = re.compile(r"\w[\w-]*(?:\s\w[\w-]*)?")
BOX = frozenset((
    "job", "jobs", "vacancy", "vacancies", "position", "positions", "listing", "career",
    "careers", "opening", "openings",
))  # fmt: skip
MOST, MOST_WANTED = 30, 200
LONGEST = 90


def found(reading: Reading) -> Iterator[Told]:
    """Give the titles of the jobs that are open."""
    titles = _said(reading)
    if not titles:
        titles = _listed(reading) or _wanted(reading)
        if titles and NONE_OPEN.search(reading.text):
            return
    if titles:
        first = min(at for at, _ in titles.values())
        end = next(end for at, end in titles.values() if at == first)
        yield reading.told("vacancies", list(titles)[:MOST], first, end)


def _said(reading: Reading) -> dict[str, tuple[int, int]]:
    """What is said of jobs for machines."""
    found = {}
    for top in reading.things:
        for thing in top.within():
            if "jobposting" in thing.kinds and not _is_anothers(reading, thing):
                for said in thing.all("title", "name")[:1]:
                    found[said.value[:LONGEST]] = (said.at, said.at + len(said.value))
    if found:
        found |= _listed(reading)
    return found


def _is_anothers(reading: Reading, job: Thing) -> bool:
    """Whether somebody else hires: who tells of it is an agency."""
    hiring = [each.one("name", "legalname") for each in job.parts.get("hiringorganization", ())]
    hiring += [said.value for said in job.all("hiringorganization") if "/" not in said.value]
    return bool(hiring) and not any(reading.identity.is_named(each) for each in hiring if each)


def _listed(reading: Reading) -> dict[str, tuple[int, int]]:
    """Titles in a part of the page that is about jobs, or that come with terms."""
    document = reading.document
    path = ABOUT_PATH.search(urlsplit(document.url).path)
    # An agency is called so on all of its pages.
    title = document.title.replace(reading.identity.name, "")
    is_about = bool(path) or ABOUT.search(title) is not None
    found: dict[str, tuple[int, int]] = {}
    for line in document.lines:
        if line.region in (
            Region.HEAD,
            Region.NAV,
            Region.FOOTER,
            Region.MACHINE,
            Region.STATE,
            Region.HEADER,
        ):
            continue
        title = _title(document.words(line)) if is_about or _is_under_jobs(line) else ""
        if title and _is_offered(reading, line) and reading.owner.is_own(line.start, line.start):
            found.setdefault(title, (line.start, line.end))
        if len(found) >= MOST:
            break
    return found


def _title(said: str) -> str:
    title = re.split(r"\s[-–|]\s|,\s(?=\d|£)|:\s|\s\(?(?=£)", said, maxsplit=1)[0].strip(" .:,")
    return title if is_title(title) else ""


def _is_under_jobs(line: Line) -> bool:
    return any(ABOUT.search(heading.text) for heading in line.headings)


def _is_offered(reading: Reading, line: Line) -> bool:
    """Whether a title is that of an open job: in a box for jobs, or with terms beside it."""
    for count, box in enumerate(line.box.above()):
        if count > 4 or box.end - box.start > 900:
            return False
        if box.names & BOX or TERMS.search(reading.document.words(box)):
            return True
    return False


def _wanted(reading: Reading) -> dict[str, tuple[int, int]]:
    """Sentences that say that somebody is wanted."""
    found: dict[str, tuple[int, int]] = {}
    if not any(word in reading.document.small for word in WANTING):
        return found
    for match in islice(WANTED.finditer(reading.text), MOST_WANTED):
        line = reading.document.line_at(match.start())
        words = match.group()
        if line.region in (Region.MACHINE, Region.STATE, Region.NAV) or "?" in words:
            continue
        start, end = reading.document.sentence(match.start())
        said = reading.text[start:end].strip()
        pieces = (match[1].strip(), *PIECE.findall(match[1]))
        at = match.start()
        if any(is_title(each) for each in pieces) and reading.owner.is_own(at, at):
            found[said[:LONGEST]] = (start, end)
        if len(found) >= 5:
            break
    return found
