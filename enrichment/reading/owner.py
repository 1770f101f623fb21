"""Whose a value is that stands on a page: its maker's, or somebody's whom it tells of.

What is nearest before it decides: words for others ("Registrar", "website by", "Samaritans") or
for oneself ("call us", the own name). After that come the addresses beside it, the list that it
is in, and what the page is about. A value of which nothing tells is the maker's.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from enrichment.reading import asking, hosts, leading, names, placing, quoting, relations, towns
from enrichment.reading.document import Box, Document, Line, Region
from enrichment.reading.identity import Identity, mail_hosts
from enrichment.reading.listing import Lists
from enrichment.reading.signs import OWN_PLACES, Signs
from enrichment.reading.styling import Shade

REACH = 300
AHEAD = 90
SMALL = 420
CLIMB = 4
MOST_HEADINGS = 3
AFTER = re.compile(
    r"^[^.;\n]{0,60}?\b(?:(?:is|are) )?(?:run|operated|managed|owned|"
    r"organised) (?:[\w ]{1,40} )?by\b|"
    r"^\W{0,3}\(?(?:samaritans|police|nhs|council|not us)\b|"
    r"^[^.;\n\d]{0,30}\b(?:is|are) (?:not|nothing to do with) (?:us|ours?|our number|connected)\b",
    re.IGNORECASE,
)
WHERE = re.compile(
    r"contact|find|visit|locat|branch|office|stores?\b|shops?\b|about|where|imprint|privacy|terms|"
    r"legal|address|"
    r"direction|showroom|studio|depot|head ?quarter|\bhq\b|premises|surger|clinic|reception|"
    r"opening|touch|come (?:and|to)|return|kontakt|cysyllt|cookie|delivery",
    re.IGNORECASE,
)
# A sentence that begins with a value goes on with whom the one before named.
CONTINUED = re.compile(
    r"(?:[\W\d]|\b(?:t|tel|telephone|phone|e|email|e-mail|fax|f|or|on|mailto|ring|call|"
    r"dial|phone)\b)*",
    re.IGNORECASE,
)


class Owner:
    """Knows one page, and says of places in its text whether what stands there is its maker's."""

    def __init__(self, document: Document, identity: Identity) -> None:
        self.document, self.identity = document, identity
        # Who is gone tells mostly of who came after.
        self.is_closed = False
        self.lists = Lists(document, identity)
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
        if self.lists.hold(line.box) or self._is_said_by_others(line, at):
            return False
        if line.region in (Region.HEADER, Region.FOOTER):
            return True
        if self._is_beside_others(line, at):
            return False
        is_apart = line.region == Region.ASIDE or self._is_beside_own(at) or self._is_on_top(line)
        return is_apart or not self.is_about_others

    def is_said_to_be_own(self, at: int) -> bool:
        """Say whether it heads the page, or its sentence speaks of the maker before it."""
        said = self.document.lead(at, REACH)
        is_header = self.document.line_at(at).region == Region.HEADER
        return is_header or bool(self.signs.last(said, is_register=False))

    def is_one_more(self, at: int) -> bool:
        """Say whether it is told of another place of the maker: "our other shop: ..."."""
        start, _ = self.document.sentence(at)
        return asking.ONE_MORE.search(self.document.text, max(start, at - REACH), at) is not None

    def is_among_own_places(self, at: int) -> bool:
        """Say whether the heading over a value is of a list of the maker's places or people."""
        headings = self.document.line_at(at).headings
        if self.is_one_more(at):
            return True
        if any(OWN_PLACES.search(heading.text) for heading in headings[-MOST_HEADINGS:]):
            return True
        return bool(headings) and towns.is_one(headings[-1].text)

    def has_no_sign_of_others(self, at: int, *, is_own_topic: bool = False) -> bool:
        """Say whether no words tell that a value is somebody else's."""
        line = self.document.line_at(at)
        if line.shade == Shade.TRAP or self._is_order(line) or self.lists.hold(line.box):
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
        if self._is_asked_for(line, at):
            return True
        if leading.is_in_a_list(self.document, self.identity, self.signs, line, at):
            return False
        is_imprint = line.region == Region.FOOTER
        for said in self._before(line, at):
            found = self.signs.last(said, is_register=is_register, is_imprint=is_imprint)
            if found is not None:
                return found and not self._is_listed_with_others(line, said)
        if not is_register and leading.is_away(self.document, self.identity, at):
            return False
        for said in self._around(line, at):
            found = self.signs.last(said, is_register=is_register, is_imprint=is_imprint)
            if found is not None:
                return found
        found = self._of_sentence(line, at, is_register=is_register)
        return found if found is not None else self._of_headings(line)

    def _of_headings(self, line: Line) -> bool | None:
        every = (self.signs.heading(each.text) for each in reversed(line.headings[-MOST_HEADINGS:]))
        return next((found for found in every if found is not None), None)

    def _is_listed_with_others(self, line: Line, said: str) -> bool:
        """Whether the heading is one for others, and nothing says in so many words "us"."""
        if not line.headings or line.region != Region.MAIN or relations.ONESELF.search(said):
            return False
        heading = line.headings[-1].text
        is_others = relations.OTHERS.search(heading) and not self.signs.is_own_trade(heading)
        return bool(is_others) and not self.signs.has_own_name(said)

    def _of_sentence(self, line: Line, at: int, *, is_register: bool) -> bool | None:
        """Give what the rest of its sentence and the words before that say."""
        start, end = self.document.sentence(at)
        lead = self.document.text[max(line.start, start - REACH) : start]
        if relations.LICENSOR.search(lead):
            return False
        if lead and self.signs.last(lead, is_register=is_register):
            return True
        if relations.NOT_US.search(self.document.text[start:end]):
            return False
        return True if self._is_beside_own(at) else None

    def _is_asked_for(self, line: Line, at: int) -> bool:
        """Whether a sentence begins with it that says what one is to call for."""
        said = self.document.lead(at, AHEAD)
        return asking.ASKING.fullmatch(said) is not None and (
            asking.PURPOSE.match(self.document.text, at, min(line.end, at + AHEAD)) is not None
        )

    def _is_behind_its_name(self, line: Line, at: int) -> bool:
        said = self.document.text[max(line.start, at - REACH) : at]
        return self.signs.has_own_name(said)

    def _before(self, line: Line, at: int) -> list[str]:
        """Give what stands before a value, the nearest first."""
        text = self.document.text
        start, _ = self.document.sentence(at)
        if line.region == Region.STATE:
            # What a script calls a value is no word of the page.
            return [text[max(start, line.start + text[line.start : at].find(": ") + 1) : at]]
        found = [text[max(start, at - REACH) : at]]
        is_going_on = relations.THEM.search(found[0]) or CONTINUED.fullmatch(found[0])
        if start > line.start and is_going_on:
            found.append(text[max(line.start, start - REACH) : start])
        return [*found, line.before, line.column]

    def _around(self, line: Line, at: int) -> list[str]:
        """Give what stands before its line in the small boxes around it, the nearest first."""
        text, found = self.document.text, []
        start, _ = self.document.sentence(at)
        if line.region == Region.STATE:
            return []
        # In the head of a page and in its menus stand words that belong to nothing beside them.
        if start == line.start and line.region not in (Region.HEADER, Region.NAV):
            for box in self._small(line):
                found.append(text[self._first(box, line) : line.start])
                # What stands before it speaks of oneself, or what is in another row of others.
                if box.names & quoting.OTHERS or (box.tag == "tr" and line.before):
                    break
        return found

    def _first(self, box: Box, line: Line) -> int:
        """Give where a box begins to speak of a line: what stands over its heading does not."""
        if not line.headings:
            return box.start
        return max(
            box.start, self.document.text.rfind(line.headings[-1].text, box.start, line.start)
        )

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
        if line.box.tag == "address" or any(
            box.names & placing.PLACES for box in self._small(line)
        ):
            return True
        if any(self.lists.is_foreign(box) is False for box in self._small(line)):
            return True
        if WHERE.search(line.before):
            return True
        headings = (heading.text for heading in line.headings)
        if any(WHERE.search(each) or towns.is_one(each) for each in headings):
            return True
        return WHERE.search(f"{self.document.title}\n{self.document.url}") is not None

    def _is_beside_others(self, line: Line, at: int) -> bool:
        """Whether the nearest address of mail in a small box around it is somebody else's."""
        for box in self._small(line):
            if self.lists.is_foreign(box) is not None:
                found = mail_hosts(self.document.words(box))
                mails = [(abs(box.start + place - at), name) for place, name in found]
                mails = [each for each in mails if not hosts.is_free_mail(each[1])]
                return not self.identity.is_kin(min(mails)[1])
        return False

    def _is_on_top(self, line: Line) -> bool:
        """Whether it stands over all headings, where a page without a header has its own."""
        return not line.headings and line.start - self._top <= SMALL

    @cached_property
    def _top(self) -> int:
        shown = (line.start for line in self.document.lines if line.region != Region.HEAD)
        return next(shown, 0)

    def _is_said_by_others(self, line: Line, at: int) -> bool:
        """Whether it stands in or right behind what a customer says."""
        if line.region != Region.MAIN or self._is_beside_own(at):
            return False
        if quoting.are_of_others(self._small(line)):
            return True
        return quoting.is_signed(self.document.text[line.start : at])

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
