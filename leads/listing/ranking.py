"""The order of what a search has found: the best match first.

Each word counts by where it stands: in the name, with the people, in place or trade, in the notes;
the whole word before its beginning, and what is only like it last. Where the name begins with all
that was typed, nothing comes before it. Among equals the better score comes first.
"""

from functools import reduce
from operator import add

from django.db.models import Case, F, FloatField, Func, IntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from leads.listing.sorting import SORTS, USUAL, Sort
from leads.search.search import Found, Matches
from leads.search.terms import plain, query

MATCH = "match"
LABEL = "Best match"
# So many points for a word that is whole, and a little less for its beginning.
WEIGHTS = {"A": 80, "B": 60, "C": 40, "D": 20}
LESS = 10
MOST_FOR_LIKENESS = 8
ALL_OF_IT = 1000
VECTOR = "searchtext__vector"
# Of a score, which tells equals apart.
SCORES = 1000
TOO_MANY = "Too many leads match to rank them, so the best scores come first."


class Likeness(Func):
    """How much a part of the text is like the word, from 0 to 1."""

    function = "word_similarity"
    output_field = FloatField()


def chosen(name: str, text: str, found: Found | None, *, few: bool) -> Sort:
    """Give the order that the address names; without one, a search has the best match first."""
    if found is not None and few and name in ("", MATCH):
        return match(found, text)
    return SORTS.get(name, USUAL)


def match(found: Found, text: str) -> Sort:
    """Order by how well the words are met."""
    points = reduce(add, (_points(word, found.is_loose) for word in found.asked), Value(0))
    whole = {"searchtext__words__startswith": plain(text)}
    begun = Case(When(**whole, then=Value(ALL_OF_IT)), default=Value(0))
    key: Combinable = (points + begun) * Value(SCORES) + F("score")
    return Sort(MATCH, LABEL, key, int, falls=True)


def _points(word: str, is_loose: bool) -> Combinable:
    cases = [
        When(Matches(F(VECTOR), Value(query([word], weight, whole=whole))), then=Value(points))
        for weight, most in WEIGHTS.items()
        for whole, points in ((True, most), (False, most - LESS))
    ]
    likeness: Combinable = Value(0)
    if is_loose:
        much = Likeness(Value(word), F("searchtext__words"))
        likeness = Cast(much * Value(float(MOST_FOR_LIKENESS)), IntegerField())
    return Case(*cases, default=likeness, output_field=IntegerField())
