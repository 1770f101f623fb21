"""The page of the lists of numbers that must not be rung unasked: TPS and CTPS."""

import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from crm.tenants.permissions import Permission, TenantRequest, may, needs
from crm.uploads import takes, was_cut
from enrichment.phones import screening, uploading
from enrichment.phones.models import Register, ScreeningList, ScreeningUpload
from enrichment.phones.uploading import Taken
from leads.enriching.screening_forms import MOST_BYTES, ScreeningForm

LISTED = {
    Register.TPS: "People, sole traders and partnerships",
    Register.CTPS: "Companies and other corporate bodies",
}
# Before a list is too old, so that somebody can fetch a newer one in time.
WARNED_DAYS = 7
# The form, and what goes with a file, besides the file itself.
AROUND = 100_000


@dataclass(frozen=True)
class Shown:
    """A register, its list if there is one, and the file that is to become the next.

    `days` is how long the list is good for yet; below 0 it is out of date. `share` is how much of
    that file is done, in percent.
    """

    register: Register
    who: str
    row: ScreeningList | None
    until: datetime.date | None
    days: int
    upload: ScreeningUpload | None
    share: int

    @property
    def is_live(self) -> bool:
        return self.upload is not None and self.upload.state in uploading.LIVE

    @property
    def is_old(self) -> bool:
        return self.row is not None and self.days < 0

    @property
    def ends_soon(self) -> bool:
        return self.row is not None and 0 <= self.days <= WARNED_DAYS


@needs(Permission.SEE_LEADS)
@require_GET
def show(request: TenantRequest) -> HttpResponse:
    """Show which lists there are; managers may upload and remove."""
    return _page(request, ScreeningForm())


@needs(Permission.SEE_LEADS)
@require_GET
def news(request: TenantRequest) -> HttpResponse:
    """Show how the loading goes."""
    if not request.htmx:
        return redirect("leads:screening")
    return render(request, "leads/_screening.html", _lists(request))


@takes(MOST_BYTES + AROUND, by=Permission.ADMINISTER)
@needs(Permission.ADMINISTER)
@require_POST
def upload(request: TenantRequest) -> HttpResponse:
    """Take a list in, in the place of an older one of the same register."""
    form = ScreeningForm(request.POST, request.FILES, was_cut=was_cut(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data
    register, file = Register(given["register"]), given["file"]
    try:
        taken = uploading.take(
            request.tenant,
            register,
            file,
            size=file.size,
            name=file.name.replace("\0", ""),
            as_of=given["as_of"],
            by=request.user,
        )
    except screening.NotTaken as error:
        form.add_error("file", str(error))
        return _page(request, form, status=422)
    messages.success(request, _told(taken))
    return redirect("leads:screening")


@needs(Permission.ADMINISTER)
@require_POST
def remove(request: TenantRequest, register: str) -> HttpResponse:
    """Delete a register's list."""
    if register not in Register.values:
        raise Http404("There is no such register.")
    which = Register(register)
    screening.remove(request.tenant, which, by=request.user)
    messages.info(request, f"The {which.label} list is removed. Numbers are not screened by it.")
    return redirect("leads:screening")


def _told(taken: Taken) -> str:
    if isinstance(taken.row, ScreeningUpload):
        return f"The {taken.row} is being loaded. You may leave this page meanwhile."
    many, left = taken.row.numbers, taken.count.unread
    numbers = "1 number" if many == 1 else f"{many:,} numbers"
    said = f"The {taken.row} is here: {numbers}."
    if left:
        lines = "1 line was" if left == 1 else f"{left:,} lines were"
        said += f" {lines} left out, for want of a British number: {taken.count.example}"
        said += "." if left == 1 else " is the first."
    return said


def _page(request: TenantRequest, form: ScreeningForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "section": "leads", "good_days": screening.GOOD_DAYS}
    return render(request, "leads/screening.html", context | _lists(request), status=status)


def _lists(request: TenantRequest) -> dict[str, object]:
    rows = {
        row.register: row
        for row in ScreeningList.of(request.tenant).select_related("loaded_by")
    }
    coming = {row.register: row for row in uploading.unfinished(request.tenant)}
    lists = [_shown(each, rows.get(each), coming.get(each)) for each in Register]
    return {
        "lists": lists,
        "live": any(each.is_live for each in lists),
        "missing": [each.register.label for each in lists if each.row is None],
        "old": [each.register.label for each in lists if each.is_old],
        "may_upload": may(request.membership, Permission.ADMINISTER),
    }


def _shown(
    register: Register, row: ScreeningList | None, upload: ScreeningUpload | None
) -> Shown:
    until = row.as_of + datetime.timedelta(days=screening.GOOD_DAYS) if row else None
    days = (until - timezone.localdate()).days if until else 0
    is_live = upload is not None and upload.state in uploading.LIVE
    share = int(uploading.done(upload) * 100) if upload is not None and is_live else 0
    return Shown(register, LISTED[register], row, until, days, upload, share)
