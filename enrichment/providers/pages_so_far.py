"""What a website has answered, for whoever goes on reading it after an interruption."""

from collections.abc import Iterator
from typing import Any

from enrichment import given
from enrichment.contract import FOR_A_DAY, Asking
from enrichment.crawling import known
from enrichment.crawling.contract import Fetched
from enrichment.crawling.rules import is_to_be_left_alone
from enrichment.storable import storable


class PagesSoFar:
    """What was answered today, at the addresses that this question leads to."""

    def __init__(self, asking: Asking, start: str) -> None:
        self.asking = asking
        self.named = {"start": start, "day": str(asking.today)}
        kept = given.part(asking.kept, FOR_A_DAY)
        is_same = all(kept.get(name) == value for name, value in self.named.items())
        self.rows: list[dict[str, Any]] = list(kept["pages"]) if is_same else []

    def __iter__(self) -> Iterator[Fetched]:
        return known.read(self.rows)

    def keep(self, page: Fetched) -> None:
        """Write an answer down, unless it may be another when it is asked for again."""
        if is_to_be_left_alone(page.status):
            return
        self.rows.append(storable(known.written(page)))
        self.asking.save({**self.asking.kept, FOR_A_DAY: {**self.named, "pages": self.rows}})
