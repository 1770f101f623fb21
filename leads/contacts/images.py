"""Takes somebody out of images, by which an undo would bring them back: of merges, of deletions."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from crm.changing import change
from crm.tenants.models import Tenant
from leads.contacts.traces import ANALYSES, FACTS, RUNS, Person
from leads.models import Contact, Lead, Merge, MergedRow, Organisation, RemovedRow

BY_LABEL = {each.model._meta.label_lower: each for each in (FACTS, RUNS, ANALYSES)}
OF_PLACES, OF_PEOPLE = Organisation._meta.label_lower, Contact._meta.label_lower
OF_LEADS, BENEATH = Lead._meta.label_lower, Merge._meta.label_lower


@dataclass
class Places:
    """An organisation with all that were made one with it, and have not been parted since.

    `was` holds those as they were; what enrichment asked about them is kept under their names.
    """

    tenant: Tenant
    idents: set[UUID]
    was: list[dict[str, Any]] = field(default_factory=list)

    def said(self, column: str) -> set[str]:
        """Give what stood in a column of those that are gone."""
        return {str(each[column]) for each in self.was if each.get(column)}


def places(organisation: Organisation) -> Places:
    """Give the organisation with those that a merge has put into it."""
    standing = _above(organisation.tenant, OF_PLACES, {organisation.pk}).filter(undone_at=None)
    found = Places(organisation.tenant, {organisation.pk})
    for merge in standing:
        found.idents.add(merge.gone)
        found.was.append(merge.gone_was)
    return found


def selves(contact: Contact) -> list[Merge]:
    """Give the merges by which others became this contact, and those that were undone."""
    return list(_above(contact.tenant, OF_PEOPLE, {contact.pk}))


def _above(tenant: Tenant, model: str, idents: set[UUID]) -> QuerySet[Merge]:
    """Give the merges that lead to these, one upon the other, and those they were parted by."""
    rows = Merge.of(tenant).filter(model=model)
    known, new = set(idents), set(idents)
    while new:
        into = rows.filter(kept__in=new, undone_at=None).values_list("gone", flat=True)
        new = set(into) - known
        known |= new
    return rows.filter(Q(kept__in=known) | Q(gone__in=known)).order_by("pk")


def take_out(here: Places, person: Person) -> None:
    """Take them out of all images of these organisations and of their leads.

    In the transaction of the caller, which holds the leads that are there and, where it takes turns
    with whoever brings back others, the organisation.
    """
    _out_of(_merged(here), person)
    _out_of(_removed(here), person)


def _merged(here: Places) -> QuerySet[MergedRow]:
    merges = set(_above(here.tenant, OF_PLACES, here.idents).values_list("pk", flat=True))
    rows = MergedRow.of(here.tenant)
    beneath = rows.filter(merge__in=merges, model=BENEATH).values_list("row", flat=True)
    merges |= {UUID(row) for row in beneath}
    return rows.filter(merge__in=merges, model__in=BY_LABEL, image__isnull=False)


def _removed(here: Places) -> QuerySet[RemovedRow]:
    """Images of leads, by where they were; an unmerging since would have put some elsewhere."""
    rows = RemovedRow.of(here.tenant)
    undone = Merge.of(here.tenant).filter(
        model=OF_PLACES, gone__in=here.idents, undone_at__isnull=False
    )
    moved = MergedRow.of(here.tenant).filter(
        merge__in=undone, model=OF_LEADS, column="organisation", image__isnull=True
    )
    idents = [UUID(row) for row in moved.values_list("row", flat=True)]
    theirs = Q(image__organisation_id__in=[str(each) for each in here.idents])
    leads = rows.filter(theirs | Q(lead__in=idents), model=OF_LEADS).values_list("lead", flat=True)
    return rows.filter(lead__in=list(leads), model__in=BY_LABEL, image__isnull=False)


def _out_of(rows: QuerySet[Any], person: Person) -> None:
    changed, emptied = [], []
    for row in rows.order_by("pk").select_for_update(no_key=True):
        trace = BY_LABEL[row.model]
        fields: Iterable[Any] = trace.model._meta.concrete_fields
        was: Any = trace.model(
            **{each.attname: row.image[each.column] for each in fields if each.column in row.image}
        )
        if not trace.take_out(was, person):
            emptied.append(row.pk)
            continue
        image = row.image | {name: getattr(was, name) for name in trace.columns}
        if image != row.image:
            row.image = image
            changed.append(row)
    change(changed, ["image"])
    rows.filter(pk__in=emptied).delete()
