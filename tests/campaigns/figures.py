"""Reading a dashboard as whoever follows its numbers does."""

import os
import re
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from uuid import UUID

from crm import ids

VOID = {"img", "input", "br", "meta", "link", "hr", "rect", "path", "circle", "line", "use"}
# What is no figure: drawings, heads, the ends of an axis, footnotes, and what is missing.
TAGS = {"svg", "caption", "thead", "th", "summary", "h2", "h3", "time"}
STYLES = {
    "chart-ends",
    "missing",
    "panel-foot",
    "chart-note",
    "as-of",
    "visually-hidden",
    "stat-label",
}
PERIOD = re.compile(r"\d+ days\b|the 30 before")


@dataclass
class Figure:
    """A number with the address that it leads to; `title` tells how many leads are behind it."""

    href: str
    title: str
    text: str = ""

    @property
    def leads(self) -> int:
        """How many leads it says there are: 0 of none of them is none, too."""
        said = self.title if re.match(r"[\d,]+ leads?\b", self.title) else self.text.strip()
        found = re.match(r"([\d,]+)(?![\d,]*[%.])", said)
        assert found, f"{self.text!r} does not say how many leads are behind it"
        return int(found[1].replace(",", ""))


@dataclass
class Dashboard(HTMLParser):
    """The figures of a page, and what of its numbers leads nowhere."""

    figures: list[Figure] = field(default_factory=list)
    unlinked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.path: list[tuple[str, dict[str, str | None]]] = []
        self.link: Figure | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        self.path.append((tag, dict(attrs)))
        if tag == "a":
            given = dict(attrs)
            self.link = Figure(given.get("href") or "", given.get("title") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        while self.path and self.path.pop()[0] != tag:
            pass
        if tag == "a" and self.link is not None:
            if re.search(r"\d", self.link.text) and self._is_figure():
                self.figures.append(self.link)
            self.link = None

    def handle_data(self, data: str) -> None:
        if not self._is_told():
            return
        if self.link is not None:
            self.link.text += data
        elif re.search(r"\d", PERIOD.sub("", data)) and self._is_figure():
            self.unlinked.append(data.strip())

    def _is_told(self) -> bool:
        known = any(attrs.get("id") == "dashboard" for _, attrs in self.path)
        return known and not any(
            tag in TAGS or STYLES & set((attrs.get("class") or "").split())
            for tag, attrs in self.path
        )

    def _is_figure(self) -> bool:
        """Rows of leads, tasks and runs have names; a figure among them is marked as one."""
        styles = [set((attrs.get("class") or "").split()) for _, attrs in self.path]
        is_row = any("list-item" in style for style in styles)
        return not is_row or any("number" in style for style in styles)


def read(page: str) -> Dashboard:
    """Read it."""
    found = Dashboard()
    found.feed(page)
    return found


def made_at(moment: datetime) -> UUID:
    """Give an id as it is made at that moment."""
    random = int.from_bytes(os.urandom(7), "big")
    return UUID(int=ids.since(moment).int | 0x7 << 76 | 0x2 << 62 | random)
