"""What is done to the leads that somebody has ticked in the list: asked, done, and followed."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from crm import going, ids
from crm.exporting import download
from crm.look import formats
from crm.pipeline.models import Stage
from crm.tenants import members
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, TenantRequest, may, needs
from crm.work import reasons
from crm.work.models import State
from leads.acts.act import Act, ActRefused, named
from leads.bulk import acts, bulk, news
from leads.bulk.acts import ACTS
from leads.enriching import choosing
from leads.filters.form import FilterForm
from leads.listing import counting
from leads.models import Bulk
from leads.moving import asking
from leads.own import tags
from leads.undo import undo

NONE = "Tick at least one lead first."
NOT_TWO = "Tick exactly two leads to merge them."
FILTER_GONE = (
    "Nothing was done: a filter of this list is gone meanwhile, {gone}. Without it far more leads "
    "would match. Take that filter away from the list, then choose anew."
)
MORE_NOW = (
    "Nothing was done yet: by now this may mean more leads than you were asked about. Look at the "
    "number, and say so once more."
)
# A worker acts for members; the consent may be over before it begins.
SUPPORT = f"Support changes at most {bulk.AT_ONCE} leads at a time. Tick those that are meant."
LIVE = (State.READY, State.LEASED, State.WAITING)
# Colleagues add leads all day; of so small a part more nobody wants to be asked again.
A_FEW_MORE = 0.1
NOBODY = "nobody"
# The control of each act, by the name that the act knows it by.
CONTROLS = {"owner": "to_owner", "stage": "to_stage", "reason": "reason", "tag": "to_tag"}


@dataclass(frozen=True)
class Chosen:
    """The leads that are ticked; or all that match, and then `idents` does not matter."""

    idents: list[UUID]
    is_all: bool
    query: str

    @property
    def back(self) -> str:
        """The list as it was."""
        return f"{reverse('leads:list')}?{self.query}" if self.query else reverse("leads:list")


def _chosen(request: TenantRequest) -> Chosen:
    found = (ids.read(each) for each in request.POST.getlist("lead"))
    idents = list(dict.fromkeys(each for each in found if each is not None))
    query = QueryDict(request.POST.get("query", "").encode()).urlencode()
    return Chosen(idents, bool(request.POST.get("all")), query)


def _filters(request: TenantRequest, chosen: Chosen) -> FilterForm:
    return FilterForm(QueryDict(chosen.query), membership=request.membership)


@needs(Permission.WORK_LEADS)
@require_POST
def act(request: TenantRequest) -> HttpResponse:
    """Ask what an act needs to know, or do it."""
    chosen = _chosen(request)
    verb = request.POST.get("do") or request.POST.get("ask", "")
    if not chosen.idents and not chosen.is_all:
        return _say(request, chosen, NONE)
    if chosen.is_all and (gone := _filters(request, chosen).filters.left_out):
        said = FILTER_GONE.format(gone="; ".join(map(str, gone)))
        return _say(request, chosen, said, status=409)
    if elsewhere := {"export": _export, "merge": _merge, "enrich": _enrich}.get(verb):
        return elsewhere(request, chosen)
    if verb not in ACTS:
        return _say(request, chosen, "Choose what to do with them.")
    wanted = ACTS[verb](_given(request.POST))
    if not wanted.is_allowed(request.membership):
        raise PermissionDenied(f"You may not {verb} leads. Ask an owner or manager to do it.")
    if "do" not in request.POST:
        return _ask(request, chosen, wanted)
    try:
        wanted.check(request.tenant)
    except ActRefused as refusal:
        return _ask(request, chosen, wanted, str(refusal))
    if chosen.is_all and _are_more(request, chosen):
        return _ask(request, chosen, wanted, MORE_NOW, status=409)
    return _do(request, chosen, wanted)


def _given(sent: Mapping[str, str]) -> dict[str, str]:
    given = {
        name: sent[control].strip()[: asking.LONGEST_REASON]
        for name, control in CONTROLS.items()
        if control in sent
    }
    # Nobody is somebody whom one must choose: what was left empty takes no owner away.
    if given.get("owner") == "":
        del given["owner"]
    elif given.get("owner") == NOBODY:
        given["owner"] = ""
    return given


def _do(request: TenantRequest, chosen: Chosen, wanted: Act) -> HttpResponse:
    by = request.membership
    if chosen.is_all or len(chosen.idents) > bulk.AT_ONCE:
        if by.is_support:
            return _say(request, chosen, SUPPORT)
        idents = None if chosen.is_all else chosen.idents
        filters = _filters(request, chosen).wanted
        row = bulk.begin(wanted, by, idents=idents, wanted=filters)
        return going.to(request, reverse("leads:bulk_one", args=[row.pk]))
    batch, outcome = bulk.do(wanted, chosen.idents, by)
    if outcome.done:
        said = f"{wanted.did(outcome.done, request.tenant)}.{left_alone(outcome.skipped)}"
        # The toast offers the way back.
        offer = f"undo:{batch.pk}" if batch is not None and batch.many else ""
        messages.success(request, said, extra_tags=offer)
    else:
        messages.warning(request, f"Nothing was changed.{left_alone(outcome.skipped)}")
    return going.to(request, chosen.back)


def left_alone(skipped: Mapping[str, int]) -> str:
    """Say how many leads were left alone, and why."""
    why = "; ".join(f"{many:,} {reason}" for reason, many in skipped.items() if many)
    return f" Left alone: {why}." if why else ""


def _say(request: TenantRequest, chosen: Chosen, said: str, *, status: int = 422) -> HttpResponse:
    """Say why nothing was done, beside the list."""
    if request.htmx:
        return render(request, "leads/_bulk_ask.html", {"refusal": said}, status=status)
    messages.error(request, said)
    return redirect(chosen.back)


def _export(request: TenantRequest, chosen: Chosen) -> HttpResponse:
    if not download.may_be_given(request.membership):
        raise PermissionDenied("You may look at this, but not export it.")
    query = chosen.query
    if not chosen.is_all:
        sort = QueryDict(chosen.query).getlist("sort")[-1:]
        asked = {"lead": [str(each) for each in chosen.idents], "sort": sort}
        query = urlencode(asked, doseq=True)
    return going.to(request, f"{reverse('leads:export')}?{query}&what=leads&as=csv")


def _merge(request: TenantRequest, chosen: Chosen) -> HttpResponse:
    if chosen.is_all or len(chosen.idents) != 2:
        return _say(request, chosen, NOT_TWO)
    one, other = chosen.idents
    query = urlencode({"one": one, "other": other})
    return going.to(request, f"{reverse('leads:merge')}?{query}")


def _enrich(request: TenantRequest, chosen: Chosen) -> HttpResponse:
    if not may(request.membership, Permission.ENRICH):
        raise PermissionDenied("You may not find out more about leads. Ask an owner or manager.")
    if chosen.is_all:
        meant = [("all", "1"), ("query", chosen.query)]
    else:
        meant = [("lead", str(each)) for each in chosen.idents[: choosing.MOST_TICKED]]
    return going.to(request, choosing.address(meant))


def _label(request: TenantRequest, chosen: Chosen) -> str:
    """Count all that match, as far as a second reaches."""
    return counting.label(request.membership, _filters(request, chosen).wanted)


def _are_more(request: TenantRequest, chosen: Chosen) -> bool:
    """Say whether clearly more match than were asked about, as far as either was counted."""
    asked = request.POST.get("asked_about", "")[:20].replace(",", "")
    if asked.endswith("+"):
        return False
    now = _label(request, chosen).replace(",", "")
    if not asked.isdecimal() or now.endswith("+"):
        return True
    return int(now) > int(asked) * (1 + A_FEW_MORE)


def _ask(
    request: TenantRequest, chosen: Chosen, wanted: Act, refusal: str = "", *, status: int = 422
) -> HttpResponse:
    tenant = request.tenant
    label = _label(request, chosen) if chosen.is_all else ""
    many = named(len(chosen.idents))
    if chosen.is_all:
        many = "the 1 lead that matches" if label == "1" else f"all {label} leads that match"
    context = {
        "verb": wanted.verb,
        "many": many,
        "asked_about": label,
        "chosen": chosen,
        "refusal": refusal,
        "given": wanted.given,
        "section": "leads",
    }
    if wanted.verb == "assign":
        context["people"] = members.able(tenant, Permission.WORK_LEADS)
    elif wanted.verb == "move":
        stages = Stage.of(tenant).select_related("pipeline")
        context["stages"] = stages.order_by("pipeline__position", "position", "id")
        context["reasons"] = asking.REASONS
    elif wanted.verb in ("tag", "untag"):
        context["tags"] = tags.of(tenant)
    page = "leads/_bulk_ask.html" if request.htmx else "leads/bulk_ask.html"
    return render(request, page, context, status=status if refusal else 200)


def _load(request: TenantRequest, bulk_id: UUID) -> Bulk:
    """Load an act of the person's own; a manager's eyes are on all of them."""
    rows = Bulk.of(request.tenant).select_related("batch__by", "undoes", "tenant")
    if not may(request.membership, Permission.ADMINISTER):
        rows = rows.filter(batch__by=request.user)
    return get_object_or_404(rows, pk=bulk_id)


@needs(Permission.SEE_LEADS)
@require_GET
def one(request: TenantRequest, bulk_id: UUID) -> HttpResponse:
    """Show how far it has come, and what was left alone."""
    row = _load(request, bulk_id)
    if row.state in LIVE:
        news.look(row, request.membership)
    page = "leads/_bulk.html" if request.htmx else "leads/bulk.html"
    return render(request, page, _context(row, request.membership) | {"section": "leads"})


def _context(row: Bulk, by: Membership) -> dict[str, object]:
    wanted = acts.of(row)
    left = bulk.seconds_left(row)
    live = row.state in LIVE
    query = urlencode(row.wanted, doseq=True)
    return {
        "bulk": row,
        "title": wanted.does(named(row.total) if row.total else "leads", row.tenant),
        "did": wanted.did(row.done, row.tenant),
        "processed": bulk.processed(row),
        "left": formats.roughly(left) if left is not None else "",
        "skipped": [(many, why) for why, many in row.skipped.items() if many],
        "notes": list(row.notes.items()),
        "is_live": live,
        "may_undo": not live and bool(row.batch.many) and not undo.why_not(row.batch, by),
        "busy": None if live else undo.under_way(by).get(row.batch_id),
        "is_dead": row.state == State.DEAD,
        "broken_off": bulk.broken_off(row),
        "why": reasons.plain(row) if row.state == State.DEAD else "",
        "back": f"{reverse(wanted.page)}?{query}" if query else reverse(wanted.page),
        "is_of_leads": wanted.page == "leads:list",
    }


@needs(Permission.WORK_LEADS)
@require_POST
def stop(request: TenantRequest, bulk_id: UUID) -> HttpResponse:
    """Do no more of it."""
    row = _load(request, bulk_id)
    if bulk.stop(row):
        done = acts.of(row).did(row.done, row.tenant)
        messages.info(request, f"Stopped. {done} until then.")
    return redirect("leads:bulk_one", bulk_id=row.pk)
