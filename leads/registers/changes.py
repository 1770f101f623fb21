"""What registers say differently of organisations: noted, proved and told to their leads, once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from crm.registers import told
from crm.registers.models import Change, Load
from crm.tenants.models import Tenant
from leads.models import Lead, Listing, Organisation, Proof, RegisterNews, TimelineEntry
from leads.timeline import timeline

Kind = Change.Kind
# An organisation, and what a register says differently of it.
Heard = tuple[Organisation, Change]


def tell(tenant: Tenant, changes: Sequence[Change]) -> None:
    """Tell of these changes those who were known before, as far as nobody has told them yet."""
    of_entry: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        of_entry[change.entry_id].append(change)
    # Two entries may be one organisation's: what the first says of it the second must know.
    known: dict[UUID, Organisation] = {}
    heard: list[Heard] = []
    listings = Listing.of(tenant).filter(entry__in=of_entry).select_related("organisation")
    loaded = _when_loaded(changes)
    for listing in listings:
        organisation = known.setdefault(listing.organisation_id, listing.organisation)
        for change in of_entry[listing.entry_id]:
            since = loaded.get((change.register_id, change.on))
            # Who came after the load came as they are now.
            if since is None or organisation.created_at <= since:
                heard.append((organisation, change))
    heard.sort(key=lambda each: each[1].pk)
    fresh = _noted(tenant, heard)
    _prove(tenant, fresh)
    _say(tenant, fresh)


def closed(tenant: Tenant, organisation: Organisation, on: date) -> bool:
    """Mark it as closed unless it is, or is listed as open somewhere; say whether it was marked."""
    if organisation.proof == Proof.CLOSED or _open(tenant, [organisation.pk]):
        return False
    organisation.proof, organisation.proof_date = Proof.CLOSED, on
    organisation.save(update_fields=["proof", "proof_date"])
    return True


def _when_loaded(changes: Sequence[Change]) -> dict[tuple[str, date | None], datetime | None]:
    """When the files were in that said so; the first, where one was loaded again."""
    rows = Load.objects.filter(
        register__in={each.register_id for each in changes},
        as_of__in={each.on for each in changes},
        state=Load.State.DONE,
    )
    return {(each.register, each.as_of): each.ended_at for each in rows.order_by("-pk")}


def _noted(tenant: Tenant, heard: Iterable[Heard]) -> list[Heard]:
    """Note them; give those that were not noted yet, by somebody else at this moment neither."""
    rows = [
        RegisterNews(tenant=tenant, organisation=organisation, change=change)
        for organisation, change in heard
    ]
    RegisterNews.of(tenant).bulk_create(rows, ignore_conflicts=True)
    mine = set(
        RegisterNews.of(tenant)
        .filter(pk__in=[each.pk for each in rows])
        .values_list("pk", flat=True)
    )
    return [(each.organisation, each.change) for each in rows if each.pk in mine]


def _prove(tenant: Tenant, fresh: Sequence[Heard]) -> None:
    """Mark what its registers say of each by now; one of them may still list it as open."""
    is_open = _open(tenant, {organisation.pk for organisation, _ in fresh})
    marked: dict[UUID, Organisation] = {}
    for organisation, change in fresh:
        if change.kind == Kind.CLOSED and organisation.pk not in is_open:
            organisation.proof = Proof.CLOSED
        elif (
            change.kind == Kind.REOPENED
            and organisation.pk in is_open
            and organisation.proof == Proof.CLOSED
        ):
            organisation.proof = Proof.VERIFIED if change.register.is_fresh else Proof.LISTED
        else:
            continue
        organisation.proof_date = change.on
        marked[organisation.pk] = organisation
    # In one order, whoever else marks some of them at this moment.
    ordered = [marked[pk] for pk in sorted(marked)]
    Organisation.of(tenant).bulk_update(ordered, ["proof", "proof_date"])


def _open(tenant: Tenant, organisations: Collection[UUID]) -> set[UUID]:
    """Give those that a register lists as open."""
    rows = Listing.of(tenant).filter(organisation__in=organisations, entry__status="active")
    return set(rows.values_list("organisation", flat=True))


def _say(tenant: Tenant, fresh: Sequence[Heard]) -> None:
    said: dict[UUID, list[str]] = defaultdict(list)
    for organisation, change in fresh:
        sentence = told.sentence(change.kind, change.on, change.before)
        said[organisation.pk].append(f"{change.register.label}: {sentence}")
    leads = Lead.of(tenant).filter(organisation__in=said)
    texts = {lead: "\n".join(said[lead.organisation_id]) for lead in leads}
    if texts:
        timeline.write_all(texts, TimelineEntry.Kind.ORIGIN, tenant=tenant, by=None)
