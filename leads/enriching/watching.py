"""Watching organisations for news: looked for at times, told to whoever asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from crm.credits.errors import TooFew
from crm.ledger import audit
from crm.notices import telling
from crm.tasks import wake
from crm.tenants import members
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership, Tenant, User
from crm.work.lease import Lease
from crm.work.models import State
from crm.work.table import Table
from enrichment import waterfall
from leads.enriching import launching, plan
from leads.models import EnrichmentRun, Fact, Lead, NewsWatch
from leads.records.known import Status
from leads.sight import sight

KINDS = ("signals",)
DAYS = {NewsWatch.Every.WEEK: 7, NewsWatch.Every.MONTH: 30}
UNTIL_ENDED = timedelta(seconds=10)
MOST_TOLD, LONGEST_TOLD = 3, 160
UNSEEN = "The lead is no longer yours to see."


def price(tenant: Tenant) -> int:
    """Say what one look takes at the most, in credits, by the keys of this moment."""
    made = plan.make(tenant, KINDS)
    usable = [each for each in made.order if each.slug in made.usable]
    return waterfall.most(usable, made.wants, made.price)


def searches(tenant: Tenant) -> bool:
    """Say whether the web is searched, and not only the organisation's own website read."""
    made = plan.make(tenant, KINDS)
    asked = [each for each in made.order if each.service and "news" in each.gives]
    return any(each.slug in made.usable for each in asked)


def of(lead: Lead, user: User) -> NewsWatch | None:
    """Give a person's watch of the lead's organisation."""
    return NewsWatch.of(lead.tenant).filter(organisation=lead.organisation_id, user=user).first()


@transaction.atomic
def begin(lead: Lead, every: str, *, credits: int, by: User) -> NewsWatch:
    """Watch from now on; the first look is at once. `credits` were said before."""
    next_at = timezone.now()
    row, _ = NewsWatch.of(lead.tenant).update_or_create(
        tenant=lead.tenant,
        organisation=lead.organisation,
        user=by,
        defaults={"every": every, "credits": credits},
        create_defaults={
            "tenant": lead.tenant,
            "every": every,
            "credits": credits,
            "next_at": next_at,
            "due_at": next_at,
        },
    )
    after = {"every": NewsWatch.Every(every).label, "credits": credits}
    audit.write(lead, "watched for news", by=by, after=after)
    wake()
    return row


@transaction.atomic
def end(lead: Lead, *, by: User) -> None:
    """Watch no longer; a look that is under way tells nobody."""
    rows = NewsWatch.of(lead.tenant).filter(organisation=lead.organisation_id, user=by)
    if rows.delete()[0]:
        audit.write(lead, "no longer watched for news", by=by)


def work(row: NewsWatch, lease: Lease) -> None:
    """Begin a look, or tell what the last one has brought."""
    with acting_for(row.tenant):
        watch = NewsWatch.of(row.tenant).select_related("organisation", "user", "tenant").get(
            pk=row.pk
        )
        lead = _lead(watch)
        run = _run(watch)
        if lead is None:
            _rest(row, lease, watch, run=None, said=UNSEEN)
        elif run is None:
            _look(row, lease, watch, lead)
        elif run.is_active:
            # A paused run is somebody's wish: it is looked at seldom.
            is_still = run.phase != EnrichmentRun.Phase.RUNNING
            later = timedelta(hours=1) if is_still else UNTIL_ENDED
            lease.release(row, state=State.WAITING, due_at=Now() + later)
        else:
            said = _tell(watch, lead, run)
            _rest(row, lease, watch, run=None, said=said, looked_at=timezone.now())


def _lead(watch: NewsWatch) -> Lead | None:
    """Give a lead of the organisation that the watcher sees still, an open one if there is one."""
    membership = Membership.of(watch.tenant).filter(user=watch.user).first()
    if membership is None:
        return None
    membership.tenant = watch.tenant
    leads = sight.leads(membership).filter(organisation=watch.organisation_id)
    return leads.order_by("closed_at", "pk").first()


def _run(watch: NewsWatch) -> EnrichmentRun | None:
    return EnrichmentRun.of(watch.tenant).filter(pk=watch.run).first() if watch.run else None


def _look(row: NewsWatch, lease: Lease, watch: NewsWatch, lead: Lead) -> None:
    now = timezone.now()
    if watch.next_at > now:
        lease.release(row, state=State.WAITING, due_at=watch.next_at)
        return
    most = min(watch.credits, price(watch.tenant))
    try:
        run = launching.launch(
            watch.tenant,
            [watch.organisation_id],
            KINDS,
            # Whoever watches is told of the news, not of the run.
            why=EnrichmentRun.Why.LEAD,
            label=f"news of {watch.organisation}",
            by=watch.user,
            most=most,
            ref=lead.pk,
        )
    except (TooFew, launching.CannotEnrich) as refused:
        said = f"The last look was left out. {refused}"
        _rest(row, lease, watch, run=None, said=said[:500])
        return
    lease.release(row, state=State.WAITING, due_at=Now() + UNTIL_ENDED, run=run.pk)


def _rest(row: NewsWatch, lease: Lease, watch: NewsWatch, **changes: object) -> None:
    later = _next(watch)
    lease.release(row, state=State.WAITING, due_at=later, next_at=later, **changes)


def _next(watch: NewsWatch) -> datetime:
    return timezone.now() + timedelta(days=DAYS[NewsWatch.Every(watch.every)])


def _tell(watch: NewsWatch, lead: Lead, run: EnrichmentRun) -> str:
    """Tell the watcher what is new; give what came of the look in a sentence."""
    rows = Fact.of(watch.tenant).filter(
        organisation=watch.organisation_id,
        field="news",
        status__in=(Status.APPLIED, Status.PROPOSED),
        created_at__gte=run.created_at,
    )
    new = list(rows.order_by("-created_at", "pk").values_list("value", flat=True)[:50])
    if not new:
        return "Nothing new was found."
    people = members.who_is_still_here(watch.tenant, [watch.user])
    telling.tell(
        people,
        telling.Kind.NEWS,
        f"News of {watch.organisation}: {_said(new)}",
        headline=f"News of {watch.organisation}"[:200],
        tenant=watch.tenant,
        url=lead.get_absolute_url(),
        about=lead,
    )
    return "1 piece of news was found." if len(new) == 1 else f"{len(new)} pieces of news."


def _said(values: Sequence[object]) -> str:
    texts = [
        "; ".join(map(str, each)) if isinstance(each, list) else str(each)
        for each in values[:MOST_TOLD]
    ]
    more = len(values) - MOST_TOLD
    ending = f" And {more} more." if more > 0 else ""
    return " · ".join(text[:LONGEST_TOLD] for text in texts) + ending


def gave_up(row: NewsWatch) -> None:
    """Say on the lead that nobody looks any more."""
    said = "Looking for news failed again and again. Switch the watch off and on to try again."
    NewsWatch.of(row.tenant).filter(pk=row.pk).update(said=said)


def about(row: NewsWatch) -> str:
    """Say to people what it does."""
    return f"Looks for news of {row.organisation}"


TABLE = Table(
    model=NewsWatch, work=work, gave_up=gave_up, about=about, related=("organisation", "user")
)
