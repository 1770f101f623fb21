"""Who brought what stands in the record, where no fact of a source tells it; asked by the lot.

The same as the lead's page says: the register that prints it, the colleague who typed it, else
whatever brought the lead in. That one is named only to whoever may see it, hence never written.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils import timezone

from crm import ids
from crm.look import formats
from crm.tenants.models import Tenant
from enrichment.providers.all import label as provider
from leads.models import Origin
from leads.scored import listed
from leads.scored.listed import LISTED, Printed
from leads.scored.rows import Row, array
from leads.timeline.origins import is_hidden
from leads.timeline.timeline import ELSEWHERE
from scoring.evidence import CLOSENESS, HAPPENINGS, Happening, Told

FOUND, TYPED, DONE, CHECKED = "found", "typed", "done", "checked"
SCREENED, RECKONED, KEPT = "screened", "reckoned", "kept"
SAID = {
    FOUND: "in the record", TYPED: "typed by a colleague", DONE: "the timeline",
    CHECKED: "check of the address", SCREENED: "list of barred numbers",
    RECKONED: "worked out from the record", KEPT: "your own record",
}  # fmt: skip
# What a change of the field is called in the timeline.
LABELS = {
    "company_name": "Name", "name": "Name", "address": "Address", "postcode": "Postcode",
    "phone": "Phone", "website": "Website", "employees": "Size",
}  # fmt: skip
LABELS_OF_CONTACT = {
    "contact_name": "name", "job_title": "job title", "email": "e-mail", "phone": "phone",
}  # fmt: skip
COLUMNS = {*LABELS, "company_number", "industry"}
ALIKE = {"latitude": "postcode", "longitude": "postcode"}
ADDED, CHANGED, VALUE = "Contact added: ", " changed.", "Value set to"
# Of each lead so many changes are looked at, and so much of each.
MOST, LONGEST, MOST_LINES = 50, 400, 20
NOTHING: Mapping[str, str] = {}
READ_TYPED = """
SELECT lead.id, left(typed.text, %(longest)s), (typed.at AT TIME ZONE %(zone)s)::date::text
FROM unnest(%(leads)s::uuid[]) AS lead (id)
CROSS JOIN LATERAL (
    SELECT text, at FROM leads_timelineentry
    WHERE lead_id = lead.id AND kind = 'field' AND by_id IS NOT NULL AND tenant_id = %(tenant)s
    ORDER BY id DESC LIMIT %(most)s
) AS typed
"""
# To make them anew for each line takes longer than to look them up.
_told = lru_cache(maxsize=4_000)(Told)


class Besides(NamedTuple):
    """What is known besides of one lead whose sources are asked for.

    `own` says of the company's own fields what each is called, and the id of its value.
    """

    row: Row
    values: Mapping[str, Any]
    happened: Sequence[Happening]
    checked_at: datetime | None
    lost_at: datetime | None
    own: Mapping[str, tuple[str, UUID]]


class Sources:
    """Of many leads; `touched` are those with whom somebody has done anything."""

    def __init__(self, tenant: Tenant, leads: Sequence[Row], touched: Collection[UUID]) -> None:
        self._printed = listed.of(tenant, {each.organisation for each in leads})
        self._typed = _typed(tenant, touched)

    def of(self, row: Row, *besides: Any) -> Callable[[str], Told | None]:
        """Give who says of a value's name who brought it; `besides` is the rest of `Besides`."""
        typed = self._typed.get(row.lead, NOTHING) if self._typed else NOTHING
        printed = self._printed.get(row.organisation, ())
        return partial(_says, Besides(row, *besides), printed, typed)


def _says(
    known: Besides, printed: Sequence[Printed], typed: Mapping[str, str], name: str
) -> Told | None:
    row, name = known.row, ALIKE.get(name, name)
    is_contact_s = name in LABELS_OF_CONTACT and (name != "phone" or bool(row.phone))
    if is_contact_s or name in COLUMNS:
        value = known.values.get(name)
        for each in printed:
            if each.says(name, value):
                return _told(each.source, each.on)
        if is_contact_s:
            return _of_contact(row, typed, name)
        day = typed.get(LABELS.get(name, "")) if typed else None
        return _told(TYPED, day) if day else _told(FOUND, row.since)
    if name == "source":
        return _told(FOUND, row.since)
    if name in known.own:
        label, ident = known.own[name]
        return Told(TYPED, typed.get(label) or _day(ids.moment(ident)))
    return _of_deed(known, typed, name)


