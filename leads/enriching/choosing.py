"""Which organisations somebody means to find out more about: ticked, by a filter, by a campaign."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse

from crm import ids
from crm.tenants.models import Membership
from crm.upward import named
from leads.enriching.launching import MOST
from leads.filters.form import FilterForm
from leads.listing import listing
from leads.models import EnrichmentRun, Lead
from leads.sight import sight

# So many can be ticked; a page of the list has far fewer.
MOST_TICKED = 500
GONE = (
    "A filter of this list is gone meanwhile, {gone}. Without it far more leads would match. Take"
    " that filter away from the list, then choose anew."
)
TOO_MANY = (
    f"One run takes up to {MOST:,} organisations, and these are more. Narrow the list down, or"
    " begin with a part of it."
)


@dataclass(frozen=True)
class Meant:
    """`carried` is what an address or a form says of them; `trouble` why no run can be about them,
    "" if one can. Without any, nobody has chosen yet.
    """

    organisations: list[UUID] = field(default_factory=list)
    label: str = ""
    why: EnrichmentRun.Why = EnrichmentRun.Why.SELECTION
    ref: UUID | None = None
    carried: tuple[tuple[str, str], ...] = ()
    back: str = ""
    back_label: str = "Leads"
    trouble: str = ""

    @property
    def is_chosen(self) -> bool:
        return bool(self.carried)


def read(membership: Membership, data: QueryDict) -> Meant:
    """Read whom an address or a form means; raises Http404 of a campaign that is not seen."""
    if (campaign := ids.read(data.get("campaign", ""))) is not None:
        return _campaigns(membership, campaign)
    if data.get("all"):
        return _matching(membership, QueryDict(data.get("query", "").encode()))
    found = (ids.read(each) for each in data.getlist("lead"))
    ticked = list(dict.fromkeys(each for each in found if each is not None))[:MOST_TICKED]
    return _ticked(membership, ticked, data.get("query", "")) if ticked else Meant()


def _campaigns(membership: Membership, ref: UUID) -> Meant:
    offered = (offer(membership, {ref}) for offer in named("ORIGINS_OFFERED"))
    names: dict[UUID, str] = {ident: name for each in offered for ident, name in each}
    if ref not in names:
        raise Http404
    rows = sight.leads(membership).filter(origins__tenant=membership.tenant, origins__ref=ref)
    return _meant(
        rows,
        names[ref],
        [("campaign", str(ref))],
        why=EnrichmentRun.Why.CAMPAIGN,
        ref=ref,
        back=reverse("campaigns:detail", args=[ref]),
        back_label=names[ref],
    )


def _matching(membership: Membership, query: QueryDict) -> Meant:
    filters = FilterForm(query, membership=membership)
    back = _list(query.urlencode())
    carried = [("all", "1"), ("query", query.urlencode())]
    if gone := filters.filters.left_out:
        said = GONE.format(gone="; ".join(map(str, gone)))
        return Meant(carried=tuple(carried), back=back, trouble=said)
    return _meant(listing.matching(membership, filters.wanted), "", carried, back=back)


def _ticked(membership: Membership, idents: list[UUID], query: str) -> Meant:
    rows = sight.leads(membership).filter(pk__in=idents)
    carried = [("lead", str(each)) for each in idents]
    if query:
        carried.append(("query", query))
    return _meant(rows, "", carried, back=_list(QueryDict(query.encode()).urlencode()))


def _meant(
    rows: QuerySet[Lead],
    label: str,
    carried: Iterable[tuple[str, str]],
    *,
    why: EnrichmentRun.Why = EnrichmentRun.Why.SELECTION,
    ref: UUID | None = None,
    back: str = "",
    back_label: str = "Leads",
) -> Meant:
    found = rows.order_by().values_list("organisation", flat=True).distinct()
    organisations = list(found[: MOST + 1])
    trouble = ""
    if len(organisations) > MOST:
        trouble = TOO_MANY
    elif not organisations:
        trouble = "None of these leads is there any more, or you see none of them."
    if not label and len(organisations) == 1:
        label = str(rows.select_related("organisation").order_by()[0].title)
    label = label or f"{len(organisations):,} leads"
    return Meant(organisations, label, why, ref, tuple(carried), back, back_label, trouble)


def _list(query: str) -> str:
    return f"{reverse('leads:list')}?{query}" if query else reverse("leads:list")


def address(carried: Iterable[tuple[str, str]]) -> str:
    """Give the page on which whoever is meant by this is asked about."""
    return f"{reverse('leads:enrichment_new')}?{urlencode(list(carried))}"
