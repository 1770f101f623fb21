"""The page on which a person says what to hear, and by which way."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from crm.mail import outbox
from crm.notices import preferences, trying
from crm.notices.forms import PreferencesForm
from crm.tenants.permissions import Permission, TenantRequest, needs


@needs(Permission.SEE_LEADS)
def settings(request: TenantRequest) -> HttpResponse:
    """Show what the person hears, and keep what they want instead."""
    chosen = preferences.of(request.membership)
    given = request.POST if request.method == "POST" else None
    form = PreferencesForm(given, chosen=chosen)
    if form.is_valid():
        preferences.choose(request.membership, form.wanted())
        messages.success(request, "Saved.")
        return redirect("notices:settings")
    context = {"form": form, "section": "notices"} | outbox.read(request.membership)
    return render(request, "notices/settings.html", context)


@needs(Permission.SEE_LEADS)
@require_POST
def test(request: TenantRequest) -> HttpResponse:
    """Write the person a test e-mail, unless one is on its way."""
    try:
        trying.post(request.membership)
    except trying.OnItsWay as refusal:
        messages.info(request, str(refusal))
    return redirect("notices:settings")


@needs(Permission.SEE_LEADS)
@require_GET
def letters(request: TenantRequest) -> HttpResponse:
    """Give the part with the person's last e-mails alone."""
    return render(request, "notices/_letters.html", outbox.read(request.membership))
