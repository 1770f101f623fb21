"""Pages of a list that is counted no further than anybody would turn pages."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

from crm.bounds.counts import capped, counted

MOST = 10_000


class CappedPaginator(Paginator):
    """Counts to 10,000 at most; what lies behind is reached by searching and filtering."""

    @cached_property
    def found(self) -> int:
        rows = self.object_list
        return capped(rows, MOST) if isinstance(rows, QuerySet) else len(rows)

    @property
    def is_capped(self) -> bool:
        return self.found > MOST

    @cached_property
    def count(self) -> int:
        return min(self.found, MOST)

    @property
    def count_label(self) -> str:
        return counted(self.found, MOST)
