"""Writing rules, switching them on and off, and throwing them away."""

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from crm.ledger import audit
from crm.tasks import wake
from crm.tenants.models import Membership, Tenant
from crm.work.lease import FREE
from crm.work.models import State
from leads.models import Reaction

# Each is looked at every minute; nobody keeps more in mind.
MOST = 50
WRITTEN = (
    "name", "wanted", "does", "given", "by", "is_on", "is_for_new", "trouble", "state", "due_at",
    "attempts", "crashes", "last_error", *FREE,
)  # fmt: skip
TAKEN = "There is a rule called “{name}” already. Take another name."
FULL = f"{MOST} rules are the most. Delete one that you no longer need."
DELETED = "“{name}” was deleted meanwhile. Write it as a new rule."
SUPPORT = "Support writes no rules: what acts by itself does so in the name of a member."


class Refused(ValueError):
    """It can't be done; the sentence says why and what to do."""


@dataclass(frozen=True)
class Written:
    """What a rule says; `wanted` are filters as a saved view keeps them."""

    name: str
    wanted: dict[str, Any]
    does: str
    given: dict[str, Any]


def of(tenant: Tenant) -> QuerySet[Reaction]:
    """Give the company's rules by name."""
    return Reaction.of(tenant).select_related("by", "tenant").order_by("name", "pk")


@transaction.atomic
def save(
    rule: Reaction | None, written: Written, *, is_on: bool, is_for_new: bool, by: Membership
) -> Reaction:
    """Keep what it says; from now on it is done in the name of whoever says so. Raises Refused."""
    if by.is_support:
        raise Refused(SUPPORT)
    if rule is None and Reaction.of(by.tenant).count() >= MOST:
        raise Refused(FULL)
    held = Reaction.of(by.tenant).select_for_update(no_key=True)
    if rule is not None and not held.filter(pk=rule.pk):
        raise Refused(DELETED.format(name=rule.name))
    before = _facts(rule) if rule else {}
    kept = rule or Reaction(tenant=by.tenant)
    kept.name, kept.wanted, kept.does = written.name, written.wanted, written.does
    kept.given, kept.by, kept.is_on = written.given, by.user, is_on
    kept.is_for_new, kept.trouble = is_on and is_for_new, ""
    for name, value in _as_new(is_on).items():
        setattr(kept, name, value)
    # Of a rule that is there a worker may have counted something meanwhile.
    try:
        with transaction.atomic():
            kept.save(update_fields=WRITTEN if rule else None)
    except IntegrityError:
        raise Refused(TAKEN.format(name=written.name)) from None
    verb = "changed" if rule else "created"
    audit.write(kept, verb, by=by.user, before=before, after=_facts(kept))
    wake()
    return kept


@transaction.atomic
def switch_off(rule: Reaction, *, by: Membership) -> None:
    """Have it do nothing more; what it did stands."""
    changes = _as_new(is_on=False) | {"is_on": False, "is_for_new": False, "trouble": ""}
    if Reaction.of(rule.tenant).filter(pk=rule.pk, is_on=True).update(**changes):
        told = {"before": {"is_on": True}, "after": {"is_on": False}}
        audit.write(rule, "switched off", by=by.user, **told)


@transaction.atomic
def delete(rule: Reaction, *, by: Membership) -> None:
    """Forget it; what it did stands, and can be undone under “Recent changes”."""
    audit.write(rule, "deleted", by=by.user, before=_facts(rule))
    Reaction.of(rule.tenant).filter(pk=rule.pk).delete()


def _as_new(is_on: bool) -> dict[str, Any]:
    """Have it looked at at once, or not at all; whoever looks at this moment writes nothing."""
    state = State.READY if is_on else State.DONE
    clean = {"attempts": 0, "crashes": 0, "last_error": ""}
    return {"state": state, "due_at": timezone.now(), **clean, **FREE}


def _facts(rule: Reaction) -> dict[str, Any]:
    return {
        "name": rule.name,
        "wanted": rule.wanted,
        "does": rule.does,
        "given": rule.given,
        "is_on": rule.is_on,
        "by": str(rule.by) if rule.by else None,
    }
