"""The sources in the order in which a run asks them: free ones first."""

from campaigns.discovery.contract import Source
from campaigns.discovery.sources.register import RegisterSource
from campaigns.kinds import Kind

SOURCES: tuple[Source, ...] = (RegisterSource(),)
BY_SLUG = {source.slug: source for source in SOURCES}


def serving(kind: Kind) -> list[Source]:
    """Give the sources that can find something for this kind."""
    return [source for source in SOURCES if source.serves(kind)]
