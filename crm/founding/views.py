"""The page behind the one-time link."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from crm.founding import first_owner
from crm.founding.forms import FirstOwnerForm
from crm.tenants import coming_in


def found(request: HttpRequest, token: str) -> HttpResponse:
    """Create the owner by the one-time link; a used or old one says so."""
    if not first_owner.is_valid(token):
        return _gone(request)
    form = FirstOwnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            owner = first_owner.found(**form.cleaned_data)
        except first_owner.FoundedMeanwhile:
            return _gone(request)
        coming_in.sign_in(request, owner)
        return redirect("dashboard")
    return render(request, "tenants/first_owner.html", {"form": form})


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "tenants/first_owner.html", {"form": None}, status=410)
