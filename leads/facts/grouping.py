"""The facts of an organisation and its people as a lead's page orders them: by kind, by field."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from enrichment.fields import CONTACT, ORGANISATION, Field
from enrichment.kinds import KINDS
from leads.facts import columns, replaced, writing
from leads.facts.shown import Shown
from leads.facts.writing import Written
from leads.models import Contact, Fact, Organisation
from leads.records.known import Status

# The most useful first. A name that sources know besides stands with the company's record.
ORDER = ("company", "accounts", "business", "web", "signals", "contact")
MORE = {"company": {"name"}}
# Of one field so many values are shown.
MOST_VALUES = 12
MOST_ALARMS, LONGEST_ALARM = 3, 40
# How it is called that something is not so.
MISSING = {
    "site_is_https": "Website not secure",
    "site_is_mobile": "Website does not fit a phone",
}


@dataclass
class Line:
    """What is known of one field: `used` are the facts in use, the record's own first, `others`
    may be used instead of it, `proposed` wait for somebody to decide.

    `own` is what stands in the record though no source has told it.
    """

    field: Field
    used: list[Shown] = dataclasses.field(default_factory=list)
    others: list[Shown] = dataclasses.field(default_factory=list)
    proposed: list[Shown] = dataclasses.field(default_factory=list)
    dismissed: list[Shown] = dataclasses.field(default_factory=list)
    own: Written | None = None

    @property
    def has_any(self) -> bool:
        return bool(self.used or self.others or self.proposed)

    @property
    def now(self) -> str:
        """What one has beside what is proposed."""
        if self.own is not None:
            return self.own.text
        return self.used[0].written.text if self.used else ""

    @property
    def alarm(self) -> tuple[str, str] | None:
        """What is bad news, in a few words, and how bad."""
        if not self.used or not (tone := self.used[0].written.tone):
            return None
        said = self.used[0].written.text
        words = {"Yes": self.field.label, "No": MISSING.get(self.field.slug, self.field.label)}
        return words.get(said, said)[:LONGEST_ALARM], tone

    @property
    def is_stale(self) -> bool:
        return any(each.is_stale for each in self.used)


@dataclass
class Group:
    """The lines of one kind of data; whatever waits for a decision has its group be open."""

    slug: str
    label: str
    icon: str
    lines: list[Line]

    @property
    def many(self) -> int:
        return sum(len(line.used) + len(line.others) for line in self.lines)

    @property
    def alarms(self) -> list[tuple[str, str]]:
        """What one should see without opening it: words and how bad they are."""
        found = [line.alarm for line in self.lines]
        return [each for each in found if each is not None][:MOST_ALARMS]

    @property
    def has_marks(self) -> bool:
        return bool(self.alarms or self.to_decide or self.stale)

    @property
    def to_decide(self) -> int:
        return sum(len(line.proposed) for line in self.lines)

    @property
    def stale(self) -> int:
        return sum(line.is_stale for line in self.lines)


def groups(organisation: Organisation, facts: Iterable[Fact], today: date) -> list[Group]:
    """Order the facts of the organisation itself; groups of which nothing is known are left out."""
    known = lines(organisation, [each for each in facts if each.contact_id is None], today)
    found = []
    for slug in ORDER:
        names = KINDS[slug].wants | MORE.get(slug, set())
        of_kind = [line for name, line in known.items() if name in names and line.has_any]
        if of_kind:
            found.append(Group(slug, KINDS[slug].label, KINDS[slug].icon, of_kind))
    return found


def lines(row: Organisation | Contact, facts: Iterable[Fact], today: date) -> dict[str, Line]:
    """Give what is known by field, in the order of the fields; the surest values first."""
    table = CONTACT if isinstance(row, Contact) else ORGANISATION
    by_field: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_field[fact.field].append(fact)
    return {
        name: _line(row, known, by_field[name], today)
        for name, known in table.items()
        if name in by_field
    }


def _line(row: Organisation | Contact, known: Field, facts: list[Fact], today: date) -> Line:
    line, stands = Line(known), replaced.stands(row, known.slug)
    shown = [Shown(fact, known, fact.key == stands, today) for fact in facts]
    shown.sort(key=lambda each: (not each.is_in_record, -each.fact.sureness, each.fact.key))
    for each in shown[:MOST_VALUES]:
        if each.fact.status == Status.PROPOSED:
            line.proposed.append(each)
        elif each.fact.status == Status.DISMISSED:
            line.dismissed.append(each)
        elif each.fact.status == Status.APPLIED:
            is_other = bool(stands) and not each.is_in_record and known.slug != "name"
            (line.others if is_other else line.used).append(each)
    if stands and not any(each.is_in_record for each in line.used):
        line.own = writing.write(known, columns.of(row, known.slug))
    return line


def dismissed(facts: Iterable[Fact], today: date) -> list[Shown]:
    """Give what somebody has dismissed, the newest decision first."""
    found = [each for each in facts if each.status == Status.DISMISSED]
    found.sort(key=lambda each: each.decided_at or each.created_at, reverse=True)
    tables = {True: CONTACT, False: ORGANISATION}
    return [
        Shown(each, known, False, today)
        for each in found
        if (known := tables[each.contact_id is not None].get(each.field)) is not None
    ]
