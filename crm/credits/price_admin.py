"""Prices in the administration, for whoever looks after the installation: each from a day on."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from crm.adminlist.look_only import LookOnly
from crm.credits import words
from crm.credits.models import Exchange, Price, Rate, VendorPrice
from crm.credits.prices import MILLION, of_today
from crm.ledger import audit


class DatedForm(forms.ModelForm):
    """What is over stays as it was: a new row counts from today on, or from a later day."""

    since = forms.DateField(
        label="From",
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="From this day on it takes the place of the row before, which stays.",
    )

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since < timezone.localdate():
            raise ValidationError("What was charged stays as it was: take today or a later day.")
        return since


class DatedAdmin(LookOnly):
    """Rows are added and read; none is changed or removed."""

    form = DatedForm
    ordering = ["-since", "-pk"]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Give the rows with what a dollar and a credit are in pounds today."""
        rows = super().get_queryset(request)
        return rows.annotate(
            dollar=of_today(Exchange.objects.all(), "micros"),
            credit=of_today(Rate.objects.all(), "micros_per_credit"),
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Add it, and write down what."""
        obj.save(force_insert=True)
        after = {name: str(value) for name, value in form.cleaned_data.items()}
        audit.write(obj, "added", by=request.user, after=after)  # type: ignore[arg-type]


@admin.register(Price)
class PriceAdmin(DatedAdmin):
    about = "How many credits each action takes, from which day on"
    adding = "Add a price"
    list_display = ["action", "credits", "worth", "since"]
    list_filter = ["action"]
    fields = ["action", "credits", "since"]

    @admin.display(description="worth")
    def worth(self, row: Any) -> str:
        """Say what it brings in, by what a credit is worth today."""
        return "–" if row.credit is None else words.cost(row.credits * row.credit)


@admin.register(Rate)
class RateAdmin(DatedAdmin):
    about = "What a credit is worth beside vendors' costs, from which day on"
    adding = "Add a worth"
    list_display = ["__str__", "micros_per_credit", "since"]
    fields = ["micros_per_credit", "since"]


@admin.register(Exchange)
class ExchangeAdmin(DatedAdmin):
    about = "At what rate vendors' dollars become pounds, from which day on"
    adding = "Add a rate"
    list_display = ["__str__", "micros", "since"]
    fields = ["micros", "since"]


@admin.register(VendorPrice)
class VendorPriceAdmin(DatedAdmin):
    about = "What vendors' own lists say, in dollars, from which day on"
    adding = "Add a vendor's price"
    list_display = ["service", "what", "__str__", "in_credits", "since", "note"]
    list_filter = ["service"]
    search_fields = ["service", "what"]
    fields = ["service", "what", "micros", "per", "note", "since"]

    @admin.display(description="in credits")
    def in_credits(self, row: Any) -> str:
        """Say how many credits cover it today: a price in credits that is lower loses money."""
        if row.credit is None or row.dollar is None:
            return "–"
        # Rounded up.
        credits = -(-row.micros * row.dollar // (MILLION * row.credit))
        return f"{credits:,} per {row.per:,}" if row.per > 1 else f"{credits:,}"
