"""What the first figures of a British number tell: whether there is such a range, and whether it
is kept for bodies that make no profit.

Ofcom's National Telephone Numbering Plan,
https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbering-policy
"""

import re

# 1 and 2 are places, 3 costs as much as those, 55 and 56 are firms' and of the internet, 7 is
# mobile, 8 free or dear, 9 dear. All else is reserved: figures that are no phone number.
GIVEN = re.compile(r"\+44(?:1[1-9]|2[03489]|3[0347]|5(?:00|[56])|7|80[08]|8[247]|9[018])")
# 0300 and 0303 for public bodies and charities; 0808 80 for the helplines of charities.
NON_PROFIT = re.compile(r"\+44(?:30[03]|80880)\d")


def is_given(number: str) -> bool:
    """Say whether numbers that begin so are given out; of other countries nothing is known."""
    return not number.startswith("+44") or GIVEN.match(number) is not None


def is_non_profit(number: str) -> bool:
    """Say whether only public bodies and charities are given such a number, in E.164."""
    return NON_PROFIT.match(number) is not None
