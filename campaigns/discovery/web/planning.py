"""The questions of a wave: words by places, nearest first, then deeper where it was worth it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from math import ceil
from typing import Any

from campaigns.criteria import Criteria
from campaigns.discovery.live import Brief, Earlier, Question
from campaigns.discovery.web import areas, asked

# Of what a question tells of so many become leads, as a rule.
LEADS_PER_QUESTION = 6.25
LEAST_AT_ONCE, MOST_AT_ONCE = 1, 40
# So many questions in a row that bring nothing new say that there are no more.
FEW = 4
MOST_UNANSWERED = 12
# What a question is told to leave out: the latest, as more would not be read.
MOST_LEFT_OUT = 120
# The same words in the same place are asked for again, leaving out what is known, so often.
MOST_DEPTHS = 4


def plan(brief: Brief) -> list[Question]:
    """Give the next wave: none when the last one brought nothing new, or all has been asked."""
    if _is_exhausted([each for each in brief.earlier if each.wave]):
        return []
    many = max(LEAST_AT_ONCE, ceil(brief.missing / LEADS_PER_QUESTION))
    many = min(many, MOST_AT_ONCE, brief.most)
    return list(islice(_unasked(brief), many))


def _is_exhausted(ours: Sequence[Earlier]) -> bool:
    """Whether the last wave brought nothing new; a small one together with those before it.

    What nobody answered says nothing, unless that is all there is.
    """
    if not ours:
        return False
    answered = [each for each in ours if each.is_answered]
    latest = ours[-MOST_UNANSWERED:]
    if len(latest) == MOST_UNANSWERED and not any(each.is_answered for each in latest):
        return True
    if not answered:
        return False
    last = max(each.wave for each in answered)
    size = max(sum(each.wave == last for each in answered), FEW)
    return len(answered) >= size and not any(each.fresh for each in answered[-size:])


def _unasked(brief: Brief) -> Iterator[Question]:
    """What was not asked yet; and once more what was asked and not answered."""
    there = {each.key: each for each in brief.earlier}
    for question in _questions(brief):
        known = there.get(question.key)
        again = replace(question, key=f"{question.key[:190]}|again")
        if known is None:
            yield question
        elif not known.is_answered and known.may_repeat and again.key not in there:
            yield again


def _questions(brief: Brief) -> Iterator[Question]:
    if asked.is_check(brief.wanted.kind):
        yield from _checks(brief)
        return
    # Some have no name: of their places nothing but an id may be kept.
    known = list(filter(None, dict.fromkeys(brief.known(MOST_LEFT_OUT))))
    places = areas.of(brief.target)
    words = asked.words(brief.wanted)
    worth = {each.key: each for each in brief.earlier}
    for depth in range(1, MOST_DEPTHS + 1):
        for word in words:
            for place in places:
                if depth > 1 and not _was_worth(worth, _key(place, word, depth - 1)):
                    continue
                yield _question(place, word, depth, known)


def _was_worth(earlier: dict[str, Earlier], key: str) -> bool:
    return key in earlier and earlier[key].fresh > 0


def _key(place: areas.Area, word: str, depth: int) -> str:
    return f"{place.slug}|{word[:80]}|{depth}"


def _question(place: areas.Area, word: str, depth: int, known: Sequence[str]) -> Question:
    data: dict[str, Any] = {
        "area": place.label,
        "city": place.town,
        "words": word,
        "most": asked.AT_ONCE,
        "leave_out": list(known),
    }
    return Question(_key(place, word, depth), data)


def _checks(brief: Brief) -> Iterator[Question]:
    """A few names each, once."""
    names = asked.names(brief.wanted)
    for start in range(0, len(names), asked.NAMES_AT_ONCE):
        some = names[start : start + asked.NAMES_AT_ONCE]
        data = {"names": some, "city": brief.target.place.town.split(",")[0]}
        yield Question(f"names|{'|'.join(some)}"[:200], data)


def most_questions(wanted: Criteria) -> int:
    """Say how many questions a run may ask at the most, for what it is to find."""
    if asked.is_check(wanted.kind):
        return max(1, ceil(len(asked.names(wanted)) / asked.NAMES_AT_ONCE))
    return 8 + ceil(wanted.max_results / 2)
