"""Which order of the list an address asks for, or the usual one and why."""

from crm.bounds.counts import capped
from crm.tenants.models import Membership
from leads.filters.form import FilterForm
from leads.listing import found, listing, other_sorts, ranking, sorting
from leads.listing.sorting import Sort
from leads.search.search import Found


def asked(
    name: str, membership: Membership, form: FilterForm, meant: Found | None, *, few: bool
) -> tuple[Sort, str]:
    """Give the order of this name; where there is none, the usual one and why.

    `meant` is what the search has found, and `few` says that no more match than are sorted.
    """
    if meant is not None and name in ("", ranking.MATCH):
        best = ranking.chosen(name, form.wanted["q"], meant, few=few)
        return best, "" if few else ranking.TOO_MANY
    if _is_plain(name):
        return sorting.SORTS.get(name, sorting.USUAL), ""
    other = other_sorts.of(name, form.own)
    if other is None:
        return sorting.USUAL, other_sorts.UNKNOWN
    if not few:
        leads = listing.matching(membership, form.wanted)
        if capped(leads, other_sorts.MOST) > other_sorts.MOST:
            return sorting.USUAL, other_sorts.TOO_MANY.format(label=other.label.lower())
    return other, ""


def of_all(name: str, membership: Membership, form: FilterForm) -> Sort:
    """Give the order in which the list shows all of its pages under this address."""
    meant = found.of(membership, form.wanted)
    few = False
    if not _is_plain(name) or (meant is not None and name not in sorting.SORTS):
        many = found.total(membership, form.wanted, meant)
        few = many is None or many <= listing.FEW
    return asked(name, membership, form, meant, few=few)[0]


def _is_plain(name: str) -> bool:
    return name in ("", ranking.MATCH) or name in sorting.SORTS
