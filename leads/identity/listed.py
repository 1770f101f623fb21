"""An entry of an official register as what asks to be admitted."""

from crm.registers.models import RegisterEntry
from leads.identity import industries
from leads.identity.candidate import Candidate


def as_candidate(entry: RegisterEntry, *, has_closed: bool = False) -> Candidate:
    """Say what the register says of it, and nothing else."""
    return Candidate(
        name=entry.name,
        source="register",
        address=entry.address,
        town=entry.town,
        postcode=entry.postcode,
        latitude=entry.latitude,
        longitude=entry.longitude,
        precision=entry.precision,
        phone=entry.phone,
        email=entry.email,
        website=entry.website,
        company_number=entry.company,
        trade=entry.trade,
        industry=industries.of_trade(entry.trade),
        entry=entry,
        proof_date=entry.register.as_of,
        is_fresh=entry.register.is_fresh,
        has_closed=has_closed,
    )
