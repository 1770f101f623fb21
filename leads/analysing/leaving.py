"""Leads that go while the AI is asked about them: what it may have cost is booked all the same."""

from collections.abc import Collection, Iterable
from uuid import UUID

from crm.changing import change
from crm.tenants.models import Tenant
from leads.analysing import money
from leads.models import Analysis


def note(tenant: Tenant, leads: Collection[UUID]) -> list[Analysis]:
    """Give the questions that have gone out about leads that are about to go, for `book`.

    In the transaction that deletes the leads or makes them others, which holds them. What an undo
    brings back knows that it was booked: it costs nothing more, also where its answer is found.
    """
    # Also those that have not gone out: whoever holds one may wait for the company's account.
    rows = Analysis.of(tenant).filter(lead__in=list(leads), phase=Analysis.Phase.ASKED)
    held = rows.order_by("pk").select_for_update(of=("self",)).select_related(
        "tenant", "by", "lead__organisation__group", "lead__tenant"
    )  # fmt: skip
    going = [row for row in held if "sent_at" in row.asked and not row.asked.get(money.IS_BOOKED)]
    for row in going:
        row.asked, row.cost_micros = row.asked | {money.IS_BOOKED: True}, 0
    change(going, ["asked", "cost_micros"])
    return going


def book(going: Iterable[Analysis]) -> None:
    """Book the most that they can cost, as for an answer that was lost; last, for it is a turn."""
    for row in going:
        money.spend(row, row.lead, taken=0, cost_micros=int(row.asked.get("charge", 0)))
