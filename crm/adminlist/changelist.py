"""The list of a model: sorted by what has an index, searched for so long and no longer."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

from crm.adminlist import paging
from crm.bounds import patience

DEEP = (
    "Only the first {:,} can be turned through page by page. Search or filter to come to the "
    "others."
)
SLOW = (
    "That took longer than {:.0f} seconds among so many rows, so it was stopped. Search for more "
    "of the words, or take one filter away."
)
BEGINS = (
    "To look everywhere took longer than {:.0f} seconds, so only what begins with “{}” is shown."
)


class QuickChangeList(ChangeList):
    """`is_stopped` says that the rows were not found in time."""

    model_admin: Any
    paginator: Any
    is_stopped = False
    count_label = ""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        if not self.is_popup:
            self.title = self.model_admin.listed_as

    @property
    def across_label(self) -> str:
        """What is said when the rows of all pages were selected."""
        most = self.model_admin.most_at_once
        rest = f"; the first {most} are taken" if self.result_count > most else ""
        return f"All {self.count_label} selected{rest}"

    def get_ordering_field(self, field_name: Any) -> Any:
        """Sort by nothing else than what the heads offer, whatever the address says."""
        offered = self.sortable_by
        if offered is not None and field_name not in offered:
            return None
        return super().get_ordering_field(field_name)

    def get_results(self, request: HttpRequest) -> None:
        """Read the page now, and say where it ends."""
        if not self.is_asked:
            self._read(request)
            return
        try:
            with patience.limited():
                self._read(request)
        except patience.TooSlow:
            self._read_less(request)

    @property
    def is_asked(self) -> bool:
        """Whether a search or filter makes the database look for rows."""
        return bool(self.query or self.has_active_filters or self.filter_params)

    def _read(self, request: HttpRequest) -> None:
        try:
            super().get_results(request)
        except IncorrectLookupParameters:
            self._come_back(request)
        self.count_label = self.paginator.count_label
        # Here, where it is limited in time, and not while the page is drawn.
        len(self.result_list)

    def _come_back(self, request: HttpRequest) -> None:
        """Show the last page there is instead of one that is too deep."""
        paginator: Any = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        if self.page_num > 1 and paginator.is_capped:
            messages.info(request, DEEP.format(paging.MOST))
        self.page_num = paginator.num_pages if self.page_num > 1 else 1
        super().get_results(request)

    def _read_less(self, request: HttpRequest) -> None:
        """Look only where an index helps, else say that nothing was found in time."""
        beginning = self.model_admin.begins_with
        if self.query and beginning:
            less = self.root_queryset.filter(
                **{f"{beginning}__startswith": self.model_admin.beginning(self.query)}
            )
            less = less.order_by(*self.get_ordering(request, less))
            self.queryset = self.apply_select_related(less)
            try:
                with patience.limited():
                    self._read(request)
                messages.info(request, BEGINS.format(patience.SECONDS, self.query))
                return
            except patience.TooSlow:
                pass
        self.is_stopped = True
        messages.warning(request, SLOW.format(patience.SECONDS))
        self.queryset = self.root_queryset.none()
        self._read(request)
