"""The form of one rule of a draft; buttons in it add conditions and take them away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.models import Scorecard
from leads.scorecards import cards, choosing, history, rule_form, rule_rows
from leads.scorecards.editor_views import kept
from leads.scorecards.rule_form import RuleForm
from leads.scorecards.views import MANAGE, found, number
from leads.scored import catalogue
from scoring.card import ASPECTS, GROUPS
from scoring.catalogue import BY_THEM, BY_US, Catalogue
from scoring.problems import Problem, Wrong
from scoring.reading import LONGEST_KEY

HAPPENINGS = {"What they do": BY_THEM, "What we do": BY_US}
HAPPENED = "What has happened"
SAVE = "save"


@needs(Permission.ADMINISTER, to=MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: TenantRequest, card_id: UUID) -> HttpResponse:
    """Show a rule of a draft, or a new one; save it, or change its form."""
    card = found(request, card_id)
    key = request.GET.get("key", "")[:LONGEST_KEY]
    if request.method != "POST":
        return _page(request, card, _known(card, key))
    form = rule_form.sent(request.POST, key)
    # Whoever only changes what a condition asks about presses no button, and saves nothing.
    then = request.POST.get("then", "")[:20]
    if then == SAVE:
        return _save(request, card, form)
    return _page(request, card, rule_form.changed(form, then))


def _known(card: Scorecard, key: str) -> RuleForm:
    if not key:
        return RuleForm()
    for each in card.written.get("rules", []):
        if each.get("key") == key:
            return rule_form.of(each)
    raise Http404("There is no such rule in this version.")


def _save(request: TenantRequest, card: Scorecard, form: RuleForm) -> HttpResponse:
    made = rule_form.rule(form)
    written = rule_form.placed(card.written, made)
    try:
        rule_form.check(form, made, catalogue.of(request.tenant))
        card = cards.save(card, written, number(request.POST.get("edition")) or 0, by=request.user)
    except Wrong as wrong:
        return _page(request, card, form, problems=wrong.problems, status=422)
    except cards.Stale as stale:
        return _page(request, stale.theirs, form, stale=stale, status=409)
    except cards.Settled as settled:
        card = kept(request, settled, written, card.title)
    else:
        messages.success(request, f"The rule “{made['name']}” is in the draft.")
    url = f"{reverse('leads:scorecard', args=[card.pk])}?open=rules#rules"
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def _page(
    request: TenantRequest,
    card: Scorecard,
    form: RuleForm,
    *,
    problems: tuple[Problem, ...] = (),
    stale: cards.Stale | None = None,
    status: int = 200,
) -> HttpResponse:
    if card.state != Scorecard.State.DRAFT and request.method != "POST":
        return redirect("leads:scorecard", card_id=card.pk)
    known = catalogue.of(request.tenant)
    choices = choosing.values(request.tenant)
    groups = [
        (place, each, [_row(place, at, row, known, choices) for at, row in enumerate(each.rows)])
        for place, each in enumerate(form.groups)
    ]
    context = {
        "card": card,
        "form": form,
        "groups": groups,
        "has_several": len(groups) > 1,
        "all_groups": [(slug, label) for slug, label, _, _ in GROUPS],
        "aspects": list(ASPECTS.items()),
        "fields": _offered(known),
        "happenings": {part: _ones(named) for part, named in HAPPENINGS.items()},
        "problems": [each for each in problems if not each.field],
        "told": {each.field: each.said for each in reversed(problems) if each.field},
        "stale": stale,
        "entry": history.last_saved(card) if stale else None,
        "section": "leads",
    }
    return render(request, "scorecards/rule.html", context, status=status)


def _row(
    place: int, at: int, row: rule_rows.Row, known: Catalogue, choices: dict[str, Any]
) -> rule_rows.Offered:
    return rule_rows.shown(f"c{place}_{at}", row, known, choices)


def _ones(named: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    return [(slug, one[:1].upper() + one[1:]) for slug, (one, _) in named.items()]


def _offered(known: Catalogue) -> dict[str, list[tuple[str, str]]]:
    """Give what a condition can ask about, by its heading."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in sorted(known.values(), key=lambda each: each.label.casefold()):
        found.setdefault(each.part, []).append((each.slug, each.label))
    parts = (catalogue.LEAD, catalogue.FACTS, catalogue.OWN_PART)
    happened = [
        (f"{rule_rows.EVENT}{slug}", f"Number of {many}")
        for slug, (_, many) in (BY_THEM | BY_US).items()
    ]
    return {part: found[part] for part in parts if part in found} | {HAPPENED: happened}
