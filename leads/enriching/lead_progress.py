"""How the last look at a lead goes or has gone: a line for each who is asked, and what is new."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone

from crm.look import formats
from crm.tenants.models import Tenant
from crm.work.models import State
from enrichment import kinds
from enrichment.contract import Provider, Subject
from enrichment.lookups.models import Lookup
from enrichment.providers.all import PROVIDERS, label
from enrichment.waterfall import offers
from leads.enriching import plan
from leads.models import EnrichmentItem, EnrichmentRun, Fact, Organisation

ENDED = (State.DONE, State.DEAD)
MOST_ROWS = 60
# The outcome that says most of one who was asked about several people.
RANK = ("told", "doubted", "failed", "lost", "nothing", "left")
LOOK = {
    "told": ("circle-check", "good"),
    "known": ("circle-check", "quiet"),
    "doubted": ("circle-question-mark", "warn"),
    "nothing": ("circle-slash", "quiet"),
    "failed": ("circle-alert", "bad"),
    "lost": ("circle-alert", "bad"),
    "left": ("circle-dashed", "quiet"),
    "asking": ("loader", "info"),
    "waiting": ("hourglass", "warn"),
    "to_come": ("circle-dashed", "quiet"),
}


@dataclass(frozen=True)
class Asked:
    """One provider; `state` is a key of LOOK, `words` say what came of it."""

    label: str
    state: str
    words: str = ""
    credits: int = 0

    @property
    def icon(self) -> str:
        return LOOK[self.state][0]

    @property
    def tone(self) -> str:
        return LOOK[self.state][1]


@dataclass(frozen=True)
class Look:
    """The last time somebody looked; `is_live` while it goes on, `is_held` while it is paused."""

    item: EnrichmentItem
    lines: Sequence[Asked] = ()

    @property
    def run(self) -> EnrichmentRun:
        return self.item.run

    @property
    def is_live(self) -> bool:
        return self.run.is_active and self.item.state not in ENDED

    @property
    def is_held(self) -> bool:
        return self.run.phase in (EnrichmentRun.Phase.PAUSED, EnrichmentRun.Phase.STOPPED)

    @property
    def done(self) -> int:
        return sum(each.state not in ("to_come", "asking", "waiting") for each in self.lines)

    @property
    def news(self) -> str:
        """Say what is new, in a few words."""
        gained = self.item.gained
        applied, proposed = gained.get("applied", 0), gained.get("proposed", 0)
        said = []
        if applied:
            said.append(f"{applied:,} fact{'' if applied == 1 else 's'} new")
        if proposed:
            said.append(f"{proposed:,} to decide")
        if confirmed := gained.get("confirmed", 0):
            said.append(f"{confirmed:,} confirmed")
        return ", ".join(said) or "nothing new"

    @property
    def has_news(self) -> bool:
        return bool(self.item.gained.get("applied") or self.item.gained.get("proposed"))


def last(organisation: Organisation, facts: Iterable[Fact] = ()) -> Look | None:
    """Give the last look at an organisation; if it has ended with its lines, and how many of these
    facts each source has brought.
    """
    rows = EnrichmentItem.of(organisation.tenant).filter(organisation=organisation)
    item = rows.select_related("run__by").order_by("-pk").first()
    if item is None:
        return None
    look = Look(item)
    if look.is_live:
        return look
    new = Counter(fact.source for fact in facts if fact.run == item.run_id)
    return Look(item, _ended(item.asked, new))


def live(look: Look, organisation: Organisation) -> Look:
    """Give a look that goes on with a line for each who may be asked."""
    tenant, run = organisation.tenant, look.run
    wants = kinds.wants(run.kinds)
    order = plan.in_order(plan.rules(tenant))
    asked = [each for each in order if offers(each) & wants]
    rows: dict[str, list[Lookup]] = defaultdict(list)
    for row in _questions(tenant, run, asked, organisation):
        rows[row.provider].append(row)
    known = {each.label: each for each in _ended(look.item.asked, {}) if each.state != "left"}
    lines = [
        _going_on(provider, rows[provider.slug], run) or known.get(provider.label)
        or Asked(provider.label, "to_come", "If it is needed")
        for provider in asked
    ]  # fmt: skip
    return Look(look.item, lines)


def _questions(
    tenant: Tenant, run: EnrichmentRun, asked: Iterable[Provider], organisation: Organisation
) -> Iterable[Lookup]:
    """Give what is asked in this run, or of the same organisation where nothing is paid for."""
    known: dict[str, Any] = {
        name: [value]
        for name in ("name", "postcode", "company_number", "website", "phone", "address")
        if (value := getattr(organisation, name))
    }
    subject = Subject(tenant, str(organisation.pk), known)
    abouts = {about for each in asked if (about := each.about(subject))}
    meant = Q(about__in=abouts, is_current=True)
    # A run of one lead holds its own reservation; of another run it would be everybody's.
    if run.reservation is not None and run.total == 1:
        meant |= Q(reservation=run.reservation)
    return Lookup.of(tenant).filter(meant).order_by("-pk")[:MOST_ROWS]


def _going_on(provider: Provider, rows: Sequence[Lookup], run: EnrichmentRun) -> Asked | None:
    now = timezone.now()
    open_ = [row for row in rows if row.state == Lookup.State.OPEN]
    if open_:
        waits = [row.due_at for row in open_ if row.due_at is not None and row.due_at > now]
        if waits:
            return Asked(provider.label, "waiting", f"Waits until {formats.clock(min(waits))}")
        return Asked(provider.label, "asking", "Asking…")
    fresh = [row for row in rows if row.answered_at and row.answered_at >= run.created_at]
    if any(row.state == Lookup.State.TOLD for row in fresh):
        return Asked(provider.label, "told", "Has answered")
    if fresh:
        state = "failed" if fresh[0].state in ("failed", "lost") else "nothing"
        return Asked(provider.label, state, fresh[0].trouble or "Knew nothing")
    if rows:
        return Asked(provider.label, "known", "Known from before")
    return None


def _ended(asked: dict[str, dict[str, Any]], new: Mapping[str, int]) -> list[Asked]:
    """Sum up what came of each provider, whoever they were asked about."""
    of: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for key, said in asked.items():
        if isinstance(said, dict) and said.get("outcome") in RANK:
            of[key.partition("|")[0]].append(said)
    usual = {each.slug: place for place, each in enumerate(PROVIDERS)}
    slugs = sorted(of, key=lambda slug: (usual.get(slug, len(usual)), slug))
    return [_summed(slug, of[slug], new.get(slug, 0)) for slug in slugs]


def _summed(slug: str, said: list[dict[str, Any]], new: int) -> Asked:
    best = min(said, key=lambda each: RANK.index(each["outcome"]))
    outcome, why = str(best["outcome"]), str(best.get("why", ""))
    credits = sum(each.get("credits", 0) for each in said)
    if outcome == "told":
        if not new and all(each.get("known") for each in said if each["outcome"] == "told"):
            return Asked(label(slug), "known", "Known from before", credits)
        words = f"{new:,} fact{'' if new == 1 else 's'} new" if new else "Told what is known"
        return Asked(label(slug), "told", words, credits)
    if outcome == "left":
        return Asked(label(slug), "left", f"Not asked: {why}" if why else "Not asked", credits)
    return Asked(label(slug), outcome, why or "Knew nothing", credits)
