"""What was shared with somebody."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet

from crm.sharing.rows import WithPerson, WithTeam
from crm.tenants import supposing
from crm.tenants.models import Membership


def with_people(model: type[Model]) -> Any:
    """Give the table of this model's shares with people."""
    return _table(model, WithPerson)


def with_teams(model: type[Model]) -> Any:
    """Give the table of this model's shares with teams."""
    return _table(model, WithTeam)


def _table(model: type[Model], base: type[Model]) -> type[Model]:
    """Find the table by its foreign key; guardian itself overlooks those without a way back."""
    return next(
        each
        for each in base.__subclasses__()
        if each._meta.get_field("content_object").related_model is model
    )


def rows(membership: Membership, model: type[Model]) -> list[QuerySet[Any]]:
    """Give the shares by which the person, and their team, were let see rows of this model.

    Those of other companies may be among them: the person may work there, too.
    """
    found = [with_people(model).objects.filter(user=membership.user_id)]
    if membership.team_id is not None:
        found.append(with_teams(model).objects.filter(group__team=membership.team_id))
    what = supposing.of(membership)
    if membership.user_id in what.left:
        return [each.none() for each in found]
    if not what.without:
        return found
    return [each.exclude(pk__in=what.taken_back(each.model._meta.label_lower)) for each in found]


def seen(membership: Membership, model: type[Model]) -> Q:
    """Mean those rows themselves."""
    shares = rows(membership, model)
    return reduce(or_, (Q(pk__in=each.values("content_object")) for each in shares))
