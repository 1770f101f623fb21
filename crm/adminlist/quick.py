"""The base of every list: capped, sorted by indexes, limited in time and in what one act takes."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ShowFacets
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst

from crm.adminlist import paging
from crm.adminlist.changelist import QuickChangeList

# A person waits for it; whoever has more does it again.
MOST_AT_ONCE = 500
BOUND = "No more than {} can be taken at once, so the first {} were. Do it again for the others."


class QuickAdmin(admin.ModelAdmin):
    """`is_small`: no company has many of these, so that any column sorts and a select holds them.

    `sorts` are the columns of a large list that have an index. `begins_with` is the column in
    which a search that took too long looks for the beginning.
    """

    is_small = False
    sorts: tuple[str, ...] = ()
    begins_with = ""
    # Said on the first page: what this is for. `called` is the name of the list, `adding` of the
    # way to a new one, where the model's own name does not say it; `when_empty` says what to do.
    about = called = adding = when_empty = ""
    most_at_once = MOST_AT_ONCE

    paginator = paging.CappedPaginator
    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER

    @property
    def listed_as(self) -> str:
        """Give the one name of this list: in the menu, above it and on the way to it."""
        return self.called or capfirst(str(self.opts.verbose_name_plural))

    @property
    def add_label(self) -> str:
        return self.adding or f"Add {self.opts.verbose_name}"

    def named(self, row: Any) -> str:
        """Name the row on the way to it; what has no name of its own begins with what it is."""
        said = str(row)
        return capfirst(said) if said.startswith(f"{self.opts.verbose_name} ") else said

    def heading(self, row: Any) -> str:
        """Name the row above its page."""
        return self.named(row)

    def get_action_choices(self, request: HttpRequest, *args: Any) -> list[tuple[str, str]]:
        """Say what the select is for, instead of a row of dashes."""
        return super().get_action_choices(request, [("", "With the selected …")])

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Name the row as it is, whatever a form would have made of it; offer what makes sense."""
        row = context.get("original")
        if row is not None and context["adminform"].form.errors:
            row.refresh_from_db()
        given = {
            "title": self.add_label if row is None else self.heading(row),
            "named": "" if row is None else self.named(row),
            "subtitle": None,
            "crumb": self.add_label if row is None else "",
            "show_save_and_add_another": row is None,
        }
        return super().render_change_form(request, context | given, *args, **kwargs)

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """Ask by the name of what would go."""
        given = {"title": f"Delete {context['object']}?", "crumb": "Delete"}
        return super().render_delete_form(request, context | given)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[QuickChangeList]:
        return QuickChangeList

    def get_sortable_by(self, request: HttpRequest) -> Any:
        """Offer no sort that would read the whole table."""
        if self.is_small or self.sortable_by is not None:
            return super().get_sortable_by(request)
        return self.sorts

    def beginning(self, words: str) -> str:
        """Write a search as the column of `begins_with` is written."""
        return words

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any], *args: Any) -> Any:
        """Take the first rows where all were selected: what was said before stays true."""
        if request.POST.get("select_across") == "1":
            queryset = self._first(request, queryset)
        return super().response_action(request, queryset, *args)

    def _first(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        ids = list(rows.values_list("pk", flat=True)[: self.most_at_once + 1])
        if len(ids) > self.most_at_once:
            messages.info(request, BOUND.format(self.most_at_once, self.most_at_once))
        return rows.filter(pk__in=ids[: self.most_at_once])

    # The audit trail says who did what; a second record of our own would know less.
    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        return None

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        return None

    def log_deletions(self, request: HttpRequest, queryset: Iterable[Model]) -> Any:
        return None
