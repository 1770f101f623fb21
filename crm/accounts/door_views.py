"""Coming in and going out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from crm.accounts import entrance, factors, letters, lockout, passkeys, proof, resetting, trail
from crm.accounts.forms import CodeForm, ForgottenForm, SignInForm
from crm.tenants import password_link, whereabouts
from crm.tenants.forms import PasswordForm

# Of whoever knows the password and has no more: an owner will want to see that.
WITHOUT_THE_SECOND = "the right password, but no right second factor"
TOO_LONG = "That took longer than ten minutes, or your password was changed. Sign in again."


@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and password."""
    if request.user.is_authenticated:
        return redirect(entrance.page_behind(request, _next(request)))
    form = SignInForm(request, request.POST or None)
    with transaction.atomic():
        if request.method == "POST" and form.is_valid():
            return entrance.let_in(request, form.get_user(), back=_next(request))
    return _sign_in_page(request, form, 429 if form.is_locked_out else 200)


@sensitive_post_parameters("code")
@never_cache
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask whoever has shown the password for the second factor."""
    person = entrance.at_the_door(request)
    if person is None:
        messages.info(request, TOO_LONG)
        return redirect("tenants:sign_in")
    form = CodeForm(request.POST if "code" in request.POST else None)
    with transaction.atomic():
        shown, error = "", ""
        if request.method == "POST":
            shown, error = _second_proof(request, person, form)
        if shown:
            if shown == factors.RECOVERY_CODE:
                letters.tell_of_recovery_code(request, person)
            by_what = f"password and {shown}"
            return entrance.enter(request, person, by_what=by_what, back=_next(request))
    held = factors.held(person)
    context = {
        "form": form,
        "error": error,
        "held": held,
        "asked": passkeys.ask_for_one(person) if held.passkeys else "",
        "next": _next(request),
        "person": person,
    }
    return render(request, "accounts/second_step.html", context, status=422 if error else 200)


@never_cache
def by_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in by a passkey alone: say what the browser must show, then look at what it shows."""
    if request.method != "POST":
        return JsonResponse({"asked": passkeys.ask_for_one(None)})
    address = whereabouts.address(request)
    with transaction.atomic():
        if (until := lockout.FROM_ONE_ADDRESS.free_at(address)) is not None:
            return _refused(request, str(lockout.LockedOut(until)), 429)
        try:
            person = passkeys.check(None, request.POST.get("credential", "")).user
        except passkeys.NotAccepted as refusal:
            lockout.FROM_ONE_ADDRESS.note(address)
            return _refused(request, str(refusal), 422)
        if not person.is_active:
            return _refused(request, "This account is closed.", 422)
        by_what = entrance.PASSKEY_ALONE
        return entrance.enter(request, person, by_what=by_what, back=_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    if request.user.is_authenticated:
        trail.write(proof.person_of(request), "signed out as", by=proof.person_of(request))
    logout(request)
    return redirect("tenants:sign_in")


@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link to whoever has forgotten the password; the answer never says who has one."""
    form = ForgottenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        resetting.ask(request, email)
        return render(request, "accounts/forgotten.html", {"sent_to": email})
    status = 422 if form.errors else 200
    return render(request, "accounts/forgotten.html", {"form": form}, status=status)


@sensitive_post_parameters("password")
@never_cache
@transaction.atomic
def set_password(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Let the person behind a one-time link choose a password, and take them in."""
    page = "accounts/set_password.html"
    person = password_link.holder(uid, token)
    if person is None:
        return render(request, page, {"form": None}, status=410)
    form = PasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        resetting.choose(request, person, form.cleaned_data["password"])
        return entrance.let_in(request, person, back="")
    return render(request, page, {"form": form, "person": person})


def _second_proof(request: HttpRequest, person: Any, form: CodeForm) -> tuple[str, str]:
    """Look at the code or the passkey: give which it was, or what is wrong with it."""
    try:
        if "credential" in request.POST:
            passkeys.check(person, request.POST["credential"])
            return "passkey", ""
        if form.is_valid():
            return proof.check_code(request, person, form.cleaned_data["code"]), ""
    except (proof.Unproven, passkeys.NotAccepted) as refusal:
        trail.write(person, "failed to sign in as", by=None, by_what=WITHOUT_THE_SECOND)
        return "", str(refusal)
    return "", "Type the code, or a recovery code."


def _refused(request: HttpRequest, said: str, status: int) -> HttpResponse:
    form = SignInForm(request)
    return _sign_in_page(request, form, status, error=said)


def _sign_in_page(
    request: HttpRequest, form: SignInForm, status: int, error: str = ""
) -> HttpResponse:
    context = {"form": form, "next": _next(request), "error": error}
    return render(request, "tenants/sign_in.html", context, status=status)


def _next(request: HttpRequest) -> str:
    return request.POST.get("next", request.GET.get("next", ""))
