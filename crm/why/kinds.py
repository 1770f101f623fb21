"""What can be seen or not: leads, campaigns; each named in settings, each tells its reasons."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from crm.sharing.given import Share
from crm.tenants.models import Membership, TenantModel
from crm.upward import named
from crm.why.company import Company
from crm.why.reasons import Reason


class Case(Protocol):
    """One row, with all that its reasons follow from at hand."""

    def reasons(self, company: Company, viewer: Membership) -> Iterator[Reason]:
        """Give every reason why the member sees it; none: they don't."""
        ...

    def seeing(self, company: Company) -> Q:
        """Mean all members who have a reason."""
        ...

    def why_not(self, company: Company, viewer: Membership) -> str:
        """Give the nearest reason why they don't."""
        ...

    def shares(self) -> list[tuple[str, Share]]:
        """Give the shares by which it is seen, each with the name of what is shared."""
        ...


@dataclass(frozen=True)
class Part:
    """The rows that a member sees for one reason."""

    reason: Reason
    rows: QuerySet[Any]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What is only listed: `seen` is sight itself; `parts` are its reasons, together all of it."""

    model: type[TenantModel]
    one: str
    many: str
    seen: Callable[[Membership], QuerySet[Any]]
    parts: Callable[[Company, Membership], list[Part]]
    related: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Kind(Listed):
    """Of this, what a change would change is said, too, by `parted`; `case` explains one row.

    `prepare` asks at once for what the sight of many members follows from.
    """

    parted: Callable[[Membership, Membership], QuerySet[Any]]
    case: Callable[[Any], Case]
    prepare: Callable[[Sequence[Membership]], None] = lambda members: None


def every() -> tuple[Kind, ...]:
    """Give the kinds that settings name."""
    return named("SEEN_KINDS")


def listed() -> tuple[Listed, ...]:
    """Give those, and what settings name to be listed beside them."""
    return (*every(), *named("SEEN_BESIDE"))


def of(model: type[TenantModel]) -> Kind:
    """Give the kind of these rows."""
    return next(kind for kind in every() if kind.model is model)
