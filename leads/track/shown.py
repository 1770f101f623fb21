"""How right scores have been, drawn and in words; of too few leads nothing is said."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from crm.look.formats import thousands
from crm.look.graphs import Bar, Said
from leads.models import Tier
from leads.track.counting import BAND, Counted, Record

# Of fewer a share says more about luck than about the scores.
ENOUGH = 20
MOST_ROWS = 12
MONTHS = 12
TENTH = 10


def too_few(many: int) -> str:
    """Say that a share of so many would mean nothing."""
    return f"too few yet: {many:,}"


def share(label: str, reached: int, leads: int, *, won: int | None = None) -> Bar:
    """Draw which part became opportunities, with the figures that it is made of."""
    if leads < ENOUGH:
        return Bar(label, None, note=too_few(leads))
    percent = 100 * reached / leads
    said = f"{thousands(reached)} of {thousands(leads)}"
    below = said if won is None else f"{said}; {thousands(won)} won"
    return Bar(label, percent, Said(f"{percent:.0f}%"), below=(Said(below),))


def bands(record: Record) -> list[Bar]:
    """Draw the calibration: of the leads with so many points at first, which part became more."""
    found = record.by["band"]
    drawn = []
    for band in range(9, -1, -1):
        first = band * BAND
        last = 100 if band == 9 else first + BAND - 1
        each = found.get(str(band), Counted())
        drawn.append(share(f"{first}–{last}", each.reached, each.leads, won=each.won))
    return drawn


def tiers(record: Record) -> list[Bar]:
    """Draw how right the tiers are: which part of the hot leads became more, of the warm …"""
    found = record.by["tier"]
    rows = ((tier, found.get(tier, Counted())) for tier in Tier.values)
    return [share(Tier(tier).label, each.reached, each.leads, won=each.won) for tier, each in rows]


def hot(found: Mapping[str, Counted], label: Callable[[str], str]) -> list[Bar]:
    """Draw which part of the hot leads became more, beside that of all; the largest first."""
    rows = sorted(found.items(), key=lambda row: (-row[1].leads, row[0]))[:MOST_ROWS]
    return [_hot(label(key), each) for key, each in rows]


def _hot(label: str, each: Counted) -> Bar:
    if each.leads < ENOUGH:
        return Bar(label, None, note=too_few(each.leads))
    whole = 100 * each.reached / each.leads
    all_said, hint = f"{whole:.0f}%", f"Of all {each.leads:,}"
    if each.hot < ENOUGH:
        of_all = Said(all_said, hint=hint, before="of all ")
        return Bar(label, None, None, (of_all,), note=f"hot: {too_few(each.hot)}", before=whole)
    of_all = Said(all_said, hint=hint, before="/ ")
    percent = 100 * each.hot_reached / each.hot
    below = Said(f"{thousands(each.hot_reached)} of {thousands(each.hot)} hot")
    return Bar(label, percent, Said(f"{percent:.0f}%"), (of_all,), (below,), before=whole)


def months(record: Record) -> list[Bar]:
    """Draw the same for the months in which leads came in, the latest first."""
    latest = sorted(record.by["month"].items(), reverse=True)[:MONTHS]
    return [_hot(f"{date.fromisoformat(f'{month}-01'):%B %Y}", each) for month, each in latest]


def industry(slug: str) -> str:
    """Name an industry."""
    return slug.replace("_", " ").capitalize() if slug else "Not known"


def source(slug: str) -> str:
    """Name a source of leads."""
    return slug.replace("_", " ").capitalize() if slug else "Not known"


def together(found: Mapping[str, Counted], group: Mapping[str, str]) -> dict[str, Counted]:
    """Add up what belongs to one group; what belongs to none is "" """
    sums: dict[str, Counted] = {}
    for key, each in found.items():
        name = group.get(key, "")
        sums[name] = sums.get(name, Counted()) + each
    return sums


@dataclass(frozen=True)
class Lift:
    """How many times as many of some become more as of all; `times` is None of too few."""

    label: str
    times: float | None
    said: str

    @property
    def figure(self) -> str:
        return "–" if self.times is None else f"{self.times:.1f} ×"


def lifts(record: Record) -> list[Lift]:
    """Give the lift of the best tenth by points, and of the hot leads."""
    whole = record.all
    best, reached = _best(record)
    return [
        _lift("Best tenth by points", reached, best, whole),
        _lift("Hot leads", whole.hot_reached, whole.hot, whole),
    ]


def _lift(label: str, reached: float, leads: float, whole: Counted) -> Lift:
    if leads < ENOUGH or not whole.reached:
        return Lift(label, None, too_few(int(leads)) if leads < ENOUGH else "none has got on yet")
    rate = reached / leads
    return Lift(label, rate / (whole.reached / whole.leads), f"{100 * rate:.0f}% became more")


def _best(record: Record) -> tuple[float, float]:
    """Count the tenth with the most points, and those who got on; of equals a fair part."""
    left = wanted = record.all.leads / TENTH
    reached = 0.0
    for _, each in sorted(record.by["points"].items(), key=lambda row: -int(row[0])):
        taken = min(left, each.leads)
        reached += each.reached * taken / each.leads
        left -= taken
        if left <= 0:
            break
    return wanted, reached


def sentence(record: Record) -> str:
    """Say the calibration in a sentence, of the highest band that has enough leads."""
    for band in range(9, -1, -1):
        each = record.by["band"].get(str(band), Counted())
        if each.leads >= ENOUGH:
            first, last = band * BAND, 100 if band == 9 else (band + 1) * BAND - 1
            percent = 100 * each.reached / each.leads
            return (
                f"Of {each.leads:,} leads that came in with {first} to {last} points, "
                f"{percent:.0f}% became opportunities."
            )
    return ""


def has_any(bars: Iterable[Bar]) -> bool:
    """Say whether there is anything to be seen."""
    return any(bar.value is not None for bar in bars)
