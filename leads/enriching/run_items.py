"""What became of each organisation of a run, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, F, Func, Q, QuerySet

from crm.tenants.models import Membership
from crm.work.models import State
from enrichment.providers.all import label
from leads.enriching import items, run_sight
from leads.models import EnrichmentItem, EnrichmentRun, Lead
from leads.sight import sight

PAGE = 50
# By the state of the row of work: in words, and how good that is.
STATES = {
    State.HELD: ("Waits for its turn", "quiet"),
    State.READY: ("Waits for its turn", "quiet"),
    State.LEASED: ("Being asked", "info"),
    State.WAITING: ("Waits for an answer", "warn"),
    State.DONE: ("Done", "good"),
    State.DEAD: ("Failed", "bad"),
}
# By the trouble of those that are over, but not finished: any other was left out.
CANCELLED = {items.NOT_BEGUN: "Not begun", items.CUT_SHORT: "Cut short"}
# Somebody was not asked who may be asked later, as `steering.is_left` says it of one.
AGAIN = "jsonb_path_exists(%(expressions)s, '$.* ? (@.again == true)')"
ONLY = {"failed": [State.DEAD], "open": [State.HELD, State.READY, State.LEASED, State.WAITING]}


@dataclass(frozen=True)
class Row:
    """One organisation; `lead` is one that the reader sees, `trouble` one sentence."""

    item: EnrichmentItem
    lead: Lead | None
    state: str
    tone: str
    trouble: str

    @property
    def applied(self) -> int:
        return int(self.item.gained.get("applied", 0))

    @property
    def proposed(self) -> int:
        return int(self.item.gained.get("proposed", 0))


@dataclass(frozen=True)
class Page:
    """`following` is behind whom the next page begins, None at the end."""

    rows: list[Row]
    following: UUID | None


def page(
    membership: Membership, run: EnrichmentRun, after: UUID | None = None, only: str = ""
) -> Page:
    """Read a page, in three queries."""
    rows = run_sight.items(membership, run).select_related("organisation").order_by("pk")
    if after is not None:
        rows = rows.filter(pk__gt=after)
    if only in ONLY:
        rows = rows.filter(state__in=ONLY[only])
    found: list[EnrichmentItem] = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    leads = _leads(membership, shown)
    listed = [_row(item, leads.get(item.organisation_id), run) for item in shown]
    return Page(listed, shown[-1].pk if len(found) > PAGE else None)


def left(run: EnrichmentRun) -> QuerySet[EnrichmentItem, Any]:
    """Give those about whom somebody was left out who may be asked now, and those that failed."""
    again = Func(F("asked"), template=AGAIN, output_field=BooleanField())
    rows: QuerySet[EnrichmentItem] = EnrichmentItem.of(run.tenant).filter(run=run)
    return rows.annotate(again=again).filter(Q(again=True) | Q(state=State.DEAD))


def _leads(membership: Membership, items: Sequence[EnrichmentItem]) -> dict[UUID, Lead]:
    wanted = [item.organisation_id for item in items]
    rows = sight.leads(membership).filter(organisation__in=wanted).order_by("-pk")
    return {lead.organisation_id: lead for lead in rows.only("pk", "organisation", "tenant")}


def _row(item: EnrichmentItem, lead: Lead | None, run: EnrichmentRun) -> Row:
    state, tone = STATES[State(item.state)]
    if item.state == State.DONE and item.trouble:
        state, tone = CANCELLED.get(item.trouble, "Left out"), "quiet"
    return Row(item, lead, state, tone, item.trouble or _trouble(item.asked))


def _trouble(asked: dict[str, Any]) -> str:
    """Say who gave no answer, and why, or whose the website may be; of several the first."""
    for key, each in asked.items():
        if each.get("outcome") == "doubted":
            return str(each.get("why", ""))
        if each.get("outcome") in ("failed", "lost"):
            why = str(each.get("why", ""))
            return f"{label(key.split('|')[0])}: {why or 'gave no answer.'}"
    return ""
