"""Calls and tasks of a lead: written down, planned, changed, done, dropped, reopened."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from crm.tenants import members
from crm.tenants.permissions import Permission, TenantRequest, needs
from leads.models import Lead, Task
from leads.page import lead_page
from leads.page.lead_page import Sent
from leads.sight.load import load
from leads.work import calls, mine, tasks
from leads.work.calls import Outcome
from leads.work.forms import CallForm, TaskForm, next_working_day

# What `from` says when the way back is the page of one's own tasks.
MINE = "tasks"


@needs(Permission.WORK_LEADS)
@require_POST
def call(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Write a call down, and plan what follows."""
    lead = load(request, lead_id)
    form = CallForm(request.POST, auto_id="call_%s")
    if not form.is_valid():
        return lead_page.show(request, lead, Sent(422, {"call_form": form, "opened": "call"}))
    given = form.cleaned_data
    try:
        said = calls.log(
            lead,
            Outcome(given["outcome"]),
            note=given["text"],
            follow_up=form.follow_up,
            by=request.user,
        ).sentence
    except (tasks.TaskRefused, members.NotHere) as refused:
        form.add_error("follow", str(refused))
        return lead_page.show(request, lead, Sent(422, {"call_form": form, "opened": "call"}))
    messages.info(request, f"Call written down. {said}".strip())
    return redirect("leads:detail", lead_id=lead.pk)


@needs(Permission.WORK_LEADS)
def add(request: TenantRequest, lead_id: UUID) -> HttpResponse:
    """Plan something to do; on a page of its own also for a colleague and to the hour."""
    lead = load(request, lead_id)
    if request.method != "POST":
        initial = {"day": next_working_day(), "owner": request.user.pk}
        return _form(request, lead, TaskForm(tenant=request.tenant, initial=initial))
    sent = request.POST.copy()
    # The short form in the lead's page asks for nobody.
    sent.setdefault("owner", str(request.user.pk))
    form = TaskForm(sent, tenant=request.tenant)
    if form.is_valid():
        try:
            tasks.add(lead, **_given(form), by=request.user)
        except (tasks.TaskRefused, members.NotHere) as refused:
            form.add_error("text", str(refused))
        else:
            messages.info(request, "Planned.")
            return redirect("leads:detail", lead_id=lead.pk)
    return _form(request, lead, form, status=422)


@needs(Permission.WORK_LEADS)
def edit(request: TenantRequest, lead_id: UUID, task_id: UUID) -> HttpResponse:
    """Change a task from what its writer saw."""
    lead = load(request, lead_id)
    task = _task(lead, task_id)
    if request.method != "POST":
        return _form(request, lead, TaskForm.of(task), task)
    form = TaskForm.of(task, data=request.POST)
    if not form.is_valid():
        return _form(request, lead, form, task, 422, seen=request.POST.get("seen"))
    seen = request.POST.get("seen", tasks.mark(task))
    try:
        tasks.edit(task, **_given(form), seen=seen, by=request.user)
    except tasks.ChangedMeanwhile as meanwhile:
        form.add_error(None, str(meanwhile))
        return _form(request, lead, form, meanwhile.task or task, 409)
    except (tasks.TaskRefused, members.NotHere) as refused:
        form.add_error(None, str(refused))
        return _form(request, lead, form, task, 422)
    messages.info(request, "Saved.")
    return _back(request, lead)


@needs(Permission.WORK_LEADS)
@require_POST
def done(request: TenantRequest, lead_id: UUID, task_id: UUID) -> HttpResponse:
    """Say that it is done."""
    return _end(request, lead_id, task_id, tasks.done)


@needs(Permission.WORK_LEADS)
@require_POST
def drop(request: TenantRequest, lead_id: UUID, task_id: UUID) -> HttpResponse:
    """Say that it is no longer wanted."""
    return _end(request, lead_id, task_id, tasks.drop)


@needs(Permission.WORK_LEADS)
@require_POST
def reopen(request: TenantRequest, lead_id: UUID, task_id: UUID) -> HttpResponse:
    """Take back that it is done or no longer wanted."""
    return _end(request, lead_id, task_id, tasks.reopen)


def _end(request: TenantRequest, lead_id: UUID, task_id: UUID, verb: Any) -> HttpResponse:
    lead = load(request, lead_id)
    task = verb(_task(lead, task_id), by=request.user)
    if request.htmx:
        task.lead = lead
        context = {"line": mine.line(task), "from": request.POST.get("from", "")}
        return render(request, "leads/_task.html", context | {"lead": lead})
    return _back(request, lead)


def _task(lead: Lead, task_id: UUID) -> Task:
    rows = Task.of(lead.tenant).filter(lead=lead).select_related("owner", "lead__tenant")
    return get_object_or_404(rows, pk=task_id)


def _given(form: TaskForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {"text": given["text"], "due_at": form.due_at, "owner": given["owner"]}


def _back(request: TenantRequest, lead: Lead) -> HttpResponse:
    if request.POST.get("from") == MINE:
        return redirect("leads:tasks")
    return redirect("leads:detail", lead_id=lead.pk)


def _form(
    request: TenantRequest,
    lead: Lead,
    form: TaskForm,
    task: Task | None = None,
    status: int = 200,
    seen: str | None = None,
) -> HttpResponse:
    context = {
        "lead": lead,
        "form": form,
        "task": task,
        "seen": seen or (tasks.mark(task) if task else ""),
        "from": request.POST.get("from", request.GET.get("from", "")),
        "section": "leads",
    }
    return render(request, "leads/task.html", context, status=status)
