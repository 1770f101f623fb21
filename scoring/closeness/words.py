"""A text as words: small letters without accents, endings cut, what says nothing left out."""

import re
import unicodedata
from functools import lru_cache

# Of longer texts the rest says nothing new, and takes time.
MOST_LETTERS = 20_000
LONGEST_WORD = 40
WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
# fmt: off
EMPTY = frozenset({
    "a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by",
    "can", "do", "each", "for", "from", "has", "have", "he", "her", "his", "how", "i", "if", "in",
    "into", "is", "it", "its", "many", "may", "more", "most", "n", "no", "not", "of", "on", "one",
    "or", "our", "out", "s", "she", "so", "some", "such", "t", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "those", "to", "up", "upon", "us", "was",
    "we", "were", "what", "when", "which", "who", "whom", "will", "with", "you", "your",
    "co", "company", "corporation", "group", "holdings", "inc", "incorporated", "limited", "llp",
    "lp", "ltd", "plc", "cic", "cyf", "uk", "www", "com", "org", "http", "https",
})
# What English hangs on a root, several of them one on another: dentists, dentistry, dental.
ENDINGS = (
    "ations", "ation", "ments", "ment", "ings", "ing", "istry", "ists", "ist", "ically", "ical",
    "ials", "ial", "als", "al", "ers", "er", "ies", "es", "ed", "s",
)
# fmt: on
LEAST_STEM = 4


def words(text: str) -> list[str]:
    """Give the words of its first 20,000 letters, in their order."""
    plain = text[:MOST_LETTERS].lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).replace("’", "'")
        plain = plain.encode("ascii", "ignore").decode()
    return [
        word.partition("'")[0]
        for word in WORD.findall(plain)
        if word not in EMPTY and len(word) <= LONGEST_WORD
    ]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Cut the ending, so that “restaurants” and “restaurant” are one."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            word = word.removesuffix(ending)
            break
    return word.removesuffix("e") if len(word) > LEAST_STEM else word
