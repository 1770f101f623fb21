"""What the command palette offers: leads, pages and actions, and the leads that one looked at last.

Which pages and actions there are is said by the settings, since they are of every floor.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from crm import ids
from crm.ledger import kinds
from crm.ledger.models import AuditEntry, Kind
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, TenantRequest, may
from leads.listing import found, listing, ranking
from leads.models import Lead
from leads.saved import saved_views
from leads.search import marks, search
from leads.search.marking import Marker
from leads.search.search import Found
from leads.search.terms import plain, words
from leads.sight import sight

MOST = 10
MOST_PAGES = 6
MOST_RECENT = 6
# Of what somebody did last, so many entries are looked into for leads.
LOOKED_INTO = 200
LONGEST = 100


@dataclass(frozen=True)
class Option:
    """One thing to choose; `hint` stands beside its title and says more, `line` stands below it."""

    url: str
    title: SafeString
    icon: str
    hint: str = ""
    line: str = ""
    lead: Lead | None = None


@dataclass(frozen=True)
class Group:
    name: str
    label: str
    options: list[Option]


@dataclass(frozen=True)
class Answer:
    """`all_url` leads to the list of all leads that were found, if there are more."""

    q: str
    groups: list[Group]
    all_url: str = ""
    said: str = ""

    @property
    def count(self) -> int:
        return sum(len(group.options) for group in self.groups)


def answer(request: TenantRequest, q: str, on: str = "") -> Answer:
    """Answer what was typed so far; `on` is the id of the lead whose page is open."""
    q = " ".join(q[:LONGEST].split())
    here = _here(request.membership, on)
    pages = _pages(request, q)
    actions = _actions(request, q, here)
    if not q:
        recent = [_lead(lead) for lead in recently(request.membership) if lead != here]
        return Answer(
            q, _filled(("recent", "Looked at last", recent[:MOST_RECENT]), actions, pages)
        )
    meant, leads, more = _leads(request.membership, q)
    groups = [("leads", "Leads", [_lead(lead) for lead in leads]), actions, pages]
    if meant.is_loose:
        # What is only alike stands behind what is meant.
        groups = [*groups[1:], groups[0]]
    asked = QueryDict(mutable=True)
    asked["q"] = q
    url = f"{reverse('leads:list')}?{asked.urlencode()}" if more else ""
    return Answer(q, _filled(*groups), url, meant.said)


def recently(membership: Membership) -> list[Lead]:
    """Give the leads that the member looked at last, as far as they are still seen."""
    entries = AuditEntry.objects.filter(tenant_id=membership.tenant.pk, actor_id=membership.user_id)
    last = entries.order_by("-at", "-id").values_list("kind", "verb", "target_type", "target_id")
    looked = (Kind.LOOKED, kinds.LOOKED_AT, Lead._meta.label_lower)
    seen = [str(ident) for *what, ident in last[:LOOKED_INTO] if tuple(what) == looked]
    order = {UUID(ident): place for place, ident in enumerate(dict.fromkeys(seen))}
    if not order:
        return []
    rows = sight.leads(membership).filter(pk__any=[*order][: 2 * MOST_RECENT])
    rows = rows.select_related("organisation", "stage")
    return sorted(rows, key=lambda lead: order[lead.pk])


Named = tuple[str, str, list[Option]]


def _filled(*groups: Named) -> list[Group]:
    return [Group(*group) for group in groups if group[2]]


def _leads(membership: Membership, q: str) -> tuple[Found, list[Lead], bool]:
    wanted = {"q": q}
    meant = search.look(membership.tenant, q, membership.memory)
    few = meant.leads is not None or _are_few(found.total(membership, wanted, meant))
    order = ranking.chosen("", q, meant, few=few)

    leads = found.page(membership, wanted, order, meant, few=few, drawn=_drawn).leads
    shown = leads[:MOST]
    marks.show(shown, meant, tenant=membership.tenant)
    return meant, shown, len(leads) > MOST


def _are_few(many: int | None) -> bool:
    return many is None or many <= listing.FEW


def _drawn(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    return leads.select_related("organisation", "stage")


def _lead(lead: Lead) -> Option:
    of, marked = lead.organisation, lead.marks
    place = (marked.town, marked.postcode) if marked else (of.town, of.postcode)
    return Option(
        lead.get_absolute_url(),
        marked.title if marked else format_html("{}", lead.title),
        "building-2",
        format_html("<bdi>{}</bdi> {}", *place),
        marked.line if marked else "",
        lead,
    )


def _pages(request: TenantRequest, q: str) -> Named:
    offered = list(_offered(request.membership, settings.PALETTE_PAGES))
    if q:
        for view in saved_views.offered(request.membership):
            offered.append((reverse("leads:view", args=[view.pk]), view.name, "bookmark", "view"))
    fit = _fitting(offered, q)
    return "pages", "Pages", fit[:MOST_PAGES] if q else fit


def _actions(request: TenantRequest, q: str, here: Lead | None) -> Named:
    offered = list(_offered(request.membership, settings.PALETTE_ACTIONS))
    if here is not None and may(request.membership, Permission.WORK_LEADS):
        url, name = here.get_absolute_url(), here.title
        offered = [
            (f"{url}#timeline", f"Write a note on {name}", "sticky-note", "comment"),
            (reverse("leads:move", args=[here.pk]), f"Move {name}", "move-right", "stage"),
            (f"{url}#tasks", f"Add a task for {name}", "list-todo", "due reminder"),
            (f"{url}#deal", f"Change owner or value of {name}", "user-round-pen", "assign give"),
            *offered,
        ]
    return "actions", "Actions", _fitting(offered, q)


# An address, a name, an icon, and other words by which it is found.
Offer = tuple[str, str, str, str]


def _offered(membership: Membership, rows: Iterable[tuple[str, str, str, str, str]]) -> list[Offer]:
    """Give those that the member may open."""
    return [
        (reverse(url), label, icon, more)
        for url, label, icon, more, permission in rows
        if may(membership, Permission[permission])
    ]


def _fitting(offered: Iterable[Offer], q: str) -> list[Option]:
    """Keep those that have a word for each that was typed."""
    asked = tuple(words(q))
    marker: Callable[[str], SafeString] = Marker(asked).marked
    return [
        Option(url, marker(label), icon)
        for url, label, icon, more in offered
        if all(_begins(word, f"{label} {more}") for word in asked) and (asked or not q)
    ]


def _begins(word: str, text: str) -> bool:
    return any(each.startswith(word) for each in plain(text).split())


def _here(membership: Membership, on: str) -> Lead | None:
    ident = ids.read(on)
    if ident is None:
        return None
    return sight.leads(membership).filter(pk=ident).select_related("organisation").first()
