"""What the checks of a finding saw, as a page may show it: links lead to the open web alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from crm.look import formats

READINGS = {
    "for": ("For", "good", "check"),
    "against": ("Against", "bad", "x"),
    "unknown": ("Not known", "quiet", "minus"),
}


@dataclass(frozen=True)
class Link:
    """`label` is the host, with a `www.` left out, and the path behind it."""

    url: str
    label: str


@dataclass(frozen=True)
class Line:
    """What one check saw; `word`, `tone` and `icon` are those of its badge."""

    name: str
    said: str
    word: str
    tone: str
    icon: str
    link: Link | None


@dataclass(frozen=True)
class Application:
    """A planning application that made it a candidate, as a council lists it."""

    reference: str
    proposal: str
    facts: Sequence[str]


@dataclass(frozen=True)
class Evidence:
    """`pages` are those where the source says that it was found, `applications` those in which a
    council names it.
    """

    reason: str
    lines: Sequence[Line]
    pages: Sequence[Link]
    applications: Sequence[Application] = ()

    @property
    def fors(self) -> int:
        return sum(line.tone == "good" for line in self.lines)

    @property
    def againsts(self) -> int:
        return sum(line.tone == "bad" for line in self.lines)


def read(kept: Mapping[str, Any]) -> Evidence | None:
    """Read what stands in a finding; None where nothing was checked."""
    lines = [_line(each) for each in kept.get("checks", []) if isinstance(each, Mapping)]
    pages = list(_links(kept.get("pages", [])))
    named = kept.get("applications", [])
    applications = [_application(each) for each in named if isinstance(each, Mapping)]
    if not lines and not pages and not applications:
        return None
    return Evidence(str(kept.get("reason", "")), lines, pages, applications)


def _line(check: Mapping[str, Any]) -> Line:
    word, tone, icon = READINGS.get(str(check.get("verdict")), READINGS["unknown"])
    link = next(_links([check.get("url", "")]), None)
    return Line(str(check.get("name", "")), str(check.get("said", "")), word, tone, icon, link)


def _application(kept: Mapping[str, Any]) -> Application:
    said = {name: str(value) for name, value in kept.items()}
    dated = (("decided", _day(said.get("decided"))), ("received", _day(said.get("received"))))
    facts = [said.get("role", "").capitalize(), said.get("decision", "")]
    facts += [f"{name} {day}" for name, day in dated if day]
    facts += [f"in the list “{said['list']}”"] if said.get("list") else []
    reference = said.get("reference") or "No number"
    return Application(reference, said.get("proposal", ""), [fact for fact in facts if fact])


def _day(said: str | None) -> str:
    try:
        return formats.absolute(date.fromisoformat(said or ""))
    except ValueError:
        return ""


def _links(addresses: Iterable[Any]) -> Iterator[Link]:
    for address in addresses:
        try:
            parts = urlsplit(address)
        except (ValueError, TypeError, AttributeError):
            continue
        if parts.scheme in ("http", "https") and parts.hostname:
            label = f"{parts.hostname.removeprefix('www.')}{parts.path.rstrip('/')}"
            yield Link(address, label)
