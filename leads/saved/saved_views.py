"""Filters, order and columns of the list, kept under a name: each reader meets what they see."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from crm import sight
from crm.ledger import audit
from crm.sharing import held
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, may
from leads.filters import querystring, writing
from leads.filters.form import FilterForm
from leads.models import SavedView, ViewChoice

# So many are offered above the list; nobody reads more names.
MOST_OFFERED = 50
# What a view keeps beside filters: the order and the columns.
BESIDE = ("sort", "cols")
LONGEST_BESIDE = 500
PINNED_FIRST = ("-is_pinned", "name", "id")


class NameTaken(ValueError):
    """The person has a view of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"You have a view called “{name}” already. Take another name.")


def seen(membership: Membership) -> QuerySet[SavedView]:
    """Give the member's own views, what was shared with them or their team, and the company's.

    What somebody keeps for themselves is no business of a manager's.
    """
    rows = SavedView.of(membership.tenant)
    mine = Q(owner=membership.user_id) | Q(is_for_all=True)
    return rows.filter(mine | held.seen(membership, SavedView))


KIND = sight.Kind(SavedView, seen, "view", is_private=True)


def offered(membership: Membership) -> list[SavedView]:
    """Give the views to choose from, by name; `is_pinned` and `is_first` tell the member's wish."""
    theirs = ViewChoice.of(membership.tenant).filter(user=membership.user_id, view=OuterRef("pk"))
    wishes = {
        "is_pinned": Exists(theirs.filter(is_pinned=True)),
        "is_first": Exists(theirs.filter(is_default=True)),
    }
    rows = seen(membership).select_related("owner").annotate(**wishes)
    return list(rows.order_by(*PINNED_FIRST)[:MOST_OFFERED])


def first(membership: Membership) -> SavedView | None:
    """Give the view that the member wants to find the list with."""
    chosen = ViewChoice.of(membership.tenant).filter(user=membership.user_id, is_default=True)
    return seen(membership).filter(pk__in=chosen.values("view")).first()


def parameters(form: FilterForm) -> dict[str, Any]:
    """Give what is kept of an address: the filters that make sense, the order and the columns."""
    return writing.write(form.filters) | _beside(form)


def _beside(form: FilterForm) -> dict[str, Any]:
    found: dict[str, list[str]] = {}
    for name, each in form.beside:
        found.setdefault(name, []).append(each)
    # Boxes send a column each; written like this they are read as one after the other.
    return {name: ",".join(found[name])[:LONGEST_BESIDE] for name in BESIDE if name in found}


def read(view: SavedView, membership: Membership) -> str:
    """Give the view's address; a stage or person that is gone stays in it, and the list says so."""
    form = FilterForm(view.wanted, membership=membership)
    return querystring.write(querystring.pairs(form.asked | _beside(form)))


def may_open_to_all(view: SavedView, membership: Membership) -> bool:
    """Say whether it is the member's to show to the whole company, or to take back from it."""
    is_own = view.owner_id == membership.user_id and may(membership, Permission.SHARE)
    return is_own or may(membership, Permission.ADMINISTER)


@transaction.atomic
def save(name: str, wanted: dict[str, Any], *, by: Membership) -> SavedView:
    """Keep the filters under a name; raises NameTaken."""
    with _one_of_a_name(name):
        view = SavedView.of(by.tenant).create(
            tenant=by.tenant, owner=by.user, name=name, wanted=wanted
        )
    audit.write(view, "created", by=by.user, after={"name": name, "wanted": wanted})
    return view


@transaction.atomic
def rename(view: SavedView, name: str, *, by: Membership) -> None:
    """Call it otherwise; raises NameTaken."""
    before = view.name
    if name == before:
        return
    with _one_of_a_name(name):
        SavedView.of(by.tenant).filter(pk=view.pk).update(name=name)
    view.name = name
    audit.write(view, "renamed", by=by.user, before={"name": before}, after={"name": name})


@transaction.atomic
def replace(view: SavedView, wanted: dict[str, Any], *, by: Membership) -> None:
    """Keep these filters under its name from now on."""
    before = view.wanted
    if wanted == before:
        return
    view.wanted = wanted
    view.save(update_fields=["wanted"])
    told = {"before": {"wanted": before}, "after": {"wanted": wanted}}
    audit.write(view, "changed", by=by.user, **told)


@transaction.atomic
def delete(view: SavedView, *, by: Membership) -> None:
    """Forget it, for everybody with whom it was shared, too."""
    before = {"name": view.name, "wanted": view.wanted}
    audit.write(view, "deleted", by=by.user, before=before)
    view.delete()


@transaction.atomic
def open_to_all(view: SavedView, is_for_all: bool, *, by: Membership) -> None:
    """Show it to everybody in the company, now and later; or only to whom it is shared with."""
    changed = SavedView.of(by.tenant).filter(pk=view.pk).exclude(is_for_all=is_for_all)
    if not changed.update(is_for_all=is_for_all):
        return
    view.is_for_all = is_for_all
    before, after = {"is_for_all": not is_for_all}, {"is_for_all": is_for_all}
    audit.write(view, "changed", by=by.user, before=before, after=after)


@transaction.atomic
def choose(
    view: SavedView, *, by: Membership, pinned: bool | None = None, first: bool | None = None
) -> None:
    """Pin it for the member, or let the list begin with it: theirs alone, whoever made it."""
    # Two tabs of one person at once: the second waits.
    Membership.of(by.tenant).select_for_update(no_key=True).get(user=by.user_id)
    rows = ViewChoice.of(by.tenant).filter(user=by.user_id)
    if first:
        rows.filter(is_default=True).exclude(view=view).update(is_default=False)
    wish = {"is_pinned": pinned, "is_default": first}
    wish = {name: each for name, each in wish.items() if each is not None}
    rows.update_or_create(
        view=view,
        user=by.user,
        defaults=wish,
        create_defaults={"tenant": by.tenant, **wish},
    )
    audit.write(view, "changed", by=by.user, after={"for": str(by.user), **wish})


@contextmanager
def _one_of_a_name(name: str) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise NameTaken(name) from None
