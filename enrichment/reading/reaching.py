"""What links, pictures and attributes say of how somebody is reached, written down in its place."""

import re
from dataclasses import dataclass, field
from itertools import islice
from urllib.parse import unquote

from enrichment.reading import regions
from enrichment.reading.bounds import MOST_LINKS
from enrichment.reading.document import Document, Link
from enrichment.reading.protecting import ADDRESS, cloudflare, paired, spelt, unlocked
from enrichment.reading.scribe import Scribe

Attributes = dict[str, str | None]
DIGITS = re.compile(r"\D+")
# Programs read these, and people what they stand for.
CONTACT_DATA = re.compile(r"^data-[\w-]*(?:phone|tel|mobile|number|e?mail)[\w-]*$")
GOAL = re.compile(r"^\s*(mailto|tel|callto|sms)\s*:", re.IGNORECASE)
CHAT = re.compile(
    r"(?:wa\.me/|whatsapp\.com/send/?\?(?:[^#]*&)?phone=|whatsapp://send\?phone=)\+?(\d{9,15})"
)
PROTECTED = re.compile(r"/cdn-cgi/l/email-protection#([0-9a-f]+)")
# What parts of a page are drawn with, by the names that frameworks give it.
PROPERTIES = frozenset((
    "props", ":props", "data-props", "data-page", "data-react-props", "data-settings", "x-data",
    "ng-init", "wire:snapshot", "wire:initial-data", "data-config", "data-json", "data-model",
    "data-block-json", "data-form", "data-options", "title", "aria-label",
))  # fmt: skip
COPIED = re.compile(r"(?:^|[?&;])(?:cc|bcc|to)=([^&?]{3,200})", re.IGNORECASE)
REGISTER = re.compile(
    r"(?:company-information\.service\.gov\.uk|companieshouse\.gov\.uk)/company/"
    r"([A-Za-z0-9]{8})(?![A-Za-z0-9])"
)
LONGEST_PROPERTIES, MOST_PROPERTIES, MOST_COPIED = 20_000, 10, 5
LONGEST_DATA, LONGEST_CODE, LONGEST_HREF = 80, 600, 2_000


@dataclass(slots=True)
class Frame:
    """An element that is open. `at` is where its words began."""

    ident: int
    tag: str
    is_box: bool = False
    is_skipped: bool = False
    is_bold: bool = False
    is_inner: bool = False
    is_turned: bool = False
    level: int = 0
    at: int = 0
    href: str = ""
    after: str = ""
    names: frozenset[str] = frozenset()
    attributes: Attributes = field(default_factory=dict)


class Reaching:
    """Writes behind the words of an element what only its attributes tell."""

    def __init__(self, document: Document, scribe: Scribe) -> None:
        self.document, self.scribe = document, scribe

    def decoded(self, address: str) -> None:
        """Write down what was hidden from robots."""
        start = self.scribe.here
        self.scribe.write(address)
        if address:
            self.document.decoded.append((start, self.scribe.here))

    def begin(self, frame: Frame) -> None:
        """Begin a link."""
        frame.href = (frame.attributes.get("href") or "").strip()[:LONGEST_HREF]
        frame.names = regions.names(frame.attributes)
        if frame.href[:11].lower() == "javascript:":
            self.document.scripts.append(("", unquote(frame.href[11:])))
        line = self.scribe.line
        # What is beside each other without a blank are two things to click, and no word.
        if line and line[-1] not in " ([":
            self.scribe.write(" ")
        frame.at = self.scribe.here

    def end(self, frame: Frame) -> None:
        """End a link, and write down whom it reaches where its words do not say so."""
        said = self.scribe.since(frame.at).strip()
        if protected := PROTECTED.search(frame.href):
            frame.href = "mailto:" + cloudflare(protected[1])
            self.decoded(f" [{frame.href}] ")
        elif goal := GOAL.match(frame.href):
            whom, _, more = unquote(frame.href[goal.end() :]).partition("?")
            whom = whom.strip()
            if "@" not in whom and frame.href[:1] in "mM" and (hidden := spelt(whom)):
                whom = hidden[0][2]
            if whom and not _says(said, whom):
                self.scribe.write(f" [{goal[1].lower()}:{whom}] ")
            for copied in islice(COPIED.finditer(more), MOST_COPIED):
                self.scribe.write(f" [mailto:{copied[1]}] ")
        elif (register := REGISTER.search(frame.href)) and register[1] not in said:
            self.scribe.write(f" [Companies House: {register[1]}] ")
        elif chat := CHAT.search(frame.href):
            self.scribe.write(f" [whatsapp:+{chat[1]}] ")
        if len(self.document.links) < MOST_LINKS:
            self.document.links.append(self._link(frame, said[:200]))

    def _link(self, frame: Frame, said: str) -> Link:
        attributes = frame.attributes
        label = (attributes.get("aria-label") or attributes.get("title") or "")[:100]
        may_follow = "nofollow" not in (attributes.get("rel") or "").lower()
        return Link(frame.href, said, frame.at, self.scribe.box, frame.names, label, may_follow)

    def image(self, attributes: Attributes, *, is_bold: bool) -> None:
        """Write down the words that stand for a picture."""
        alt = (attributes.get("alt") or "").strip()
        names = regions.names(attributes)
        source = attributes.get("src") or ""
        names |= frozenset(regions.WORD.findall(source[-80:].lower())) if source else names
        if alt:
            self.document.images.append((alt, names, self.scribe.box))
            start = self.scribe.here
            self.scribe.write(f" {alt} ", is_bold=is_bold)
            self.document.unseen.append((start, self.scribe.here))
        self.data(attributes)

    def data(self, attributes: Attributes) -> None:
        """Write down what an element holds for scripts."""
        has_data = False
        for name, value in attributes.items():
            if value and "@" in value and name in PROPERTIES:
                self._properties(value[:LONGEST_PROPERTIES])
            if not value or len(value) > LONGEST_CODE:
                continue
            if name.startswith("data-") or name == "is-email":
                has_data = True
                self._one(name, value)
            elif name.startswith("on") and "@" in value:
                self.document.scripts.append(("", value))
        if has_data and len(attributes) > 1 and (address := paired(attributes)):
            self.decoded(f" {address} ")

    def _properties(self, value: str) -> None:
        """Write down the addresses among what a part of a page is given to be drawn with."""
        for found in islice(ADDRESS.finditer(value), MOST_PROPERTIES):
            self.decoded(f" {found.group()} ")

    def _one(self, name: str, value: str) -> None:
        """Write down a means of contact, or one in disguise."""
        if len(value) > LONGEST_DATA or not CONTACT_DATA.match(name):
            return
        address = unlocked(value) if "mail" in name else ""
        if address and address != value.lower():
            self.decoded(f" {address} ")
        else:
            self.scribe.write(f" [{value}] ")


def _says(said: str, goal: str) -> bool:
    """Whether the words of a link show where it goes."""
    if "@" in goal:
        return goal.lower() in said.lower()
    return DIGITS.sub("", goal)[-6:] in DIGITS.sub("", said)
