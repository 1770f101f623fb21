"""What the page of API keys shows of each service."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from crm.credits import words
from crm.keys import budget, models_seen, standing
from crm.keys.budget import Use
from crm.keys.forms import BudgetForm, KeyForm
from crm.keys.holding import by
from crm.keys.models import Credential
from crm.keys.standing import Standing, Stands
from crm.keys.what import OPENAI, What
from crm.look.formats import as_of, pounds, thousands
from crm.outside import breaker
from crm.tenants.models import Tenant

TONES = {
    Stands.WORKS: ("good", "circle-check"),
    Stands.UNTESTED: ("quiet", "circle-help"),
    Stands.REFUSED: ("bad", "circle-x"),
    Stands.NO_CREDIT: ("warn", "circle-pound-sterling"),
    Stands.SYSTEM: ("info", "corner-down-right"),
    Stands.MISSING: ("quiet", "circle-dashed"),
    Stands.UNREADABLE: ("bad", "lock"),
}


@dataclass(frozen=True)
class Spending(Standing):
    """How the company stands with a service, and what that charged this month."""

    spent_micros: int = 0

    @property
    def over_budget(self) -> bool:
        """Say whether the month's budget is used up: nothing is asked until the next one."""
        limit = self.budget_pence
        return limit is not None and self.spent_micros >= limit * words.PENNY


@dataclass(frozen=True)
class Card:
    """One service. `away` says that it does not answer; `ending`, that its model goes."""

    standing: Spending
    row: Credential | None
    calls: int
    away: str
    ending: str
    key_form: KeyForm
    budget_form: BudgetForm
    model: str = ""

    @property
    def what(self) -> What:
        return self.standing.what

    @property
    def tone(self) -> str:
        bad_system = self.standing.state == Stands.SYSTEM and not self.standing.usable
        return "warn" if bad_system else TONES[self.standing.state][0]

    @property
    def icon(self) -> str:
        return TONES[self.standing.state][1]

    @property
    def spent(self) -> str:
        return words.cost(self.standing.spent_micros)

    @property
    def spent_pence(self) -> int:
        """Give it for a bar, which ends where the budget does."""
        pence = self.standing.spent_micros // words.PENNY
        return min(pence, self.standing.budget_pence or 0)

    @property
    def of_budget(self) -> str:
        return f"{self.spent} of {pounds(self.standing.budget_pence)}"

    @property
    def use(self) -> str:
        return "1 call" if self.calls == 1 else f"{thousands(self.calls)} calls"

    @property
    def replacing(self) -> str:
        """Name what the form does."""
        return "Replace the key" if self.standing.own else "Put in a key of your own"

    @property
    def is_open(self) -> bool:
        """Say whether the form for a key stands open: where one is missing, or was refused."""
        needs_one = self.standing.state in (Stands.UNREADABLE, Stands.REFUSED)
        return needs_one or bool(self.key_form.errors)


def every(tenant: Tenant, **bound: Any) -> list[Card]:
    """Read all; a form that was refused comes by its service and kind, as `openai_key`."""
    rows = {row.service: row for row in Credential.of(tenant).select_related("put_by")}
    used = budget.used(tenant)
    return [
        _card(tenant, now, rows.get(now.service), used[now.service], bound)
        for now in standing.every(rows)
    ]


def one(tenant: Tenant, service: str) -> Card:
    """Read a single one."""
    row = Credential.of(tenant).filter(service=service).select_related("put_by").first()
    used = budget.used(tenant, service)[service]
    return _card(tenant, standing.by(row, service), row, used, {})


def _card(
    tenant: Tenant, now: Standing, row: Credential | None, used: Use, bound: dict[str, Any]
) -> Card:
    service = now.service
    key = by(row, tenant, service)
    held = breaker.standing(service, key.ident) if key else breaker.Standing()
    ending = models_seen.warning(key) if service == OPENAI else None
    return Card(
        standing=Spending(**vars(now), spent_micros=used.micros),
        row=row,
        calls=used.calls,
        away=_away(held),
        ending=ending.text if ending else "",
        key_form=bound.get(f"{service}_key") or KeyForm(service),
        budget_form=bound.get(f"{service}_budget") or BudgetForm(service, pence=now.budget_pence),
        model=settings.OPENAI_MODEL if service == OPENAI else "",
    )


def _away(held: breaker.Standing) -> str:
    """Say why nobody is let through, and until when."""
    if not held.is_open or held.until is None:
        return ""
    return f"{held.why} It is tried again at {as_of(held.until)}."
