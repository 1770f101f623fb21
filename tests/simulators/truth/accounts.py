"""The accounts that a company has filed."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from tests.simulators.truth.figures import headcount
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

MOST = 3  # years that are kept
MONTHS_TO_FILE = 9
# Form of the document: tagged with figures; only as pictures; tagged but damaged; tagged nowhere.
FORMS = (("ixbrl", 74), ("pdf", 20), ("broken", 4), ("empty", 2))
BOTH = 0.9  # of those that are tagged, as PDF too


@dataclass(frozen=True, slots=True)
class Accounts:
    year_end: str
    year_start: str
    filed: str
    due: str
    kind: str  # Companies House's word: "micro-entity", "total-exemption-full", "full"…
    form: str  # one of FORMS
    as_pdf: bool
    employees: int | None
    net_assets: int
    turnover: int | None  # small companies keep theirs to themselves
    cash: int

    @property
    def late(self) -> bool:
        return self.filed > self.due


@lru_cache(20_000)
def filed(one: Organisation) -> tuple[Accounts, ...]:
    """The last years' accounts, the newest first; young companies have none yet."""
    if not one.number or one.company_type == "llp" or not one.incorporated:
        return ()
    draw = Draw("accounts", one.id, one.number)
    kind = kind_of(one, draw)
    ends = [end for end in year_ends(one) if due_after(end) <= date.today()]
    if ends and (due_after(ends[0]) + timedelta(days=365)) > date.today() and draw.chance(0.06):
        ends = ends[1:]  # overdue: the last are missing
    form = draw.weighted(FORMS)
    staff = headcount(one) or 0
    found = []
    for at, end in enumerate(ends[:MOST]):
        each = Draw("year", one.id, end.year)
        found.append(year(one, end, kind, form if at == 0 else "ixbrl", staff, each))
        staff = max(1, staff - each.number(3)) if staff else staff
    return tuple(found)


def kind_of(one: Organisation, draw: Draw) -> str:
    size = one.employees[1] if one.employees else 0
    if size == 0 or draw.chance(0.03):
        return "dormant"
    if size < 10:
        return "micro-entity"
    if size < 50:
        return "total-exemption-full"
    return "small" if size < 100 else draw.pick(("full", "group", "medium"))


def year_end_month(one: Organisation) -> int:
    return int(one.incorporated[5:7])


def year_ends(one: Organisation) -> list[date]:
    """Past year-ends since the first birthday, the newest first; until it was dissolved."""
    month = year_end_month(one)
    until = date.fromisoformat(one.dissolved) if one.dissolved else date.today()
    found = []
    for year in range(until.year, int(one.incorporated[:4]), -1):
        end = date(year, month, calendar.monthrange(year, month)[1])
        if end <= until:
            found.append(end)
    return found


def due_after(end: date) -> date:
    month = end.month + MONTHS_TO_FILE
    year, month = end.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(end.day, calendar.monthrange(year, month)[1]))


def year(one: Organisation, end: date, kind: str, form: str, staff: int, draw: Draw) -> Accounts:
    due = due_after(end)
    after = 30 + draw.number(240)
    filed_on = (
        due + timedelta(days=1 + draw.number(60))
        if draw.chance(0.08)
        else end + timedelta(days=after)
    )
    filed_on = min(filed_on, date.today())
    dormant = kind == "dormant"
    turnover = None
    if kind in ("full", "group", "medium") or (kind == "small" and draw.chance(0.3)):
        turnover = staff * (60_000 + 1_000 * draw.number(120)) + draw.number(999)
    assets = 1 + draw.number(100) if dormant else staff * (2_000 + draw.number(30_000))
    if not dormant and draw.chance(0.15):
        assets = -assets // 3
    start = end.replace(year=end.year - 1, day=1) + timedelta(days=32)
    return Accounts(
        end.isoformat(),
        start.replace(day=1).isoformat(),
        filed_on.isoformat(),
        due.isoformat(),
        kind,
        form,
        form == "pdf" or draw.chance(BOTH),
        None if dormant else staff,
        assets,
        turnover,
        0 if dormant else staff * draw.number(9_000),
    )


def following(last: Accounts) -> date:
    """The year-end after one whose accounts are there."""
    end = date.fromisoformat(last.year_end)
    year = end.year + 1
    return date(year, end.month, calendar.monthrange(year, end.month)[1])


def latest(one: Organisation) -> Accounts | None:
    return next(iter(filed(one)), None)


def overdue(one: Organisation) -> bool:
    """Whether a year-end's time to file is over and nothing has come."""
    if not one.number or not one.incorporated or one.dissolved or one.company_type == "llp":
        return False
    ends = [end for end in year_ends(one) if due_after(end) <= date.today()]
    newest = latest(one)
    return bool(ends) and (newest is None or newest.year_end < ends[0].isoformat())
