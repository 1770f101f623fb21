"""What was shared with somebody."""

from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from guardian.utils import get_group_obj_perms_model, get_user_obj_perms_model

from crm.tenants.models import Membership


def with_people(model: type[Model]) -> Any:
    """Give the table of this model's shares with people."""
    return get_user_obj_perms_model(model)  # type: ignore[arg-type]


def with_teams(model: type[Model]) -> Any:
    """Give the table of this model's shares with teams."""
    return get_group_obj_perms_model(model)  # type: ignore[arg-type]


def ids(membership: Membership, model: type[Model]) -> QuerySet[Any, UUID]:
    """Give the ids of the rows of this model that the person or their team was let see.

    Rows of other companies may be among them: the person may work there, too.
    """
    with_person = with_people(model).objects.filter(user=membership.user_id)
    found = with_person.values_list("content_object_id", flat=True)
    if membership.team_id is None:
        return found
    with_team = with_teams(model).objects.filter(group__team=membership.team_id)
    return found.union(with_team.values_list("content_object_id", flat=True), all=True)
