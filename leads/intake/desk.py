"""Decides on applicants one after the other, and writes what came of it in one go.

Ids are made before the rows are written, hence the order of decisions and of writing may differ.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from crm.ledger import audit
from crm.pipeline import rank
from crm.pipeline.models import Stage
from crm.tenants.models import User
from leads.identity.applicant import Applicant
from leads.identity.candidate import OriginRef
from leads.identity.identity import Index
from leads.intake.grounds import Ground
from leads.lead.locking import hold
from leads.models import (
    Contact,
    Group,
    IdentityKey,
    Lead,
    Listing,
    Organisation,
    Origin,
    StageMove,
    TimelineEntry,
)
from leads.scored import flow, scores
from leads.timeline import timeline

CREATED, DUPLICATE, REJECTED = "created", "duplicate", "rejected"


@dataclass(frozen=True)
class Outcome:
    """What became of a candidate: `reason` is one of a few, `detail` what speaks for it here."""

    verdict: str
    reason: str
    detail: str = ""
    organisation: Organisation | None = None
    lead: Lead | None = None
    ground: Ground = Ground.NEW


@dataclass(frozen=True)
class Terms:
    """What whoever asks for admission wants besides.

    Customers are duplicates all the same; with `takes_customers` they count as found by the origin.
    Whatever has fewer than `min_employees` is left out, and what no source knows the size of passes
    with a mark, unless `only_known_size`.

    The other two are for what a person says of it: `again`, that a customer or one that was lost is
    to be pursued once more; `apart`, that it is not the organisation that it resembles.
    """

    takes_customers: bool = False
    min_employees: int | None = None
    only_known_size: bool = False
    again: bool = False
    apart: bool = False


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y}"


class Desk:
    """Works under the locks of all its applicants' keys; `leads` are the new ones so far."""

    def __init__(
        self, into: Stage, origin: OriginRef, by: User | None, index: Index, terms: Terms
    ) -> None:
        self.into, self.origin, self.by, self.index = into, origin, by, index
        self.terms = terms
        self.tenant = into.tenant
        self.pursued = self._pursued()
        self.organisations: list[Organisation] = []
        self.keys: list[IdentityKey] = []
        self.listings: list[Listing] = []
        self.leads: list[Lead] = []
        self.origins: list[Origin] = []
        self.contacts: list[Contact] = []
        # What is to be said of a lead besides where it was found.
        self.remarks: dict[Any, str] = {}

    def _pursued(self) -> dict[Any, Lead]:
        """The open lead of each organisation that was met before, else the one closed last."""
        met = self.index.organisations
        if not met:
            return {}
        leads = Lead.of(self.tenant).filter(organisation__in=met, pipeline=self.into.pipeline_id)
        if self.terms.again:
            # Nobody reopens one of them on the board meanwhile.
            hold(leads)
        closed_first = F("closed_at").asc(nulls_last=True)
        ordered = leads.select_related("stage").order_by(closed_first, "id")
        return {lead.organisation_id: lead for lead in ordered}

    def admit(self, applicant: Applicant) -> Outcome:
        """Say what becomes of the applicant; nothing is written yet."""
        if applicant.problem:
            return Outcome(REJECTED, "Not usable", applicant.problem, ground=Ground.UNUSABLE)
        match = self.index.match(applicant.cleaned, applicant.keys, apart=self.terms.apart)
        if match.same is not None:
            return self._meet_again(match.same, applicant, match.because)
        if refused := self._too_small(applicant.candidate.employees):
            return refused
        organisation = applicant.as_organisation(self.tenant)
        if match.sibling is not None:
            organisation.group = self._group(match.sibling)
        self.organisations.append(organisation)
        self._remember(organisation, applicant)
        return self._create(organisation, applicant, "")

    def _too_small(self, employees: int | None) -> Outcome | None:
        """Refuse what is known to be too small, and what is not known if that is asked for."""
        least = self.terms.min_employees
        if least is None:
            return None
        if employees is None:
            if not self.terms.only_known_size:
                return None
            said = f"No source says how many people work there; at least {least:,} were asked for."
            return Outcome(REJECTED, "Size not known", said, ground=Ground.UNKNOWN_SIZE)
        if employees >= least:
            return None
        people = "1 person is" if employees == 1 else f"{employees:,} people are"
        said = f"{people} known; at least {least:,} were asked for."
        return Outcome(REJECTED, "Too small", said, ground=Ground.SMALL)

    def _create(self, organisation: Organisation, applicant: Applicant, detail: str) -> Outcome:
        lead = self._pursue(organisation, applicant)
        if self.terms.min_employees is None or organisation.employees is not None:
            return Outcome(CREATED, "New", detail, organisation, lead)
        said = f"Its size is not known: {self.terms.min_employees:,} people or more were asked for."
        self.remarks[lead.pk] = said
        reason, ground = "New, size not known", Ground.UNKNOWN_SIZE
        return Outcome(CREATED, reason, f"{detail} {said}".strip(), organisation, lead, ground)

    def _meet_again(
        self, organisation: Organisation, applicant: Applicant, because: str
    ) -> Outcome:
        """Merge what is new into the organisation we have, and say where it stands."""
        self._fill(organisation, applicant)
        self._remember(organisation, applicant)
        lead = self.pursued.get(organisation.pk)
        if self.terms.again and (lead is None or lead.closed_at is not None):
            return self._create(organisation, applicant, "Pursued once more.")
        if organisation.customer_since is not None:
            return self._meet_customer(organisation, lead, organisation.customer_since)
        if lead is None:
            return self._too_small(organisation.employees) or self._create(
                organisation, applicant, "Known, but not pursued so far."
            )
        if lead.closed_at is not None:
            lost = f"Lost on {_day(lead.closed_at)}."
            return Outcome(DUPLICATE, "Lost before", lost, organisation, lead, Ground.LOST)
        if not self._too_small(organisation.employees):
            self._owe(lead)
        where = f"Already a lead in {lead.stage.name}"
        said = f"It has {because}."
        return Outcome(DUPLICATE, where, said, organisation, lead, Ground.KNOWN)

    def _meet_customer(
        self, organisation: Organisation, lead: Lead | None, since: datetime
    ) -> Outcome:
        reason = "Existing customer"
        if self.terms.takes_customers and not self._too_small(organisation.employees):
            reason = "Existing customer, included"
            if lead is not None:
                self._owe(lead)
        said = f"Customer since {_day(since)}."
        return Outcome(DUPLICATE, reason, said, organisation, lead, Ground.CUSTOMER)

    def _fill(self, organisation: Organisation, applicant: Applicant) -> None:
        gained = applicant.fill(organisation)
        if not gained or organisation._state.adding:
            return
        organisation.save(update_fields=gained)
        for lead in Lead.of(self.tenant).filter(organisation=organisation):
            flow.queue(lead)

    def _group(self, sibling: Organisation) -> Group:
        if sibling.group is None:
            sibling.group = Group.of(self.tenant).create(tenant=self.tenant, name=sibling.name)
            if not sibling._state.adding:
                sibling.save(update_fields=["group"])
        return sibling.group

    def _remember(self, organisation: Organisation, applicant: Applicant) -> None:
        for kind, value in self.index.add(organisation, applicant.keys):
            self.keys.append(
                IdentityKey(tenant=self.tenant, organisation=organisation, kind=kind, value=value)
            )
        if applicant.candidate.entry is not None:
            entry = applicant.candidate.entry
            self.listings.append(
                Listing(tenant=self.tenant, organisation=organisation, entry=entry)
            )

    def _pursue(self, organisation: Organisation, applicant: Applicant) -> Lead:
        lead = Lead(
            tenant=self.tenant,
            organisation=organisation,
            pipeline_id=self.into.pipeline_id,
            stage=self.into,
            rank=rank.last(),
            source=applicant.candidate.source,
            found_by=self.origin.ref,
            contact=self._contact(organisation, applicant),
        )
        self.leads.append(lead)
        self.pursued[organisation.pk] = lead
        self._owe(lead)
        return lead

    def _contact(self, organisation: Organisation, applicant: Applicant) -> Contact | None:
        contact = applicant.as_contact(organisation)
        if contact is not None:
            self.contacts.append(contact)
        return contact

    def _owe(self, lead: Lead) -> None:
        """Note that the lead was (also) found by this origin."""
        origin = self.origin
        self.origins.append(
            Origin(
                tenant=self.tenant, lead=lead, ref=origin.ref, label=origin.label, url=origin.url
            )
        )

    def write(self) -> None:
        """Write all rows; what was known stays as it is."""
        tenant = self.tenant
        Organisation.of(tenant).bulk_create(self.organisations)
        IdentityKey.of(tenant).bulk_create(self.keys, ignore_conflicts=True)
        Listing.of(tenant).bulk_create(self.listings, ignore_conflicts=True)
        Contact.of(tenant).bulk_create(self.contacts)
        receipts = [
            scores.reckon(lead.organisation, lead.contact, source=lead.source)
            for lead in self.leads
        ]
        for lead, receipt in zip(self.leads, receipts, strict=True):
            lead.score, lead.tier = receipt.points, receipt.tier
        Lead.of(tenant).bulk_create(self.leads)
        scores.keep_all(self.leads, receipts)
        Origin.of(tenant).bulk_create(self.origins, ignore_conflicts=True)
        births = [
            StageMove(tenant=tenant, lead=lead, to_stage=self.into, by=self.by)
            for lead in self.leads
        ]
        StageMove.of(tenant).bulk_create(births)
        self._tell()

    def _tell(self) -> None:
        found = TimelineEntry.Kind.ORIGIN
        text = f"{timeline.FOUND_BY}{self.origin.label}."
        TimelineEntry.of(self.tenant).bulk_create(
            TimelineEntry(
                tenant=self.tenant,
                lead=lead,
                kind=found,
                text=f"{text} {self.remarks.get(lead.pk, '')}".strip(),
                by=self.by,
            )
            for lead in self.leads
        )
        audit.write_all(self.leads, "admitted", by=self.by)
