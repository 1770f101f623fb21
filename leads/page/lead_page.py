"""What a lead's page shows, gathered for its reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from crm import ids
from crm.exporting import download
from crm.look import formats
from crm.tenants.permissions import Permission, TenantRequest, may
from crm.upward import named
from leads.contacts import contacts
from leads.enriching import lead_views
from leads.facts import facts
from leads.identity import candidate
from leads.models import Lead, Origin
from leads.own import fields
from leads.page import around, story, way_back
from leads.page.forms import NoteForm, OwnerForm
from leads.records.organisations import Organisation
from leads.scored import told
from leads.sight import sight
from leads.timeline import reasons
from leads.work import mine
from leads.work.forms import CallForm, next_working_day

# What registers print.
PRINTED = {"name", "address", "town", "postcode", "phone"}


@dataclass
class Sent:
    """Forms that came back with something to say, by their names, and how to answer them."""

    status: int = 200
    forms: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class FactLine:
    """A fact for the page; `source` names the register that prints the same."""

    name: str
    label: str
    shown: str
    href: str = ""
    source: str = ""


def show(request: TenantRequest, lead: Lead, sent: Sent | None = None) -> HttpResponse:
    """Answer with the page."""
    sent = sent or Sent()
    found = around.read(lead, request.membership)
    context = {
        "lead": lead,
        "organisation": lead.organisation,
        "facts": fact_lines(lead.organisation, found.entries),
        "stages": found.stages,
        "contacts": found.contacts,
        "has_more_contacts": found.has_more_contacts,
        "removed": _removed(request, lead),
        "tasks": [mine.line(task) for task in found.tasks],
        "has_more_tasks": found.has_more_tasks,
        "tags": found.tags,
        "tags_known": found.tags_known,
        "may_tag": may(request.membership, Permission.MAKE_TAGS) or bool(found.tags_known),
        "origins": found.origins,
        "proven": _proven(lead, found.origins),
        "entries": found.entries,
        "receipt": found.receipt,
        "override": told.override(lead),
        "score_place": told.place(lead),
        "matrix": told.matrix(lead),
        "namesakes": found.namesakes,
        "most_namesakes": around.MOST_NAMESAKES,
        "neighbours": found.neighbours,
        "has_neighbours": any(found.neighbours.values()),
        "own_fields": fields.panel(lead),
        "story": story_of(request, lead, found.origins),
        "may_share": may(request.membership, Permission.SHARE),
        "may_give": sight.covers(request.membership, lead),
        "back": way_back.read(request, lead),
        "section": "leads",
    }
    context |= lead_views.panel(request, lead, found.contacts) | composer(request) | sent.forms
    return render(request, "leads/detail.html", context, status=sent.status)


def _proven(lead: Lead, origins: Sequence[Origin]) -> list[Any]:
    seen = [origin.ref for origin in origins if origin.is_seen]
    told = [read(lead, seen) for read in named("ORIGINS_PROVEN")] if seen else []
    return [each for each in told if each is not None]


def composer(request: TenantRequest) -> dict[str, Any]:
    """Give the forms of what people write down, and what stands beside them."""
    return {
        "note_form": NoteForm(),
        "call_form": CallForm(auto_id="call_%s", initial={"day": next_working_day()}),
        "task_day": next_working_day(),
        "may_export": download.may_be_given(request.membership),
        "opened": "note",
    }


def story_of(request: TenantRequest, lead: Lead, origins: Any = None) -> story.Story:
    """Read the part of the timeline that the address asks for."""
    if origins is None:
        origins = sight.origins(request.membership).filter(lead=lead)
    given: Mapping[str, str] = request.GET
    before = ids.read(given.get("before", ""))
    page = story.read(lead, origins, show=given.get("show", ""), before=before)
    rules = reasons.link([each.first for each in page.items], request.membership)
    for item in page.items:
        item.rule_url = rules.get(item.first.pk, "")
    return page


def owner_form(request: TenantRequest, lead: Lead, sent: QueryDict | None = None) -> OwnerForm:
    """Give the form of owner and value, as far as the member may give the lead away."""
    return OwnerForm(sent, lead=lead, may_give=sight.covers(request.membership, lead))


def fact_lines(organisation: Organisation, entries: list[dict[str, Any]]) -> list[FactLine]:
    """Write each fact for a reader, with the register that says the same."""
    return [
        fact_line(organisation, fact, _source(organisation, fact.name, entries))
        for fact in facts.FACTS.values()
    ]


def fact_line(organisation: Organisation, fact: facts.Editable, source: str = "") -> FactLine:
    """Write one fact for a reader."""
    value = getattr(organisation, fact.name)
    shown = "" if value is None else fact.shown(fact.typed(value))
    schemes = {"phone": f"tel:{value}", "website": str(value)}
    href = schemes.get(fact.name, "") if shown else ""
    return FactLine(fact.name, fact.label, shown, href, source)


def _source(organisation: Organisation, name: str, entries: list[dict[str, Any]]) -> str:
    if name not in PRINTED or not (value := getattr(organisation, name)):
        return ""
    for row in entries:
        printed = str(getattr(row["entry"], name) or "")
        if name == "phone":
            printed = candidate.phone(printed) if printed else ""
        if printed.casefold() == str(value).casefold():
            register = row["register"]
            return f"So printed in {register.label}, as of {formats.absolute(register.as_of)}"
    return ""


def _removed(request: TenantRequest, lead: Lead) -> dict[str, str] | None:
    """Give, once, whom the member has just taken off this lead."""
    kept = request.session.get(contacts.REMOVED)
    if not kept or kept.get("lead") != str(lead.pk):
        return None
    del request.session[contacts.REMOVED]
    return dict(kept["given"])
