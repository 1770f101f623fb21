"""Ids of another company's rows in what is posted: whoever sends them made them up on purpose.

The page answers as it does to any choice that is not offered; that it was asked is written down.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Model
from django.http import HttpRequest

from crm import ids
from crm.ledger import refused
from crm.tenants.models import Membership, Team, Tenant, TenantModel, User

NOT_THEIRS = "They sent the id of something that is not in their company."
# Of more in one request the first will do.
MOST = 1000


def say(request: HttpRequest, model: type[Model], given: Iterable[Any]) -> None:
    """Have the request written down as refused if one of these ids is another company's."""
    found = {ident for each in given if (ident := ids.read(str(each)))}
    tenant: Tenant | None = getattr(request, "tenant", None)
    if found and tenant is not None and _is_elsewhere(model, sorted(found)[:MOST], tenant):
        refused.say(request, NOT_THEIRS)


def say_of(request: HttpRequest, form: forms.BaseForm) -> None:
    """Do so with the choices that the form has refused."""
    for name, errors in form.errors.as_data().items():
        if any(each.code == "invalid_choice" for each in errors) and name in form.fields:
            field = form.fields[name]
            prefixed = form.add_prefix(name)
            given = field.widget.value_from_datadict(form.data, form.files, prefixed)
            for each in given if isinstance(given, list) else [given]:
                # A choice that is no relation is one of people, or says which: “team:…”.
                kind, _, ident = str(each).rpartition(":")
                queryset = getattr(field, "queryset", None)
                unrelated = Team if kind == "team" else User
                say(request, unrelated if queryset is None else queryset.model, [ident])


def _is_elsewhere(model: type[Model], found: list[UUID], tenant: Tenant) -> bool:
    rows: Any = model._base_manager
    if issubclass(model, TenantModel):
        return bool(rows.filter(pk__in=found).exclude(tenant=tenant).exists())
    if model is not User:
        return False
    ours = Membership.of(tenant).values("user")
    others = Membership.across_tenants.filter(user__in=found).exclude(user__in=ours)
    return others.exists()
