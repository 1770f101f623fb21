"""Which vendors' sources a campaign asks, and what that takes at the most."""

from collections.abc import Sequence

from campaigns.campaign import Campaign
from campaigns.criteria import Criteria
from campaigns.discovery.live import LiveSource
from campaigns.discovery.sources import answering, serving
from campaigns.models import Run
from crm.credits import prices
from crm.credits.purpose import Purpose
from crm.keys import keys
from crm.outside.key import Key
from crm.tenants.models import Tenant


def live(tenant: Tenant, wanted: Criteria, mode: Run.Mode) -> list[LiveSource]:
    """Give the vendors' sources that a run asks.

    Where nobody chose, those that are free and have a key. “Run again” repeats a slice and asks
    nothing that costs. One that a person must do something for first is left out.
    """
    asked = [source for source in answering(wanted.kind) if wanted.asks(source)]
    asked = [source for source in asked if not source.obstacle(tenant)]
    if mode == Run.Mode.AGAIN or wanted.sources is None:
        asked = [source for source in asked if not source.costs]
    if wanted.sources is not None:
        return asked
    return [source for source in asked if not source.service or keys.of(tenant, source.service)]


def can_repeat(tenant: Tenant, wanted: Criteria) -> bool:
    """Say whether “Run again” has anybody to ask; nothing is looked up where registers are."""
    if any(wanted.asks(source) for source in serving(wanted.kind)):
        return True
    # Where “Find more” has nobody either, both say what is missing.
    again = live(tenant, wanted, Run.Mode.AGAIN)
    return bool(again) or not live(tenant, wanted, Run.Mode.MORE)


def obstacles(tenant: Tenant, wanted: Criteria) -> list[str]:
    """Say what a person must do, keys aside, before a source that may be asked can be."""
    asked = [source for source in answering(wanted.kind) if wanted.asks(source)]
    return [said for source in asked if (said := source.obstacle(tenant))]


def key_of(tenant: Tenant, source: LiveSource) -> Key | None:
    """Give the key that the source is asked with; None where it has none, or needs none."""
    return keys.of(tenant, source.service) if source.service else None


def price(source: LiveSource, key: Key | None) -> int:
    """Give the credits that one question takes: none with the company's own key."""
    return prices.of(source.action, own_key=key is not None and not key.is_system)


def credits_of(tenant: Tenant, questions: Sequence[tuple[LiveSource, int]]) -> int:
    """Give the credits that asking each of these sources so many questions takes."""
    return sum(
        price(source, key_of(tenant, source)) * many for source, many in questions if source.costs
    )


def purpose(campaign: Campaign) -> Purpose:
    """Say what credits were used for."""
    return Purpose(campaign.pk, campaign.name, campaign.get_absolute_url())
