"""Coming in: sign-in, and the first owner of an empty installation."""

from django.contrib.auth import login, views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from crm.tenants import founding
from crm.tenants.forms import FirstOwnerForm

sign_in = views.LoginView.as_view(
    template_name="tenants/sign_in.html", redirect_authenticated_user=True
)
sign_out = views.LogoutView.as_view()


def first_owner(request: HttpRequest, token: str) -> HttpResponse:
    """Create the owner by the one-time link; a used or old one says so."""
    if not founding.is_valid(token):
        return render(request, "tenants/first_owner.html", {"form": None}, status=410)
    form = FirstOwnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        owner = founding.found(**form.cleaned_data)
        login(request, owner)
        return redirect("dashboard")
    return render(request, "tenants/first_owner.html", {"form": form})
