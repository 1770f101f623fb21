"""What a campaign searches Companies House for: codes of SIC 2007, days, or names."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from campaigns.discovery.contract import Target
from campaigns.discovery.registers import asked
from campaigns.kinds import By
from crm.registers import sic
from crm.registers.names import LEGAL_FORMS, name_key

# Trades of other registers as Companies House sorts them.
CODES_OF_TRADES = {
    "gp_practice": ("86210",),
    "dentist": ("86230",),
    "pharmacy": ("47730",),
    "school": ("85100", "85200", "85310", "85320"),
    "care_home": ("87100", "87200", "87300"),
    "homecare": ("88100",),
    "mot_garage": ("45200",),
    "scrap_yard": ("38310", "38320"),
    "restaurant": ("56101", "56102"),
    "takeaway": ("56103",),
    "pub": ("56302",),
    "hotel": ("55100",),
    "caterer": ("56210", "56290"),
    "supermarket": ("47110",),
    "food_shop": ("47210", "47220", "47240", "47290"),
    "gym": ("93130",),
}
# They say that a company does nothing, or not what it does.
TELL_NOTHING = frozenset({"74990", "82990", "96090", "98000", "99999"})


@dataclass(frozen=True)
class Search:
    """Without `codes` any trade will do. `names` are those of which one is meant, `like` is the
    company whose codes are to be found out first.
    """

    codes: tuple[str, ...] = ()
    since: date | None = None
    names: tuple[str, ...] = ()
    like: str = ""

    @property
    def mark(self) -> str:
        """The same for two searches for the same; a day makes none of its own, a month does."""
        parts = asdict(replace(self, since=None)) | {"since": f"{self.since or '':.7}"}
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:8]


def of(target: Target) -> Search | None:
    """Say what is searched for; None where Companies House can't tell who is meant."""
    by = target.kind.by
    if by == By.NAMES:
        lines = target.extra.get("companies", "").splitlines()
        names = tuple(dict.fromkeys(filter(None, map(bare, lines))))
        return Search(names=names) if names else None
    codes = of_trades(target.sectors)
    if target.sectors and not codes:
        return None
    if by == By.LIKE and not codes:
        like = bare(target.extra.get("company", ""))
        return Search(like=like) if like else None
    if by == By.TRADES:
        codes = of_trades(asked.trades(target)) if codes else target.kind.sic_codes
        return Search(codes=codes) if codes else None
    return Search(codes=codes, since=asked.since(target) if by == By.OPENED else None)


def of_trades(trades: Iterable[str]) -> tuple[str, ...]:
    """Give the codes of trades, which may be codes themselves."""
    found = (CODES_OF_TRADES.get(trade, (trade,) if sic.label(trade) else ()) for trade in trades)
    return tuple(dict.fromkeys(code for codes in found for code in codes))


def bare(name: str) -> str:
    """Take the legal form off a name; of a website take what stands before the first dot."""
    words = name.strip().split()
    if len(words) == 1 and "." in words[0].strip("."):
        host = words[0].casefold().rpartition("//")[2].removeprefix("www.")
        words = host.partition(".")[0].replace("-", " ").split()
    while len(words) > 1 and words[-1].casefold().strip(".,()") in LEGAL_FORMS:
        words.pop()
    return " ".join(words)[:160]


def is_called(company: str, name: str) -> bool:
    """Say whether a company has this name; blanks don't count, a website has none."""
    ours, theirs = (name_key(each).replace(" ", "") for each in (name, company))
    return bool(ours) and ours == theirs
