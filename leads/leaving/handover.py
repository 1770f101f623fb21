"""What becomes of somebody's leads and saved views when they leave the company."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm.ledger import audit
from crm.sharing import held
from crm.tenants.handovers import Handover, Question
from crm.tenants.models import Tenant, User
from leads.models import Lead, SavedView, TimelineEntry
from leads.timeline import timeline

LONGEST_NAME = SavedView._meta.get_field("name").max_length or 0


def count_leads(tenant: Tenant, person: User) -> int:
    """Count what the person owns."""
    return Lead.of(tenant).filter(owner=person).count()


def give_leads(tenant: Tenant, person: User, to: User | None, by: User) -> None:
    """Give all of the person's leads to somebody, or to nobody, in a few statements."""
    rows = Lead.of(tenant).filter(owner=person)
    # In one order, so that two who hold many wait for each other instead of for ever.
    held_rows = rows.select_for_update(of=("self",)).order_by("pk")
    # What an entry of the audit trail says of a lead.
    named_by = [f"organisation__{name}" for name in ("name", "has_generic_name", "address")]
    leads = list(held_rows.select_related("organisation").only("tenant", "organisation", *named_by))
    Lead.of(tenant).filter(owner=person).update(owner=to)
    has_left = f"{person} has left."
    text = f"Given to {to}: {has_left}" if to else f"No longer has an owner: {has_left}"
    timeline.write_all(dict.fromkeys(leads, text), TimelineEntry.Kind.MOVE, tenant=tenant, by=by)
    audit.write_all(
        leads,
        "handed over",
        by=by,
        before={"owner": str(person)},
        after={"owner": str(to) if to else None},
    )


def count_shared_views(tenant: Tenant, person: User) -> int:
    """Count the person's views that others use, too."""
    return _views(tenant, person).filter(_is_shared()).count()


def give_views(tenant: Tenant, person: User, to: User | None, by: User) -> None:
    """Give them to whoever takes over, who may have others of these names."""
    views = list(_views(tenant, person).filter(_is_shared()))
    was: dict[Any, dict[str, str]] = {}
    taken = {name.lower() for name in _views(tenant, to).values_list("name", flat=True)}
    for view in views:
        was[view.pk] = {"owner": str(person), "name": view.name}
        view.owner, view.name = to, _free(view.name, person, taken)  # type: ignore[assignment]
        taken.add(view.name.lower())
        view.save(update_fields=["owner", "name"])
    audit.write_all(
        views,
        "handed over",
        by=by,
        before=lambda view: was[view.pk],
        after=lambda view: {"owner": str(to), "name": view.name},
    )


def count_private_views(tenant: Tenant, person: User) -> int:
    """Count the views that the person alone sees."""
    return _views(tenant, person).exclude(_is_shared()).count()


def forget_views(tenant: Tenant, person: User, to: User | None, by: User) -> None:
    """Delete them: nobody else has ever seen them."""
    views = list(_views(tenant, person).exclude(_is_shared()))
    audit.write_all(
        views,
        "deleted",
        by=by,
        before=lambda view: {"owner": str(person), "name": view.name},
    )
    SavedView.of(tenant).filter(pk__in=[view.pk for view in views]).delete()


def _views(tenant: Tenant, person: User | None) -> QuerySet[SavedView]:
    return SavedView.of(tenant).filter(owner=person)


def _is_shared() -> Q:
    """Mean what is shared with a team, with everybody, or with anybody but the owner."""
    here = {"content_object": OuterRef("pk")}
    people = held.with_people(SavedView).objects.filter(**here).exclude(user=OuterRef("owner"))
    teams = held.with_teams(SavedView).objects.filter(**here)
    return Q(is_for_all=True) | Q(Exists(people)) | Q(Exists(teams))


def _free(name: str, person: User, taken: set[str]) -> str:
    """Give the name, with whose it was and a number where it is taken."""
    wanted, number = name, 1
    while wanted.lower() in taken:
        tail = f" ({person})" if number == 1 else f" ({number})"
        tail = tail[-LONGEST_NAME // 2 :]
        wanted, number = f"{name[: LONGEST_NAME - len(tail)]}{tail}", number + 1
    return wanted


LEADS = Handover("leads", count_leads, give_leads, Question.LEADS)
SHARED_VIEWS = Handover("shared views", count_shared_views, give_views, Question.VIEWS)
PRIVATE_VIEWS = Handover(
    "private views",
    count_private_views,
    forget_views,
    becomes="deleted, used by nobody else",
)
