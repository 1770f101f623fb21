"""Whether a number fits an address: the area of its code against that of the postcode.

It is a hint and no proof. Organisations take their numbers along when they move, and let a
service answer in another town; but 0161 with an address in Leicester is worth a second look.
"""

import re
from enum import StrEnum
from typing import NamedTuple

from enrichment.phones import tables
from enrichment.phones.kinds import LABELS
from enrichment.phones.number import Phone, State

BEGINNING = re.compile(r"\s*([A-Z]{1,2})\d", re.IGNORECASE)


class Fit(StrEnum):
    FITS = "fits"
    ELSEWHERE = "elsewhere"
    NO_STATEMENT = "no_statement"


class Fitting(NamedTuple):
    """`words` is a sentence of its own."""

    fit: Fit
    words: str


def compare(phone: Phone, postcode: str) -> Fitting:
    """Compare a number with a postcode, or the first half of one."""
    found = BEGINNING.match(postcode)
    if phone.state is State.WRONG or not found:
        missing = "number" if phone.state is State.WRONG else "postcode"
        return Fitting(Fit.NO_STATEMENT, f"There is no {missing} to compare.")
    if not phone.is_british:
        return Fitting(Fit.NO_STATEMENT, "A number abroad says nothing of a place here.")
    code = tables.area(f"0{phone.e164[3:]}") if phone.area else None
    if code is None:
        return Fitting(Fit.NO_STATEMENT, f"It belongs to no place ({LABELS[phone.kind]}).")
    return _compared(code, found[1].upper())


def _compared(code: tables.Area, area: str) -> Fitting:
    its = f"{code.code} is the code of {code.place}"
    if area in code.postcode_areas:
        return Fitting(Fit.FITS, f"{its}, which fits {area}.")
    if area in code.edges:
        return Fitting(Fit.NO_STATEMENT, f"{its}; {area} lies at its edge.")
    home = " or ".join(code.postcode_areas) if len(code.postcode_areas) < 4 else code.place
    return Fitting(Fit.ELSEWHERE, f"{its}: one would look for it in {home}, and not in {area}.")
