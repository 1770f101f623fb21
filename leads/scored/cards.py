"""The scorecard that a company scores by: its current one, or the standard until it has any."""

from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from crm.tenants.models import Tenant
from leads.models import Scorecard
from leads.scored import catalogue
from scoring import reading
from scoring.card import FIRST
from scoring.catalogue import Field
from scoring.engine import Engine


class Working(NamedTuple):
    """`card` is the id of the company's card, None for the standard one."""

    card: UUID | None
    engine: Engine


def current(tenant: Tenant) -> Working:
    """Give what the leads of a company are scored by."""
    ident = Scorecard.of(tenant).filter(is_current=True).values_list("pk", flat=True).first()
    return of(tenant, ident)


def of(tenant: Tenant, ident: UUID | None) -> Working:
    """Give a published card at work, None for the standard one."""
    if ident is None:
        return Working(None, _standard())
    return Working(ident, _engine(tenant, ident, catalogue.fields(tenant)))


@lru_cache(maxsize=1)
def _standard() -> Engine:
    return Engine(reading.read(FIRST, catalogue.standard()))


@lru_cache(maxsize=200)
def _engine(tenant: Tenant, ident: UUID, own: tuple[Field, ...]) -> Engine:
    """What was published is never changed again, so one is made for as long as we run.

    But for the company's own fields, which come and go: rules about one that is archived rest.
    """
    card = Scorecard.of(tenant).get(pk=ident)
    return Engine(reading.read(card.written, catalogue.holding(own), published=True))
