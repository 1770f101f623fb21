"""The one door: whatever brings an organisation in becomes a Candidate and is admitted here.

clean ▸ lock the identity keys ▸ compare ▸ insert or merge ▸ score ▸ place in DISCOVERY ▸ audit, all
in the caller's transaction. A lead stands on the board, scored, the moment it is admitted.
"""

from collections.abc import Sequence

from django.db import transaction

from crm.pipeline.models import Kind, Stage
from crm.tenants.models import Tenant, User
from leads.identity import index
from leads.identity.applicant import Applicant
from leads.identity.candidate import Candidate, OriginRef
from leads.identity.index import Index
from leads.intake.desk import Desk
from leads.intake.outcome import CREATED, DUPLICATE, REJECTED, Outcome
from leads.intake.terms import Terms

__all__ = [
    "CREATED", "DUPLICATE", "REJECTED", "Outcome", "Terms",
    "admit", "admit_all", "entrance", "hold",
]  # fmt: skip

AS_IT_IS = Terms()


class NoEntrance(LookupError):
    """The tenant has no stage for new leads."""


def entrance(tenant: Tenant) -> Stage:
    """Give the stage in which leads are born."""
    stages = Stage.of(tenant).filter(kind=Kind.DISCOVERY).select_related("pipeline", "tenant")
    first = stages.order_by("pipeline__position", "position").first()
    if first is None:
        raise NoEntrance("No stage of the board is a Discovery. Add one in the administration.")
    return first


def admit(candidate: Candidate, *, into: Stage, origin: OriginRef, by: User | None) -> Outcome:
    """Admit one candidate to the tenant of the stage, or say why not."""
    return admit_all([candidate], into=into, origin=origin, by=by)[0]


def hold(candidates: Sequence[Candidate], *, tenant: Tenant) -> None:
    """Lock what tells them apart, for whoever admits them in several goes of one transaction."""
    index.lock(tenant, [Applicant.of(candidate) for candidate in candidates])


@transaction.atomic(savepoint=False)
def admit_all(
    candidates: Sequence[Candidate],
    *,
    into: Stage,
    origin: OriginRef,
    by: User | None,
    most_new: int | None = None,
    terms: Terms = AS_IT_IS,
) -> list[Outcome]:
    """Admit candidates in their order, as one by one, but with a few statements for all.

    Stops once `most_new` are created: the outcomes are those of the first candidates then.
    """
    applicants = [Applicant.of(candidate) for candidate in candidates]
    desk = Desk(into, origin, by, Index(into.tenant, applicants, locks=True), terms)
    outcomes: list[Outcome] = []
    for applicant in applicants:
        if most_new is not None and len(desk.leads) >= most_new:
            break
        outcomes.append(desk.admit(applicant))
    desk.write()
    return outcomes
