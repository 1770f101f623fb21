"""What every act on many leads has: the few statements for a piece, and what is said of it.

Each act leaves alone what the person may not touch or what is so already, and counts it by reason.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils import timezone

from crm import ids
from crm.tenants.models import Membership, Tenant
from crm.tenants.permissions import Permission, may
from leads.lead.locking import hold
from leads.models import Batch, Lead
from leads.sight import sight
from leads.timeline import timeline

ALREADY = "already so"
GONE = "gone, or not yours to see any more"


class ActRefused(ValueError):
    """It can't be done at all; the sentence says why and what to do."""


@dataclass
class Outcome:
    """How many leads were changed, why others were left alone, and what else there is to say."""

    done: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    notes: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: "Outcome") -> "Outcome":
        self.done += other.done
        self.skipped += other.skipped
        self.notes += other.notes
        return self


def named(many: int) -> str:
    """Count leads in words."""
    return "1 lead" if many == 1 else f"{many:,} leads"


def ident(given: str) -> UUID:
    """Read an id; what is none is nobody's."""
    return ids.read(given) or UUID(int=0)


@dataclass(frozen=True)
class Act(ABC):
    """`needs` is the permission for it, and `given` what it was asked with, as a JSON column."""

    given: dict[str, str]
    # What the timeline says of the reason, where it was no person's wish of the moment.
    why: str = ""
    verb = ""
    needs = Permission.WORK_LEADS
    # How many are done in one transaction; 0 leaves that to whoever does it.
    piece = 0
    # Where a person was who asked for it.
    page = "leads:list"

    def check(self, tenant: Tenant) -> None:  # noqa: B027 - most can always be done
        """Refuse what can't be done to any lead; raises ActRefused."""

    def is_allowed(self, by: Membership) -> bool:
        """Say whether the person may do this to any lead."""
        return may(by, self.needs)

    @abstractmethod
    def words(self, tenant: Tenant) -> tuple[str, str, str]:
        """Give the act around the leads: “Gave”, “to Ben”, and “Give” before it is done."""

    @abstractmethod
    def do(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        """Do it to those of the leads that it can be done to, in one transaction."""

    def do_to_all(self, idents: list[UUID], by: Membership, batch: Batch) -> Outcome:
        """Do it to those that are there, and count the others."""
        there = set(Lead.of(by.tenant).filter(pk__in=idents).values_list("pk", flat=True))
        outcome = Outcome(0, +Counter({GONE: len(set(idents)) - len(there)}))
        outcome += self.do([each for each in idents if each in there], by, batch)
        return outcome

    def did(self, many: int, tenant: Tenant) -> str:
        """Say what was done."""
        done, to, _ = self.words(tenant)
        return f"{done} {named(many)}{to}"

    def told(self, said: str) -> str:
        """Say in the timeline what was done, and why."""
        return f"{said} {self.why}".rstrip()

    def does(self, many: str, tenant: Tenant) -> str:
        """Say what will be done."""
        _, to, does = self.words(tenant)
        return f"{does} {many}{to}"


def seen(
    idents: Sequence[UUID], by: Membership, *, to_delete: bool = False
) -> tuple[list[Lead], Counter[str]]:
    """Hold the leads, and give those that are there and seen."""
    hold(Lead.of(by.tenant).filter(pk__in=idents), to_delete=to_delete)
    rows = sight.leads(by).filter(pk__in=idents).order_by("pk")
    found = list(rows.select_related("organisation", "stage", "owner", "tenant"))
    return found, +Counter({GONE: len(set(idents)) - len(found)})


def tell(leads: Iterable[Lead], kind: str, said: str, by: Membership) -> None:
    """Write it into the timeline of each, as what a person did with it."""
    told = dict.fromkeys(leads, said)
    if told:
        timeline.write_all(told, kind, tenant=by.tenant, by=by.user)
        rows = Lead.of(by.tenant).filter(pk__in=[lead.pk for lead in told])
        rows.update(active_at=timezone.now())
