"""The one door: whatever brings an organisation in becomes a Candidate and is admitted here.

clean ▸ lock the identity keys ▸ compare ▸ insert or merge ▸ score ▸ place in DISCOVERY ▸ audit, all
in the caller's transaction. A lead stands on the board, scored, the moment it is admitted.
"""

from dataclasses import dataclass

from django.db import transaction

from crm.ledger import audit
from crm.pipeline import rank
from crm.pipeline.models import Kind, Stage
from crm.registers import names
from crm.tenants.models import Tenant, User
from leads import flow, identity, scores, timeline
from leads.candidate import Candidate, OriginRef, Unusable, clean
from leads.models import (
    Group,
    IdentityKey,
    Lead,
    Listing,
    Organisation,
    Origin,
    Proof,
    StageMove,
    TimelineEntry,
)

CREATED, DUPLICATE, REJECTED = "created", "duplicate", "rejected"


@dataclass(frozen=True)
class Outcome:
    """What became of a candidate: `reason` is one of a few, `detail` what speaks for it here."""

    verdict: str
    reason: str
    detail: str = ""
    organisation: Organisation | None = None
    lead: Lead | None = None


def entrance(tenant: Tenant) -> Stage:
    """Give the stage in which leads are born."""
    stages = Stage.of(tenant).select_related("pipeline")
    return stages.filter(kind=Kind.DISCOVERY).order_by("pipeline__position", "position")[0]


@transaction.atomic(savepoint=False)
def admit(candidate: Candidate, *, into: Stage, origin: OriginRef, by: User | None) -> Outcome:
    """Admit one candidate to the tenant of the stage, or say why not."""
    tenant = into.tenant
    try:
        cleaned = clean(candidate)
    except Unusable as error:
        return Outcome(REJECTED, "Not usable", str(error))
    entry = candidate.entry
    found = identity.keys(
        cleaned,
        address=candidate.address,
        entry=f"{entry.register_id}:{entry.number}" if entry else "",
    )
    identity.lock(tenant, found)
    match = identity.match(tenant, cleaned, found)
    if match.same is not None:
        return _meet_again(match.same, candidate, cleaned, found, match.because, into, origin, by)
    organisation = _settle(candidate, cleaned, found, tenant, match.sibling)
    lead = _pursue(organisation, candidate, into, origin, by)
    return Outcome(CREATED, "New", "", organisation, lead)


def _settle(
    candidate: Candidate,
    cleaned: dict[str, str],
    found: identity.Keys,
    tenant: Tenant,
    sibling: Organisation | None,
) -> Organisation:
    name_key = names.name_key(cleaned["name"])
    organisation = Organisation.of(tenant).create(
        tenant=tenant,
        name=cleaned["name"],
        name_key=name_key[:300],
        sort_key=names.sort_key(cleaned["name"])[:300],
        company_number=cleaned["company_number"],
        domain=cleaned["domain"],
        website=cleaned["website"],
        phone=cleaned["phone"],
        address=candidate.address[:500],
        town=candidate.town[:100],
        postcode=cleaned["postcode"],
        latitude=candidate.latitude,
        longitude=candidate.longitude,
        precision=candidate.precision,
        trade=candidate.trade,
        industry=candidate.industry,
        employees=candidate.employees,
        has_generic_name=names.is_generic(name_key),
        group=_group(sibling) if sibling else None,
        proof=_proof(candidate),
        proof_date=candidate.proof_date,
    )
    _remember(organisation, candidate, found)
    return organisation


def _proof(candidate: Candidate) -> Proof:
    if candidate.entry is None:
        return Proof.UNPROVEN
    return Proof.VERIFIED if candidate.is_fresh else Proof.LISTED


def _group(sibling: Organisation) -> Group:
    if sibling.group is None:
        sibling.group = Group.of(sibling.tenant).create(tenant=sibling.tenant, name=sibling.name)
        sibling.save(update_fields=["group"])
    return sibling.group


def _remember(organisation: Organisation, candidate: Candidate, found: identity.Keys) -> None:
    tenant = organisation.tenant
    IdentityKey.of(tenant).bulk_create(
        [
            IdentityKey(tenant=tenant, organisation=organisation, kind=kind, value=value)
            for kind, value in found
        ],
        ignore_conflicts=True,
    )
    if candidate.entry is not None:
        Listing.of(tenant).bulk_create(
            [Listing(tenant=tenant, organisation=organisation, entry=candidate.entry)],
            ignore_conflicts=True,
        )


def _pursue(
    organisation: Organisation,
    candidate: Candidate,
    into: Stage,
    origin: OriginRef,
    by: User | None,
) -> Lead:
    tenant = organisation.tenant
    receipt = scores.reckon(organisation, None, source=candidate.source)
    lead = Lead.of(tenant).create(
        tenant=tenant,
        organisation=organisation,
        pipeline=into.pipeline,
        stage=into,
        rank=rank.last(),
        source=candidate.source,
        score=receipt.points,
        tier=receipt.tier,
    )
    scores.keep(lead, receipt)
    StageMove.of(tenant).create(tenant=tenant, lead=lead, to_stage=into, by=by)
    Origin.of(tenant).create(
        tenant=tenant, lead=lead, ref=origin.ref, label=origin.label, url=origin.url
    )
    timeline.write(lead, TimelineEntry.Kind.ORIGIN, f"Found by {origin.label}.", by=by)
    audit.write(lead, "admitted", by=by)
    return lead


def _meet_again(
    organisation: Organisation,
    candidate: Candidate,
    cleaned: dict[str, str],
    found: identity.Keys,
    because: str,
    into: Stage,
    origin: OriginRef,
    by: User | None,
) -> Outcome:
    """Merge what is new into the organisation we have, and say where it stands."""
    _fill(organisation, candidate, cleaned)
    _remember(organisation, candidate, found)
    if organisation.is_customer:
        since = f"Customer since {organisation.customer_since:%-d %B %Y}."
        return Outcome(DUPLICATE, "Existing customer", since, organisation)
    lead = (
        Lead.of(organisation.tenant)
        .filter(organisation=organisation, pipeline=into.pipeline)
        .select_related("stage")
        .order_by("-id")
        .first()
    )
    if lead is None:
        return Outcome(
            CREATED,
            "New",
            "Known, but not pursued so far.",
            organisation,
            _pursue(organisation, candidate, into, origin, by),
        )
    if lead.closed_at is not None:
        lost = f"Lost on {lead.closed_at:%-d %B %Y}."
        return Outcome(DUPLICATE, "Lost before", lost, organisation, lead)
    tenant = organisation.tenant
    Origin.of(tenant).bulk_create(
        [Origin(tenant=tenant, lead=lead, ref=origin.ref, label=origin.label, url=origin.url)],
        ignore_conflicts=True,
    )
    where = f"Already a lead in {lead.stage.name}"
    return Outcome(DUPLICATE, where, f"It has {because}.", organisation, lead)


def _fill(organisation: Organisation, candidate: Candidate, cleaned: dict[str, str]) -> None:
    offered = {
        "phone": cleaned["phone"],
        "domain": cleaned["domain"],
        "company_number": cleaned["company_number"],
        "website": cleaned["website"],
        "employees": candidate.employees,
        "industry": candidate.industry,
    }
    fresh = {field: value for field, value in offered.items() if value}
    gained = [field for field in fresh if not getattr(organisation, field)]
    if not gained:
        return
    for field in gained:
        setattr(organisation, field, fresh[field])
    organisation.save(update_fields=gained)
    for lead in Lead.of(organisation.tenant).filter(organisation=organisation):
        flow.queue(lead)
