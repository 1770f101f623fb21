"""What the list of runs in the administration can be narrowed to."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from campaigns.models import Run

LATELY = timedelta(days=7)


class Overruled(SimpleListFilter):
    title = "taken all the same"
    parameter_name = "overruled"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "yes, by a person"), ("no", "no")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "yes":
            return queryset.exclude(overruled_at=None)
        return queryset.filter(overruled_at=None) if self.value() == "no" else queryset


class UnderWay(SimpleListFilter):
    title = "under way"
    parameter_name = "under_way"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "under way"), ("failed", f"failed within {LATELY.days} days")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "yes":
            return queryset.filter(state__in=Run.ACTIVE)
        if self.value() == "failed":
            since = timezone.now() - LATELY
            return queryset.filter(state=Run.State.FAILED, created_at__gte=since)
        return queryset
