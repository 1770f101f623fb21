"""Whether numbers may be rung and fit where they stand, quickly enough for a million of them."""

from collections.abc import Collection
from functools import lru_cache

from crm.tenants.models import Tenant
from enrichment.phones import screening, tables
from enrichment.phones.models import ScreeningList
from enrichment.phones.screening import State

PLAUSIBLE, UNLIKELY = "plausible", "unlikely"
# Of British landlines: their codes belong to places. To read each number whole would take longer
# than all the rest of its lead's score.
LANDLINE, COUNTRY = ("+441", "+442"), "+44"


def barred(tenant: Tenant, numbers: Collection[str]) -> set[str]:
    """Give those of these numbers that the company's lists forbid to ring."""
    if not numbers or not ScreeningList.of(tenant).exists():
        return set()
    said = screening.states(tenant, numbers)
    return {number for number, each in said.items() if each.state is State.LISTED}


def fit(number: str, postcode: str) -> str:
    """Say whether a number's area code fits a postcode; where nothing speaks against it it does."""
    if not postcode or not number.startswith(LANDLINE):
        return PLAUSIBLE
    # No code is longer than so: 01 and four digits.
    code = tables.area(f"0{number.removeprefix(COUNTRY)}")
    letters = _letters(postcode)
    if code is None or not letters:
        return PLAUSIBLE
    return PLAUSIBLE if letters in code.postcode_areas or letters in code.edges else UNLIKELY


@lru_cache(maxsize=5_000)
def _letters(postcode: str) -> str:
    """Give the postcode's area: LE of LE1 1AA."""
    start = postcode.strip()[:2].upper()
    return "".join(sign for sign in start if sign.isalpha())
