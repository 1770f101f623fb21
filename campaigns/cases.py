"""What a finding rests on, whom it means, and what a person may still say against its verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import F

from campaigns import evidence
from campaigns.discovery.sources import label as label_of
from campaigns.discovery.sources import register as registers
from campaigns.evidence import Evidence
from campaigns.models import Finding
from campaigns.place_form import PlaceForm
from crm.registers.models import RegisterEntry
from crm.tenants.models import Tenant
from leads.identity import candidate as candidates
from leads.identity import parting
from leads.identity.candidate import Candidate
from leads.identity.exact import SAME_ENTRY
from leads.identity.listed import as_candidate
from leads.intake.grounds import Ground
from leads.intake.intake import Terms
from leads.models import Lead, Listing

UNNAMED = "nobody but Google names it so far"
REGISTER = registers.RegisterSource.slug


@dataclass(frozen=True)
class Wish:
    """What overruling a verdict asks for: the button's words, and how it is admitted."""

    label: str
    terms: Terms


A_PLACE, NO_NAME = "A place on Google Maps", "Without a name"
TAKE = Wish("Take it all the same", Terms())
AGAIN = Wish("Pursue again", Terms(again=True))
APART = Wish("They are different", Terms(apart=True))
WISHES: dict[str, Wish] = {Ground.KNOWN: APART, Ground.CUSTOMER: AGAIN, Ground.LOST: AGAIN}


@dataclass(frozen=True)
class Case:
    """`known` is the lead that it was taken for.

    `wish` is None where there is nothing to overrule any more, or nobody can; `obstacle` says in a
    clause why nobody can. `pair` is the address at which it stands beside whom it may be, and
    `place_form` is where a person may name a place that is nameless.
    """

    finding: Finding
    entry: RegisterEntry | None
    known: Lead | None
    wish: Wish | None = None
    obstacle: str = ""
    pair: str = ""
    place_form: PlaceForm | None = None

    @property
    def source_label(self) -> str:
        """The register, or else the source that saw it."""
        if self.entry is not None:
            return self.entry.register.label
        return label_of(self.finding.source)

    @property
    def number(self) -> str:
        """Its number in the register, or what its source calls it."""
        if self.entry is not None:
            return self.entry.number
        return "" if self.finding.checked else self.finding.key

    @property
    def evidence(self) -> Evidence | None:
        """What the checks saw of it, if it was checked."""
        return evidence.read(self.finding.evidence)

    @property
    def is_nameless(self) -> bool:
        """Whether it is a place of which Google alone knows the name, and nobody has typed one."""
        return is_nameless(self.finding)

    @property
    def title(self) -> str:
        """Its name, or what can be said where there is none."""
        return self.finding.name or (A_PLACE if self.finding.place_id else NO_NAME)

    @property
    def address(self) -> str:
        """Where it is, to tell it from others of its name."""
        kept = self.finding.candidate or {}
        address, town = kept.get("address", ""), kept.get("town", "")
        if self.entry is not None and not address:
            address, town = self.entry.address, self.entry.town
        return ", ".join(part for part in (address, town) if part)

    @property
    def as_of(self) -> date | None:
        """The day of the register that it rests on."""
        as_of = self.entry.register.as_of if self.entry else None
        return self.finding.proof_date or as_of

    @property
    def candidate(self) -> Candidate:
        """Give what the source saw; of an old finding, what its register says now."""
        kept = self.finding.candidate
        if kept and self.entry is not None and kept.get("entry") == self.entry.pk:
            # Looked up for all of them already.
            rest = {name: value for name, value in kept.items() if name != "entry"}
            return replace(candidates.read(rest), entry=self.entry)
        if kept:
            return candidates.read(kept)
        if self.entry is None:
            raise LookupError(f"Nothing is kept of {self.finding}.")
        has_closed = self.finding.ground == Ground.CLOSED or self.entry.status == "closed"
        return as_candidate(self.entry, has_closed=has_closed)


