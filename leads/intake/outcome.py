"""What becomes of a candidate."""

from dataclasses import dataclass

from leads.intake.grounds import Ground
from leads.models import Lead, Organisation

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
