"""All who can be asked for facts, in the usual order: who is free first, then who costs least."""

from enrichment.contract import Provider
from enrichment.providers import (
    apollo_organisation,
    apollo_people,
    clearbit,
    companies_house,
    google_maps,
    hunter_company,
    hunter_finder,
    hunter_search,
    hunter_verifier,
    news,
    patterns,
    register,
    twilio,
    website,
    website_guess,
    website_search,
    website_summary,
    zerobounce,
)

PROVIDERS: tuple[Provider, ...] = tuple(
    each.PROVIDER
    for each in (
        register,
        companies_house,
        website_guess,
        website_search,
        website,
        website_summary,
        hunter_company,
        clearbit,
        apollo_organisation,
        hunter_search,
        apollo_people,
        hunter_finder,
        patterns,
        zerobounce,
        hunter_verifier,
        twilio,
        google_maps,
        news,
    )
)
BY_SLUG = {provider.slug: provider for provider in PROVIDERS}
# Whose service has ended for new customers: a company that has a key still says so itself.
OFF_BY_DEFAULT = frozenset({"clearbit"})


def label(slug: str) -> str:
    """Name a source for people; one that is no more by what it was called here."""
    if slug in BY_SLUG:
        return BY_SLUG[slug].label
    return slug.replace("_", " ").capitalize()
