"""“Who can see this, and why?” of a row in the administration."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from crm import ids
from crm.why import audience, company, forecast, kinds
from crm.why.questions import choices


class WhoSees(admin.ModelAdmin):
    """Gives the admin of a kind of rows that page, beside the history of each."""

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_who_sees"
        view = self.admin_site.admin_view(self.who_sees)
        return [path("<path:object_id>/who-sees/", view, name=name), *super().get_urls()]

    def who_sees(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Name every member, those who see it first, and say what a change would change."""
        kind = kinds.of(self.model)
        rows = self.get_queryset(request).select_related("tenant", *kind.related)
        row = rows.filter(pk=ids.read(unquote(object_id))).first()
        if row is None:
            raise Http404
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        everybody = company.read(request.tenant)  # type: ignore[attr-defined]
        case = kind.case(row)
        audience_ = audience.read(everybody, case)
        text = request.GET.get("q", "").strip()[:100]
        page, lines = audience.page(
            audience_, everybody, case, text=text, number=request.GET.get("page", "")
        )
        shares = case.shares()
        context = {
            **self.admin_site.each_context(request),
            **_answer(everybody, case, request, forecast.find_among(shares)),
            **choices(everybody, request.GET, shares),
            "title": f"Who can see {row}, and why?",
            "opts": self.opts,
            "row": row,
            "object": row,
            "crumb": "Who can see this?",
            "kind": kind,
            "audience": audience_,
            "page": page,
            "lines": lines,
            "q": text,
            "q_before": f"{urlencode({'q': text})}&" if text else "",
            "is_who": True,
        }
        return TemplateResponse(request, "why/who_sees.html", context)


def _answer(
    everybody: company.Company, case: Any, request: HttpRequest, find: forecast.FindShare
) -> dict[str, Any]:
    try:
        question = forecast.read(everybody, request.GET, find)
    except forecast.NotUnderstood as refusal:
        return {"refusal": str(refusal)}
    if question is None:
        return {}
    return {"question": question, "changed": audience.changed(everybody, case, question)}
