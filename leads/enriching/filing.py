"""Writes what was told into facts, records and people, of many organisations at once.

All in one transaction of the caller, which holds them: a person who edits one meanwhile waits, and
finds what came of it.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils import timezone

from crm.changing import add, change, copy
from crm.ids import uuid7
from crm.tenants.models import Tenant, User
from enrichment.blend import WORTH_A_LOOK, Proof, Value
from enrichment.told import ORGANISATION
from leads.contacts import contacts
from leads.enriching.dossier import Dossier
from leads.facts import columns, proofs, standing
from leads.facts.proofs import RECORD
from leads.models import Contact, Fact
from leads.records.known import Status

NEVER = date(9999, 12, 31)
COLUMNS = [
    "value", "status", "sureness", "source", "way", "as_of", "seen_on", "old_on", "proofs", "run",
]  # fmt: skip


@dataclass
class Filed:
    """What became of one organisation: its columns `before` and `after`, how many facts are new by
    what became of them, from whom, and the people who are new.
    """

    dossier: Dossier
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    people: list[Contact] = field(default_factory=list)

    def count(self, what: str, source: str = "") -> None:
        """Count one fact more."""
        self.counts[what] = self.counts.get(what, 0) + 1
        if source:
            self.sources[source] = self.sources.get(source, 0) + 1


class Desk:
    """Collects what is to be written, and writes it with a few statements."""

    def __init__(self, tenant: Tenant, run: UUID | None, by: User | None) -> None:
        self.tenant, self.run, self.by = tenant, run, by
        self.now = timezone.now()
        # New facts, by column: a few thousand objects would take longer than to write them.
        self.new: list[dict[str, Any]] = []
        self.changed: dict[UUID, Fact] = {}
        self.changed_people: dict[UUID, Contact] = {}
        self.new_people: list[Contact] = []
        self.filed: list[Filed] = []

    def take(self, dossier: Dossier) -> Filed:
        """Decide what becomes of all that is news in a dossier."""
        filed = Filed(dossier)
        self.filed.append(filed)
        self._people(filed)
        for slot in sorted(dossier.touched):
            self._slot(filed, *slot)
        return filed

    def _people(self, filed: Filed) -> None:
        """Make contacts of people who are new and have a name, or at least an address."""
        dossier = filed.dossier
        room = contacts.MOST - sum(row is not None for row in dossier.people.values())
        for key, row in list(dossier.people.items()):
            if row is not None or room <= 0:
                continue
            person = Contact(
                tenant=self.tenant,
                organisation=dossier.organisation,
                role="",
                created_at=self.now,
            )
            for name in columns.OF_CONTACT:
                found = dossier.values((key, name))
                if found and found[0].sureness >= WORTH_A_LOOK:
                    _put(person, name, found[0].told.value)
            if not (person.name or person.email):
                continue
            room -= 1
            dossier.people[key] = person
            self.new_people.append(person)
            filed.people.append(person)

    def _slot(self, filed: Filed, person: str, name: str) -> None:
        dossier = filed.dossier
        row = dossier.organisation if person == ORGANISATION else dossier.people.get(person)
        if row is None:
            return
        known = {fact.key: fact for fact in dossier.facts.get((person, name), ())}
        record = self._record(filed, row, name)
        told = [value for value in dossier.values((person, name)) if _is_told(value)]
        for value, key, status in standing.decide(standing.Field(told, known, record)):
            self._write(filed, row, value, key, status, known.get(key))

    def _record(self, filed: Filed, row: Any, name: str) -> str | None:
        if not columns.has(row, name):
            return None
        value = columns.of(row, name)
        field = proofs.field(name, is_person=isinstance(row, Contact))
        if field is None or value == "" or row in filed.people:
            return ""
        return proofs.digest(field, value)

    def _write(
        self, filed: Filed, row: Any, value: Value, key: str, status: Status, fact: Fact | None
    ) -> None:
        if status == Status.APPLIED and not self._apply(filed, row, value):
            status = Status.SUPERSEDED
        was = fact.status if fact else ""
        if was == status == Status.APPLIED:
            filed.count("confirmed")
        new = _columns(value, status)
        if fact is None:
            self._add(filed, row, value, {"key": key} | new)
        elif standing.changed(fact, **new):
            if was != status:
                fact.run = self.run
                filed.count(str(status), new["source"])
            self.changed[fact.pk] = fact

    def _add(self, filed: Filed, row: Any, value: Value, new: dict[str, Any]) -> None:
        # What the record said before is at most confirmed, and a word against it is no news either.
        is_confirmed = any(_speaks(proof) for proof in value.proofs)
        is_news = is_confirmed and not any(proof.source == RECORD for proof in value.proofs)
        self.new.append(
            {
                "id": uuid7(),
                "tenant_id": self.tenant.pk,
                "organisation_id": filed.dossier.organisation.pk,
                "contact_id": row.pk if isinstance(row, Contact) else None,
                "field": value.field.slug,
                "run": self.run if is_news else None,
                "decided_by_id": None,
                "decided_at": None,
                "created_at": self.now,
                **new,
            }
        )
        if is_news:
            filed.count(str(new["status"]), new["source"])
        elif is_confirmed and new["status"] == Status.APPLIED:
            filed.count("confirmed")

    def _apply(self, filed: Filed, row: Any, value: Value) -> bool:
        """Put the value into its column where that is empty or a machine's; say if it is in use."""
        name = value.field.slug
        if not columns.has(row, name):
            return True
        is_person = isinstance(row, Contact)
        now = columns.of(row, name)
        if now != "" and (value.field.has_many or name in standing.SEVERAL):
            return True
        if row in filed.people:
            return True
        try:
            written = (columns.of_contact if is_person else columns.of_organisation)(
                name, value.told.value
            )
        except ValidationError:
            return False
        if written in ("", now):
            return written == now
        if name == "address" and not _fits(row, written):
            return True
        if is_person:
            setattr(row, name, written)
            self.changed_people[row.pk] = row
            return True
        filed.before.setdefault(name, getattr(row, name))
        filed.after[name] = written
        setattr(row, name, written)
        return True

    def write(self) -> None:
        """Write facts and people; the records of the organisations are `recording`'s."""
        add(self.new_people)
        copy(Fact, self.new)
        change(list(self.changed_people.values()), columns.OF_CONTACT)
        change(list(self.changed.values()), COLUMNS)


