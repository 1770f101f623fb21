"""What the forms of a scorecard offer: industries, sources, and what fields can be."""

from collections.abc import Iterable

from crm.tenants.models import Tenant
from leads.identity import industries as known
from leads.scored import catalogue
from scoring.card import FIRST, SOURCE_GROUPS

Choice = tuple[str, str]
# What the columns of a lead can hold that are no fields of one's own.
STATES = {
    "email_state": ("deliverable", "risky", "undeliverable", "unknown"),
    "phone_state": ("plausible", "unlikely", "barred"),
}
SOURCES = (
    "register", "companies_house", "google_places", "apollo", "hunter", "planning", "openai_web",
)  # fmt: skip


def industries(*held: str) -> list[Choice]:
    """Give all industries by name, and those that a card holds beside."""
    slugs = {*known.INDUSTRIES.values(), *known.SECTIONS.values(), *known.CODES.values()}
    slugs |= {*FIRST["industries"]["high"], *FIRST["industries"]["medium"], *held}
    return sorted((slug, called(slug)) for slug in slugs - {""})


def called(slug: str) -> str:
    """Name what is known by a slug."""
    words = slug.replace("_", " ")
    return words[:1].upper() + words[1:]


def values(tenant: Tenant) -> dict[str, list[Choice]]:
    """Give, by the name of a field, what may be chosen of it; of most, nothing may."""
    found = {slug: _named(texts) for slug, texts in STATES.items()}
    found["industry"] = industries()
    found["source"] = _named((*SOURCES, *SOURCE_GROUPS))
    for each in catalogue.own(tenant):
        if each.options:
            found[each.short] = [(option, option) for option in each.options]
    return found


def _named(slugs: Iterable[str]) -> list[Choice]:
    return [(slug, called(slug)) for slug in slugs]
