"""Names of places in this country: beside a postcode they make an address; in a name they tell
nobody apart."""

import csv
import gzip
from functools import lru_cache
from pathlib import Path

from crm import places
from enrichment.reading import lists
from enrichment.reading.wording import words

# The outward codes with their towns and districts, which come with the product.
LIST = Path(places.__file__).parent / "bundled" / "postcodes.csv.gz"
# Counties as addresses write them, which the list does not.
COUNTIES = lists.words("counties")
MOST_WORDS = 3


@lru_cache(maxsize=1)
def known() -> frozenset[str]:
    """Give all names, in small letters without accents, words parted by blanks."""
    with gzip.open(LIST, "rt", encoding="utf-8") as lines:
        names = {row[name] for row in csv.DictReader(lines) for name in ("town", "region")}
    return frozenset(" ".join(words(name)) for name in names if name) | COUNTIES


def ends_with_one(said: str) -> bool:
    """Say whether the last words of a text are the name of a place."""
    last = words(said[-60:])
    if last and last[-1].endswith("shire"):
        return True
    return any(" ".join(last[-size:]) in known() for size in range(1, MOST_WORDS + 1))


def is_one(name: str) -> bool:
    """Say whether a name is that of a place, and nothing else."""
    return " ".join(words(name)) in known()