def _speaks(proof: Proof) -> bool:
    return proof.source != RECORD and not proof.told.is_denied


def _is_told(value: Value) -> bool:
    """Whether a source has told it: the record's own word is no proof of itself."""
    return any(proof.source != RECORD for proof in value.proofs)


def _columns(value: Value, status: Status) -> dict[str, Any]:
    told = [proof for proof in value.proofs if proof.source != RECORD]
    speaking = [proof for proof in told if not proof.told.is_denied] or told
    surest, seen_on = speaking[0], max(proof.seen_on for proof in told)
    as_of = surest.told.as_of
    return {
        "value": value.told.value,
        "status": status,
        "sureness": round(value.sureness, 4),
        "source": surest.source,
        "way": surest.told.way,
        "as_of": as_of,
        "seen_on": seen_on,
        "old_on": min((as_of or seen_on) + timedelta(days=value.field.half_life), NEVER),
        "proofs": proofs.write(value.proofs),
    }


def _put(person: Contact, name: str, value: Any) -> None:
    try:
        setattr(person, name, columns.of_contact(name, value))
    except ValidationError:
        return


def _fits(row: Any, address: str) -> bool:
    """Whether an address stands at the postcode that is known: two places must not be mixed."""
    postcode = row.postcode.replace(" ", "").casefold()
    return not postcode or postcode in address.replace(" ", "").casefold()


def idents(filed: Iterable[Filed]) -> list[UUID]:
    """Give the ids of the organisations."""
    return [each.dossier.organisation.pk for each in filed]


def said(filed: Filed, labels: dict[str, str], sources: Collection[str]) -> str:
    """Say in a sentence what was found out, and from whom."""
    found: Sequence[str] = [labels.get(name, name).lower() for name in filed.after]
    if filed.people:
        many = len(filed.people)
        found = [*found, "1 person" if many == 1 else f"{many} people"]
    rest = filed.counts.get(str(Status.APPLIED), 0) - len(filed.after)
    if rest > 0:
        found = [*found, f"{rest} facts" if not found else f"{rest} facts more"]
    if proposed := filed.counts.get(str(Status.PROPOSED), 0):
        found = [*found, f"{proposed} to decide"]
    if not found:
        return ""
    return f"Found out: {', '.join(found)} ({', '.join(sources)})."
