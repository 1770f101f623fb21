"""What a rule does with the leads that it means: the few words and steps that all of it has."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from crm.look.formats import together
from crm.tenants.models import Membership, Tenant
from leads.acts.act import Outcome
from leads.models import Batch, Lead, Reaction

# Few enough that a colleague who works on one of them waits no longer than a moment.
PIECE = 500
# What stands for the leads where a rule is told in words.
IT = "it"


@dataclass(frozen=True)
class Then(ABC):
    """`given` is what the rule was told, as its JSON column keeps it."""

    given: dict[str, Any]
    slug = ""
    # Of the batch by which it can be undone; "" where nothing can.
    verb = ""
    # How many are done at one look.
    piece = PIECE

    def trouble(self, tenant: Tenant) -> str:
        """Say why it can't be done to any lead; "" if it can."""
        return ""

    def narrowed(self, leads: QuerySet[Lead]) -> QuerySet[Lead]:
        """Leave out those of which it would make no sense now, and may later."""
        return leads

    def keep(self, idents: Sequence[UUID], tenant: Tenant) -> None:  # noqa: B027 - most need nobody
        """Have whom it concerns stay members: before leads are held, as whoever leaves does."""

    @abstractmethod
    def do(
        self, idents: list[UUID], by: Membership, batch: Batch | None, rule: Reaction
    ) -> Outcome:
        """Do it to those of the leads, which are held, that it can be done to."""

    @abstractmethod
    def words(self, leads: str, tenant: Tenant) -> str:
        """Say what it does to so many leads, as an order: “Give 3 leads to Ben”."""

    @abstractmethod
    def did(self, leads: str, tenant: Tenant) -> str:
        """Say what it did to so many leads: “Gave 3 leads to Ben”."""


def listed(names: Sequence[object], most: int = 3) -> str:
    """Name a few, and how many more there are: “Ann, Ben and 2 more”."""
    said = [str(name) for name in names[:most]]
    if len(names) > most:
        said.append(f"{len(names) - most} more")
    return together(said) if said else ""
