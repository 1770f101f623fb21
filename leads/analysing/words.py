"""Words with a capital that name nobody."""

import re

# With these a sentence begins, and no name does.
BEGINNINGS = """
a according after also although an and approach are as ask at based because before begin both
but by call can check confirm congratulate contact could do does email e-mail explore find first
for from given has have how however if in introduce is it its lead mention meet no not of offer
on one only open or phone propose refer ring say send should show since so speak start suggest
talk tell that the their there they this to use visit we what when where whether which while who
whom why will with would write you your these those our new most some many several
"""
# Days, months, countries, offices: a capital anywhere.
EVERYDAY = """
january february march april may june july august september october november december monday
tuesday wednesday thursday friday saturday sunday i uk britain british england english wales
welsh scotland scottish ireland irish london companies house linkedin google internet web
director manager managing owner head chief officer partner executive finance financial operation
operations practice office account sale sales marketing crm european europe christmas easter i'm
we'll hot warm cold
"""
ENDING = re.compile(r"[’']s?$")


def bare(word: str) -> str:
    """Give a word as it is compared: in small letters, without an “s” at its end."""
    return ENDING.sub("", word.casefold()).removesuffix("s")


OPENERS = frozenset(map(bare, BEGINNINGS.split()))
GENERAL = frozenset(map(bare, EVERYDAY.split()))
