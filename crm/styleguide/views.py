"""The page of the design, for those who build it and for managers who are curious."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from crm.styleguide import samples, tokens
from crm.tenants.permissions import Permission, TenantRequest, needs

SIDES = ("light", "dark")


@needs(Permission.ADMINISTER, or_superuser=True)
@require_GET
def show(request: TenantRequest) -> HttpResponse:
    """Show every component in its states, on a light and on a dark sheet."""
    context = {
        "tokens": tokens.read(),
        "sheets": [samples.of(side) for side in SIDES],
        "section": "styleguide",
    }
    return render(request, "styleguide/page.html", context)
