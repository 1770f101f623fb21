"""Facts and questions as runs leave them, made directly."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from enrichment.fields import CONTACT, ORGANISATION
from enrichment.lookups.models import Lookup
from leads.facts import proofs
from leads.models import Contact, Fact, Organisation, Quality


def proof(source: str, way: str = "provider", **more: Any) -> dict[str, Any]:
    """A source's word, of today."""
    given = {
        "source": source,
        "way": way,
        "url": "",
        "quote": "",
        "as_of": None,
        "seen_on": timezone.now().date().isoformat(),
        "is_denied": False,
    }
    return given | more


def fact(
    about: Organisation | Contact,
    field: str,
    value: Any,
    *sources: str | dict[str, Any],
    **more: Any,
) -> Fact:
    """A fact of an organisation, or of one of its people; proposed if nothing else is said."""
    contact = about if isinstance(about, Contact) else None
    organisation = about.organisation if isinstance(about, Contact) else about
    assert organisation is not None
    table = CONTACT if contact else ORGANISATION
    told = [proof(each) if isinstance(each, str) else each for each in sources or ("website",)]
    today = timezone.localdate()
    given: dict[str, Any] = {
        "status": "proposed",
        "sureness": 0.7,
        "source": told[0]["source"],
        "way": told[0]["way"],
        "seen_on": today,
        "old_on": today + timedelta(days=365),
    } | more
    made: Fact = Fact.of(organisation.tenant).create(
        tenant=organisation.tenant,
        organisation=organisation,
        contact=contact,
        field=field,
        key=proofs.digest(table[field], value),
        value=value,
        proofs=told,
        **given,
    )
    return made


def lookup(
    organisation: Organisation, provider: str, told: Sequence[dict[str, Any]], **more: Any
) -> Lookup:
    """A question that was answered just now, and took two credits."""
    given: dict[str, Any] = {
        "about": organisation.domain,
        "state": Lookup.State.TOLD,
        "answered_at": timezone.now(),
        "credits": 2,
        "segment": organisation.trade,
    } | more
    made: Lookup = Lookup.of(organisation.tenant).create(
        tenant=organisation.tenant, provider=provider, told=list(told), **given
    )
    return made


def quality(organisation: Organisation, completeness: int = 50, **more: Any) -> Quality:
    """How well it is known, as of today."""
    made: Quality = Quality.of(organisation.tenant).create(
        tenant=organisation.tenant,
        organisation=organisation,
        completeness=completeness,
        **({"reckoned_on": date.today()} | more),
    )
    return made
