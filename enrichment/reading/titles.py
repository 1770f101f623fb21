"""Titles of jobs: words that stand in them, whether somebody has the job or it is open."""

import re

from enrichment.reading import lists

JOBS = lists.words("jobs")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# "Caseworker", "bookkeeper", "salesperson": some of them are on no list.
ENDINGS = ("worker", "keeper", "person", "master", "maker", "smith", "wright")
LONGEST = 80
PLAIN = re.compile(
    r"[.!?]\s+\w|\b(?:we|our|you|your|is|are|was|will|have|has|been|can|click|read)\b", re.I
)


def is_title(said: str) -> bool:
    """Say whether words are the title of a job, and no sentence about one."""
    text = said.strip(" .,:;|–-()")
    if not 3 <= len(text) <= LONGEST or PLAIN.search(text):
        return False
    words = [word.lower() for word in WORD.findall(text)]
    return 1 <= len(words) <= 9 and any(_is_one(part) for word in words for part in word.split("-"))


def _is_one(word: str) -> bool:
    plain = word.removesuffix("s")
    return word in JOBS or plain in JOBS or (len(plain) > 6 and plain.endswith(ENDINGS))
