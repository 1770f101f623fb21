"""Filters of the list, kept under a name: each reader meets only the leads that they see."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict

from crm import sight
from crm.ledger import audit
from crm.sharing import held
from crm.tenants.models import Membership
from leads.forms import FilterForm
from leads.models import SavedView

# So many are offered above the list; nobody reads more names.
MOST_OFFERED = 50


class NameTaken(ValueError):
    """The person has a view of this name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"You have a view called “{name}” already. Take another name.")


@dataclass(frozen=True)
class Opened:
    """What of a view makes sense to this reader, and the labels of what does not (any more)."""

    query: str
    gone: list[str] = field(default_factory=list)


def seen(membership: Membership) -> QuerySet[SavedView]:
    """Give the member's own views, and those that were shared with them or their team.

    What somebody keeps for themselves is no business of a manager's.
    """
    rows = SavedView.of(membership.tenant)
    return rows.filter(Q(owner=membership.user_id) | held.seen(membership, SavedView))


KIND = sight.Kind(SavedView, seen, "view", is_private=True)


def offered(membership: Membership) -> list[SavedView]:
    """Give the views to choose from, by name."""
    rows = seen(membership).select_related("owner")
    return list(rows.order_by("name", "id")[:MOST_OFFERED])


def parameters(form: FilterForm) -> dict[str, Any]:
    """Give the filters that are set and make sense, as they stand in an address."""
    data = form.data if isinstance(form.data, QueryDict) else None
    kept: dict[str, Any] = {}
    for name in form.wanted:
        values = data.getlist(name) if data is not None else [form.data[name]]
        kept[name] = values[0] if len(values) == 1 else values
    return kept


def read(view: SavedView, membership: Membership) -> Opened:
    """Open the view for this reader: a stage, person or campaign of it may be gone."""
    asked = QueryDict(mutable=True)
    for name, value in view.wanted.items():
        asked.setlist(name, value if isinstance(value, list) else [value])
    form = FilterForm(asked, membership=membership)
    known = {name: asked.getlist(name) for name in asked if name in form.fields}
    kept = {name: values for name, values in known.items() if name in form.wanted}
    if "campaign" in kept and not _is_offered(form, kept["campaign"]):
        del kept["campaign"]
    query = QueryDict(mutable=True)
    for name, values in kept.items():
        query.setlist(name, values)
    gone = [str(form.fields[name].label or name.capitalize()) for name in known if name not in kept]
    return Opened(query.urlencode(), gone)


def _is_offered(form: FilterForm, values: list[str]) -> bool:
    return all(value in dict(form.fields["campaign"].widget.choices) for value in values)


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


@contextmanager
def _one_of_a_name(name: str) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise NameTaken(name) from None
