"""Choosing a filter: a field, what is said of it, and the list or board under it."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.filters import choices, conditions, filters, offering, own_conditions
from leads.filters.conditions import Field
from leads.filters.filters import Condition, Filters
from leads.filters.form import FilterForm, without
from leads.filters.operators import Operator

BOARD = "board"
# Where the filters lead to, by what an address says of the page on which they are chosen.
SHOWN = {BOARD: "leads:board", "rule": "leads:rule_when"}


@dataclass(frozen=True)
class Place:
    """Which condition is changed, or to which group one is added; neither is a group of its own."""

    group: int | None = None
    index: int | None = None

    @property
    def at(self) -> str:
        return "" if self.group is None or self.index is None else f"{self.group}.{self.index}"

    @property
    def beside(self) -> str:
        return "" if self.group is None or self.index is not None else str(self.group)


@dataclass(frozen=True)
class Row:
    """An operator as the form shows it, with what is typed behind it."""

    operator: Operator
    typed: list[str]
    is_chosen: bool


@needs(Permission.SEE_LEADS)
@require_GET
def edit(request: TenantRequest) -> HttpResponse:
    """Offer the fields, then the form of one; what it sends leads to the leads it means."""
    form = FilterForm(request.GET, membership=request.membership)
    place = _place(request.GET, form.filters)
    condition = _at(form.filters, place)
    name = request.GET.get("edit_field", "")[:40]
    field = filters.field(name, request.membership) if name else None
    if field is None and condition is not None and not name:
        field = condition.field
    if field is None:
        return _fields(request, form, place)
    if condition is not None and condition.field.name != field.name:
        condition = None
    said = ""
    if "edit_op" in request.GET and not offering.is_search(request):
        try:
            changed = _placed(form.filters, place, _sent(request.GET, field, request.membership))
        except filters.Nonsense as nonsense:
            said = f"{str(nonsense)[:1].upper()}{str(nonsense)[1:]}."
        else:
            return HttpResponseRedirect(f"{_shown(request)}?{form.address(changed)}")
    context = {
        "field": field,
        "rows": _rows(request.GET, field, condition),
        "choices": offering.read(request.GET, field, condition, request.membership),
        "condition": condition,
        "said": said,
    }
    return _page(request, form, place, "leads/_filter_form.html", context)


def _fields(request: TenantRequest, form: FilterForm, place: Place) -> HttpResponse:
    parts: dict[str, list[Field]] = {}
    own = [own_conditions.read(each) for each in choices.own(request.membership)]
    for each in (*conditions.FIELDS.values(), *own):
        parts.setdefault(each.part, []).append(each)
    return _page(request, form, place, "leads/_filter_fields.html", {"parts": parts})


def _page(
    request: TenantRequest, form: FilterForm, place: Place, template: str, context: dict[str, Any]
) -> HttpResponse:
    shown = _shown(request)
    removed = None
    if place.group is not None and place.index is not None:
        removed = form.address(without(form.filters, place.group, place.index))
    context |= {
        "form": form,
        "place": place,
        "on": on if (on := request.GET.get("edit_on", "")) in SHOWN else "list",
        "back_url": f"{shown}?{form.query}",
        "removed_url": f"{shown}?{removed}" if removed else "",
        "part": template,
        "section": BOARD if request.GET.get("edit_on") == BOARD else "leads",
    }
    status = 422 if context.get("said") else 200
    page = template if request.htmx else "leads/filter.html"
    return render(request, page, context, status=status)


def _shown(request: HttpRequest) -> str:
    return reverse(SHOWN.get(request.GET.get("edit_on", ""), "leads:list"))


def _place(given: QueryDict, known: Filters) -> Place:
    """Read which condition is meant; one that is there no more means a new one."""
    group, _, index = given.get("edit_at", "").partition(".")
    beside = given.get("edit_or", "")
    for place in (Place(_number(group), _number(index)), Place(_number(beside))):
        if place.group is not None and place.group < len(known.groups):
            if place.index is None and place.group == _number(beside):
                return place
            if place.index is not None and place.index < len(known.groups[place.group]):
                return place
    return Place()


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else None


def _at(known: Filters, place: Place) -> Condition | None:
    if place.group is None or place.index is None:
        return None
    return known.groups[place.group][place.index]


def _sent(given: QueryDict, field: Field, membership: Membership) -> Condition:
    operator = field.operator(given.get("edit_op", ""))
    if operator is None:
        raise filters.Nonsense(field.label, f"Choose what to say of “{field.label}”")
    typed = given.getlist(f"edit_{operator.name}") if operator.typed else []
    if operator.chooses:
        # What is missing must not let a choice stand in its place.
        typed = (typed + [""] * operator.typed)[: operator.typed]
        typed += given.getlist("edit_choice")
    return filters.made(field, operator, typed, membership)


def _placed(known: Filters, place: Place, condition: Condition) -> Filters:
    groups = [list(group) for group in known.groups]
    if place.group is not None and place.index is not None:
        groups[place.group][place.index] = condition
    elif sum(map(len, groups)) >= filters.MOST:
        why = f"at most {filters.MOST} filters count at a time; take one away first"
        raise filters.Nonsense(condition.field.label, why)
    elif place.group is not None:
        groups[place.group].append(condition)
    else:
        groups.append([condition])
    return replace(known, groups=tuple(tuple(group) for group in groups))


def _rows(given: QueryDict, field: Field, condition: Condition | None) -> list[Row]:
    """Give the operators, with what was sent or is there; the first is chosen unless another is."""
    default = condition.operator.name if condition else field.operators[0].name
    chosen = given.get("edit_op", default)
    rows = []
    for each in field.operators:
        typed = given.getlist(f"edit_{each.name}")
        if not typed and condition is not None and condition.operator == each:
            typed = list(condition.typed)
        rows.append(Row(each, (typed + [""] * each.typed)[: each.typed], each.name == chosen))
    return rows
