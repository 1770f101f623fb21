"""What campaigns are called and of which kind they are, as their own floor tells it."""

from collections.abc import Mapping
from uuid import UUID

from crm.tenants.models import Membership
from crm.upward import named
from leads.track.counting import Counted
from leads.track.shown import MOST_ROWS

NONE = "By hand or import"
# Those that the reader does not see, that are gone, and the smaller ones.
OTHERS = "Other campaigns"


def names(membership: Membership, found: Mapping[str, Counted]) -> dict[str, str]:
    """Name the largest of these campaigns, by their ids."""
    largest = sorted(found, key=lambda key: -found[key].leads)[: MOST_ROWS + 1]
    asked = {UUID(key) for key in largest if key}
    told = {"": NONE}
    if asked:
        for offer in named("ORIGINS_OFFERED"):
            told |= {str(pk): name for pk, name in offer(membership, asked) if pk in asked}
    return told


def kinds(membership: Membership) -> dict[str, str]:
    """Give the kind of each campaign that the member sees, in words, by the campaign's id."""
    told: dict[str, str] = {}
    for offer in named("ORIGIN_KINDS_OFFERED"):
        for kind, label in offer():
            for of_kind in named("ORIGINS_OF_KIND"):
                told |= {str(pk): label for pk in of_kind(membership, [kind])}
    return told
