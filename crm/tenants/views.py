"""Coming in and going out."""

from django.contrib.auth import views
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from crm.ledger import audit
from crm.tenants import coming_in, password_link
from crm.tenants.forms import PasswordForm, SignInForm

sign_in = views.LoginView.as_view(
    template_name="tenants/sign_in.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
)
sign_out = views.LogoutView.as_view()

PAGE = "tenants/set_password.html"


@sensitive_post_parameters("password")
@never_cache
@transaction.atomic
def set_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Let the person behind a one-time link choose a password, and sign them in."""
    person = password_link.holder(uid, token)
    if person is None:
        return render(request, PAGE, {"form": None}, status=410)
    form = PasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        person.set_password(form.cleaned_data["password"])
        person.save(update_fields=["password"])
        for membership in person.memberships.all():
            audit.write(membership, "set a password by link as", by=person)
        coming_in.sign_in(request, person)
        return redirect("dashboard")
    return render(request, PAGE, {"form": form, "person": person})
