"""The people of a lead as its page shows them: who told of them, how they are reached."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from leads.facts import grouping
from leads.facts.grouping import Line
from leads.facts.reach import Reach
from leads.facts.shown import Shown
from leads.models import Contact, Fact
from leads.records.known import Status

# What of a person stands beside their columns.
MORE = ("linkedin", "officer_role", "appointed_on")
# Of these another value may be used instead.
CHOSEN = ("job_title", "email", "phone")


@dataclass
class Told:
    """What is known of a person beyond their columns.

    `lines` are those of their columns by name, `more` the other ones; `proposed` and `others` have
    the field's label with them.
    """

    sources: list[str] = field(default_factory=list)
    email: Reach | None = None
    phone: Reach | None = None
    facts: dict[str, Shown] = field(default_factory=dict)
    more: list[Line] = field(default_factory=list)
    proposed: list[tuple[str, Shown, str]] = field(default_factory=list)
    others: list[tuple[str, Shown]] = field(default_factory=list)

    @property
    def has_why(self) -> bool:
        return bool(self.facts or self.email or self.phone)


def dress(
    contacts: Sequence[Contact],
    facts: Iterable[Fact],
    today: date,
    *,
    email: Callable[[str], Reach | None],
    phone: Callable[[str], Reach | None],
) -> None:
    """Hang on each contact, as `told`, what is known of them."""
    of: dict[object, list[Fact]] = {contact.pk: [] for contact in contacts}
    for fact in facts:
        if fact.contact_id in of:
            of[fact.contact_id].append(fact)
    for contact in contacts:
        told = _told(contact, of[contact.pk], today)
        told.email, told.phone = email(contact.email), phone(contact.phone)
        for name, found in (("email", told.email), ("phone", told.phone)):
            if name in told.facts:
                told.facts[name].reach = found
        for shown in (*(each[1] for each in told.proposed), *(each[1] for each in told.others)):
            reached = {"email": email, "phone": phone}.get(shown.field.slug)
            shown.reach = reached(str(shown.fact.value)) if reached else None
        contact.told = told  # type: ignore[attr-defined]


def _told(contact: Contact, facts: list[Fact], today: date) -> Told:
    lines = grouping.lines(contact, facts, today)
    told = Told(more=[lines[name] for name in MORE if name in lines and lines[name].used])
    for name, line in lines.items():
        label = line.field.label
        if line.used and line.used[0].is_in_record:
            told.facts[name] = line.used[0]
        told.proposed += [(label, each, line.now) for each in line.proposed]
        if name in CHOSEN:
            told.others += [(label, each) for each in line.others]
    sources = {
        proof.source: None
        for line in lines.values()
        for each in line.used
        if each.fact.status == Status.APPLIED
        for proof in each.proofs
        if not proof.is_denied
    }
    told.sources = list(sources)
    return told
