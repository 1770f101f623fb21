"""A candidate that was cleaned and whose identity keys are known."""

from dataclasses import dataclass

from crm.registers import names
from crm.tenants.models import Tenant
from leads.identity import identity
from leads.identity.candidate import Candidate, Unusable, clean
from leads.models import Contact, Organisation

# Empty fields that a later sighting may fill, besides those that identify.
FILLED = ("phone", "domain", "company_number", "website")


@dataclass(frozen=True)
class Applicant:
    """`problem` says why the candidate is unusable, "" if it isn't; then the rest is empty.

    `entry` is its entry in a register, as "register:number".
    """

    candidate: Candidate
    cleaned: dict[str, str]
    keys: identity.Keys
    problem: str = ""
    entry: str = ""

    @classmethod
    def of(cls, candidate: Candidate) -> "Applicant":
        """Clean the candidate and list its identity keys."""
        try:
            cleaned = clean(candidate)
        except Unusable as error:
            return cls(candidate, {}, [], str(error))
        entry = candidate.entry
        number = entry.key if entry else ""
        keys = identity.keys(cleaned, candidate.address, number)
        return cls(candidate, cleaned, keys, entry=number)

    def as_organisation(self, tenant: Tenant) -> Organisation:
        """Make the organisation that this is, not yet stored."""
        candidate, cleaned = self.candidate, self.cleaned
        name_key = names.name_key(cleaned["name"])
        return Organisation(
            tenant=tenant,
            name=cleaned["name"],
            name_key=name_key[:300],
            sort_key=names.sort_key(cleaned["name"])[:300],
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
            proof=self.candidate.proof,
            proof_date=candidate.proof_date,
            **{field: cleaned[field] for field in FILLED},
        )

    def as_contact(self, organisation: Organisation) -> Contact | None:
        """Make the person whom the source named, if it named one."""
        candidate = self.candidate
        if not (candidate.contact_name or candidate.job_title or self.cleaned["email"]):
            return None
        return Contact(
            tenant=organisation.tenant,
            organisation=organisation,
            name=candidate.contact_name[:200],
            job_title=candidate.job_title[:200],
            email=self.cleaned["email"],
        )

    def fill(self, organisation: Organisation) -> list[str]:
        """Give the organisation what it lacks; name the fields that gained a value."""
        offered = {field: self.cleaned[field] for field in FILLED} | {
            "employees": self.candidate.employees,
            "industry": self.candidate.industry,
        }
        gained = [name for name, value in offered.items() if value]
        gained = [name for name in gained if not getattr(organisation, name)]
        for name in gained:
            setattr(organisation, name, offered[name])
        return gained + self._renew(organisation)

    def _renew(self, organisation: Organisation) -> list[str]:
        """A newer proof replaces an older one, also one that said it was closed."""
        date = self.candidate.proof_date
        if date is None or (organisation.proof_date is not None and organisation.proof_date > date):
            return []
        if (organisation.proof, organisation.proof_date) == (self.candidate.proof, date):
            return []
        organisation.proof, organisation.proof_date = self.candidate.proof, date
        return ["proof", "proof_date"]
