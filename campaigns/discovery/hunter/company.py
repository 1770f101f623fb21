"""A company of an answer of Hunter's."""

from collections.abc import Mapping
from typing import Any

from campaigns.discovery import domains
from campaigns.discovery.live import Seen
from campaigns.discovery.plain import text
from crm.registers import names
from leads.identity.candidate import Candidate

HOME = "GB"


def read(item: Any) -> Seen | None:
    """Read one company; None where it is none, or of another country."""
    if not isinstance(item, Mapping):
        return None
    name, own = text(item.get("organization")), text(item.get("domain"), 100).lower()
    country = text(item.get("country"), 20)
    if not names.name_key(name) or not domains.is_own(own) or country not in ("", HOME):
        return None
    return Seen(Candidate(name=name, source="hunter", website=f"https://{own}"), own)
