"""A company of an answer of Apollo's."""

from collections.abc import Mapping
from typing import Any

from campaigns.discovery.live import Seen
from campaigns.discovery.plain import text
from crm.registers import names
from leads.identity import candidate as candidates
from leads.identity.candidate import Candidate

LONGEST_IDENT = 100


def read(item: Any) -> Seen | None:
    """Read one company; None where it is none that anybody could find."""
    if not isinstance(item, Mapping):
        return None
    name, ident = text(item.get("name")), text(item.get("id"), LONGEST_IDENT)
    if not names.name_key(name) or not ident:
        return None
    candidate = Candidate(
        name=name,
        source="apollo",
        phone=_phone(item),
        website=_website(item),
    )
    return Seen(candidate, ident)


def _website(item: Mapping[str, Any]) -> str:
    given, domain = text(item.get("website_url"), 200), text(item.get("primary_domain"), 100)
    if given.lower().startswith(("http://", "https://")) and " " not in given:
        return given
    return f"https://{domain}" if "." in domain and " " not in domain else ""


def _phone(item: Mapping[str, Any]) -> str:
    """Give a British number; of others it has many that are none."""
    for name in ("sanitized_phone", "phone"):
        number = candidates.phone(text(item.get(name), 40))
        if number.startswith("+44"):
            return number
    return ""
