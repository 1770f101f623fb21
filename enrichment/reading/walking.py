"""Goes through the elements of a page from first to last and has its words written down."""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from enrichment.reading import regions, styling
from enrichment.reading.bounds import MOST_NODES
from enrichment.reading.document import Document, Region
from enrichment.reading.protecting import cloudflare, turned
from enrichment.reading.reaching import Attributes, Frame, Reaching
from enrichment.reading.scribe import Scribe
from enrichment.reading.styling import Shade, Styles

MOST_RAW = 100_000
CELLS = frozenset(("table", "tr", "td", "th"))
RAW_WORDS = re.compile(r">[^<]*\w\s+\w")


class Walk:
    """One pass through a tree."""

    def __init__(self, document: Document, scribe: Scribe, styles: Styles) -> None:
        self.document, self.scribe, self.styles = document, scribe, styles
        self.reaching = Reaching(document, scribe)
        self.open: list[Frame] = []
        self.bold = 0
        self.inner = 0
        self.typed = 0
        self.columns: list[str] = []
        self.cells: list[str] = []

    def through(self, root: LexborNode) -> None:
        """Go through all that is in an element."""
        base = len(self.open)
        for count, node in enumerate(root.traverse(include_text=True)):
            if count > MOST_NODES or (count & 63 == 0 and self.scribe.is_full):
                break
            above = node.parent
            ident = above.mem_id if above is not None else 0
            while len(self.open) > base and self.open[-1].ident != ident:
                self._leave(self.open.pop())
            if len(self.open) > base and self.open[-1].is_skipped:
                if not node.is_text_node:
                    self.open.append(Frame(node.mem_id, "", is_skipped=True))
            elif node.is_text_node:
                self._words(node)
            elif node.is_element_node:
                self._enter(node, node.tag or "", node.attributes)
        while len(self.open) > base:
            self._leave(self.open.pop())

    def _words(self, node: LexborNode) -> None:
        said = node.text(deep=False)
        if said:
            self.scribe.write(said, is_bold=self.bold > 0, is_typed=self.typed > 0)

    def _enter(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        frame = Frame(node.mem_id, tag, attributes=attributes)
        self.open.append(frame)
        if tag in regions.SKIPPED:
            frame.is_skipped = True
        elif tag in regions.RAW and not self._is_in_raw():
            self._raw(node, frame)
        elif tag == "br":
            self.scribe.end_line()
        elif tag == "img":
            self.reaching.image(attributes, is_bold=self.bold > 0)
        elif tag in regions.BLOCKS:
            self._box(frame)
        else:
            self._inline(frame)

    def _is_in_raw(self) -> bool:
        return any(frame.tag in regions.RAW for frame in self.open[:-1])

    def _raw(self, node: LexborNode, frame: Frame) -> None:
        """What stands there for programs that can't show the rest is a page in the page."""
        written = node.text(deep=True)
        self._box(frame)
        if "<" in written and node.first_child is not None and node.first_child.is_text_node:
            frame.is_skipped = True
            inner = LexborHTMLParser(written[:MOST_RAW]).body
            if inner is not None:
                self.through(inner)

    def _box(self, frame: Frame) -> None:
        tag, attributes, above = frame.tag, frame.attributes, self.scribe.box
        words = regions.names(attributes) if tag != "body" else frozenset()
        shade = self._shade(attributes)
        part = regions.region(tag, words, above.region, is_inner=self.inner > 0)
        if tag in regions.INNER:
            frame.is_inner = True
            self.inner += 1
        frame.is_box = True
        frame.level = regions.HEADINGS.get(tag, 0)
        frame.names = words
        if tag in CELLS:
            self._cell(tag)
        self.scribe.open(tag, words, part, max(above.shade, shade))
        frame.at = self.scribe.here
        if tag in regions.BOLD:
            frame.is_bold = True
            self.bold += 1
        if tag == "pre":
            self.typed += 1
        if attributes:
            chosen = regions.selectors(attributes) if self.styles.turned else regions.NOTHING
            frame.is_turned = self.styles.turns(chosen, attributes)
            self.reaching.data(attributes)

    def _shade(self, attributes: Attributes) -> Shade:
        if not attributes:
            return Shade.SHOWN
        chosen = regions.selectors(attributes) if self.styles.trapped else regions.NOTHING
        return self.styles.shade(chosen, attributes)

    def _cell(self, tag: str) -> None:
        if tag == "table":
            self.columns = []
        elif tag == "tr":
            self.cells = []
            self.scribe.before = self.scribe.column = ""
        elif tag in ("td", "th"):
            self.scribe.before = " ".join(self.cells)[-120:]
            at = len(self.cells)
            self.scribe.column = self.columns[at] if at < len(self.columns) else ""

    def _inline(self, frame: Frame) -> None:
        tag, attributes = frame.tag, frame.attributes
        frame.at = self.scribe.here
        if tag in ("b", "strong"):
            frame.is_bold = True
            self.bold += 1
        if not attributes:
            return
        chosen = regions.selectors(attributes)
        if chosen & self.styles.gone or self.styles.shade(chosen, attributes) > Shade.SHOWN:
            frame.is_skipped = True
        elif tag == "bdo":
            frame.is_turned = attributes.get("dir") == "rtl"
        else:
            frame.is_turned = self.styles.turns(chosen, attributes)
        if protected := attributes.get("data-cfemail"):
            self.reaching.decoded(cloudflare(protected))
            frame.is_skipped = True
        if tag in ("a", "area"):
            self.reaching.begin(frame)
        self.reaching.data(attributes)
        before, frame.after = self.styles.added(chosen)
        if before:
            self.reaching.decoded(before)

    def _leave(self, frame: Frame) -> None:
        if frame.is_bold:
            self.bold -= 1
        if frame.is_inner:
            self.inner -= 1
        if frame.after:
            self.reaching.decoded(frame.after)
        if frame.is_turned:
            self._turn(frame.at)
        if frame.href:
            self.reaching.end(frame)
        if frame.is_box:
            self._end_box(frame)

    def _turn(self, start: int) -> None:
        shown = turned(self.scribe.since(start))
        self.scribe.replace(start, shown)
        self.document.decoded.append((start, start + len(shown)))

    def _end_box(self, frame: Frame) -> None:
        self.scribe.end_line()
        if frame.tag == "pre":
            self.typed -= 1
        if frame.tag in ("td", "th"):
            words = "".join(self._since(frame.at))
            self.cells.append(words)
        elif frame.tag == "tr" and self.cells and not self.columns:
            self.columns = self.cells
        self.scribe.close()
        if frame.level:
            self.scribe.head(frame.level, " ".join(self._since(frame.at)))
        if frame.tag == "tr":
            self.scribe.before = self.scribe.column = ""

    def _since(self, start: int) -> list[str]:
        lines: list[str] = []
        for line, words in zip(
            reversed(self.document.lines), reversed(self.scribe.parts), strict=True
        ):
            if line.start < start or len(lines) > 8:
                break
            lines.insert(0, words)
        return lines


def walk(tree: LexborHTMLParser, document: Document, scribe: Scribe) -> None:
    """Write down the words of a page."""
    styles = styling.read("\n".join(node.text() for node in tree.css("style")[:50]))
    _head(tree, document, scribe)
    for node in tree.css("head noscript")[:5]:
        if RAW_WORDS.search(written := node.text()[:MOST_RAW]):
            inner = LexborHTMLParser(written).body
            if inner is not None:
                Walk(document, scribe, styles).through(inner)
    root = tree.body or tree.css_first("frameset") or tree.root
    if root is not None:
        Walk(document, scribe, styles).through(root)
    scribe.end_line()


def _head(tree: LexborHTMLParser, document: Document, scribe: Scribe) -> None:
    """Read what the head says, and write its title and its words for searchers down."""
    title = tree.css_first("title")
    scribe.open("head", frozenset(), Region.HEAD, Shade.SHOWN)
    if title is not None:
        scribe.write(title.text())
        document.title = scribe.line.strip()
        scribe.end_line()
    for node in tree.css("meta[content]")[:200]:
        name = node.attributes.get("property") or node.attributes.get("name")
        said = " ".join((node.attributes.get("content") or "").split())
        if name and said:
            document.metas.setdefault(name.strip().lower(), said[:1_000])
    scribe.close()
