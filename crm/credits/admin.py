"""Credits in the administration: a manager gives some; all else is to look at."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from crm.credits import credits, granting, words
from crm.credits.errors import TooMuchAtOnce
from crm.credits.forms import GiveForm
from crm.credits.models import CreditEntry
from crm.credits.price_admin import ExchangeAdmin, PriceAdmin, RateAdmin, VendorPriceAdmin
from crm.tenants.tenant_admin import TenantAdmin

__all__ = ["CreditEntryAdmin", "ExchangeAdmin", "PriceAdmin", "RateAdmin", "VendorPriceAdmin"]


@admin.register(CreditEntry)
class CreditEntryAdmin(TenantAdmin):
    about = "What was given, reserved and spent, and how the account stood then"
    called = "Credits"
    adding = "Give credits"
    when_empty = "Give your company credits: searches outside the registers take them."
    list_display = [
        "number",
        "at",
        "kind",
        "what",
        "change",
        "person",
        "for_label",
        "balance_after",
    ]
    list_filter = ["kind"]
    search_fields = ["person", "for_label", "note"]
    search_help_text = "Person, campaign or note"
    ordering = ["-number"]
    fields = [
        "number", "at", "kind", "what", "credits", "person", "for_label", "service", "quantity",
        "cost", "balance_after", "held_after",
    ]  # fmt: skip
    readonly_fields = ["what", "cost"]
    can_add = True

    @admin.display(description="what")
    def what(self, entry: CreditEntry) -> str:
        return words.what(entry)

    @admin.display(description="credits")
    def change(self, entry: CreditEntry) -> str:
        return words.change(entry)

    @admin.display(description="vendor's cost")
    def cost(self, entry: CreditEntry) -> str:
        return words.cost(entry.cost_micros)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Ask how many and what for."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = GiveForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and self._give(request, form):
            return redirect("credits:page")
        tenant = request.tenant  # type: ignore[attr-defined]
        context = self.admin_site.each_context(request) | {
            "title": "Give credits",
            "opts": self.opts,
            "form": form,
            "crumb": "Give credits",
            "balance": credits.balance(tenant),
            "is_bound": not request.user.is_superuser,
            "most": settings.CREDITS_MONTHLY_MOST,
            "left": granting.left(tenant),
        }
        return TemplateResponse(request, "admin/credits/creditentry/give.html", context)

    def _give(self, request: HttpRequest, form: GiveForm) -> bool:
        given = form.cleaned_data
        try:
            entry = granting.give(
                request.tenant,  # type: ignore[attr-defined]
                given["credits"],
                by=request.user,  # type: ignore[arg-type]
                note=given["note"],
            )
        except TooMuchAtOnce as refusal:
            form.add_error("credits", str(refusal))
            return False
        said = f"Gave {words.many(entry.credits)}: {entry.balance_after:,} are available now."
        messages.success(request, said)
        return True
