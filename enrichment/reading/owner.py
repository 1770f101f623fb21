"""Whose a value is that stands on a page: its maker's, or somebody's whom it tells of.

What is nearest before it decides: words for others ("Registrar", "website by", "Samaritans") or
for oneself ("call us", the own name). After that come the addresses beside it, the list that it
is in, and what the page is about. A value of which nothing tells is the maker's.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from enrichment.reading import hosts, names, relations, strangers, towns, wording
from enrichment.reading.document import Box, Document, Line, Region
from enrichment.reading.identity import Identity, mail_hosts
from enrichment.reading.signs import Signs
from enrichment.reading.styling import Shade

REACH = 300
AHEAD = 90
SMALL = 420
CLIMB = 4
MOST_HEADINGS = 3
ITEMS = frozenset(("li", "tr", "div", "article", "section", "p", "dd", "td", "object"))
FEWEST_ITEMS, FEWEST_OTHERS = 3, 2
NAMED, MOST_LINKS = 0.6, 20
AFTER = re.compile(
    r"^[^.;\n]{0,60}?\b(?:(?:is|are) )?(?:run|operated|managed|owned|"
    r"organised) (?:[\w ]{1,40} )?by\b|"
    r"^\W{0,3}\(?(?:samaritans|police|nhs|council|not us)\b",
    re.IGNORECASE,
)
WHERE = re.compile(
    r"contact|find|visit|locat|branch|office|stores?\b|shops?\b|about|where|imprint|privacy|terms|"
    r"legal|address|"
    r"direction|showroom|studio|depot|head ?quarter|\bhq\b|premises|surger|clinic|reception|"
    r"opening|touch|come (?:and|to)|return|kontakt|cysyllt|cookie|delivery",
    re.IGNORECASE,
)
PLACES = frozenset((
    "address", "adr", "vcard", "location", "locations", "contact", "contacts", "office",
    "offices", "branch", "branches", "store",
))  # fmt: skip
# What customers say, in boxes of its own or between quotation marks with their name behind it.
QUOTING = frozenset(("blockquote", "q", "cite"))
OTHERS = frozenset((
    "testimonial", "testimonials", "review", "reviews", "quote", "quotes", "partner", "partners",
    "supplier", "suppliers", "stockist", "stockists", "sponsor", "sponsors", "dealer", "dealers",
    "retailer", "retailers", "distributor", "distributors",
))  # fmt: skip
QUOTED = re.compile(r"\W*[“\"‘][^”\"]{4,}[”\"’][\s)]*(?:[–—\-,(]|(?=[A-Z]))[^“\"]{2,80}$")


class Owner:
    """Knows one page, and says of places in its text whether what stands there is its maker's."""

    def __init__(self, document: Document, identity: Identity) -> None:
        self.document, self.identity = document, identity
        # Who is gone tells mostly of who came after.
        self.is_closed = False
        self._listed: set[int] = set()
        self._boxes: dict[int, bool | None] = {}
        self._orders: dict[int, bool] = {}
        self.signs = Signs(identity)

    def is_own(self, at: int, end: int, *, is_register: bool = False) -> bool:
        """Say whether what stands from `at` to `end` is told of the maker of the page.

        Numbers of registers stand beside those who watch over it, and are its own all the same.
        """
        line = self.document.line_at(at)
        if not self.was_meant(at) or self._is_gone(at):
            return False
        if line.region == Region.HEAD:
            return True
        sign = self._sign(line, at, is_register=is_register)
        if self.is_closed and line.region == Region.MAIN:
            return bool(sign) and self._is_behind_its_name(line, at)
        if sign is not None:
            return sign
        if AFTER.search(self.document.text[end : min(end + AHEAD, line.end)]):
            return False
        if self._is_listed(line.box) or self._is_said_by_others(line, at):
            return False
        if line.region in (Region.HEADER, Region.FOOTER):
            return True
        if self._is_beside_others(line, at):
            return False
        is_apart = line.region == Region.ASIDE or self._is_beside_own(at)
        return is_apart or not self.is_about_others

    def has_no_sign_of_others(self, at: int, *, is_own_topic: bool = False) -> bool:
        """Say whether no words tell that a value is somebody else's."""
        line = self.document.line_at(at)
        if line.shade == Shade.TRAP or self._is_order(line) or self._is_listed(line.box):
            return False
        if self._sign(line, at, is_register=False) is False:
            return False
        return is_own_topic or not self.is_about_others

    def _is_gone(self, at: int) -> bool:
        start, end = self.document.sentence(at)
        return relations.GONE.search(self.document.text[start:end]) is not None

    def was_meant(self, at: int) -> bool:
        """Say whether what stands there was written for people, and is no trap for robots."""
        line = self.document.line_at(at)
        return line.shade != Shade.TRAP and not self._is_order(line)

    def has_no_orders(self, at: int) -> bool:
        """Say whether what stands there was written for people."""
        return not self._is_order(self.document.line_at(at))

    def _is_order(self, line: Line) -> bool:
        if line.start not in self._orders:
            # What is ordered in one line may be said in the next.
            first = max(line.box.start, line.start - REACH)
            said = self.document.text[first : line.end]
            self._orders[line.start] = relations.ORDERS.search(said) is not None
        return self._orders[line.start]

    def _sign(self, line: Line, at: int, *, is_register: bool) -> bool | None:
        """Give what the nearest words before a value say, None if they say nothing."""
        for said in self._before(line, at):
            found = self.signs.last(
                said, is_register=is_register, is_imprint=line.region == Region.FOOTER
            )
            if found is not None:
                return found
        start, end = self.document.sentence(at)
        if self._is_behind_a_link(start, at):
            return False
        lead = self.document.text[max(line.start, start - REACH) : start]
        if relations.LICENSOR.search(lead):
            return False
        if lead and self.signs.last(lead, is_register=is_register):
            return True
        if relations.NOT_US.search(self.document.text[start:end]):
            return False
        for heading in reversed(line.headings[-MOST_HEADINGS:]):
            found = self.signs.heading(heading.text)
            if found is not None:
                return found
        return None

    def _is_behind_its_name(self, line: Line, at: int) -> bool:
        said = self.document.text[max(line.start, at - REACH) : at]
        return self.signs.has_own_name(said)

    def _is_behind_a_link(self, start: int, at: int) -> bool:
        """Whether the name of another website leads there, just before a value."""
        links = self.document.links
        first = bisect_left(links, start, key=lambda link: link.at)
        for link in links[first : first + MOST_LINKS]:
            if link.at >= at:
                return False
            host = hosts.host(link.href) if "//" in link.href and link.text else ""
            if not host or hosts.registrable(host) in hosts.COMMON or self.identity.is_kin(host):
                continue
            if wording.covers(link.text, hosts.chosen(host)) >= NAMED:
                return True
        return False

    def _before(self, line: Line, at: int) -> list[str]:
        """Give what stands before a value, the nearest first."""
        text = self.document.text
        start, _ = self.document.sentence(at)
        if line.region == Region.STATE:
            # What a script calls a value is no word of the page.
            return [text[max(start, line.start + text[line.start : at].find(": ") + 1) : at]]
        found = [text[max(start, at - REACH) : at]]
        if start > line.start and relations.THEM.search(found[0]):
            found.append(text[max(line.start, start - REACH) : start])
        found += [line.before, line.column]
        if start == line.start:
            for box in self._small(line):
                found.append(text[box.start : line.start])
                if box.names & OTHERS:
                    # What stands before it speaks of oneself.
                    break
        return found

    def _small(self, line: Line) -> Iterator[Box]:
        """Give the small boxes around a line, the innermost first."""
        for count, box in enumerate(line.box.above()):
            if count >= CLIMB or box.end - box.start > SMALL or box.region != line.region:
                return
            yield box

    def is_offered_as_own(self, at: int) -> bool:
        """Say whether a place stands where one tells of one's own.

        That is in the margins of the page, under a heading for it, beside one's own address, or on
        a page that is about it.
        """
        line = self.document.line_at(at)
        if line.region != Region.MAIN or self._sign(line, at, is_register=False):
            return True
        if line.box.tag == "address" or any(box.names & PLACES for box in self._small(line)):
            return True
        if any(self._is_foreign(box) is False for box in self._small(line)):
            return True
        headings = (heading.text for heading in line.headings)
        if any(WHERE.search(each) or towns.is_one(each) for each in headings):
            return True
        return WHERE.search(f"{self.document.title}\n{self.document.url}") is not None

    def _is_beside_others(self, line: Line, at: int) -> bool:
        """Whether the nearest address of mail in a small box around it is somebody else's."""
        for box in self._small(line):
            if self._is_foreign(box) is not None:
                found = mail_hosts(self.document.words(box))
                mails = [(abs(box.start + place - at), name) for place, name in found]
                mails = [each for each in mails if not hosts.is_free_mail(each[1])]
                return not self.identity.is_kin(min(mails)[1])
        return False

    def _is_foreign(self, box: Box) -> bool | None:
        """Whether the addresses in a box are others'; None if it has none."""
        key = id(box)
        if key not in self._boxes:
            mails = [name for _, name in mail_hosts(self.document.words(box))]
            mails = [name for name in mails if not hosts.is_free_mail(name)]
            is_kin = any(self.identity.is_kin(name) for name in mails)
            self._boxes[key] = not is_kin if mails else None
        return self._boxes[key]

    def _is_said_by_others(self, line: Line, at: int) -> bool:
        """Whether it stands in or right behind what a customer says."""
        if line.region != Region.MAIN or self._is_beside_own(at):
            return False
        if any(box.tag in QUOTING or box.names & OTHERS for box in self._small(line)):
            return True
        return QUOTED.match(self.document.text[line.start : at]) is not None

    def _is_listed(self, box: Box) -> bool:
        """Whether it stands in one of several things of a kind, of which others own some."""
        return bool(self._listed) and any(id(each) in self._listed for each in box.above())

    def _is_beside_own(self, at: int) -> bool:
        start, end = self.document.sentence(at)
        found = mail_hosts(self.document.text[start:end])
        return any(self.identity.is_kin(name) for _, name in found)

    @cached_property
    def is_about_others(self) -> bool:
        """Whether the main part of the page tells of others: stockists, tenants, useful numbers."""
        tops = (self.document.words(line) for line in self.document.lines if line.box.tag == "h1")
        for said in (next(tops, ""), names.PARTS.split(self.document.title)[0]):
            if relations.OTHERS.search(said) and not self.signs.is_own_trade(said):
                return True
        return relations.OTHERS_PATH.search(self.document.url) is not None

    @property
    def listed_count(self) -> int:
        """How many things stand in lists that others own."""
        return len(self._listed)

    def find_lists(self, values: list[int]) -> None:
        """Learn in which lists of things of a kind, each with values of its own, others own
        some."""
        groups: dict[tuple[int, str], dict[int, Box]] = {}
        for at in values:
            for box in self.document.line_at(at).box.above():
                if box.tag in ITEMS and box.parent and len(box.parent.kids) >= FEWEST_ITEMS:
                    groups.setdefault((id(box.parent), box.tag), {})[id(box)] = box
        for kids in groups.values():
            if len(kids) >= FEWEST_ITEMS:
                self._judge(list(kids.values()))

    def _judge(self, kids: list[Box]) -> None:
        if sum(kid.end - kid.start for kid in kids) > SMALL * 3 * len(kids):
            return
        found = [self._is_foreign(kid) for kid in kids]
        if found.count(False):
            return
        strange = sum(1 for kid in kids if self._begins_strange(kid))
        are_strange = strange >= FEWEST_ITEMS and strange * 2 > len(kids)
        if found.count(True) >= FEWEST_OTHERS or are_strange:
            self._listed |= {id(kid) for kid in kids}

    def _begins_strange(self, kid: Box) -> bool:
        said = self.document.text[kid.start : min(kid.end, kid.start + REACH)]
        return strangers.is_first(said, self.identity)
