"""Two campaigns side by side: what each asked for, found and cost, and what came of its leads."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.template.defaultfilters import truncatechars

from campaigns import better, criteria, figures, words
from campaigns.better import Claim, Sample
from campaigns.figures import Figures
from campaigns.models import Campaign, Finding, Run
from crm.look.formats import NOTHING, pounds, thousands
from crm.pipeline.models import Kind
from crm.tenants.models import Tenant
from leads.models import Lead, Proof, Tier

# Of what somebody wrote in their own words.
LONGEST = 200
MICROS = 1_000_000


@dataclass(frozen=True)
class Cell:
    """A figure in words, with what it is a part of or made of."""

    text: str
    hint: str = ""


@dataclass(frozen=True)
class Row:
    label: str
    a: Cell
    b: Cell
    claim: Claim = better.NONE


@dataclass(frozen=True)
class Group:
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Wanted:
    """One thing that is asked for, by both alike or not."""

    label: str
    a: str
    b: str
    differs: bool


def wanted(a: Campaign, b: Campaign) -> list[Wanted]:
    """Put the criteria side by side."""
    one, other = _facts(a), _facts(b)
    labels = [*one, *(label for label in other if label not in one)]
    return [
        Wanted(label, _short(one, label), _short(other, label), one.get(label) != other.get(label))
        for label in labels
    ]


def _facts(campaign: Campaign) -> dict[str, str]:
    asked = criteria.of(campaign)
    return {"Kind": asked.kind.name, "Around": asked.postcode} | words.facts(asked)


def _short(facts: dict[str, str], label: str) -> str:
    return truncatechars(" ".join(facts.get(label, "").split()), LONGEST) or NOTHING


def changed(tenant: Tenant, a: Campaign, b: Campaign) -> set[UUID]:
    """Say which of the two ask for something else by now than their last run did."""
    runs = Run.of(tenant).filter(campaign__in=[a, b])
    asked_last = dict(
        runs.order_by("campaign_id", "-number")
        .distinct("campaign_id")
        .values_list("campaign_id", "wanted")
    )
    return {
        campaign.pk
        for campaign in (a, b)
        if (then := asked_last.get(campaign.pk))
        and words.changes(criteria.read(then), criteria.of(campaign))
    }


def read(leads: QuerySet[Lead], a: Campaign, b: Campaign) -> list[Group]:
    """Compare what came of the two, by their leads among these.

    Nothing is claimed where the numbers are too small.
    """
    one, other = figures.read(leads, [a, b])
    return [
        Group("What it found", _found(one, other)),
        Group("What it cost", _cost(one, other)),
        Group("What its leads are like", _quality(one, other)),
        Group("Stage reached", _stages(one, other)),
        Group("What came of it", _won(one, other)),
    ]


def _found(a: Figures, b: Figures) -> list[Row]:
    return [
        # Nothing is claimed: these follow from the maximum, and from who looked first.
        Row("Found", _number(a.found), _number(b.found)),
        _judged("New leads", Finding.Verdict.CREATED, a, b),
        _judged("Duplicates", Finding.Verdict.DUPLICATE, a, b),
        _judged("Rejected", Finding.Verdict.REJECTED, a, b),
        Row("Valid", _valid(a), _valid(b), better.share(_verified(a), _verified(b), "found")),
    ]


def _judged(label: str, verdict: str, a: Figures, b: Figures) -> Row:
    one, other = (Sample(side.found, side.verdicts[verdict]) for side in (a, b))
    return Row(label, _part(one), _part(other))


def _verified(side: Figures) -> Sample:
    return Sample(side.found, side.proofs[Proof.VERIFIED])


def _valid(side: Figures) -> Cell:
    if not side.found:
        return Cell(NOTHING, "nothing was found")
    sure, listed = side.proofs[Proof.VERIFIED], side.proofs[Proof.LISTED]
    return Cell(_percent(_verified(side)), f"{sure:,} verified, {listed:,} listed only")


def _cost(a: Figures, b: Figures) -> list[Row]:
    one, other = (Sample(side.created, side.cost_micros) for side in (a, b))
    return [
        Row("In total", Cell(_money(a.cost_micros)), Cell(_money(b.cost_micros))),
        Row("Per new lead", _each(one), _each(other), better.price(one, other, "new leads")),
    ]


def _each(spent: Sample) -> Cell:
    return Cell(_money(spent.mean)) if spent.size else Cell(NOTHING, "no new lead")


def _quality(a: Figures, b: Figures) -> list[Row]:
    one, other = (Sample(side.leads, side.points, side.points_squared) for side in (a, b))
    hot, *others = (
        (str(tier.label), Sample(a.leads, a.tiers[tier]), Sample(b.leads, b.tiers[tier]))
        for tier in (Tier.HOT, Tier.WARM, Tier.COLD)
    )
    return [
        Row("Leads", _number(a.leads), _number(b.leads)),
        _leads(*hot, is_good=True),
        # To stand in between is neither good nor bad.
        *(_leads(*each) for each in others),
        Row("Average score", _score(one), _score(other), better.mean(one, other, "leads")),
    ]


def _score(points: Sample) -> Cell:
    return Cell(f"{points.mean:.1f}" if points.size else NOTHING)


def _stages(a: Figures, b: Figures) -> list[Row]:
    *stages, lost = (
        (str(kind.label), Sample(a.leads, a.stages[kind]), Sample(b.leads, b.stages[kind]))
        for kind in Kind
    )
    return [*(_leads(*each) for each in stages), _leads(*lost, is_good=False)]


def _won(a: Figures, b: Figures) -> list[Row]:
    one, other = (Sample(side.customers, side.value_pence) for side in (a, b))
    won = (Sample(a.leads, a.customers), Sample(b.leads, b.customers))
    return [
        _leads("Customers won", *won, is_good=True),
        Row("Their value", _value(one), _value(other)),
    ]


def _value(won: Sample) -> Cell:
    return Cell(pounds(int(won.total)) if won.size else NOTHING)


def _leads(label: str, a: Sample, b: Sample, *, is_good: bool | None = None) -> Row:
    """Compare parts of the leads; None: more of these is neither good nor bad."""
    claim = better.NONE if is_good is None else better.share(a, b, "leads", is_good=is_good)
    return Row(label, _part(a), _part(b), claim)


def _part(sample: Sample) -> Cell:
    hint = f"{_percent(sample)} of {sample.size:,}" if sample.size else ""
    return Cell(thousands(int(sample.total)), hint)


def _number(number: int) -> Cell:
    return Cell(thousands(number))


def _percent(sample: Sample) -> str:
    percent = 100 * sample.mean
    return "under 1%" if 0 < percent < 0.5 else f"{percent:.0f}%"


def _money(micros: float) -> str:
    """Write what a vendor takes; a lead may cost less than a penny."""
    if not micros:
        return "free"
    amount = micros / MICROS
    return f"£{amount:,.2f}" if amount >= 1 else f"£{amount:.4f}".rstrip("0").ljust(5, "0")
