"""Which members the list in the administration can be narrowed to."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from crm.tenants.models import User

LATELY_DAYS = 7


def factors() -> QuerySet[Any] | None:
    """Give the second factors that people have set up, if this installation knows any."""
    for relation in User._meta.related_objects:
        if relation.related_model._meta.label_lower == "mfa.authenticator":
            return relation.related_model._base_manager.all()
    return None


class SignedIn(SimpleListFilter):
    title = "signed in last"
    parameter_name = "signed_in"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        lately = f"within {LATELY_DAYS} days"
        return [("lately", lately), ("longer", "longer ago"), ("never", "never")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        since = timezone.now() - timedelta(days=LATELY_DAYS)
        if self.value() == "lately":
            return queryset.filter(user__last_login__gte=since)
        if self.value() == "longer":
            return queryset.filter(user__last_login__lt=since)
        return queryset.filter(user__last_login=None) if self.value() == "never" else queryset


class SecondFactor(SimpleListFilter):
    title = "second factor"
    parameter_name = "second_factor"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [] if factors() is None else [("yes", "set up"), ("no", "not set up")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        known = factors()
        if known is None or self.value() not in ("yes", "no"):
            return queryset
        has = Exists(known.filter(user=OuterRef("user")))
        return queryset.filter(has if self.value() == "yes" else ~has)


ALL = [SignedIn, SecondFactor]
