"""Prices in the administration, for whoever looks after the installation: each from a day on."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from crm.adminlist.quick import QuickAdmin
from crm.credits.models import Exchange, Price, Rate, VendorPrice
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


class DatedAdmin(QuickAdmin):
    """Rows are added and read; none is changed or removed."""

    is_of_the_installation = True
    form = DatedForm
    ordering = ["-since", "-pk"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Add it, and write down what."""
        obj.save(force_insert=True)
        after = {name: str(value) for name, value in form.cleaned_data.items()}
        audit.write(obj, "added", by=request.user, after=after)  # type: ignore[arg-type]


@admin.register(Price)
class PriceAdmin(DatedAdmin):
    about = "How many credits each action takes, from which day on"
    adding = "Add a price"
    list_display = ["action", "credits", "since"]
    list_filter = ["action"]
    fields = ["action", "credits", "since"]


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
    list_display = ["service", "what", "__str__", "since", "note"]
    list_filter = ["service"]
    search_fields = ["service", "what"]
    fields = ["service", "what", "micros", "per", "note", "since"]
