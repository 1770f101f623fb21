"""Changes of what is known, each from what its writer saw: whoever is too late is shown both."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from crm import ids
from crm.ledger import audit
from crm.look.formats import typed_pounds
from crm.registers import names
from crm.tenants import members
from crm.tenants.models import Membership, Tenant, User
from leads.facts import clashes, replaced
from leads.facts.clashes import ChangedMeanwhile, Clash
from leads.facts.facts import Editable
from leads.identity import candidate, identity
from leads.identity.identity import Keys
from leads.lead import dealing
from leads.lead.locking import gone, hold, lock
from leads.models import IdentityKey, Lead, Organisation, TimelineEntry
from leads.scored import flow
from leads.timeline import timeline

# What tells an organisation apart: another one of these is another key.
IDENTIFYING = {"name", "address", "postcode", "phone", "website", "company_number"}
# What it is no longer called or reached by leads to nobody else, but a former name or place may
# still stand in a register: those keys stay.
REPLACED = {"phone": IdentityKey.Kind.PHONE, "website": IdentityKey.Kind.DOMAIN}
OWNER, VALUE = "owner", "value"
LABELS = {OWNER: "Owner", VALUE: "First-year value"}


@transaction.atomic
def edit(lead: Lead, fact: Editable, wanted: Any, *, seen: str, by: User) -> bool:
    """Put this into the organisation; say whether it is anything new. Raises ChangedMeanwhile."""
    tenant = lead.tenant
    _lock_keys(lead, fact, wanted)
    # All its leads, in one order: the name stands in each of them.
    hold(Lead.of(tenant).filter(organisation=lead.organisation_id))
    rows = Organisation.of(tenant).filter(pk=lead.organisation_id)
    organisation = rows.select_for_update(no_key=True).first()
    if organisation is None:
        raise gone(lead)
    now = getattr(organisation, fact.name)
    if now == wanted:
        return False
    if fact.typed(now) != seen:
        clash = Clash(
            name=fact.name,
            label=fact.label,
            mine=fact.shown(fact.typed(wanted)),
            theirs=fact.shown(fact.typed(now)),
            before=fact.shown(seen),
            now=fact.typed(now),
        )
        raise ChangedMeanwhile([clash], clashes.last_change(organisation, [fact.name]))
    before = {column: getattr(organisation, column) for column in _columns(fact)}
    keys = keys_of(organisation)
    _put(organisation, fact, wanted)
    after = {column: getattr(organisation, column) for column in before}
    organisation.save(update_fields=list(after))
    identify(organisation, {fact.name}, keys)
    replaced.by_hand(organisation, fact.name, now, wanted, by=by)
    audit.write(organisation, "edited", by=by, before=before, after=after)
    _tell(organisation, fact, now, wanted, by)
    return True


@transaction.atomic
def deal(
    lead: Lead,
    name: str,
    *,
    owner: User | None = None,
    value_pence: int | None = None,
    seen: str,
    by: User,
) -> Lead:
    """Give the lead this owner, or this value, by `name`; raises ChangedMeanwhile."""
    # Before the lead, in the order of whoever leaves.
    if owner is not None:
        members.stays(lead.tenant, owner)
    lead = lock(lead)
    now, wanted = deal_typed(lead, name), _typed(name, owner, value_pence)
    if now not in (seen, wanted):
        mine, theirs, before = (_shown(lead, name, typed) for typed in (wanted, now, seen))
        column = "owner" if name == OWNER else "value_pence"
        clash = Clash(name, LABELS[name], mine, theirs, before, now)
        raise ChangedMeanwhile([clash], clashes.last_change(lead, [column]))
    if name == OWNER:
        return dealing.assign(lead, owner=owner, value_pence=lead.value_pence, by=by)
    flow.queue_all([lead])
    return dealing.assign(lead, owner=lead.owner, value_pence=value_pence, by=by)


def deal_typed(lead: Lead, name: str) -> str:
    """Give the lead's owner or value as a form carries it."""
    return _typed(name, lead.owner, lead.value_pence)


def _typed(name: str, owner: User | None, value_pence: int | None) -> str:
    if name == OWNER:
        return str(owner.pk) if owner else ""
    return "" if value_pence is None else typed_pounds(value_pence)


