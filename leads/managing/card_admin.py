"""Scorecards in the administration: a list to read, which leads on to the pages that edit them."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from crm.tenants.tenant_admin import TenantAdmin
from leads.models import Scorecard


@admin.register(Scorecard)
class ScorecardAdmin(TenantAdmin):
    about = "What leads are scored by, in versions; edited and published on pages of their own"
    called = "Scorecards"
    when_empty = "Leads are scored by the standard card. Begin a draft under “Scorecards”."
    is_small = True
    list_display = ["__str__", "state", "at_work", "made_by", "made_at", "published_at", "page"]
    list_filter = ["state"]
    list_select_related = ["made_by"]
    readonly_fields = [
        "number", "title", "page", "state", "at_work", "base", "made_by", "made_at", "edition",
        "published_by", "published_at",
    ]  # fmt: skip
    fields = tuple(readonly_fields)
    ordering = ["-number"]

    @admin.display(description="at work")
    def at_work(self, card: Scorecard) -> str:
        return "At work" if card.is_current else ""

    @admin.display(description="its page")
    def page(self, card: Scorecard) -> str:
        """Lead on to where it is edited, tried out, published or gone back to."""
        url = reverse("leads:scorecard", args=[card.pk])
        is_draft = card.state == Scorecard.State.DRAFT
        return format_html('<a href="{}">{}</a>', url, "Edit" if is_draft else "See")

    def view_on_site(self, obj: Scorecard) -> str:
        return reverse("leads:scorecard", args=[obj.pk])
