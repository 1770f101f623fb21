"""Letting somebody see a lead, a campaign or a saved view; and taking that back."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Permission as ModelPermission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from guardian.shortcuts import remove_perm

from crm import sight
from crm.ledger import audit
from crm.notices.telling import Kind, tell
from crm.sharing.held import with_people, with_teams
from crm.tenants import members, teams
from crm.tenants.models import Membership, Team, User
from crm.tenants.permissions import Permission, may


class MayNotShare(PermissionError):
    """Whoever shares may not, or does not see what they share."""


class NotOfTheCompany(LookupError):
    """Nobody and no team of this company: it can't be shared with them."""


@transaction.atomic
def share(row: Any, *, with_: User | Team, by: Membership) -> bool:
    """Let the person or the team see the row; say whether that is new. Shared twice is once.

    Raises MayNotShare and NotOfTheCompany.
    """
    return bool(share_all([row], with_=with_, by=by))


@transaction.atomic
def share_all(
    rows: Sequence[Any], *, with_: User | Team, by: Membership, page: str = ""
) -> list[Any]:
    """Let them see all of these rows of one kind; give those that are new to them.

    Each is written down, and its readers are told once of all, with the `page` that lists them.
    Raises MayNotShare and NotOfTheCompany, and then nothing is shared.
    """
    check(rows, by)
    hold(with_, by)
    if not rows:
        return []
    has = set(_of(rows, with_).values_list("content_object_id", flat=True))
    new = [row for row in rows if row.pk not in has]
    if not new:
        return []
    _give(new, with_, by)
    audit.write_all(new, "shared", by=by.user, after={"with": str(with_)})
    _tell(new, with_, by, page)
    return new


@transaction.atomic
def revoke(row: Any, *, with_: User | Team, by: Membership) -> bool:
    """Take it back, from the next request on; say whether there was anything to take back.

    Raises MayNotShare.
    """
    check([row], by)
    given = _of([row], with_).first()
    if given is None:
        return False
    holder = None if isinstance(with_, Team) else with_.pk
    if not may_take_back(row, by, giver=given.by_id, holder=holder):
        raise MayNotShare(
            f"Only who shared it, whose {sight.kind_of(row).noun} it is, or an owner or manager"
            " may take this back."
        )
    remove_perm(_permission(row), _holder(with_), row)
    audit.write(row, "no longer shared", by=by.user, before={"with": str(with_)})
    return True


def may_take_back(row: Any, by: Membership, *, giver: UUID | None, holder: UUID | None) -> bool:
    """Say whose business a share is: to be let see a row is not to decide who else sees it.

    Anybody may give up their own sight of it.
    """
    keeper = getattr(row, f"{sight.kind_of(row).keeper}_id")
    return may(by, Permission.SEE_EVERYTHING) or by.user_id in (giver, keeper, holder)


def check(rows: Sequence[Any], by: Membership) -> None:
    """Refuse who may not share at all, and who does not see all rows; raises MayNotShare."""
    if not may(by, Permission.SHARE):
        raise MayNotShare(f"As a {by.get_role_display().lower()} you may not {Permission.SHARE}.")
    is_ours = all(row.tenant_id == by.tenant.pk for row in rows)
    if not (is_ours and sight.all_seen(by, rows)):
        raise MayNotShare("Only what you see yourself can be shared.")


def hold(with_: User | Team, by: Membership) -> None:
    """Have the reader belong to the company until the transaction ends; raises NotOfTheCompany.

    Before the rows that are shared are locked, as `members.stays` wants it.
    """
    if isinstance(with_, Team):
        if with_.tenant_id == by.tenant.pk and not teams.stays(with_):
            raise NotOfTheCompany(f"The team {with_} is no more. Share it with somebody else.")
        is_here = with_.tenant_id == by.tenant.pk
    else:
        is_here = with_.is_active and members.stays(by.tenant, with_)
    if not is_here:
        raise NotOfTheCompany(f"{with_} does not belong to {by.tenant}.")


def _permission(row: Model) -> str:
    return f"{row._meta.app_label}.view_{row._meta.model_name}"


def _holder(with_: User | Team) -> Any:
    return with_.group if isinstance(with_, Team) else with_


def _of(rows: Sequence[Any], with_: User | Team) -> Any:
    """Give the shares of these rows with this person or team, as far as there are any."""
    table, holder = _table(rows, with_)
    return table.objects.filter(content_object__in=[row.pk for row in rows], **holder)


def _give(rows: Sequence[Any], with_: User | Team, by: Membership) -> None:
    """Write the shares as guardian does, but all in one statement."""
    table, holder = _table(rows, with_)
    see = ModelPermission.objects.get(
        content_type=ContentType.objects.get_for_model(rows[0]),
        codename=f"view_{rows[0]._meta.model_name}",
    )
    given = (table(content_object=row, permission=see, by=by.user, **holder) for row in rows)
    # A colleague may have shared some at the same moment.
    table.objects.bulk_create(given, ignore_conflicts=True)


def _table(rows: Sequence[Any], with_: User | Team) -> tuple[Any, dict[str, Any]]:
    """Give the table of such shares, and what names the reader there."""
    if isinstance(with_, Team):
        return with_teams(type(rows[0])), {"group_id": with_.group_id}
    return with_people(type(rows[0])), {"user_id": with_.pk}


def _tell(rows: Sequence[Any], with_: User | Team, by: Membership, page: str) -> None:
    people = [with_] if isinstance(with_, User) else _members(with_)
    whom = "you" if isinstance(with_, User) else f"your team, {with_.name}"
    row = rows[0] if len(rows) == 1 else None
    what = row or f"{len(rows):,} {sight.kind_of(rows[0]).noun}s"
    tell(
        [person for person in people if person != by.user],
        Kind.SHARED,
        f"{by.user} shared {what} with {whom}.",
        tenant=by.tenant,
        url=row.get_absolute_url() if row else page,
        about=row,
        # By the very share.
        all_see_it=True,
    )


def _members(team: Team) -> list[User]:
    rows = Membership.of(team.tenant).filter(team=team, user__is_active=True)
    return [row.user for row in rows.select_related("user")]
