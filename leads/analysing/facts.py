"""The facts of a lead that the AI is given, and may cite: numbered, short, each with its source.

Of people it is told names, job titles and whether they can be reached, no address and no number.
Texts that people or websites wrote go without what looks like an order to a program.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Case, When
from django.utils import timezone

from crm.look import formats
from enrichment import orders
from enrichment.fields import ORGANISATION, Form
from enrichment.providers.all import label as source_label
from leads.facts import writing
from leads.models import Contact, Fact, Lead, Score, Tagging, TimelineEntry
from leads.own import fields
from leads.records.known import Status
from leads.scored import catalogue, evidence, rows, scores
from scoring import insights

MOST, MOST_LETTERS, LONGEST = 150, 24_000, 600
MOST_PEOPLE, MOST_TOLD, MOST_HAPPENED, MOST_TAGS = 10, 60, 25, 30
EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w.-]{1,190}\w")
PHONE = re.compile(r"(?<![\w£$€.,-])(?:\+|\(?0)\d(?:[ ()-]{0,2}\d){7,13}(?!\w)")
# What is no business of the AI's: ways to reach somebody, people behind a company, addresses.
LEFT_OUT = {"owners", "vat_number", "name"}
FORMS_LEFT_OUT = {Form.EMAIL, Form.PHONE, Form.URL}
TALK = (TimelineEntry.Kind.NOTE, TimelineEntry.Kind.CALL)
TOLD_OF = (*TALK, TimelineEntry.Kind.MOVE, TimelineEntry.Kind.TASK)
# What follows from the rest, and from the day.
RECKONED = frozenset({"score", "insight"})
PERSON = "person"
RECORD, COLLEAGUES, OURS = "the lead’s record", "colleagues", "this CRM"
# For readers.
KINDS = {
    "record": "Record", "deal": "Deal", PERSON: "Person", "told": "Found out", "own": "Own field",
    "tag": "Tags", "score": "Score", "insight": "Insight", "note": "Note", "call": "Call",
    "move": "Move", "task": "Task",
}  # fmt: skip


class Line(NamedTuple):
    """`on` is the day that it speaks of, as 2026-11-22, or ""."""

    kind: str
    text: str
    source: str = RECORD
    on: str = ""


def gather(lead: Lead) -> list[dict[str, Any]]:
    """Give them as JSON: `n`, from 1 on, `kind`, `text`, `source` and `on`."""
    found: list[dict[str, Any]] = []
    letters = 0
    for line in _lines(lead):
        text = plain(line.text)
        if not text or len(found) == MOST or letters + len(text) > MOST_LETTERS:
            continue
        letters += len(text)
        found.append({"n": len(found) + 1, **line._asdict(), "text": text})
    return found


def plain(text: str) -> str:
    """Give a text in one line, bounded, without orders to programs and without ways to reach
    anybody.
    """
    said = orders.without(text[: 4 * LONGEST])
    said = PHONE.sub("[phone number]", EMAIL.sub("[e-mail address]", said))
    said = " ".join(said.split())
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}…"


def changed(given: Iterable[dict[str, Any]], now: Iterable[dict[str, Any]]) -> int:
    """Count the facts that are new since, or otherwise, but for what follows from the day."""
    known = {_same(row) for row in given}
    return sum(row["kind"] not in RECKONED and _same(row) not in known for row in now)


def _same(row: dict[str, Any]) -> tuple[str, str]:
    return row["kind"], row["text"]


def _lines(lead: Lead) -> Iterator[Line]:
    yield from _record(lead)
    yield from _deal(lead)
    yield from _people(lead)
    yield from _own(lead)
    yield from _happened(lead)
    yield from _told(lead)
    yield from _insights(lead)
    yield from _score(lead)


def _record(lead: Lead) -> Iterator[Line]:
    here = lead.organisation
    known = {
        "Name": here.name,
        "Trade": here.trade_label or here.industry.replace("_", " "),
        "Place": ", ".join(part for part in (here.town, here.postcode) if part),
        "Company number": here.company_number,
        "Website": here.domain or here.website,
        "People who work there": f"{here.employees:,}" if here.employees else "",
        "Belongs to": here.group.name if here.group else "",
        "Phone": "a number of the organisation is known" if here.phone else "",
    }
    for label, value in known.items():
        if value:
            yield Line("record", f"{label}: {value}")
    if here.customer_since:
        day = timezone.localtime(here.customer_since).date()
        yield Line("record", f"Customer of ours since {formats.absolute(day)}", on=str(day))


def _deal(lead: Lead) -> Iterator[Line]:
    yield Line("deal", f"Stage: {lead.stage.name}", OURS)
    if lead.value_pence:
        yield Line("deal", f"Value that a colleague expects: £{lead.value_pence // 100:,}", OURS)


def _people(lead: Lead) -> Iterator[Line]:
    people = Contact.of(lead.tenant).filter(organisation=lead.organisation_id)
    # Whom the lead goes by comes first.
    rank = Case(When(pk=lead.contact_id, then=0), default=1)
    found = people.exclude(name="", job_title="").order_by(rank, "created_at", "id")
    for person in found[:MOST_PEOPLE]:
        said = [person.name or "Somebody", person.job_title]
        said.append(person.get_role_display() if person.role else "")
        ways = [name for name, way in (("e-mail", person.email), ("phone", person.phone)) if way]
        said.append(f"can be reached by {' and '.join(ways)}" if ways else "no way to reach them")
        yield Line(PERSON, ", ".join(part for part in said if part))


def _told(lead: Lead) -> Iterator[Line]:
    found = Fact.of(lead.tenant).filter(
        organisation=lead.organisation_id, contact=None, status=Status.APPLIED
    )
    wanted = [
        slug
        for slug, field in ORGANISATION.items()
        if field.form not in FORMS_LEFT_OUT and slug not in LEFT_OUT
    ]
    for fact in found.filter(field__in=wanted).order_by("-sureness", "pk")[:MOST_TOLD]:
        field = ORGANISATION[fact.field]
        text = f"{field.label}: {writing.write(field, fact.value).text}"
        yield Line("told", text, source_label(fact.source), str(fact.as_of or fact.seen_on))


def _own(lead: Lead) -> Iterator[Line]:
    for field, shown in fields.panel(lead):
        if shown:
            yield Line("own", f"{field.label}: {shown}", COLLEAGUES)
    tags = Tagging.of(lead.tenant).filter(lead=lead).order_by("tag__name", "tag_id")
    if names := list(tags.values_list("tag__name", flat=True)[:MOST_TAGS]):
        yield Line("tag", f"Tags: {', '.join(names)}", COLLEAGUES)


def _happened(lead: Lead) -> Iterator[Line]:
    """By whom it was found is not among it: not all who see the lead see that."""
    found = TimelineEntry.of(lead.tenant).filter(lead=lead, kind__in=TOLD_OF).order_by("-id")
    for entry in found[:MOST_HAPPENED]:
        day = timezone.localtime(entry.at).date()
        is_talk = entry.kind in TALK
        said = entry.text if not entry.outcome else f"{entry.text} ({entry.outcome})"
        text = f"{entry.get_kind_display()} of {formats.absolute(day)}: {plain(said)}"
        if plain(said):
            yield Line(entry.kind, text, COLLEAGUES if is_talk else OURS, str(day))


def _insights(lead: Lead) -> Iterator[Line]:
    found = rows.read(lead.tenant, [lead.pk])
    if not found:
        return
    (known,) = evidence.gather(lead.tenant, found)
    for each in insights.of(known, catalogue.of(lead.tenant)):
        yield Line("insight", f"{each.kind.capitalize()}: {each.title}. {each.why}", OURS)


def _score(lead: Lead) -> Iterator[Line]:
    yield Line("score", f"Points: {lead.score} of 100 ({lead.get_tier_display()})", OURS)
    last = Score.of(lead.tenant).filter(lead=lead).order_by("-id").first()
    if last is None:
        return
    last.tenant = lead.tenant
    receipt = scores.told(last)
    for part in receipt.aspects if receipt else ():
        saw = [f"{line.label}: {line.saw}" for line in part.lines if line.points]
        why = f", for {'; '.join(saw[:4])}" if saw else ""
        yield Line("score", f"{part.label}: {part.points} points{why}", OURS)
