"""What the lists of leads in the administration can be narrowed to."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest

from crm.registers import trades


class Pursued(SimpleListFilter):
    title = "pursued"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", "open"), ("no", "won or lost")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "yes":
            return queryset.filter(closed_at=None)
        return queryset.exclude(closed_at=None) if self.value() == "no" else queryset


class Trade(SimpleListFilter):
    """From the table of trades: the organisations need not be looked through for them."""

    title = "trade"
    parameter_name = "trade"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        offered = [(slug, trades.label(slug)) for slug in trades.TRADES]
        asked = request.GET.get(self.parameter_name, "")
        # A code of SIC by a link, such as that of a campaign: there are too many to list.
        is_other = asked not in trades.TRADES and trades.is_known(asked)
        return [*offered, (asked, trades.label(asked))] if is_other else offered

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(trade=self.value()) if self.value() else queryset
