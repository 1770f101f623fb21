"""How a company stands with a service: by whose key it asks, and whether that works."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils import timezone

from crm.keys import own, system
from crm.keys.models import Credential, Known, State, SystemKey
from crm.keys.what import EVERY, What
from crm.look.formats import absolute
from crm.tenants.models import Tenant

PATIENCE = timedelta(hours=6)
FALLS_BACK = "Falls back to the installation’s key"

NEW_CREDIT = "It was out of credit, and should have some again."
COSTS = "What is asked with it costs your company credits."
FREE = "What is asked with it costs nothing."
SYSTEM_REFUSED = (
    "The service refuses it at the moment; whoever looks after this installation sees that. A key "
    "of your own goes on at once."
)
SYSTEM_EMPTY = (
    "It is out of credit{}; whoever looks after this installation sees that. A key of your own "
    "goes on at once."
)


class Stands(StrEnum):
    """Beside what a key's own state can be."""

    UNTESTED = "untested"
    WORKS = "works"
    REFUSED = "refused"
    NO_CREDIT = "no_credit"
    SYSTEM = "system"
    MISSING = "missing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Standing:
    """`state` is a `Stands`; `own` says whose key it is, and only an own one shows its `last4`.

    `usable` says whether it is worth asking; if not, `said` says why and what to do. After a test
    `went_well` says whether the service took the key.
    """

    service: str
    state: Stands
    label: str
    said: str
    own: bool
    last4: str
    usable: bool
    budget_pence: int | None
    tested_at: datetime | None = None
    until: datetime | None = None
    went_well: bool = False

    @property
    def what(self) -> What:
        return EVERY[self.service]

    @property
    def has_key(self) -> bool:
        return self.state not in (Stands.MISSING, Stands.UNREADABLE)


def of(tenant: Tenant, service: str) -> Standing:
    """Give how the company stands with one service."""
    return by(Credential.of(tenant).filter(service=service).first(), service)


def by(row: Credential | None, service: str) -> Standing:
    """Give the same where the company's row is known, which need not hold a key."""
    key = None if row is not None and row.sealed else system.key(service)
    return _read(service, row, system.row(key) if key else None)


def every(rows: Mapping[str, Credential]) -> list[Standing]:
    """Give how it stands with all of them, in their order, by the company's rows."""
    theirs = system.rows()
    return [_read(each, rows.get(each), theirs.get(each)) for each in EVERY]


def _read(service: str, row: Credential | None, theirs: SystemKey | None) -> Standing:
    is_own = row is not None and bool(row.sealed)
    state, label, said, known, usable = _own(row) if row and is_own else _systems(service, theirs)
    return Standing(
        service=service,
        state=state,
        label=label,
        said=said,
        own=is_own,
        last4=row.last4 if row and is_own else "",
        usable=usable,
        budget_pence=row.budget_pence if row else None,
        tested_at=known.tested_at if known else None,
        until=known.until if known else None,
    )


def _own(row: Credential) -> tuple[Stands, str, str, Known | None, bool]:
    try:
        own.opened(row)
    except own.CannotBeOpened as error:
        return Stands.UNREADABLE, "Can’t be read", str(error), None, False
    state = Stands(row.state)
    if row.state == State.NO_CREDIT and not waits(row):
        return Stands.UNTESTED, "To be tested again", NEW_CREDIT, row, True
    if row.state == State.NO_CREDIT and row.until:
        return state, f"Out of credit until {day(row.until)}", row.said, row, False
    usable = row.state in (State.WORKS, State.UNTESTED)
    return state, row.get_state_display(), row.said, row, usable


def _systems(service: str, row: SystemKey | None) -> tuple[Stands, str, str, Known | None, bool]:
    """A company is told how the installation's key stands, and nothing of what it is."""
    if row is None:
        return Stands.MISSING, "No key", EVERY[service].without, None, False
    if row.state == State.REFUSED:
        return Stands.SYSTEM, FALLS_BACK, SYSTEM_REFUSED, row, False
    if waits(row):
        until = f" until {day(row.until)}" if row.until else ""
        return Stands.SYSTEM, FALLS_BACK, SYSTEM_EMPTY.format(until), row, False
    costs = FREE if EVERY[service].is_free else COSTS
    works = f"It works. {costs}" if row.state == State.WORKS else costs
    return Stands.SYSTEM, FALLS_BACK, works, row, True


def waits(row: Known) -> bool:
    """Say whether it is without credit and too early to ask again.

    Where the service names no moment for new credit, somebody may have paid after some hours.
    """
    if row.state != State.NO_CREDIT:
        return False
    again = row.until or (row.since and row.since + PATIENCE)
    return again is None or again > timezone.now()


def day(moment: datetime | None) -> str:
    """Name the day, without its year while that is plain."""
    if moment is None:
        return ""
    here = timezone.localtime(moment)
    if here.year != timezone.localtime().year:
        return absolute(here.date())
    return f"{here.day} {here:%B}"
