"""What people decide about facts: a proposed value is taken or dismissed, or that is taken back.

Each in one transaction, with what it writes into the record. Locks are taken in the order of
`editing.edit`: identity keys, leads, organisations, then facts. Several are locked at once before
the first is decided, so that two people who decide about the same ones wait for each other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from crm.ledger import audit
from crm.tenants.models import Tenant, User
from leads.contacts import contacts
from leads.enriching import gathering, quality
from leads.facts import columns, editing, proofs, replaced, writing
from leads.facts.clashes import ChangedMeanwhile
from leads.facts.facts import FACTS, Editable
from leads.intake import again
from leads.models import Contact, Fact, Lead, Organisation
from leads.records.known import Status
from leads.scored import flow

# What a person types nowhere, but may take from a source.
NUMBER = Editable("company_number", "Company number", str)
# So many are decided in one transaction.
MOST = 500
GONE = "It is there no longer: the organisation or the person was deleted or merged meanwhile."


class CannotDecide(ValueError):
    """Nothing was decided; the sentence says why, and what to do."""


@dataclass
class Decided:
    """`many` were decided now; `left` are the sentences of those that could not be, each once."""

    many: int = 0
    left: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Held:
    """A fact that is held, with what it is about; `lead` is one of its organisation's."""

    fact: Fact
    organisation: Organisation
    lead: Lead
    by: User

    @property
    def row(self) -> Organisation | Contact:
        return self.fact.contact or self.organisation

    @property
    def is_in_record(self) -> bool:
        return self.fact.key == replaced.stands(self.row, self.fact.field)


Verb = Callable[[_Held], bool]


def accept(fact: Fact, by: User) -> bool:
    """Take a value: it is in use, and in its column where it has one; say if that is news.

    What was in use before is replaced, or of a field with several values an alternative from now
    on. Raises CannotDecide.
    """
    return _one(fact, by, _accept)


def dismiss(fact: Fact, by: User) -> bool:
    """Have a value never be offered again; say if that is news. Raises CannotDecide."""
    return _one(fact, by, _dismiss)


def take_back(fact: Fact, by: User) -> bool:
    """Offer a value again that was dismissed; say if that is news. Raises CannotDecide."""
    return _one(fact, by, _take_back)


def accept_all(facts: Iterable[Fact], by: User) -> Decided:
    """Take several values, all in one transaction; what can't be taken is left and said."""
    return _all(list(facts), by, _accept)


def dismiss_all(facts: Iterable[Fact], by: User) -> Decided:
    """Dismiss several values, all in one transaction; what can't be is left and said."""
    return _all(list(facts), by, _dismiss)


@transaction.atomic
def _one(fact: Fact, by: User, verb: Verb) -> bool:
    held = _hold(fact.tenant, [fact], by, writes=verb is _accept)
    if not held:
        raise CannotDecide(GONE)
    is_new = verb(held[0])
    if is_new:
        _reckon(fact.tenant, held)
    return is_new


@transaction.atomic
def _all(facts: Sequence[Fact], by: User, verb: Verb) -> Decided:
    done = Decided()
    if len(facts) > MOST:
        raise CannotDecide(f"Decide about {MOST} at once at the most; these are {len(facts):,}.")
    if not facts:
        return done
    tenant = facts[0].tenant
    held = _hold(tenant, facts, by, writes=verb is _accept)
    changed: list[_Held] = []
    for each in held:
        try:
            with transaction.atomic():
                if verb(each):
                    changed.append(each)
        except (CannotDecide, ChangedMeanwhile, contacts.ContactRefused) as refused:
            done.left.append(str(refused))
    if len(held) < len({fact.pk for fact in facts}):
        done.left.append(GONE)
    _reckon(tenant, changed)
    done.many, done.left = len(changed), list(dict.fromkeys(done.left))
    return done


def _hold(tenant: Tenant, facts: Sequence[Fact], by: User, *, writes: bool) -> list[_Held]:
    """Hold these facts as they are now, and all that they may change."""
    idents = sorted({fact.organisation_id for fact in facts})
    if writes:
        editing.lock_keys(tenant, _changes(facts))
    gathering.hold(tenant, idents)
    rows = Organisation.of(tenant).filter(pk__in=idents).order_by("pk")
    organisations = {row.pk: row for row in rows.select_for_update(no_key=True)}
    leads: dict[UUID, Lead] = {}
    of_them = Lead.of(tenant).filter(organisation__in=idents).select_related("organisation")
    for lead in of_them.order_by("pk"):
        lead.tenant = tenant
        leads.setdefault(lead.organisation_id, lead)
    found = Fact.of(tenant).filter(pk__in=[fact.pk for fact in facts]).order_by("pk")
    found = found.select_related("contact", "decided_by").select_for_update(of=("self",))
    held = []
    for fact in found:
        if fact.organisation_id in leads and fact.organisation_id in organisations:
            fact.tenant = tenant
            if fact.contact is not None:
                fact.contact.tenant = tenant
            organisation = organisations[fact.organisation_id]
            organisation.tenant = tenant
            held.append(_Held(fact, organisation, leads[fact.organisation_id], by))
    return held


