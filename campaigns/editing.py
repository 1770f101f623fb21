"""Changing what a campaign asks for: from its next run on."""

from dataclasses import dataclass
from typing import Any, Self

from django.db import IntegrityError, transaction

from campaigns import criteria, naming, positions
from campaigns.criteria import Criteria
from campaigns.models import Campaign
from crm.ledger import audit
from crm.ledger.models import AuditEntry
from crm.tenants.models import User
from leads.timeline import origins

CHANGED = "changed"


class Refused(ValueError):
    """The change can't be saved; the sentence says why. `campaign` is the one in its way."""

    def __init__(self, sentence: str, campaign: Campaign) -> None:
        super().__init__(sentence)
        self.campaign = campaign


class NameTaken(Refused):
    """Another campaign has this name."""


class SameCriteria(Refused):
    """Another campaign asks for exactly this."""


class Fixed(Refused):
    """A campaign keeps its kind and its postcode."""


class ChangedMeanwhile(Refused):
    """A colleague has saved since the page was opened; `campaign` is what came of that."""


@dataclass(frozen=True)
class Seen:
    """A campaign as it was when somebody began to change it."""

    fingerprint: str
    name: str

    @classmethod
    def of(cls, campaign: Campaign) -> Self:
        return cls(campaign.fingerprint, " ".join(campaign.name.split()))


@dataclass(frozen=True)
class Changed:
    """`fields` are those that differ now; `begins_anew` says that the next run does."""

    campaign: Campaign
    fields: list[str]
    begins_anew: bool = False


@transaction.atomic
def change(
    campaign: Campaign, wanted: Criteria, name: str, *, by: User, seen: Seen | None = None
) -> Changed:
    """Let the campaign ask for this from its next run on; raises Refused.

    A name that was made of the criteria and is not touched follows them. `seen` is what whoever
    changes it had before them, and no more is replaced than that.
    """
    tenant = campaign.tenant
    naming.hold(tenant)
    campaign = Campaign.of(tenant).select_for_update(no_key=True).get(pk=campaign.pk)
    campaign.tenant = tenant
    now, seen = criteria.of(campaign), seen or Seen.of(campaign)
    if (wanted.kind.slug, wanted.postcode) != (now.kind.slug, now.postcode):
        said = "A campaign keeps its kind and its postcode. Duplicate it to look elsewhere."
        raise Fixed(said, campaign)
    if name == seen.name:
        name = _follow(campaign, now, wanted)
    before, after = _values(campaign.name, now), _values(name, wanted)
    fields = [field for field in after if after[field] != before[field]]
    if not fields:
        return Changed(campaign, fields)
    if seen != Seen.of(campaign):
        raise ChangedMeanwhile(f"{_who_was_faster(campaign, by)} meanwhile.", campaign)
    _check_name(campaign, name)
    _save(campaign, fields, after, wanted, now)
    if "name" in fields:
        origins.rename(campaign.as_origin(), tenant=tenant)
    audit.write(
        campaign,
        CHANGED,
        by=by,
        before={field: before[field] for field in fields},
        after={field: after[field] for field in fields},
    )
    return Changed(campaign, fields, begins_anew=now.walk != wanted.walk)


def _values(name: str, wanted: Criteria) -> dict[str, Any]:
    return {"name": name} | wanted.as_json()


def _follow(campaign: Campaign, now: Criteria, wanted: Criteria) -> str:
    if now == wanted or not naming.is_automatic(campaign.name, now):
        return campaign.name
    return naming.automatic(wanted, campaign.tenant, besides=campaign)


def _check_name(campaign: Campaign, name: str) -> None:
    if name == campaign.name:
        return
    other = naming.called(name, campaign.tenant, besides=campaign)
    if other is not None:
        raise NameTaken(f"Another campaign is called “{other.name}”. Take another name.", other)


def _save(
    campaign: Campaign, fields: list[str], after: dict[str, Any], wanted: Criteria, now: Criteria
) -> None:
    """Save only what differs: the campaign's positions may be moved by its run."""
    for field in fields:
        setattr(campaign, field, after[field])
    campaign.fingerprint = wanted.fingerprint
    campaign.positions = positions.carried(campaign.positions, walked=now, wanted=wanted)
    try:
        with transaction.atomic():
            campaign.save(update_fields=[*fields, "fingerprint", "positions"])
    except IntegrityError:
        others = Campaign.of(campaign.tenant).exclude(pk=campaign.pk)
        other = others.filter(fingerprint=wanted.fingerprint).first()
        if other is None:
            raise
        raise SameCriteria(f"“{other.name}” asks for exactly this already.", other) from None


def _who_was_faster(campaign: Campaign, by: User) -> str:
    entries = AuditEntry.objects.filter(target_type=campaign._meta.label_lower, verb=CHANGED)
    last = entries.filter(target_id=str(campaign.pk)).order_by("-id").first()
    if last is not None and last.actor_id == by.pk:
        return "You changed this campaign in another window"
    return f"{last.actor if last else 'Somebody'} changed this campaign"
