"""Lists on a page whose things are others': stockists, tenants, clubs, each with its own number."""

from enrichment.reading import hosts, strangers
from enrichment.reading.document import Box, Document
from enrichment.reading.identity import Identity, mail_hosts

REACH = 300
LARGE = 1_260
ITEMS = frozenset(("li", "tr", "div", "article", "section", "p", "dd", "td", "object"))
FEWEST_ITEMS, FEWEST_OTHERS = 3, 2


class Lists:
    """Knows in which lists of things of a kind, each with values of its own, others own some."""

    def __init__(self, document: Document, identity: Identity) -> None:
        self.document, self.identity = document, identity
        self._listed: set[int] = set()
        self._boxes: dict[int, bool | None] = {}

    @property
    def count(self) -> int:
        """How many things stand in lists that others own."""
        return len(self._listed)

    def hold(self, box: Box) -> bool:
        """Say whether a box stands in one of several things of which others own some."""
        return bool(self._listed) and any(id(each) in self._listed for each in box.above())

    def is_foreign(self, box: Box) -> bool | None:
        """Say whether the addresses of mail in a box are others'; None if it has none."""
        key = id(box)
        if key not in self._boxes:
            mails = [name for _, name in mail_hosts(self.document.words(box))]
            mails = [name for name in mails if not hosts.is_free_mail(name)]
            is_kin = any(self.identity.is_kin(name) for name in mails)
            self._boxes[key] = not is_kin if mails else None
        return self._boxes[key]

    def find(self, values: list[int]) -> None:
        """Learn of the lists in which values stand at these places."""
        groups: dict[tuple[int, str], dict[int, Box]] = {}
        for at in values:
            for box in self.document.line_at(at).box.above():
                if box.tag in ITEMS and box.parent and len(box.parent.kids) >= FEWEST_ITEMS:
                    groups.setdefault((id(box.parent), box.tag), {})[id(box)] = box
        for kids in groups.values():
            if len(kids) >= FEWEST_ITEMS:
                self._judge(list(kids.values()))

    def _judge(self, kids: list[Box]) -> None:
        if sum(kid.end - kid.start for kid in kids) > LARGE * len(kids):
            return
        found = [self.is_foreign(kid) for kid in kids]
        if found.count(False):
            return
        strange = sum(1 for kid in kids if self._begins_strange(kid))
        are_strange = strange >= FEWEST_ITEMS and strange * 2 > len(kids)
        if found.count(True) >= FEWEST_OTHERS or are_strange:
            self._listed |= {id(kid) for kid in kids}

    def _begins_strange(self, kid: Box) -> bool:
        said = self.document.text[kid.start : min(kid.end, kid.start + REACH)]
        return strangers.is_first(said, self.identity)
