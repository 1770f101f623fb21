"""Writes what visits have brought, with the state of their items, in one transaction."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from crm.tenants.models import Tenant, User
from enrichment.lookups import paying
from leads.enriching import gathering, objecting, quality, recording
from leads.enriching.dossier import Dossier
from leads.enriching.filing import Desk
from leads.enriching.visiting import Visit
from leads.facts import columns
from leads.identity import candidate, identity

KEYS = {"website": "domain", "phone": "phone", "company_number": "company_number"}


def settle(tenant: Tenant, visits: Sequence[Visit], by: User | None) -> None:
    """Take all that was heard into facts and records.

    The organisations are read anew and held: whatever a person did meanwhile counts. What is new by
    then of an item is put into its `gained`, `before` and `after`, and left to be saved.
    """
    _lock_keys(tenant, visits)
    idents = [visit.dossier.organisation.pk for visit in visits]
    gathering.hold(tenant, idents)
    fresh = {each.organisation.pk: each for each in gathering.gather(tenant, idents, locks=True)}
    there = [visit for visit in visits if visit.dossier.organisation.pk in fresh]
    for visit in there:
        was, dossier = visit.dossier, fresh[visit.dossier.organisation.pk]
        dossier.shunned = objecting.removed(was, dossier, visit.heard)
        visit.dossier = dossier
        visit.before = quality.reckon(dossier).completeness
        for lookup, provider, person in visit.heard:
            dossier.absorb(lookup, provider, _resolved(dossier, person))
    file(tenant, there, by)


def hold(
    tenant: Tenant, visits: Sequence[Visit], were: Mapping[UUID, tuple[Any, ...]]
) -> list[Visit]:
    """Hold the organisations; give the visits to those to whom nobody has written meanwhile.

    `were` are their versions from before they were read. These need not be read anew to be filed.
    """
    _lock_keys(tenant, visits)
    idents = [visit.dossier.organisation.pk for visit in visits]
    same = gathering.unchanged(tenant, idents, were)
    return [visit for visit in visits if visit.dossier.organisation.pk in same]


def file(tenant: Tenant, visits: Sequence[Visit], by: User | None) -> None:
    """Take what was heard into facts and records of organisations that are held and unchanged."""
    desk = Desk(tenant, visits[0].run.pk if visits else None, by)
    for visit in visits:
        objecting.heed(visit, by)
        if not visit.item.asked:
            visit.item.before = visit.before
        filed = desk.take(visit.dossier)
        gained = visit.item.gained
        for what, many in filed.counts.items():
            # The same is confirmed by each visit; what is new is new once.
            gained[what] = many if what == "confirmed" else gained.get(what, 0) + many
    recording.record(desk)
    meters = quality.keep(tenant, [visit.dossier for visit in visits])
    for visit in visits:
        visit.item.after = meters[visit.dossier.organisation.pk].completeness
    _count_usable(tenant, desk)


def _resolved(dossier: Dossier, person: str) -> str:
    """Find a person who had no row yet when they were asked about."""
    if not person or person in dossier.people:
        return person
    return dossier.find(person)


def _lock_keys(tenant: Tenant, visits: Sequence[Visit]) -> None:
    """Let nobody admit what these may become meanwhile: before any row, as an admission does it."""
    keys: list[tuple[str, str]] = []
    postcodes: set[str] = set()
    for visit in visits:
        dossier = visit.dossier
        postcodes.add(dossier.organisation.postcode)
        for (person, name), _ in dossier.proofs.items():
            if person or (person, name) not in dossier.touched:
                continue
            for value in dossier.values((person, name)):
                if name in KEYS and name in columns.OF_ORGANISATION:
                    said = str(value.told.value)
                    keys.append((KEYS[name], candidate.domain(said) if name == "website" else said))
                elif name == "postcode":
                    postcodes.add(str(value.told.value))
    if any(visit.dossier.touched for visit in visits):
        identity.lock(tenant, keys, postcodes)


def _count_usable(tenant: Tenant, desk: Desk) -> None:
    """Count the addresses and numbers that providers told of and that are in use now."""
    found: dict[tuple[str, str], int] = {}
    organisations = (filed.dossier.organisation for filed in desk.filed)
    trades = {each.pk: each.trade for each in organisations}
    for fact in desk.new:
        if fact["field"] in ("email", "phone") and fact["status"] == "applied":
            key = fact["source"], trades[fact["organisation_id"]]
            found[key] = found.get(key, 0) + 1
    paying.count_usable(tenant, found)