def is_nameless(finding: Finding) -> bool:
    """Say whether somebody must name it before it can be a lead."""
    is_left_out = finding.verdict == Finding.Verdict.REJECTED and finding.overruled_at is None
    return bool(finding.place_id) and not finding.name and is_left_out


def read(findings: Sequence[Finding], *, tenant: Tenant) -> list[Case]:
    """Look up all that belongs to these findings, in four queries however many they are."""
    entries = registers.entries_of(each.key for each in findings if each.source == REGISTER)
    listed = _listed(entries.values(), tenant)
    organisations = {each.organisation_id for each in findings if each.organisation_id}
    leads = _leads(organisations | set(listed.values()), tenant)
    resembling = {each.organisation_id for each in findings if _is_same_entry(each)}
    own = parting.own_entries(resembling, tenant=tenant) if resembling else {}
    found = []
    for finding in findings:
        entry = entries.get(finding.key) if finding.source == REGISTER else None
        then = leads.get(finding.organisation_id)
        now = leads.get(listed.get(entry.pk)) if entry else None
        is_its_own = entry is not None and own.get(finding.organisation_id) == entry.pk
        found.append(_case(finding, entry, then, now or then, is_its_own=is_its_own))
    return found


def _listed(entries: Iterable[RegisterEntry], tenant: Tenant) -> dict[int, UUID]:
    """The organisation that is known by now by each entry."""
    listings = Listing.of(tenant).filter(entry__in=list(entries))
    return dict(listings.values_list("entry_id", "organisation_id"))


def _leads(organisations: Iterable[UUID], tenant: Tenant) -> dict[UUID | None, Lead]:
    """The open lead of each organisation, else the one closed last."""
    leads = Lead.of(tenant).filter(organisation__in=organisations)
    closed_first = F("closed_at").asc(nulls_last=True)
    ordered = leads.select_related("organisation", "stage").order_by(closed_first, "id")
    return {lead.organisation_id: lead for lead in ordered}


def _is_same_entry(finding: Finding) -> bool:
    """Whether it was known by its register entry, not by a likeness."""
    is_known = finding.ground == Ground.KNOWN and finding.organisation_id is not None
    return is_known and SAME_ENTRY in finding.detail


def _case(
    finding: Finding,
    entry: RegisterEntry | None,
    then: Lead | None,
    now: Lead | None,
    *,
    is_its_own: bool,
) -> Case:
    """`then` pursues what it was taken for, `now` what its entry means by now."""
    if finding.overruled_at is not None:
        return Case(finding, entry, then if then != finding.lead else None)
    if finding.verdict == Finding.Verdict.CREATED:
        return Case(finding, entry, None)
    obstacle = _obstacle(finding, entry, finding.lead or now, now, is_its_own=is_its_own)
    wish = None if obstacle else _wish(finding)
    return Case(finding, entry, finding.lead or now, wish, obstacle)


def _wish(finding: Finding) -> Wish:
    # Nobody is left from whom it could differ, or who could be pursued again.
    return WISHES.get(finding.ground, TAKE) if finding.organisation_id else TAKE


def _obstacle(
    finding: Finding,
    entry: RegisterEntry | None,
    known: Lead | None,
    now: Lead | None,
    *,
    is_its_own: bool,
) -> str:
    if is_nameless(finding):
        return UNNAMED
    if finding.ground == Ground.UNUSABLE:
        return "there is nothing to make a lead of"
    if not finding.candidate and entry is None:
        return "what the source saw is no longer kept"
    if finding.ground == Ground.KNOWN and is_its_own:
        return "it is the very same register entry"
    if finding.ground == Ground.KNOWN:
        is_apart = now is not None and now.organisation_id != finding.organisation_id
        return "it was told apart already" if is_apart and finding.organisation_id else ""
    if finding.ground in (Ground.CUSTOMER, Ground.LOST):
        is_open = now is not None and now.closed_at is None
        return "it is pursued already" if is_open else ""
    return f"it is a lead already, in {known.stage.name}" if known is not None else ""
