"""An admin page whose actions are previewed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from crm.adminsite import previewed
from crm.adminsite.previewed import Plan, Previewed
from crm.tenants import foreign
from crm.tenants.tenant_admin import TenantAdmin

# Together with the rows; more are said to be “and others”.
MOST_REASONS = 4


class PreviewedAdmin(TenantAdmin):
    """Offers the actions of `previewed`."""

    previewed: tuple[Previewed, ...] = ()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        offered: dict[str, Any] = super().get_actions(request)
        # Deleting has a preview of its own.
        if any(each.name == "delete" for each in self.previewed):
            offered.pop("delete_selected", None)
        if self._allowed(request):
            for each in self.previewed:
                offered[each.name] = (self._function(each), each.name, f"{each.label}…")
        return offered

    def _function(self, action: Previewed) -> Callable[..., HttpResponse | None]:
        def act(admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
            return self._step(request, action, rows)

        return act

    def _first(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Hand on all: the preview takes the first of them and says so."""
        return rows

    def _step(
        self, request: HttpRequest, action: Previewed, rows: QuerySet[Any]
    ) -> HttpResponse | None:
        _, by = previewed.of(request)
        most, step = self.most_at_once, request.POST.get("step", "")
        has_more = False
        if step:
            marks = previewed.unpack(request.POST.get("picked", ""), most)
            has_more = request.POST.get("has_more") == "1"
            foreign.say(request, self.model, marks)
        else:
            ids = list(rows.values_list("pk", flat=True)[: most + 1])
            has_more, marks = len(ids) > most, dict.fromkeys(ids[:most], "")
        own = self.get_queryset(request).order_by(*self.get_ordering(request))
        chosen = list(own.filter(pk__in=marks).select_related(*action.related))
        form = action.form(request.POST if step else None, chosen, by)
        is_ready = form is None or (bool(step) and form.is_valid())
        for part in form.parts if form is not None and not is_ready else ():
            foreign.say_of(request, part)
        given = form.cleaned_data if form is not None and is_ready else {}
        if step == "do" and is_ready:
            done, found = previewed.carry_out(action, own, marks, given, by)
            self._say(request, action, given, done, found)
            return HttpResponseRedirect(request.get_full_path())
        found = previewed.plan(action, chosen, given) if is_ready else Plan(will=chosen)
        return self._show(request, action, form, given, found, has_more, is_ready)

    def _show(
        self,
        request: HttpRequest,
        action: Previewed,
        form: Any,
        given: dict[str, Any],
        found: Plan,
        has_more: bool,
        is_ready: bool,
    ) -> HttpResponse:
        rows = [*found.will, *(row for rows in found.left.values() for row in rows)]
        context = {
            **self.admin_site.each_context(request),
            "title": action.label,
            "opts": self.opts,
            "action": action,
            "form": form,
            "plan": found,
            "packed": previewed.pack(action, rows),
            "first": rows[0].pk if rows else "",
            "has_more": has_more,
            "most": self.most_at_once,
            "is_ready": is_ready,
            "many": self._many(len(found.will)),
            "does": action.does(self._many(len(found.will)), given) if is_ready else "",
            "remark": action.remark(found.will, given) if is_ready else "",
            "checkbox": ACTION_CHECKBOX_NAME,
            "crumb": action.label,
        }
        return TemplateResponse(request, "admin/previewed.html", context)

    def _say(
        self, request: HttpRequest, action: Previewed, given: dict[str, Any], done: int, found: Plan
    ) -> None:
        if done:
            messages.success(request, action.did(self._many(done), given))
        else:
            messages.warning(request, "Nothing was changed.")
        for why, number, *_ in found.reasons[:MOST_REASONS]:
            messages.info(request, f"{self._many(number)} left alone: {why}")
        if rest := sum(number for _, number, *_ in found.reasons[MOST_REASONS:]):
            messages.info(request, f"{self._many(rest)} left alone for other reasons.")

    def _many(self, number: int) -> str:
        meta = self.opts
        return f"{number:,} {meta.verbose_name if number == 1 else meta.verbose_name_plural}"
