"""What the address of a board means: a pipeline, its columns in an order, and the filters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Func, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from crm.pipeline.models import Pipeline, Stage
from crm.tenants.permissions import TenantRequest
from leads.board import heads, orders, windows
from leads.board.drawing import Card
from leads.board.heads import Reading
from leads.board.orders import Order
from leads.board.windows import Column
from leads.filters import querystring
from leads.filters.form import FilterForm
from leads.models import Lead
from leads.records import touched

ORDER, PIPELINE, AFTER, SINCE = "sort", "pipeline", "after", "since"


@dataclass(frozen=True)
class Offer:
    """One of several to choose from, by its address."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True)
class Page:
    """`pipelines` are all there are; `since` is the moment from which news are asked for."""

    request: HttpRequest
    form: FilterForm
    reading: Reading
    pipelines: list[Pipeline]
    pipeline: Pipeline | None
    since: str

    @cached_property
    def columns(self) -> list[Column]:
        """The columns with their first cards."""
        sums = heads.read(self.reading)
        found = windows.first(self.reading, sums)
        return [self.linked(column) for column in found]

    def linked(self, column: Column) -> Column:
        """Let the column lead to its next cards."""
        if not column.cursor:
            return column
        url = reverse("leads:column", args=[column.stage.pk])
        return replace(column, next_url=f"{url}?{self.address(after=column.cursor)}")

    @property
    def is_empty(self) -> bool:
        """Whether the member sees no lead at all in this pipeline."""
        return not self.reading.wanted and not any(each.count for each in self.columns)

    @property
    def pipelines_offered(self) -> list[Offer]:
        """The pipelines to choose from, each with the filters as they are."""
        return [
            Offer(each.name, f"?{self.address(pipeline=each.pk)}", each == self.pipeline)
            for each in self.pipelines
        ]

    @property
    def orders_offered(self) -> list[Offer]:
        """The orders to choose from."""
        return [
            Offer(each.label, f"?{self.address(sort=each.name)}", each == self.reading.order)
            for each in orders.ORDERS.values()
        ]

    @property
    def news_url(self) -> str:
        """Where to ask what has changed since."""
        shown = self.pipeline.pk if self.pipeline else ""
        return f"{reverse('leads:board_news')}?{self.address(pipeline=shown, since=self.since)}"

    @property
    def board_url(self) -> str:
        """The whole board, seen like this."""
        return f"{reverse('leads:board')}?{self.address()}"

    def address(self, **changed: Any) -> str:
        """Write the address of this view with something changed."""
        kept = [
            (name, each)
            for name, each in querystring.pairs(self.request.GET)
            if each and name not in (AFTER, SINCE) and name not in changed
        ]
        return querystring.write([*kept, *changed.items()])


def read(request: TenantRequest) -> Page:
    """Read the address; a pipeline or an order that is not there means the first."""
    form = FilterForm(request.GET, membership=request.membership)
    snapshot = Cast(Func(function="pg_current_snapshot"), TextField())
    rows = Stage.of(request.tenant).select_related("pipeline").annotate(snapshot=snapshot)
    stages = list(rows.order_by("pipeline__position", "pipeline_id", "position", "id"))
    pipelines = list({stage.pipeline_id: stage.pipeline for stage in stages}.values())
    wanted = request.GET.get(PIPELINE, "")
    chosen = [each for each in pipelines if str(each.pk) == wanted] or pipelines[:1]
    reading = Reading(
        membership=request.membership,
        stages=[stage for stage in stages if stage.pipeline in chosen],
        order=order(request),
        wanted=form.wanted,
    )
    since = touched.since(str(stages[0].snapshot)) if stages else ""
    return Page(request, form, reading, pipelines, chosen[0] if chosen else None, since)


def order(request: HttpRequest) -> Order:
    """Give the order in which the address asks for cards."""
    return orders.ORDERS.get(request.GET.get(ORDER, ""), orders.OWN)


def cards(request: HttpRequest, found: Iterable[Card]) -> str:
    """Write cards as the board shows them."""
    return render_to_string("leads/_card.html", {"cards": list(found)}, request)


def truth(request: TenantRequest, leads: Iterable[Lead]) -> dict[str, Any]:
    """Give what a board must show after a move, whatever its filters leave out.

    `cards` are the leads that moved, by id: their markup, stage and place; `sums` are the heads of
    their columns under the filters of the address.
    """
    leads = list(leads)
    wanted = FilterForm(request.GET, membership=request.membership).wanted
    stages = list(
        Stage.of(request.tenant).filter(pipeline__in={lead.pipeline_id for lead in leads})
    )
    reading = Reading(request.membership, stages, order(request), wanted)
    found = windows.some(reading, [lead.pk for lead in leads], filtered=False)
    return {
        "cards": [told(request, card) for card in found],
        "sums": heads.labels(heads.read(reading)),
    }


def told(request: HttpRequest, card: Card) -> dict[str, str]:
    """Say of a card what the board's script puts in its place."""
    return {
        "id": str(card.pk),
        "stage": str(card.stage),
        "place": card.place,
        "html": cards(request, [card]).strip(),
    }
