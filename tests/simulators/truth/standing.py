"""How a company stands: who controls it, what it has pledged, and whether it is insolvent."""

from dataclasses import dataclass
from functools import lru_cache

from tests.simulators.truth import days, people
from tests.simulators.truth.people import Someone
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation
from tests.simulators.world.words import ABSTRACT

LENDERS = ("Fosse Valley Bank PLC", "Harbourside Invoice Finance Limited", "Regent Asset Loans LLP")
SHARES = ("25-to-50", "50-to-75", "75-to-100")
INSOLVENT = {
    "liquidation": ("creditors-voluntary-liquidation", "wound-up-on"),
    "administration": ("in-administration", "administration-started-on"),
}


@dataclass(frozen=True, slots=True)
class Charge:
    number: int
    lender: str
    created: str
    satisfied: str  # "" while it stands


@dataclass(frozen=True, slots=True)
class Control:
    """Somebody with significant control: a person, or a holding company."""

    who: Someone | None
    company: str
    share: str
    notified: str
    ceased: str


@dataclass(frozen=True, slots=True)
class Insolvency:
    kind: str
    event: str
    day: str
    practitioner: str


@lru_cache(20_000)
def charges(one: Organisation) -> tuple[Charge, ...]:
    draw = Draw("charges", one.id, one.number)
    share = 0.08 if not one.employees or one.employees[1] < 10 else 0.3
    if not one.number or not draw.chance(share):
        return ()
    found = []
    for number in range(1, 2 + draw.number(3)):
        created = max(days.drawn(draw, 90, 4_000), one.incorporated)
        paid = days.later(created, 200 + draw.number(900))
        satisfied = paid if draw.chance(0.5) and paid < days.ago(0) else ""
        found.append(Charge(number, draw.pick(LENDERS), created, satisfied))
    return tuple(found)


@lru_cache(20_000)
def controllers(one: Organisation) -> tuple[Control, ...]:
    if not one.number or one.company_type in ("plc", "private-limited-guarant-nsc"):
        return ()
    draw = Draw("control", one.id, one.number)
    since = max(one.incorporated, "2016-04-06")
    if draw.chance(0.15):
        parent = f"{draw.pick(ABSTRACT).upper()} HOLDINGS LIMITED"
        return (Control(None, parent, SHARES[2], since, ""),)
    directors = [who for who in people.everyone(one) if who.directs]
    there = [who for who in directors if not who.left][:3]
    share = SHARES[2] if len(there) == 1 else SHARES[1] if len(there) == 2 else SHARES[0]
    gone = [who for who in directors if who.left][:1]
    return tuple(
        Control(who, "", share, max(since, who.since), who.left) for who in (*there, *gone)
    )


def insolvency(one: Organisation) -> Insolvency | None:
    if one.status not in INSOLVENT:
        return None
    draw = Draw("insolvency", one.id)
    kind, event = INSOLVENT[one.status]
    return Insolvency(kind, event, days.drawn(draw, 30, 400), "Rowena Ashdown")
