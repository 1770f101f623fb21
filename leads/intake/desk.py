"""Decides on applicants one after the other, and writes what came of it in one go.

Ids are made before the rows are written, hence the order of decisions and of writing may differ.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from crm.insertion import insert
from crm.ledger import audit
from crm.pipeline import rank
from crm.pipeline.models import Stage
from crm.registers import names
from crm.tenants.models import User
from leads.identity import exact
from leads.identity.applicant import Applicant
from leads.identity.candidate import OriginRef
from leads.identity.index import Index
from leads.intake import refusing, resemblance
from leads.intake.grounds import Ground
from leads.intake.outcome import CREATED, DUPLICATE, REJECTED, Outcome
from leads.intake.resemblance import NOBODY, Resemblance
from leads.intake.terms import Terms
from leads.lead.locking import hold
from leads.merging import doubts
from leads.merging.doubts import Doubt
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
from leads.scored import cards, flow, scores
from leads.timeline import timeline


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
        self.card = cards.current(self.tenant)
        self.organisations: list[Organisation] = []
        self.keys: list[IdentityKey] = []
        self.listings: list[Listing] = []
        self.leads: list[Lead] = []
        self.origins: list[Origin] = []
        self.contacts: list[Contact] = []
        # By their organisations: a source may show one twice.
        self.born: dict[UUID, Lead] = {}
        self.known: dict[UUID, Lead | None] = {}
        # What is to be said of a lead besides where it was found.
        self.remarks: dict[UUID, str] = {}
        self.told: dict[Lead, str] = {}
        self.doubts: list[Doubt] = []

    def _lead_of(self, organisation: Organisation) -> Lead | None:
        """Give its open lead, else the one closed last."""
        if organisation.pk in self.born:
            return self.born[organisation.pk]
        if not self.known:
            # All whose keys are met, at once; whoever is only alike when it is.
            self._look_up(self.index.met)
        if organisation.pk not in self.known:
            self._look_up([organisation.pk])
        return self.known[organisation.pk]

    def _look_up(self, organisations: Collection[UUID]) -> None:
        leads = Lead.of(self.tenant).filter(
            organisation__in=organisations, pipeline=self.into.pipeline_id
        )
        if self.terms.again:
            # Nobody reopens one of them on the board meanwhile.
            hold(leads)
        closed_first = F("closed_at").asc(nulls_last=True)
        ordered = leads.select_related("stage").order_by(closed_first, "id")
        self.known |= dict.fromkeys(organisations)
        self.known |= {lead.organisation_id: lead for lead in ordered}

    def admit(self, applicant: Applicant) -> Outcome:
        """Say what becomes of the applicant; nothing is written yet."""
        if applicant.problem:
            return Outcome(REJECTED, "Not usable", applicant.problem, ground=Ground.UNUSABLE)
        match = exact.match(applicant, self.index, apart=self.terms.apart)
        if match.same is not None:
            return self._meet_again(match.same, applicant, f"It has {match.because}.")
        organisation = applicant.as_organisation(self.tenant)
        alike = self._look(organisation, applicant)
        if alike.same is not None:
            said = resemblance.said(alike.same)
            return self._meet_again(alike.same.other, applicant, said)
        if refused := refusing.refuse(self.terms, organisation, applicant, self.card):
            return refused
        if match.sibling is not None:
            organisation.group_id = self._group(match.sibling)
        self.organisations.append(organisation)
        self._remember(organisation, applicant)
        self._doubt(organisation, alike)
        return self._create(organisation, applicant, "", alike)

    def _look(self, organisation: Organisation, applicant: Applicant) -> Resemblance:
        """Compare it with whoever is near; a person who told the two apart has done so."""
        if self.terms.apart:
            return NOBODY
        if applicant.entry:
            self.index.listed[organisation.pk].add(applicant.entry)
        return resemblance.look(organisation, self.index.near(applicant), index=self.index)

    def _doubt(self, organisation: Organisation, alike: Resemblance) -> None:
        for each in (*filter(None, [alike.same]), *alike.maybe):
            self.doubts.append((organisation, each.other, each.suspicion))

    def _create(
        self,
        organisation: Organisation,
        applicant: Applicant,
        detail: str,
        alike: Resemblance = NOBODY,
    ) -> Outcome:
        lead = self._pursue(organisation, applicant)
        reason, ground = "New", Ground.NEW
        if self.terms.asks_for_size and organisation.employees is None:
            self.remarks[lead.pk] = f"Its size is not known: {self.terms.wish} were asked for."
            detail = f"{detail} {self.remarks[lead.pk]}".strip()
            reason, ground = "New, size not known", Ground.UNKNOWN_SIZE
        if alike.maybe:
            reason, ground = "New, may be known", Ground.MAYBE
        detail = f"{resemblance.told(alike)} {detail}".strip()
        return Outcome(CREATED, reason, detail, organisation, lead, ground)

    def _meet_again(
        self, organisation: Organisation, applicant: Applicant, because: str
    ) -> Outcome:
        """Merge what is new into the organisation we have, and say where it stands."""
        self._fill(organisation, applicant)
        is_news = self._remember(organisation, applicant)
        if is_news:
            self._doubt(organisation, self._look(organisation, applicant))
        outcome = self._stand(organisation, applicant, because)
        if is_news and outcome.lead is not None:
            name = applicant.cleaned["name"]
            is_called_so = names.name_key(name) == organisation.name_key
            told = "Met once more." if is_called_so else f"Met as {name[:100]}, too."
            self._say(outcome.lead, f"{told} {because}")
        return outcome

    def _stand(self, organisation: Organisation, applicant: Applicant, because: str) -> Outcome:
        """Say where somebody known stands, and pursue it if nobody does."""
        lead = self._lead_of(organisation)
        if self.terms.again and (lead is None or lead.closed_at is not None):
            return self._create(organisation, applicant, "Pursued once more.")
        if organisation.customer_since is not None:
            return self._meet_customer(organisation, lead, organisation.customer_since)
        if lead is None:
            refused = refusing.refuse(self.terms, organisation, applicant, self.card)
            said = "Known, but not pursued so far."
            return refused or self._create(organisation, applicant, said)
        if lead.closed_at is not None:
            lost = f"Lost on {_day(lead.closed_at)}."
            return Outcome(DUPLICATE, "Lost before", lost, organisation, lead, Ground.LOST)
        if not self.terms.refuse(organisation.employees):
            self._owe(lead)
        where = f"Already a lead in {lead.stage.name}"
        return Outcome(DUPLICATE, where, because, organisation, lead, Ground.KNOWN)

    def _meet_customer(
        self, organisation: Organisation, lead: Lead | None, since: datetime
    ) -> Outcome:
        reason = "Existing customer"
        if self.terms.takes_customers and not self.terms.refuse(organisation.employees):
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

    def _group(self, sibling: Organisation) -> UUID | None:
        if sibling.group_id is None:
            sibling.group = Group.of(self.tenant).create(tenant=self.tenant, name=sibling.name)
            if not sibling._state.adding:
                sibling.save(update_fields=["group"])
        return sibling.group_id

    def _remember(self, organisation: Organisation, applicant: Applicant) -> bool:
        """Let it be met by these keys, too; say whether one of them is new."""
        fresh = self.index.add(organisation, applicant.keys)
        self.keys += [
            IdentityKey(tenant=self.tenant, organisation=organisation, kind=kind, value=value)
            for kind, value in fresh
        ]
        if applicant.candidate.entry is not None:
            entry = applicant.candidate.entry
            self.listings.append(
                Listing(tenant=self.tenant, organisation=organisation, entry=entry)
            )
        return bool(fresh)

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
        self.born[organisation.pk] = lead
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
        entries = {each.organisation_id: each.entry for each in self.listings}
        receipts = [
            scores.reckon(each.organisation, each.contact, source=each.source, by=self.card,
                          entry=entries.get(each.organisation_id))
            for each in self.leads
        ]  # fmt: skip
        for lead, scored in zip(self.leads, receipts, strict=True):
            scores.put(lead, scored)
        births = [
            StageMove(tenant=self.tenant, lead=lead, to_stage=self.into, by=self.by)
            for lead in self.leads
        ]
        insert(
            self.organisations,
            self.keys,
            self.listings,
            self.contacts,
            self.leads,
            scores.kept(self.leads, receipts, self.card),
            self.origins,
            births,
            unless_there=(IdentityKey, Listing, Origin),
        )
        # Of an organisation that was there before more is known than is at hand.
        new = {each.pk for each in self.organisations}
        flow.queue_all(lead for lead in self.leads if lead.organisation_id not in new)
        self._tell()

    def _say(self, lead: Lead, text: str) -> None:
        """Add to what its timeline will say; the same is said once."""
        if text not in self.told.get(lead, ""):
            self.told[lead] = f"{self.told.get(lead, '')} {text}".strip()

    def _tell(self) -> None:
        text = f"{timeline.FOUND_BY}{self.origin.label}."
        self.told |= {
            lead: " ".join(filter(None, (text, self.remarks.get(lead.pk), self.told.get(lead))))
            for lead in self.leads
        }
        if self.told:
            kind = TimelineEntry.Kind.ORIGIN
            timeline.write_all(self.told, kind, tenant=self.tenant, by=self.by)
        audit.write_all(self.leads, "admitted", by=self.by)
        doubts.raise_all(self.doubts, tenant=self.tenant)
