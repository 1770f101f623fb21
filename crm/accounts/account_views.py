"""The page on which a person looks after their account."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from crm.accounts import addresses, entrance, factors, letters, proof, sessions, trail
from crm.accounts.forms import AddressForm, ChangePasswordForm, ProfileForm, ProofForm
from crm.accounts.proof import person_of, signed_in
from crm.ledger import audit


@signed_in
@never_cache
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show all that is the person's own."""
    return _page(request)


@signed_in
@require_POST
@transaction.atomic
def profile(request: HttpRequest) -> HttpResponse:
    """Keep another name or time zone."""
    person = person_of(request)
    form = ProfileForm(person, request.POST)
    if not form.is_valid():
        return _page(request, profile=form)
    changed = form.changed_data
    before = {name: getattr(person, name) for name in changed}
    for name in changed:
        setattr(person, name, form.cleaned_data[name])
    if changed:
        person.save(update_fields=changed)
        after = {name: getattr(person, name) for name in changed}
        for membership in person.memberships.select_related("user", "tenant"):
            audit.write(membership, "changed", by=person, before=before, after=after)
    messages.success(request, "Saved.")
    return redirect("accounts:page")


@sensitive_post_parameters("password", "new")
@signed_in
@require_POST
@transaction.atomic
def password(request: HttpRequest) -> HttpResponse:
    """Keep another password, and end all sessions but this one."""
    person = person_of(request)
    form = ChangePasswordForm(request, request.POST)
    if not form.is_valid():
        return _page(request, password=form)
    person.set_password(form.cleaned_data["new"])
    person.save(update_fields=["password"])
    _renew_session(request)
    ended = sessions.end_all(person, but=request)
    trail.write(person, "changed the password of", by=person)
    letters.tell(
        person,
        "Your password was changed",
        "The password of your Fieldfare account was changed on your account page. Everything else "
        "that was signed in as you has been signed out.",
    )
    messages.success(request, f"Your password is changed.{_signed_out(ended)}")
    return redirect("accounts:page")


@proof.needed
@require_POST
def new_address(request: HttpRequest) -> HttpResponse:
    """Write to the address that the person wants to have."""
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            addresses.ask(person_of(request), form.cleaned_data["email"])
        except addresses.NotNow as refusal:
            form.add_error("email", str(refusal))
    if form.errors:
        return _page(request, address=form)
    messages.success(request, "Open the link that is on its way to the new address.")
    return redirect("accounts:page")


@signed_in
@require_POST
def keep_address(request: HttpRequest) -> HttpResponse:
    """Stay with the present address."""
    addresses.forget(person_of(request))
    return redirect("accounts:page")


@signed_in
@never_cache
@transaction.atomic
def address(request: HttpRequest, token: str) -> HttpResponse:
    """Take the new address, for whoever opens the link that was sent there."""
    person = person_of(request)
    new = addresses.behind(person, token)
    if new is None:
        return render(request, "accounts/address.html", status=404)
    if request.method == "POST":
        try:
            addresses.confirm(person, new)
        except addresses.Taken as refusal:
            messages.error(request, str(refusal))
        else:
            # The session knows the person by more than the address; still it begins anew.
            _renew_session(request)
            messages.success(request, f"You sign in as {person.email} from now on.")
        return redirect("accounts:page")
    return render(request, "accounts/address.html", {"new": new})


@signed_in
@require_POST
@transaction.atomic
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """Sign the person out on one device."""
    person = person_of(request)
    device = sessions.end(person, session_id)
    if device is None:
        raise Http404("There is no such session.")
    trail.write(person, "ended a session of", by=person)
    messages.success(request, f"Signed out: {device}.")
    return redirect("accounts:page")


@signed_in
@require_POST
@transaction.atomic
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign the person out everywhere but here."""
    person = person_of(request)
    ended = sessions.end_all(person, but=request)
    if ended:
        trail.write(person, "ended all other sessions of", by=person)
    messages.success(request, _signed_out(ended).strip() or "There was no other session.")
    return redirect("accounts:page")


@sensitive_post_parameters("password")
@signed_in
@never_cache
@transaction.atomic
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the password once more, and go on to what needed it."""
    form = ProofForm(request, request.POST or None)
    back = request.POST.get("next", request.GET.get("next", ""))
    if request.method == "POST" and form.is_valid():
        proof.give(request)
        return redirect(entrance.page_behind(request, back))
    context = {"form": form, "next": back}
    return render(request, "accounts/confirm.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, **bound: Any) -> HttpResponse:
    """Show the page, with the form that was refused where there is one."""
    person = person_of(request)
    places = sessions.places(request, person)
    context = {
        "profile_form": ProfileForm(person),
        "password_form": ChangePasswordForm(request),
        "address_form": AddressForm(),
        "waiting": addresses.waiting(person),
        "places": places,
        "has_others": any(not place.is_this for place in places),
        "held": factors.held(person),
        "gets_mail": letters.home(person) is not None,
        "section": "account",
    } | {f"{name}_form": form for name, form in bound.items()}
    return render(request, "accounts/page.html", context, status=422 if bound else 200)


def _renew_session(request: HttpRequest) -> None:
    """Go on in this session under a new key, and with the new password's mark."""
    before = request.session.session_key
    update_session_auth_hash(request, person_of(request))
    sessions.move(before, request)


def _signed_out(count: int) -> str:
    if not count:
        return ""
    return " One other session was ended." if count == 1 else f" {count} other sessions were ended."
