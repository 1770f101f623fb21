"""Setting up second factors, and taking them away."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from crm.accounts import (
    entrance,
    factors,
    letters,
    passkeys,
    policy,
    proof,
    sessions,
    trail,
    unfinished,
)
from crm.accounts.forms import AppForm, PasskeyForm
from crm.accounts.proof import person_of

AFTER = "after second factor"
WRONG_CODE = "That is not the code of this moment. Look at the app again."
TOO_LATE = (
    "That took longer than ten minutes. Remove the entry from the app, scan the new picture, and "
    "type the code that it shows then."
)


@proof.signed_in
@never_cache
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Lead somebody whose company asks for a second factor to one of the ways."""
    if back := request.GET.get("next", ""):
        request.session[AFTER] = entrance.page_behind(request, back)
    held = factors.held(person_of(request))
    is_asked = policy.is_unmet(getattr(request, "membership", None))
    return render(request, "accounts/second_factor.html", {"held": held, "is_asked": is_asked})


@proof.needed
@never_cache
@transaction.atomic
def app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app: show the secret, and take the first code."""
    person = person_of(request)
    if factors.held(person).app:
        messages.info(request, "You have an authenticator app already. Remove it first.")
        return redirect("accounts:page")
    begun = unfinished.secret(request)
    secret = begun or unfinished.begin(request)
    form = AppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"].replace(" ", "")
        if factors.fits(secret, code):
            unfinished.forget(request)
            before = factors.has(person)
            factors.add_app(person, secret, code)
            return _gained(request, "an authenticator app", first=not before)
        form.add_error("code", WRONG_CODE if begun else TOO_LATE)
    context = {
        "form": form,
        "picture": factors.picture(person, secret),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return render(request, "accounts/app.html", context, status=422 if form.errors else 200)


@proof.needed
@never_cache
@transaction.atomic
def passkey(request: HttpRequest) -> HttpResponse:
    """Make a passkey in this browser."""
    person = person_of(request)
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        before = factors.has(person)
        given = form.cleaned_data
        try:
            with transaction.atomic():
                passkeys.make(person, given["credential"], given["name"])
            return _gained(request, "a passkey", first=not before)
        except passkeys.NotAccepted as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "asked": passkeys.ask_to_make(person)}
    return render(request, "accounts/passkey.html", context, status=422 if form.errors else 200)


@proof.needed
@never_cache
@require_POST
@transaction.atomic
def codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes and show them, this once."""
    person = person_of(request)
    if not factors.has(person):
        messages.info(request, "Recovery codes stand in for a second factor: set one up first.")
        return redirect("accounts:second_factor")
    trail.write(person, "renewed the recovery codes of", by=person)
    letters.tell(
        person,
        "You have new recovery codes",
        "New recovery codes were made for your Fieldfare account. The ones before work no longer.",
    )
    return _show_codes(request, factors.renew_codes(person))


@proof.needed
@require_POST
@transaction.atomic
def remove_app(request: HttpRequest) -> HttpResponse:
    """Sign in without the authenticator app from now on."""
    held = factors.held(person_of(request)).app
    return _lost(request, held, "authenticator app")


@proof.signed_in
@require_POST
@transaction.atomic
def remove_passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Sign in without this passkey from now on."""
    row = get_object_or_404(passkeys.of(person_of(request)), pk=passkey_id)
    if not proof.is_given(request):
        return proof.ask(request)
    return _lost(request, row, f"passkey “{row}”")


def _gained(request: HttpRequest, what: str, *, first: bool) -> HttpResponse:
    """Note what the person has won; with the first come the recovery codes."""
    person = person_of(request)
    before = request.session.session_key
    request.session.cycle_key()
    sessions.move(before, request)
    proof.give(request)
    trail.write(person, "added a second factor to", by=person)
    letters.tell(
        person,
        "A second factor was added",
        f"Your Fieldfare account has {what} as a second factor from now on.",
    )
    if first:
        return _show_codes(request, factors.renew_codes(person))
    messages.success(request, f"You have {what} now.")
    return redirect(request.session.pop(AFTER, "") or "accounts:page")


def _lost(request: HttpRequest, row: Any, what: str) -> HttpResponse:
    person = person_of(request)
    if row is None:
        return redirect("accounts:page")
    factors.remove(row)
    trail.write(person, "removed a second factor of", by=person)
    letters.tell(
        person,
        "A second factor was removed",
        f"Your {what} is no second factor of your Fieldfare account any more.",
    )
    messages.success(request, f"Removed: {what}.")
    return redirect("accounts:page")


def _show_codes(request: HttpRequest, made: list[str]) -> HttpResponse:
    """Show them in this answer alone: no page shows them again."""
    shown = [f"{code[:5]} {code[5:]}" for code in made]
    context = {"codes": shown, "after": request.session.pop(AFTER, "")}
    return render(request, "accounts/codes.html", context)
