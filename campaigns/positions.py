"""How far a campaign has been walked, once it asks for something else."""

from collections.abc import Mapping

from campaigns.criteria import Criteria
from campaigns.discovery.contract import Cursor
from campaigns.discovery.sources import BY_SLUG


def carried(
    reached: Mapping[str, Cursor], *, walked: Criteria, wanted: Criteria
) -> dict[str, Cursor]:
    """Give the places of a walk as they hold for what is wanted now, by source.

    None hold where the walk itself is another, and in a wider circle those before its old edge.
    """
    if walked.walk != wanted.walk:
        return {}
    if wanted.miles <= walked.miles:
        return dict(reached)
    circle = walked.target()
    settled = {
        slug: BY_SLUG[slug].settled(circle, place)
        for slug, place in reached.items()
        if slug in BY_SLUG
    }
    return {slug: place for slug, place in settled.items() if place is not None}
