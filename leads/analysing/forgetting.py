"""Takes somebody out of the analyses of an organisation's leads: facts, answers, what is shown."""

import re
from collections.abc import Iterable, Set
from typing import Any

from enrichment.persons import CUT, GONE, TITLES, Whom
from leads.analysing.facts import PERSON
from leads.models import Analysis

# Of a name, words so short are too many others' as well.
SHORTEST = 3


def take_out(row: Analysis, whom: Whom, words: re.Pattern[str] | None) -> None:
    """Take them out of one.

    What the AI said by facts that told of them goes as a whole; elsewhere a sign stands for any of
    the words of their name. An answer that is under way is not kept.
    """
    if row.phase == Analysis.Phase.ASKED:
        # Whatever it was asked with, they may be in it.
        row.asked, row.facts = row.asked | {"is_void": True}, []
        return
    gone = {each["n"] for each in row.facts if _tells(each, whom)}
    row.facts = [_cut(each, whom, words) for each in row.facts if each["n"] not in gone]
    row.said = _without(row.said, gone, whom, words)
    row.trouble = _text(row.trouble, whom, words)


def _tells(fact: dict[str, Any], whom: Whom) -> bool:
    # The person is named first: “Jenna Pascoe, Practice Manager”.
    named = fact["text"].partition(",")[0]
    return fact["kind"] == PERSON and (whom.is_meant(named) or whom.is_in(fact["text"]))


def words_of(whom: Whom, places: Iterable[str]) -> re.Pattern[str] | None:
    """Give the words of their names; those in the names of places where they worked are not."""
    ours = {word.casefold() for name in places for word in name.split()}
    theirs = {word.strip(".,") for name in whom.names for word in name.split()}
    found = [
        re.escape(word)
        for word in sorted(theirs)
        if len(word) >= SHORTEST and word.casefold() not in ours | TITLES
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)") if found else None


def _without(
    value: Any, gone: Set[int], whom: Whom, words: re.Pattern[str] | None
) -> Any:
    """Give JSON without what rests on facts that are gone, and without their names elsewhere."""
    match value:
        case {"text": str(), "facts": [*cited]} if any(n in gone for n in cited):
            return GONE
        case dict():
            left = {name: _without(each, gone, whom, words) for name, each in value.items()}
            return {name: None if each is GONE else each for name, each in left.items()}
        case list():
            found = (_without(each, gone, whom, words) for each in value)
            return [each for each in found if each is not GONE]
        case str():
            return _text(value, whom, words)
    return value


def _cut(
    fact: dict[str, Any], whom: Whom, words: re.Pattern[str] | None
) -> dict[str, Any]:
    return fact | {"text": _text(fact["text"], whom, words)}


def _text(text: str, whom: Whom, words: re.Pattern[str] | None) -> str:
    said = whom.cut(text)
    return words.sub(CUT, said) if words is not None else said
