"""What stands in the cells of the list, drawn once for all leads of a page that have it alike."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from crm.look import chips, formats
from leads.models import Lead
from leads.own import values
from leads.own.tags import Shown
from leads.own.values import Kind, Value
from leads.records.custom import CustomField
from leads.work import tasks

NOTHING = SafeString("")
LONGEST_VALUE = 80


@dataclass
class Beside:
    """What was looked up for a whole page, and the chips that were drawn for it already."""

    own: dict[UUID, dict[UUID, Value]] = field(default_factory=dict)
    drawn: dict[Any, SafeString] = field(default_factory=dict)

    def once(self, key: Any, draw: Callable[[], SafeString]) -> SafeString:
        """Draw it, unless it was drawn for this page."""
        if key not in self.drawn:
            self.drawn[key] = draw()
        return self.drawn[key]


Cell = Callable[[Lead, Beside], str]


def place(lead: Lead, beside: Beside) -> str:
    site = lead.organisation
    if not (site.town or site.postcode):
        return NOTHING
    marks = lead.marks
    town, postcode = (
        (marks.town, marks.postcode) if marks else (escape(site.town), escape(site.postcode))
    )
    return SafeString(
        f'<span class="lead-where"><bdi>{town}</bdi> <span class="faint">{postcode}</span></span>'
    )


def trade(lead: Lead, beside: Beside) -> str:
    return lead.organisation.trade_label


def stage(lead: Lead, beside: Beside) -> str:
    return beside.once(lead.stage_id, lambda: chips.stage(lead.stage))


def score(lead: Lead, beside: Beside) -> str:
    key = (lead.score, lead.tier)
    return beside.once(key, lambda: chips.score(lead.score, lead.tier))


def grade(lead: Lead, beside: Beside) -> str:
    return beside.once(("grade", lead.grade), lambda: chips.grade(lead.grade))


def chance(lead: Lead, beside: Beside) -> str:
    """The chance of winning it; nothing where no model can say."""
    return NOTHING if lead.chance is None else f"{lead.chance / 10:.0f} %"


def closeness(lead: Lead, beside: Beside) -> str:
    return NOTHING if lead.closeness is None else str(lead.closeness)


def owner(lead: Lead, beside: Beside) -> str:
    return beside.once(("owner", lead.owner_id), lambda: _person(lead.owner))


def _person(person: Any) -> SafeString:
    name = (person.name or person.email) if person else chips.NOBODY
    markup = '<span class="lead-owner-who">{}<span class="lead-owner-name">{}</span></span>'
    return format_html(markup, chips.avatar(person), name)


def value(lead: Lead, beside: Beside) -> str:
    return NOTHING if lead.value_pence is None else formats.pounds(lead.value_pence)


def due(lead: Lead, beside: Beside) -> str:
    """When the first open task is due; what is overdue says so in words, too."""
    if lead.next_due is None:
        return NOTHING
    said = tasks.due_label(lead.next_due, lead.next_due_day)
    if not tasks.is_late(lead.next_due, lead.next_due_day):
        return said
    late = '<span class="lead-late"><span class="visually-hidden">Overdue: </span>{}</span>'
    return format_html(late, said)


def source(lead: Lead, beside: Beside) -> str:
    return lead.source.replace("_", " ").capitalize()


def known(lead: Lead, beside: Beside) -> str:
    """How much is known of the organisation; nothing until that was reckoned."""
    quality = getattr(lead.organisation, "quality", None)
    if quality is None:
        return NOTHING
    return beside.once(("known", quality.completeness), lambda: _known(quality.completeness))


def _known(percent: int) -> SafeString:
    markup = '<span class="lead-known-much"><meter min="0" max="100" value="{}" aria-hidden="true">'
    return format_html(markup + "</meter>{} %</span>", percent, percent)


def tags(lead: Lead, beside: Beside) -> str:
    shown: Shown | None = lead.tags_shown
    if shown is None or not shown.first:
        return NOTHING
    drawn = [beside.once(tag.pk, partial(chips.badge, tag.name, tag.tone)) for tag in shown.first]
    if shown.more:
        markup = (
            '<span class="badge badge-quiet" title="{}">+{}'
            '<span class="visually-hidden"> more tags: {}</span></span>'
        )
        drawn.append(format_html(markup, shown.rest, shown.more, shown.rest))
    return format_html('<span class="tags">{}</span>', SafeString("".join(drawn)))


def moment(name: str) -> Cell:
    """Make a cell of the moment in this column of leads."""
    return lambda lead, beside: chips.when(getattr(lead, name), "")


def own(custom: CustomField) -> Cell:
    """Make a cell of what leads have in a field of one's own."""

    def cell(lead: Lead, beside: Beside) -> str:
        said = values.shown(custom, beside.own.get(lead.pk, {}).get(custom.pk))
        if len(said) <= LONGEST_VALUE:
            return said
        return format_html('<span title="{}">{}…</span>', said, said[:LONGEST_VALUE])

    return cell


NUMBERS = {Kind.NUMBER, Kind.MONEY}
