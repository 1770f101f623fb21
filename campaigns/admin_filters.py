"""What lists of runs, and of their work, can be narrowed to in the administration."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from campaigns.discovery.contract import Asked
from campaigns.discovery.sources import LIVE, SOURCES
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


class Source(SimpleListFilter):
    title = "source"
    parameter_name = "source"
    asked = "source"
    offered: Sequence[Asked] = (*SOURCES, *LIVE)

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(each.slug, each.label) for each in self.offered]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.asked: self.value()}) if self.value() else queryset


class SourceOfRun(Source):
    asked = "source_run__source"
    offered = LIVE
