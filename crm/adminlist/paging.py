"""Pages of a list that is counted no further than anybody would turn pages."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

MOST = 10_000


def capped(rows: QuerySet[Any], most: int) -> int:
    """Count up to one more than `most`."""
    return rows.order_by()[: most + 1].count()


def counted(found: int, most: int) -> str:
    """Say what `capped` found; beyond the bound it is “10,000+”."""
    return f"{most:,}+" if found > most else f"{found:,}"


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