def _shown(lead: Lead, name: str, typed: str) -> str:
    if name == VALUE:
        return f"£{typed}" if typed else ""
    people = Membership.of(lead.tenant).filter(user=ids.read(typed)).select_related("user")
    person = people.first()
    return str(person.user) if person else ""


def _columns(fact: Editable) -> list[str]:
    more = {"name": ["name_key", "sort_key", "has_generic_name"], "website": ["domain"]}
    return [fact.name, *more.get(fact.name, [])]


def _put(organisation: Organisation, fact: Editable, wanted: Any) -> None:
    setattr(organisation, fact.name, wanted)
    if fact.name == "name":
        key = names.name_key(wanted)
        organisation.name_key = key[:300]
        organisation.sort_key = names.sort_key(wanted)[:300]
        organisation.has_generic_name = names.is_generic(key)
    if fact.name == "website":
        organisation.domain = candidate.domain(wanted) if wanted else ""


def keys_of(organisation: Organisation) -> Keys:
    """Give what tells the organisation apart, as its columns are now."""
    cleaned = {
        name: getattr(organisation, name)
        for name in ("name", "postcode", "phone", "domain", "company_number")
    }
    return identity.keys(cleaned | {"email": ""}, organisation.address, "")


def _lock_keys(lead: Lead, fact: Editable, wanted: Any) -> None:
    """Let nobody admit what this becomes meanwhile: before any row, as an admission does it."""
    if fact.name not in IDENTIFYING:
        return
    if lead.organisation_id not in lock_keys(lead.tenant, [(lead.organisation_id, fact, wanted)]):
        raise gone(lead)


def lock_keys(tenant: Tenant, changes: Iterable[tuple[UUID, Editable, Any]]) -> set[UUID]:
    """Let nobody admit what organisations become by these changes, one after the other.

    Give the organisations that are there. To be called before any row is locked.
    """
    wanted = [each for each in changes if each[1].name in IDENTIFYING]
    rows = Organisation.of(tenant).filter(pk__in={ident for ident, _, _ in wanted})
    becoming = {row.pk: row for row in rows} if wanted else {}
    keys: Keys = []
    postcodes: set[str] = set()
    for ident, fact, value in wanted:
        if (new := becoming.get(ident)) is not None:
            _put(new, fact, value)
            keys += keys_of(new)
            postcodes.add(new.postcode)
    if becoming:
        identity.lock(tenant, keys, postcodes)
    return set(becoming)


def identify(organisation: Organisation, names: Collection[str], former: Keys) -> None:
    """Have it be met again by what it is now; the key of an entry that is another's stays there.

    `names` are the columns that have changed. Keys that a merge has brought stay: the one that is
    gone is met by them still.
    """
    if not IDENTIFYING & set(names):
        return
    forget(organisation, names, former)
    IdentityKey.of(organisation.tenant).bulk_create(
        identity_keys(organisation), ignore_conflicts=True
    )


def forget(organisation: Organisation, names: Collection[str], former: Keys) -> None:
    """Have it no longer be met by a phone or website that was replaced."""
    for name in set(names) & set(REPLACED):
        was = [value for of, value in former if of == REPLACED[name]]
        if was:
            rows = IdentityKey.of(organisation.tenant).filter(organisation=organisation)
            rows.filter(kind=REPLACED[name], value__in=was).delete()


def identity_keys(organisation: Organisation) -> list[IdentityKey]:
    """Make the rows of what tells it apart now."""
    return [
        IdentityKey(tenant=organisation.tenant, organisation=organisation, kind=kind, value=value)
        for kind, value in keys_of(organisation)
    ]


def _tell(organisation: Organisation, fact: Editable, was: Any, now: Any, by: User) -> None:
    """Say it on each lead of the organisation, and have each scored anew."""
    before, after = (fact.shown(fact.typed(value)) for value in (was, now))
    ending = f" (it was {before})" if before else ""
    text = f"{fact.label}: {after or 'emptied'}{ending}"
    for lead in Lead.of(organisation.tenant).filter(organisation=organisation).order_by("id"):
        timeline.write(lead, TimelineEntry.Kind.FIELD, text, by=by)
        flow.queue(lead)
