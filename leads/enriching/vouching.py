"""What a person answers who is asked whether a website is theirs: yes, or no.

Locks are taken in the order of whoever files what was told: identity keys, leads, the organisation,
then facts.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from crm.changing import change
from crm.ledger import audit
from crm.tenants.models import User
from enrichment.blend import Proof
from enrichment.fields import ORGANISATION
from enrichment.told import Told
from leads.enriching import (
    deciding,
    doubting,
    gathering,
    items,
    lead_progress,
    plan,
    settling,
    visiting,
)
from leads.enriching.deciding import CannotDecide
from leads.facts import proofs, replaced
from leads.facts.facts import FACTS
from leads.intake import again
from leads.models import Fact, Lead, Organisation, TimelineEntry
from leads.records.known import Status
from leads.timeline import timeline

WEBSITE = FACTS[doubting.FIELD]
SETTLED = "Nobody doubts that website any more, or it was changed meanwhile."
ITEM = ["asked", "gained", "credits", "before", "after"]


def doubted(organisation: Organisation) -> Fact | None:
    """Give the fact of the website that stands there and seems to be somebody else's."""
    return doubting.standing(organisation, replaced.of(organisation, doubting.FIELD))


@transaction.atomic
def confirm(lead: Lead, by: User) -> None:
    """Remember that the website is theirs, and take in what it has told; raises CannotDecide."""
    tenant = lead.tenant
    gathering.hold(tenant, [lead.organisation_id])
    rows = Organisation.of(tenant).filter(pk=lead.organisation_id)
    here = rows.select_for_update(no_key=True).first()
    fact = doubted(here) if here is not None else None
    if here is None or fact is None:
        raise CannotDecide(SETTLED)
    named, today = doubting.named(fact), timezone.localdate()
    kept = [row for row in fact.proofs if not doubting.speaks_against(row)]
    word = Proof(Told(doubting.FIELD, fact.value, proofs.PERSON), proofs.PERSON, today)
    fact.proofs = [*kept, *proofs.write([word])]
    fact.status, fact.decided_by, fact.decided_at = Status.APPLIED, by, timezone.now()
    fact.source = fact.way = proofs.PERSON
    fact.sureness, fact.seen_on = 1.0, today
    fact.old_on = today + timedelta(days=ORGANISATION[doubting.FIELD].half_life)
    fact.save()
    audit.write(
        fact, "confirmed", by=by, before={"names": named}, after={"value": str(fact.value)}
    )
    _tell(lead, f"The website is theirs, though it names {named}.", by)


@transaction.atomic
def take_in(lead: Lead, by: User) -> bool:
    """Take in what was told already and is good still, asking nobody; say if any of it is new.

    While somebody looks at this lead it is left to them.
    """
    look = lead_progress.last(lead.organisation)
    if look is None or look.is_live:
        return False
    item, run, tenant = look.item, look.run, lead.tenant
    made = plan.make(tenant, run.kinds, run.titles)
    dossiers = gathering.gather(tenant, [lead.organisation_id])
    if not dossiers:
        return False
    before = dict(item.gained)
    visit = items.begin(item, run, dossiers[0])
    visiting.recall([visit], made)
    settling.settle(tenant, [visit], by)
    for name, value in items.outcome(item, visit).items():
        setattr(item, name, value)
    change([item], ITEM)
    return dict(item.gained) != before


@transaction.atomic
def take_away(lead: Lead, by: User) -> None:
    """Empty the website, and have it not be offered again.

    Raises CannotDecide and ChangedMeanwhile.
    """
    here = Organisation.of(lead.tenant).filter(pk=lead.organisation_id).first()
    fact = doubted(here) if here is not None else None
    if here is None or fact is None:
        raise CannotDecide(SETTLED)
    fact.tenant = lead.tenant
    again.edit(lead, WEBSITE, "", seen=WEBSITE.typed(here.website), by=by)
    deciding.dismiss(fact, by)
    replaced.release(here, doubting.FIELD)


def _tell(lead: Lead, text: str, by: User) -> None:
    rows = Lead.of(lead.tenant).filter(organisation=lead.organisation_id).order_by("id")
    for each in rows:
        timeline.write(each, TimelineEntry.Kind.FIELD, text, by=by)
