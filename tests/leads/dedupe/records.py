"""Records as the matcher is given them."""

from typing import Any

from leads.dedupe.record import Record
from leads.identity.candidate import Candidate, clean


def record(name: str, postcode: str = "", **fields: Any) -> Record:
    """Clean it like a candidate of any source."""
    beside = {key: fields.pop(key) for key in ("listed",) if key in fields}
    candidate = Candidate(name=name, source="import", postcode=postcode, **fields)
    return Record.of_cleaned(
        clean(candidate),
        ref=name,
        address=candidate.address,
        town=candidate.town,
        trade=candidate.trade,
        **beside,
    )