def _changes(facts: Iterable[Fact]) -> Iterable[tuple[UUID, Editable, Any]]:
    """Say what becomes of which organisation, in the order in which it is decided."""
    for fact in sorted(facts, key=lambda each: each.pk):
        if fact.contact_id is None and fact.field in columns.OF_ORGANISATION:
            try:
                wanted = columns.of_organisation(fact.field, fact.value)
            except ValidationError:
                continue
            yield fact.organisation_id, _editable(fact.field), wanted


def _accept(held: _Held) -> bool:
    fact = held.fact
    if fact.status == Status.DISMISSED:
        raise CannotDecide(f"{_who(held)} dismissed it. Take that back first.")
    has_column = columns.has(held.row, fact.field)
    if fact.status == Status.APPLIED and (held.is_in_record or not has_column):
        return False
    if has_column:
        _write(held)
    else:
        replaced.by_hand(held.row, fact.field, None, fact.value, by=held.by)
    _become(held, Status.APPLIED, "accepted", is_decided=True)
    return True


def _write(held: _Held) -> None:
    """Put the value into its column, as a person's edit."""
    fact, row = held.fact, held.row
    try:
        if isinstance(row, Contact):
            given = {fact.field: columns.of_contact(fact.field, fact.value)}
            seen = {fact.field: str(getattr(row, fact.field))}
            contacts.edit(held.lead, row, given, seen=seen, by=held.by)
            setattr(row, fact.field, given[fact.field])
        else:
            editable = _editable(fact.field)
            wanted = columns.of_organisation(fact.field, fact.value)
            now = editable.typed(getattr(row, fact.field))
            again.edit(held.lead, editable, wanted, seen=now, by=held.by)
            setattr(row, fact.field, wanted)
    except ValidationError as error:
        raise CannotDecide(" ".join(error.messages)) from None
    except contacts.ContactGone as gone:
        raise CannotDecide(str(gone)) from None


def _dismiss(held: _Held) -> bool:
    fact = held.fact
    if fact.status == Status.DISMISSED:
        return False
    if fact.status == Status.APPLIED and held.is_in_record:
        by = f"{_who(held)} accepted it, and it" if fact.decided_at else "It"
        raise CannotDecide(f"{by} is in use. Write another value in its place instead.")
    if fact.status == Status.APPLIED and not columns.has(held.row, fact.field):
        replaced.release(held.row, fact.field)
    _become(held, Status.DISMISSED, "dismissed", is_decided=True)
    return True


def _take_back(held: _Held) -> bool:
    fact = held.fact
    if fact.status != Status.DISMISSED:
        return False
    known = proofs.field(fact.field, is_person=fact.contact_id is not None)
    is_one_more = known is not None and known.has_many and fact.way != "guess"
    status = Status.APPLIED if held.is_in_record or is_one_more else Status.PROPOSED
    _become(held, status, "taken back", is_decided=False)
    return True


def _become(held: _Held, status: Status, verb: str, *, is_decided: bool) -> None:
    fact, was = held.fact, Status(held.fact.status)
    fact.status = status
    fact.decided_by = held.by if is_decided else None
    fact.decided_at = timezone.now() if is_decided else None
    fact.save(update_fields=["status", "decided_by", "decided_at"])
    known = proofs.field(fact.field, is_person=fact.contact_id is not None)
    shown = writing.write(known, fact.value).text if known else str(fact.value)
    audit.write(
        fact,
        verb,
        by=held.by,
        before={"status": was.label},
        after={"status": status.label, "value": shown},
    )


def _reckon(tenant: Tenant, changed: Sequence[_Held]) -> None:
    """Have the meters and the scores follow."""
    if changed:
        idents = {held.organisation.pk for held in changed}
        quality.keep(tenant, gathering.gather(tenant, sorted(idents)))
        rows = Lead.of(tenant).filter(organisation__in=idents).select_related("tenant")
        flow.queue_all(rows.order_by("pk"))


def _who(held: _Held) -> str:
    decided = held.fact.decided_by
    if decided is None:
        return "A colleague"
    return "You" if decided.pk == held.by.pk else str(decided)


def _editable(name: str) -> Editable:
    return FACTS.get(name, NUMBER)