def _of_contact(row: Row, typed: Mapping[str, str], name: str) -> Told:
    added = row.contact_since or ""
    if typed:
        who = row.contact_name or row.email or row.phone
        if changed := typed.get(f"Contact {who}: {LABELS_OF_CONTACT[name]}"):
            return Told(TYPED, changed)
        if ADDED + added in typed:
            return Told(TYPED, added)
    return _told(FOUND, added)


def _of_deed(known: Besides, typed: Mapping[str, str], name: str) -> Told | None:
    """Say of what follows from what was done, by us or for us."""
    match name:
        case "email_state":
            is_checked = known.checked_at is not None
            return Told(CHECKED if is_checked else RECKONED, _day(known.checked_at))
        case "phone_state":
            return Told(SCREENED if known.values.get(name) == "barred" else RECKONED, "")
        case "value":
            return Told(TYPED, typed.get(VALUE, ""))
        case "was_customer":
            return Told(KEPT, _day(known.row.customer_since))
        case "times_lost":
            return Told(KEPT, _day(known.lost_at))
    if name == CLOSENESS:
        return Told(RECKONED, "")
    if not name.startswith(HAPPENINGS):
        return None
    kind = name.removeprefix(HAPPENINGS).removeprefix(":")
    # The newest come first.
    days = (each.on for each in known.happened if not kind or each.kind == kind)
    last = next(days, None)
    return Told(DONE, last.isoformat() if last else "")


def _day(moment: datetime | None) -> str:
    zone = timezone.get_default_timezone()
    return moment.astimezone(zone).date().isoformat() if moment else ""


def _typed(tenant: Tenant, leads: Collection[UUID]) -> dict[UUID, dict[str, str]]:
    """Give on which day people last typed what, as the timelines tell it."""
    found: dict[UUID, dict[str, str]] = {}
    if not leads:
        return found
    given: dict[str, Any] = {
        "leads": array(leads), "tenant": tenant.pk, "most": MOST, "longest": LONGEST,
        "zone": timezone.get_default_timezone_name(),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(READ_TYPED, given)
        for lead, text, day in cursor.fetchall():
            mine = found.setdefault(lead, {})
            for what in _changes(text, day):
                mine.setdefault(what, day)
    return found


def _changes(text: str, day: str) -> Iterable[str]:
    """Name what an entry of a timeline says that somebody has typed."""
    for line in text.splitlines()[:MOST_LINES]:
        if line.startswith(ADDED):
            # They may be called otherwise since.
            yield ADDED + day
        elif line.startswith("Contact ") and line.endswith(CHANGED):
            who, _, fields = line.removesuffix(CHANGED).rpartition(": ")
            yield from (f"{who}: {each}" for each in fields.split(", "))
        else:
            yield VALUE if line.startswith(VALUE) else line.partition(": ")[0]


def new(
    values: Mapping[str, Any], printed: Printed | None, today: str, name: str
) -> Told | None:
    """Say who brought a value of whoever comes in today."""
    if printed is not None and printed.says(name, values.get(name)):
        return Told(printed.source, printed.on)
    return Told(FOUND, today) if name in values else None


def said(origins: Sequence[Origin], source: str, on: str) -> tuple[str, str]:
    """Say who told something, and of which day, to a reader to whom these origins are shown."""
    day = _read(on)
    if source == FOUND and origins:
        of_day = (each for each in origins if timezone.localtime(each.at).date() == day)
        origin = next(of_day, origins[0])
        who = f"found by {ELSEWHERE if is_hidden(origin) else origin.label}"
    elif source.startswith(LISTED):
        who = source.removeprefix(LISTED)
    else:
        who = SAID.get(source) or (provider(source) if source else "")
    return who, formats.absolute(day) if day else ""


def _read(on: str) -> date | None:
    try:
        return date.fromisoformat(on)
    except ValueError:
        return None
