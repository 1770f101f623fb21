"""The sources in the order in which a run asks them: free ones first."""

from collections.abc import Sequence

from campaigns.discovery.contract import Asked, Source
from campaigns.discovery.live import LiveSource
from campaigns.discovery.sources.apollo import Apollo
from campaigns.discovery.sources.companies_house import CompaniesHouseSource
from campaigns.discovery.sources.google_places import GooglePlacesSource
from campaigns.discovery.sources.hunter import Hunter
from campaigns.discovery.sources.openai_web import OpenAIWeb
from campaigns.discovery.sources.planning import Planning
from campaigns.discovery.sources.register import RegisterSource
from campaigns.kinds import Kind

# Those that are walked in our own database.
SOURCES: tuple[Source, ...] = (RegisterSource(),)
BY_SLUG = {source.slug: source for source in SOURCES}
# Those that ask a vendor.
LIVE: tuple[LiveSource, ...] = (
    CompaniesHouseSource(),
    Planning(),
    GooglePlacesSource(),
    OpenAIWeb(),
    Apollo(),
    Hunter(),
)
LIVE_BY_SLUG = {source.slug: source for source in LIVE}


def serving(kind: Kind) -> list[Source]:
    """Give the sources in our own database that can find something for this kind."""
    return [source for source in SOURCES if source.serves(kind)]


def answering(kind: Kind) -> list[LiveSource]:
    """Give the vendors' sources that can find something for this kind, keys or no keys."""
    return [source for source in LIVE if source.serves(kind)]


def all_for(kind: Kind) -> Sequence[Asked]:
    """Give every source that can find something for this kind."""
    return [*serving(kind), *answering(kind)]


def label(slug: str) -> str:
    """Name a source; one that the product has no more by its slug."""
    source = BY_SLUG.get(slug) or LIVE_BY_SLUG.get(slug)
    return source.label if source else slug
