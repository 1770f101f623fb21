"""The towns of a circle, for vendors who know where a company is by its town alone."""

from collections.abc import Sequence

from campaigns.discovery.contract import Target
from campaigns.discovery.web import areas

COUNTRY = "United Kingdom"


def of(target: Target) -> Sequence[str]:
    """Name them once each, the nearest first."""
    named = (area.town for area in areas.of(target))
    return list(dict.fromkeys(town for town in named if town))
