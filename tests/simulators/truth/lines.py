"""An organisation's telephone lines beside the main one."""

from functools import lru_cache

from tests.simulators.truth import people
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation


@lru_cache(20_000)
def of(one: Organisation) -> dict[str, str]:
    """ "main", "mobile" (of somebody there), "fax" (nobody speaks there); do not change it."""
    draw = Draw("lines", one.id)
    found = {"main": one.phone} if one.phone else {}
    mobile = next((who.mobile for who in people.current(one) if who.mobile), "")
    if mobile and draw.chance(0.3):
        found["mobile"] = mobile
    if one.phone and draw.chance(0.08):
        last = (int(one.phone[-3:]) + 1 + draw.number(900)) % 1000
        found["fax"] = f"{one.phone[:-3]}{last:03d}"
    return found
