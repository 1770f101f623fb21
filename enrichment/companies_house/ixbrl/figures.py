"""Which of the tagged figures are the headline ones: of this year, of the whole, of one kind.

Where accounts are a group's, the group's figures are told before the company's own: its profit and
loss account often is the only one there is.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from crm.registers.numbers import company_number
from enrichment.companies_house.ixbrl import document, numbers
from enrichment.companies_house.ixbrl.document import Context, Document, Tagged, Unreadable
from enrichment.companies_house.ixbrl.flow import LETTERS

# Local names of taxonomies: the Financial Reporting Council's since 2014, IFRS, and UK GAAP of 2009
# and before. An earlier one comes first, and the figure of another is taken for want of it.
NAMES: dict[str, tuple[str, ...]] = {
    "turnover": ("TurnoverRevenue", "TurnoverGrossOperatingRevenue", "Revenue", "Turnover"),
    "net_assets": (
        "NetAssetsLiabilities",
        "NetAssetsLiabilitiesIncludingPensionAssetLiability",
        "Equity",
        "ShareholderFunds",
        "NetAssetsLiabilitiesExcludingPensionAssetLiability",
    ),
    "employees": (
        "AverageNumberEmployeesDuringPeriod",
        "AverageNumberOfEmployees",
        "EmployeesTotal",
    ),
}
WANTED = frozenset(name for names in NAMES.values() for name in names)
LABELS = {"turnover": "turnover", "net_assets": "net assets", "employees": "employees"}
GROUP = {
    "GroupCompanyDataDimension", "GroupCompanyDimension", "ConsolidationDimension",
    "ConsolidatedAndSeparateFinancialStatementsAxis",
}  # fmt: skip
CONSOLIDATED, OWN = {"Consolidated", "ConsolidatedMember"}, {"Company", "SeparateMember"}
# It says of nothing that it is a part.
WHOLE = {("OriginalRevisedDataDimension", "Original"), ("OriginalRevisedDataDimension", "Revised")}
# A figure for a year is one of about a year.
SHORTEST, LONGEST = timedelta(days=300), timedelta(days=430)
MONEY, POUNDS = {"turnover", "net_assets"}, "GBP"
CURRENCY = re.compile(r"(?:[\w.-]{1,50}:)?([A-Z]{3})")
# More is no company's in this country.
MOST, CROWD = 10**13, 5_000_000
LEAST = {"turnover": 0, "net_assets": -MOST, "employees": 0}


@dataclass(frozen=True)
class Figure:
    """Money is in whole units of `currency`; of people there is none."""

    value: int | float
    quote: str
    currency: str = ""
    is_consolidated: bool = False


@dataclass(frozen=True)
class Report:
    """`end` is the day of the balance sheet; `untold` says in sentences what was left out, why."""

    end: date | None = None
    figures: dict[str, Figure] = field(default_factory=dict)
    untold: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Read:
    """A tagged figure that is understood, in whole units of `currency`, "" of what is no money.

    `rank` is the smaller the more plainly it is a total.
    """

    tagged: Tagged
    value: Decimal
    context: Context
    currency: str
    is_consolidated: bool
    rank: int


def read(content: bytes, number: str = "", made_up_to: date | None = None) -> Report:
    """Read the accounts of the company of this number, made up to this day."""
    try:
        found = document.read(content, WANTED)
    except Unreadable as error:
        return Report(untold=[str(error)])
    if other := _another(found, number):
        return Report(untold=[f"The document is of another company, {other}."])
    end = _end(found, made_up_to)
    if end is None:
        return Report(untold=["The document has no headline figures."])
    report = Report(end)
    for name in NAMES:
        _choose(list(_of_year(found, name, end)), name, report)
    return report


def _another(found: Document, number: str) -> str:
    """The number of the company that the document is of, where that is another one."""
    known = {company_number(each.entity) for each in found.contexts.values()}
    named = {each for each in known if len(each) == 8 and each[-6:].isdigit()}
    return min(named) if number and named and number not in named else ""


def _end(found: Document, made_up_to: date | None) -> date | None:
    """The day that was asked for, else the one that the accounts name, else their last."""
    used = (found.contexts.get(fact.context) for fact in found.facts)
    days = {each.end for each in used if each and each.end}
    named = (found.contexts[each].end for each in found.of_period if each in found.contexts)
    likely = (day for day in (made_up_to, *named) if day in days)
    return next(likely, max(days, default=None))


def _of_year(found: Document, name: str, end: date) -> Iterator[Read]:
    for fact in found.facts:
        context = found.contexts.get(fact.context)
        if fact.name not in NAMES[name] or context is None or context.end != end:
            continue
        # What is owned is of a day, what is earned is of a time.
        if (context.start is None) is not (name == "net_assets"):
            continue
        told, value = _scope(context.members), numbers.number(fact.text, fact.attributes)
        currency = _currency(found.units.get(fact.unit)) if name in MONEY else ""
        if told is None or value is None or currency is None:
            continue
        if fact.is_bracketed and name == "net_assets":
            # Some tag the figure and leave its sign to the brackets around it.
            value = -abs(value)
        yield Read(fact, value, context, currency, *told)


def _scope(members: Sequence[tuple[str, str]]) -> tuple[bool, int] | None:
    """Whether it is of a group, and how plainly of the whole; None for a part."""
    is_consolidated, rank = False, 0
    for dimension, member in members:
        if dimension in GROUP and member in CONSOLIDATED:
            is_consolidated = True
        elif member.startswith("Total") and member.endswith("IncludingAnyUnallocatedAmount"):
            rank = 1
        elif (dimension, member) not in WHOLE and not (dimension in GROUP and member in OWN):
            return None
    return is_consolidated, rank


def _currency(measures: Sequence[str] | None) -> str | None:
    """The currency of a unit; None for one that is no money."""
    found = CURRENCY.fullmatch(measures[0]) if measures and len(measures) == 1 else None
    return found[1] if found else None


def _choose(read: list[Read], name: str, report: Report) -> None:
    """Tell the first figure that will do, or say why there is none."""
    groups: dict[tuple[bool, int, int], list[Read]] = defaultdict(list)
    for each in read:
        order = NAMES[name].index(each.tagged.name)
        groups[not each.is_consolidated, order, each.rank].append(each)
    why = ""
    for key in sorted(groups):
        group = _seen(groups[key])
        if not group:
            continue
        told = _settled(group, name)
        if isinstance(told, Figure):
            report.figures[name] = told
            return
        why = why or told
    if why:
        report.untold.append(why)


def _seen(group: list[Read]) -> list[Read]:
    """Those that are shown, in pounds, of the longest time; where there are such."""
    shown = [each for each in group if each.tagged.is_shown]
    # Nobody reads a nought that is hidden: programs fill in what has to be there.
    group = shown or [each for each in group if each.value]
    group = [each for each in group if each.currency == POUNDS] or group
    starts = {each.context.start for each in group if each.context.start}
    start = min((day for day in starts if _days(group, day) <= LONGEST), default=None)
    return [each for each in group if each.context.start in (None, start)] or group


def _days(group: list[Read], start: date) -> timedelta:
    end = group[0].context.end
    return end - start + timedelta(days=1) if end else timedelta.max


def _settled(group: list[Read], name: str) -> Figure | str:
    """Give the figure, or why it is not told."""
    exact = min(group, key=_vagueness)
    value, label = exact.value, LABELS[name]
    if not all(_agree(exact, each) for each in group):
        return f"The accounts give several figures for {label}."
    if exact.currency not in ("", POUNDS):
        return f"The accounts are in {exact.currency}: {label} {value:,f}."
    if not LEAST[name] <= value <= MOST:
        return f"The figure for {label} can't be right: {value:,f}."
    start = exact.context.start
    if name == "turnover" and start and not SHORTEST <= _days(group, start) <= LONGEST:
        return f"The turnover is of {_days(group, start).days} days, not of a year."
    if name == "employees":
        return _people(exact, label)
    whole = int(value.quantize(Decimal(1), ROUND_HALF_UP))
    return Figure(whole, exact.tagged.quote, exact.currency, exact.is_consolidated)


def _vagueness(read: Read) -> tuple[Decimal, bool]:
    """How far it may be off, and whether no words say what it is."""
    return numbers.precision(read.tagged.attributes), not LETTERS.search(read.tagged.quote)


def _people(exact: Read, label: str) -> Figure | str:
    """People are counted one by one: a figure that is scaled was tagged by mistake."""
    value = exact.value
    if exact.tagged.attributes.get("scale", "0").strip() not in ("", "0") or value > CROWD:
        return f"The figure for {label} can't be right: {value:,f}."
    told = int(value) if value == int(value) else float(value)
    return Figure(told, exact.tagged.quote, is_consolidated=exact.is_consolidated)


def _agree(one: Read, other: Read) -> bool:
    """Whether one may be the other, rounded."""
    if one.currency != other.currency:
        return False
    off = max(numbers.precision(each.tagged.attributes) for each in (one, other))
    return abs(one.value - other.value) < off or one.value == other.value
