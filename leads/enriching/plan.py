"""What a run goes by: what is wanted, who is asked in which order, what each costs this company."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from crm.keys import keys
from crm.outside.key import Key
from crm.tenants.models import Tenant
from enrichment import kinds
from enrichment.contract import Provider
from enrichment.lookups import paying
from enrichment.lookups.models import Rules, TrackRecord
from enrichment.providers.all import OFF_BY_DEFAULT, PROVIDERS
from enrichment.waterfall import PERSON, offers
from leads.enriching import doubting

# Wrong addresses of so many days move a provider down, one place each.
DAYS_REMEMBERED = 180


@dataclass(frozen=True)
class Plan:
    """`price` is in credits by provider, `usable` are those that have a key or need none; `places`
    are by field where the company has an order of its own; `wrong` counts by provider and segment
    what turned out to be wrong.
    """

    tenant: Tenant
    wants: frozenset[str]
    titles: Sequence[str]
    order: Sequence[Provider]
    price: Mapping[str, int]
    usable: frozenset[str]
    paid_from_score: int
    places: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    wrong: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def wants_people(self) -> bool:
        """Whether anything is wanted of people."""
        return any(name.startswith(PERSON) for name in self.wants)

    def place(self, provider: Provider, open_: Collection[str], segment: str) -> float:
        """Say where a provider stands for what is open: what was wrong moves it down there."""
        usual = float([each.slug for each in self.order].index(provider.slug))
        own = [
            of_field[provider.slug]
            for name in offers(provider) & set(open_)
            if provider.slug in (of_field := self.places.get(name.removeprefix(PERSON), {}))
        ]
        return (min(own) if own else usual) + self.wrong.get((provider.slug, segment), 0)


def rules(tenant: Tenant) -> Rules:
    """Give what the company has settled, or what holds for whoever has settled nothing."""
    return Rules.of(tenant).first() or Rules(tenant=tenant)


def make(tenant: Tenant, slugs: Collection[str], titles: Sequence[str] = ()) -> Plan:
    """Plan for these kinds of data, by what holds for the company at this moment."""
    settled = rules(tenant)
    wants = kinds.wants(slugs)
    order = in_order(settled)
    asked = [each for each in order if offers(each) & wants]
    if any(map(doubting.goes_by_site, asked)):
        # Whose a website is must be known before anybody is asked by it.
        asked = [each for each in order if each in asked or each.slug == doubting.READER]
    held = {each.service: keys.of(tenant, each.service) for each in asked if each.service}
    return Plan(
        tenant,
        wants,
        titles,
        asked,
        {each.slug: paying.price(each, held.get(each.service)) for each in asked},
        frozenset(each.slug for each in asked if _is_usable(each, held, tenant)),
        settled.paid_from_score,
        _places(settled),
        _wrong(tenant),
    )


def in_order(settled: Rules) -> list[Provider]:
    """Give the providers that the company asks, in its order."""
    off = (set(OFF_BY_DEFAULT) - set(settled.on)) | set(settled.off)
    first = list(settled.order.get("", ()))
    listed = [each for each in PROVIDERS if each.slug not in off]
    return sorted(
        listed, key=lambda each: first.index(each.slug) if each.slug in first else len(first)
    )


def _is_usable(provider: Provider, held: Mapping[str, Key | None], tenant: Tenant) -> bool:
    if not provider.service:
        return True
    if held.get(provider.service) is None:
        return False
    return keys.standing(tenant, provider.service).state not in ("refused", "no_credit")


def _places(settled: Rules) -> dict[str, dict[str, int]]:
    return {
        name: {slug: place for place, slug in enumerate(slugs)}
        for name, slugs in settled.order.items()
        if name
    }


def _wrong(tenant: Tenant) -> dict[tuple[str, str], int]:
    since = (timezone.localdate() - timedelta(days=DAYS_REMEMBERED)).replace(day=1)
    rows = TrackRecord.of(tenant).filter(month__gte=since, wrong__gt=0)
    sums = rows.values_list("provider", "segment").annotate(n=Sum("wrong"))
    return {(provider, segment): many for provider, segment, many in sums}
