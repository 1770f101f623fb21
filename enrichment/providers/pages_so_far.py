"""What a website has answered, for whoever goes on reading it after an interruption."""

from collections.abc import Iterator
from typing import Any

from enrichment.contract import Asking
from enrichment.crawling import known
from enrichment.crawling.contract import Fetched
from enrichment.crawling.rules import is_to_be_left_alone


class PagesSoFar:
    """What was answered today, at the addresses that this question leads to."""

    def __init__(self, asking: Asking, start: str) -> None:
        self.asking, self.start = asking, start
        self.rows: list[dict[str, Any]] = [*(asking.so_far(start) or ())]

    def __iter__(self) -> Iterator[Fetched]:
        return known.read(self.rows)

    def keep(self, page: Fetched) -> None:
        """Write an answer down, unless it may be another when it is asked for again."""
        if is_to_be_left_alone(page.status):
            return
        self.rows.append(known.written(page))
        self.asking.save_so_far(self.rows, self.start)
