"""How a run ended: in words, in figures, and told to whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from campaigns import choosing, criteria, unfound
from campaigns.criteria import Criteria
from campaigns.discovery.contract import MOST_COUNTED
from campaigns.discovery.sources import BY_SLUG, LIVE_BY_SLUG, serving
from campaigns.models import Campaign, Finding, Inquiry, Run, Schedule, SourceRun
from campaigns.unanswered import NOT_ASKED
from crm.bounds.counts import counted
from crm.credits import credits
from crm.look.formats import pounds
from crm.notices.telling import Kind
from crm.notices.telling import tell as telling
from crm.sight import who_sees
from crm.tenants.members import owners
from crm.tenants.models import User
from leads.intake.grounds import Ground

FAILED = (
    "Stopped by an error. What was found until then is kept; “Find more” goes on from there."
    " The operations page shows the error."
)
HEADLINES = {
    Kind.RUN_FAILED: "stopped by an error",
    Kind.BUDGET: "stopped at its budget",
}
# What a wider circle is offered in, when nothing is left in this one.
WIDER_MILES = 5


@dataclass(frozen=True)
class Outcome:
    """`left` counts what is new behind the last place, as far as one more than is counted; None
    where nobody has looked.

    `by` is the person who ended it and need not be told.
    """

    created: int
    left: int | None
    sentence: str
    kind: Kind
    by: User | None = None


def read(run: Run, sources: Sequence[SourceRun], *, has_failed: bool, is_spent: bool) -> Outcome:
    """Say what came of a run whose sources have all ended."""
    created = sum(source.created for source in sources)
    if has_failed:
        return Outcome(created, None, FAILED, Kind.RUN_FAILED)
    wanted = criteria.read(run.wanted)
    left: int | None = _left(run, sources, wanted)
    asks = any(source.source in LIVE_BY_SLUG for source in sources)
    is_short = created < run.maximum
    is_cut_short = is_short and any(source.is_cut_short for source in sources)
    is_used_up = is_cut_short and _is_used_up(run)
    stopped = _stopped(run, sources) if is_short and not is_used_up else ""
    if asks and not left and (not is_short or is_spent or is_used_up or stopped):
        # Vendors know of more, or not: nobody has asked.
        left = None
    if is_spent and wanted.budget_pence is not None:
        spent = f"{_new(created)}; stopped at its budget of {pounds(wanted.budget_pence)}."
        spent += _at_the_edge(run)
        return Outcome(created, left, spent, Kind.BUDGET)
    if is_used_up:
        spent = f"{_new(created)}; stopped at the {run.credits_most:,} credits that were confirmed."
        spent += _at_the_edge(run)
        return Outcome(created, left, spent, Kind.BUDGET)
    if stopped and not left:
        said = f"{_new(created)}; {stopped}. “Find more” asks on.{_at_the_edge(run)}"
    elif left is None:
        said = f"{_new(created)}, as many as were wanted."
    else:
        said = _sentence(run, created, left, wanted, asks=asks)
    missing = unfound.clause(run, wanted) if is_short else ""
    return Outcome(created, left, said + missing, Kind.RUN_COMPLETED)


def _is_used_up(run: Run) -> bool:
    """Whether what was confirmed does not pay for one more question of any source."""
    if run.reservation is None:
        return False
    prices = [
        choosing.price(source, choosing.key_of(run.tenant, source))
        for row in SourceRun.of(run.tenant).filter(run=run)
        if (source := LIVE_BY_SLUG.get(row.source)) is not None and source.costs
    ]
    dear = [price for price in prices if price]
    return bool(dear) and credits.left(run.tenant, run.reservation) < max(dear)


def _stopped(run: Run, sources: Sequence[SourceRun]) -> str:
    """Say in a clause what kept vendors from telling all they know, "" if nothing did."""
    if any(source.is_cut_short for source in sources):
        return "stopped after as many questions as were foreseen for one run"
    asked = Inquiry.of(run.tenant).filter(source_run__run=run).exclude(trouble="")
    failed = asked.exclude(trouble__in=NOT_ASKED).count()
    if not failed:
        return ""
    return f"{failed:,} question{'s' if failed != 1 else ''} to vendors had no answer to be used"


def cancelled(sources: Sequence[SourceRun], by: User) -> Outcome:
    """Say what is kept of a run that somebody ended."""
    created = sum(source.created for source in sources)
    kept = "nothing was found until then" if not created else f"{_new(created)} kept"
    return Outcome(created, None, f"Cancelled by {by}; {kept}.", Kind.RUN_COMPLETED, by)


def stalled(created: int, said: str) -> Outcome:
    """Say that a run waits for a person."""
    return Outcome(created, None, f"{_new(created)} so far. {said}", Kind.RUN_FAILED)


def tell(run: Run, ended: Outcome) -> None:
    """Tell whom it concerns; not of a run that began by itself and found nothing new."""
    is_quiet = (run.state, ended.kind) == (Run.State.COMPLETED, Kind.RUN_COMPLETED)
    if run.is_scheduled and is_quiet and not ended.created:
        return
    campaign = run.campaign
    telling(
        [person for person in audience(run) if person != ended.by],
        ended.kind,
        f"{campaign.name}: {ended.sentence}",
        tenant=run.tenant,
        url=campaign.get_absolute_url(),
        headline=f"{campaign.name}: {_headline(ended)}",
        about=campaign,
    )


def _headline(ended: Outcome) -> str:
    """Say in a few words how it ended, for the subject of an e-mail."""
    if ended.by is not None:
        return f"cancelled by {ended.by}"
    return HEADLINES.get(ended.kind) or _new(ended.created)


def audience(run: Run) -> list[User]:
    """Whom news of a run concerns: who started or scheduled it, else who made the campaign."""
    return concerned(run.campaign, [run.by, _planner(run), run.campaign.created_by])


def _planner(run: Run) -> User | None:
    if not run.is_scheduled:
        return None
    schedules = Schedule.of(run.tenant).filter(campaign=run.campaign_id)
    schedule = schedules.select_related("made_by").first()
    return schedule.made_by if schedule else None


def concerned(campaign: Campaign, people: Sequence[User | None]) -> list[User]:
    """Give the first of these who is still here and sees the campaign; else the owners."""
    somebody = [person for person in people if person is not None]
    return who_sees(somebody, campaign, tenant=campaign.tenant)[:1] or owners(campaign.tenant)


def _left(run: Run, sources: Sequence[SourceRun], wanted: Criteria) -> int:
    """Count what is new behind the campaign's place, or this run's if that is further."""
    campaign = Campaign.of(run.tenant).get(pk=run.campaign_id)
    aim = wanted.target()
    return sum(
        BY_SLUG[source.source].new(
            run.tenant, aim, after=campaign.positions.get(source.source, source.cursor)
        )
        for source in sources
        if source.source in BY_SLUG and wanted.takes_from(BY_SLUG[source.source])
    )


def _at_the_edge(run: Run) -> str:
    """Say how many were left out since they may lie outside, "" if none were."""
    edge = Finding.of(run.tenant).filter(run=run, ground=Ground.EDGE).count()
    return f" {edge:,} near the edge were left out." if edge else ""


def _new(created: int) -> str:
    return f"{created:,} new lead{'s' if created != 1 else ''}"


def _sentence(run: Run, created: int, left: int, wanted: Criteria, *, asks: bool) -> str:
    """Say what came of it: “100 new; 394 left.” or what a wider circle would add."""
    if left:
        return f"{_new(created)}; {counted(left, MOST_COUNTED)} left."
    left_out = _at_the_edge(run)
    nothing = "nothing certain left" if left_out else "nothing left"
    nothing = "no source tells of more" if asks else nothing
    return f"{_new(created)}; {nothing} within {wanted.place_label}.{_wider(run, wanted)}{left_out}"


def _wider(run: Run, wanted: Criteria) -> str:
    miles = wanted.miles + WIDER_MILES
    if miles not in criteria.MILES:
        return ""
    aim = replace(wanted.target(), miles=miles)
    asked = [
        source
        for source in serving(wanted.kind)
        if wanted.takes_from(source) and wanted.asks(source)
    ]
    gain = sum(source.new(run.tenant, aim) for source in asked)
    return f" {miles} miles would add {counted(gain, MOST_COUNTED)}." if gain else ""
