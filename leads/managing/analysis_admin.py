"""Analyses in the administration: a list to read, with the whole answer of each."""

import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from crm.adminsite.work_rows import WorkAdmin
from crm.credits import words as credit_words
from crm.tenants.permissions import Permission, may
from leads.models import Analysis


@admin.register(Analysis)
class AnalysisAdmin(WorkAdmin):
    about = "What the AI was asked about leads, what it said and what that took"
    called = "AI analyses"
    when_empty = "Nobody has asked the AI yet: the button stands on each lead’s page."
    list_display = ["title", "phase", "by", "credits", "cost", "model", "created_at", "state"]
    list_filter = ["phase", "state"]
    list_select_related = ["lead__organisation", "by"]
    readonly_fields = [
        "title", "phase", "by", "created_at", "answered_at", "model", "prompt", "credits", "cost",
        "trouble", "whole", *WorkAdmin.WORK_FIELDS,
    ]  # fmt: skip
    ordering = ["-created_at", "-id"]
    is_personal = True

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show the answer to whoever sees every lead, which it may be about."""
        shows = may(request.membership, Permission.SEE_EVERYTHING)  # type: ignore[attr-defined]
        found = super().get_fields(request, obj)
        return [name for name in found if shows or name != "whole"]

    @admin.display(description="lead")
    def title(self, row: Analysis) -> str:
        return row.lead.title

    @admin.display(description="vendor’s cost")
    def cost(self, row: Analysis) -> str:
        is_over = row.phase != Analysis.Phase.ASKED
        return credit_words.cost(row.cost_micros) if row.cost_micros and is_over else ""

    @admin.display(description="facts and answer")
    def whole(self, row: Analysis) -> str:
        """Write it as JSON, with the answer as it came."""
        said = {name: each for name, each in row.said.items() if name != "answer"}
        kept = {"facts": row.facts, "said": said}
        return json.dumps(kept, ensure_ascii=False, indent=1)

    def named(self, row: Any) -> str:
        return f"AI analysis of {row.lead.title}"

    def view_on_site(self, obj: Analysis) -> str:
        return obj.get_absolute_url()
