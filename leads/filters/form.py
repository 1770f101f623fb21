"""The filters as list and board show them: the search, a chip for each, and what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from crm.tenants.models import Membership
from leads.filters import choices, filters, querystring, writing
from leads.filters import words as filter_words
from leads.filters.filters import Filters
from leads.records.custom import CustomField

# A filter that there is not: it is left out, and what is left out means no lead.
NO_LEAD = {filters.ALL: "nothing"}
NO_REST = "Nothing else was asked for, so no lead is shown."


@dataclass(frozen=True)
class Chip:
    """One condition in words; `at` is its place, `without` the address that it is gone from."""

    words: str
    at: str
    without: str


@dataclass(frozen=True)
class ChipGroup:
    """Conditions of which one must hold."""

    number: int
    chips: list[Chip]


class FilterForm:
    """The filters of an address; what makes no sense is left out rather than refused."""

    def __init__(self, data: Mapping[str, Any], *, membership: Membership) -> None:
        self.data, self.membership = data, membership

    @cached_property
    def filters(self) -> Filters:
        """The filters that make sense."""
        return filters.read(self.data, self.membership)

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """Those filters as an address writes them: texts, and lists of texts.

        Where none of those asked for makes sense, they mean no lead rather than every one.
        """
        said = writing.write(self.filters)
        return said or (dict(NO_LEAD) if self.filters.left_out else {})

    @property
    def asked(self) -> dict[str, Any]:
        """Those that make sense; where any does not, all as they were asked for."""
        if not self.filters.left_out:
            return self.wanted
        given = querystring.lists(self.data)
        return {name: each for name, each in given.items() if filters.is_one(name)}

    @property
    def text(self) -> str:
        """What is searched for."""
        return self.filters.text

    @property
    def own(self) -> list[CustomField]:
        """The company's own fields."""
        return choices.own(self.membership)

    @property
    def how_many(self) -> int:
        """How many filters are set beside the search."""
        return sum(map(len, self.filters.groups))

    @property
    def left_out(self) -> str:
        """What to say of filters in the address that make no sense (any more)."""
        gone = self.filters.left_out
        if not gone:
            return ""
        rest = "What is shown goes by the rest." if writing.write(self.filters) else NO_REST
        return f"Left out: {'; '.join(map(str, gone))}. {rest}"

    @property
    def chip_groups(self) -> list[ChipGroup]:
        """The filters in words, group by group."""
        return [
            ChipGroup(
                number,
                [
                    Chip(
                        filter_words.words(condition, self.membership),
                        f"{number}.{place}",
                        self.address(without(self.filters, number, place)),
                    )
                    for place, condition in enumerate(group)
                ],
            )
            for number, group in enumerate(self.filters.groups)
        ]

    @property
    def beside(self) -> list[tuple[str, str]]:
        """What else the address says, such as the order and the columns."""
        return [
            (name, each)
            for name, each in querystring.pairs(self.data)
            if each
            and name not in querystring.PLACE
            and not filters.is_one(name)
            and not name.startswith("edit_")
        ]

    @property
    def kept(self) -> list[tuple[str, str]]:
        """All that the address says but the search and the place in the list."""
        return [*self.pairs(replace(self.filters, text="")), *self.beside]

    @property
    def query(self) -> str:
        """The whole address but for the place in the list."""
        return self.address(self.filters)

    @property
    def shown(self) -> str:
        """The address of what is shown: by it everything is done that is done to all of it.

        What is left out stays in it, so that nothing is done to all before it is taken away.
        """
        gone = self._gone(self.filters)
        asked = [*querystring.pairs(self.wanted), *gone, *self.beside]
        return querystring.write(asked) or querystring.BARE

    @property
    def bare(self) -> str:
        """The address without any filter."""
        return self.address(Filters())

    @property
    def cleared(self) -> str:
        """The address without what is left out."""
        return self.address(replace(self.filters, left_out=()))

    def pairs(self, given: Filters) -> list[tuple[str, str]]:
        """Give the filters as parameters, one after the other; what is left out comes last."""
        return [*querystring.pairs(writing.write(given)), *self._gone(given)]

    def _gone(self, given: Filters) -> list[tuple[str, str]]:
        return [(filters.ALL, each.text) for each in given.left_out if each.text]

    def address(self, given: Filters) -> str:
        """Write an address with these filters and all else as it is."""
        return querystring.write([*self.pairs(given), *self.beside]) or querystring.BARE


def without(given: Filters, number: int, place: int) -> Filters:
    """Give the filters without one of them."""
    groups = [list(group) for group in given.groups]
    del groups[number][place]
    return replace(given, groups=tuple(tuple(group) for group in groups if group))
