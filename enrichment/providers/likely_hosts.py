"""Domains that an organisation would take that is called so: few, the likeliest first."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from crm.registers import names
from enrichment.companies_house import fitting

ENDINGS = (".co.uk", ".com", ".org.uk")
LITTLE = frozenset({"and", "the", "of", "in", "at", "for"})
# Those of a label that DNS knows, and those that somebody would remember.
LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
SHORTEST, MOST_LABELS, MOST = 4, 4, 10
LONGEST = 200


def of(called: Iterable[str]) -> list[str]:
    """Give the domains that may be those of an organisation with these names."""
    labels = list(dict.fromkeys(each for name in called for each in _labels(name)))[:MOST_LABELS]
    every = (f"{label}{ending}" for ending in ENDINGS for label in labels)
    return list(islice(every, MOST))


def _labels(name: str) -> Iterator[str]:
    """Give the whole name, the same with hyphens, and the words that say most of it."""
    words = names.name_key(name[:LONGEST]).split()
    telling = [word for word in words if word not in LITTLE]
    fewer = [word for word in telling if word not in fitting.USUAL]
    shapes = ["".join(words), "-".join(words), "".join(telling), "".join(fewer), "".join(fewer[:2])]
    for label in dict.fromkeys(shapes):
        if len(label) >= SHORTEST and LABEL.fullmatch(label):
            yield label
