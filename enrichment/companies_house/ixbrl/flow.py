"""The words of a page as people see them one after the other, of which little is remembered."""

import re
from collections import deque
from collections.abc import Callable, Mapping
from typing import Protocol

# Between these words do not run on.
BLOCKS = {
    "address", "article", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot",
    "th", "thead", "ul",
}  # fmt: skip
UNSEEN = {"head", "script", "style", "template", "noscript"}
HIDING = re.compile(r"display\s*:\s*none", re.IGNORECASE)
# A few cells of a row: its label, the number of a note, signs, and figures before.
PIECES, PIECE = 6, 400
LETTERS = re.compile(r"[^\W\d_]{3}")
SIGNS = {"(", "£", "£(", "(£"}
LONGEST = 160


class Quoted(Protocol):
    text: str
    quote: str
    is_bracketed: bool


class Flow:
    """`pieces` are the last runs of words between blocks, the newest last."""

    def __init__(self) -> None:
        self.pieces: deque[str] = deque([""], maxlen=PIECES)
        self.hidden = 0
        # Quoted, but nobody has seen yet what stands behind them.
        self._waiting: list[Quoted] = []

    def open(self, element: str, attributes: Mapping[str, str]) -> Callable[[], None] | None:
        """Enter an element of the page; gives what is to be done at its end."""
        if element in UNSEEN or HIDING.search(attributes.get("style", "")[:PIECE]):
            return self.hide()
        if element == "tr":
            # What stands in the row above says nothing of this one.
            self.pieces.clear()
            self.pieces.append("")
        elif element in BLOCKS:
            self._part()
            return self._part
        return None

    def hide(self) -> Callable[[], None]:
        """Show nothing from here to the end that is given."""
        self.hidden += 1
        return self._show

    def add(self, text: str) -> None:
        """Go on with these words."""
        if self.hidden:
            return
        if self._waiting and (rest := text.lstrip()):
            self._settle(rest[0] == ")")
        whole = self.pieces[-1] + text[-PIECE:]
        self.pieces[-1] = whole if len(whole) <= 2 * PIECE else whole[-PIECE:]

    def lead(self) -> list[str] | None:
        """Give what stands before this place; None where nothing is shown."""
        return None if self.hidden else list(self.pieces)

    def quote(self, fact: Quoted, lead: list[str]) -> None:
        """Put a figure and the words that lead up to it together, in one line."""
        last = "".join(lead).rstrip()[-1:]
        fact.is_bracketed = last == "("
        told = _label(lead)
        fact.quote = " ".join(f"{told}{fact.text}".split())
        if fact.is_bracketed:
            self._waiting.append(fact)

    def close(self) -> None:
        """Nothing more will come."""
        self._settle(is_closed=False)

    def _settle(self, is_closed: bool) -> None:
        for fact in self._waiting:
            fact.is_bracketed = is_closed
            if is_closed:
                fact.quote += ")"
        self._waiting.clear()

    def _show(self) -> None:
        self.hidden -= 1

    def _part(self) -> None:
        if self.pieces[-1].strip():
            self.pieces.append("")


def _label(lead: list[str]) -> str:
    """The words before a figure, back to the first that have letters; without any, signs alone."""
    *earlier, told = lead
    for piece in reversed(earlier):
        if LETTERS.search(told):
            break
        told = f"{piece} {told}"
    if not LETTERS.search(told):
        told = lead[-1] if lead[-1].strip() in SIGNS else ""
    told = " ".join(told.split()) + " " * told[-1:].isspace()
    return told if len(told) <= LONGEST else told[-LONGEST:].partition(" ")[2]
