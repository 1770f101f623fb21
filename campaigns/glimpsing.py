"""A look at a place as Google shows it now: for one person's eyes, paid for, kept nowhere."""

from dataclasses import dataclass
from uuid import UUID

from campaigns import choosing
from campaigns.discovery.google_places import glimpse
from campaigns.discovery.google_places.glimpse import Glimpse
from campaigns.discovery.live import Unanswerable
from campaigns.discovery.sources import LIVE_BY_SLUG
from campaigns.models import Campaign, Finding
from crm.credits import credits, prices
from crm.credits.prices import Action
from crm.keys import budget, keys
from crm.outside import errors
from crm.outside.key import Key
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant, User

SERVICE = "google_places"
BUSY = "Google takes no more questions at this moment. Nothing was charged; try again in a minute."


class CannotLook(Exception):
    """Nothing can be shown; the sentence says why and what to do."""


@dataclass(frozen=True)
class Offer:
    """What a look takes; `obstacle` says why there is none, "" if there is."""

    credits: int
    obstacle: str = ""

    @property
    def label(self) -> str:
        """Say on a button what pressing it costs."""
        if not self.credits:
            return "Show it live (no credits)"
        return f"Show it live ({self.credits:,} credit{'s' * (self.credits != 1)})"


def offer(tenant: Tenant) -> Offer:
    """Say what a look takes, or why nobody can have one."""
    standing = keys.standing(tenant, SERVICE)
    if not standing.usable:
        return Offer(0, standing.said)
    return Offer(prices.of(Action.PLACES_LOOK, own_key=standing.own))


def look(finding: Finding, *, campaign: Campaign, by: User) -> Glimpse:
    """Look, with no transaction open; raises CannotLook. Who sees nothing pays no credits."""
    tenant = campaign.tenant
    with acting_for(tenant):
        key = _key(tenant, finding)
        price = prices.of(Action.PLACES_LOOK, own_key=not key.is_system)
        held = _hold(tenant, price, campaign, by) if price else None
    taken, micros, why = 0, 0, ""
    try:
        seen = glimpse.look(key, finding.place_id)
        taken, micros = price, glimpse.micros()
    except Unanswerable as useless:
        micros, why = useless.cost_micros, str(useless)
    except errors.Refused as refused:
        keys.report(key, refused)
        why = keys.words(refused) + ("" if key.is_system else " Mend it under API keys.")
    except errors.Later:
        why = BUSY
    except errors.NotThere:
        why = "Google knows this place no more."
    except errors.Away as away:
        micros, why = (glimpse.micros() if away.was_sent else 0), f"{away} Try again later."
    except errors.Outside as error:
        why = str(error)
    finally:
        with acting_for(tenant):
            _book(tenant, held, campaign, by, taken=taken, micros=micros)
    if why:
        raise CannotLook(why)
    keys.report(key, None)
    return seen


def _key(tenant: Tenant, finding: Finding) -> Key:
    standing = keys.standing(tenant, SERVICE)
    key = keys.of(tenant, SERVICE)
    if key is None or not standing.usable:
        raise CannotLook(standing.said)
    # It has no row, and while it is under way it counts for nobody.
    if not budget.bears(tenant, SERVICE, glimpse.micros, going=finding.pk):
        raise CannotLook(budget.used_up(LIVE_BY_SLUG["google_places"].label))
    return key


def _hold(tenant: Tenant, price: int, campaign: Campaign, by: User) -> UUID:
    try:
        return credits.reserve(tenant, price, by=by, for_=choosing.purpose(campaign))
    except credits.TooFew as few:
        raise CannotLook(str(few)) from None


def _book(
    tenant: Tenant, held: UUID | None, campaign: Campaign, by: User, *, taken: int, micros: int
) -> None:
    if taken or micros:
        credits.spend(
            tenant,
            held,
            service=SERVICE,
            action=Action.PLACES_LOOK,
            credits=taken,
            cost_micros=micros,
            by=by,
            for_=choosing.purpose(campaign),
        )
    if held is not None:
        credits.release(tenant, held)
