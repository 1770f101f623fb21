"""What people are told by e-mail about their account.

A letter belongs to a company: whoever works for none, like a superuser, gets none.
"""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from crm.accounts import factors, sessions
from crm.look.formats import absolute
from crm.mail import letter
from crm.mail.letter import Letter
from crm.tenants import whereabouts
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant, User

WHY = "You get this e-mail because it is about your own account in Fieldfare."
NOT_ME = (
    "If that was not you, reset your password on the sign-in page at once, and tell an owner of "
    "your company."
)
RESET = "Reset your password for Fieldfare"
CONFIRM = "Confirm your new e-mail address"


def home(person: User) -> Tenant | None:
    """Give the company by which the person gets their letters."""
    first = person.memberships.select_related("tenant").order_by("joined_at").first()
    return first.tenant if first else None


def tell(person: User, subject: str, says: str, not_me: str = NOT_ME) -> bool:
    """Tell the person what was done to their account; False where they can't get mail."""
    written = Letter(
        subject=subject,
        says=f"{says}\n\n{not_me}",
        why=WHY,
        path=reverse("accounts:page"),
        button="See your account",
    )
    return _post(person, written)


def tell_of_recovery_code(request: HttpRequest, person: User) -> bool:
    """Tell the person that one of their recovery codes has let somebody in just now."""
    with timezone.override(whereabouts.zone(person)):
        now = timezone.localtime()
        moment = f"{absolute(now)} ({now:%Z})"
    device = sessions.in_words(request.headers.get("User-Agent", ""))
    return tell(
        person,
        "A recovery code was used",
        f"One of the recovery codes of your Fieldfare account was used to sign in, on {moment}: "
        f"{device}, {whereabouts.address(request)}. {_left(factors.held(person).codes)}",
        f"{NOT_ME} Then make new recovery codes on your account page, and end the sessions there "
        "that you don’t know.",
    )


def _left(codes: int) -> str:
    """Say how many are left, and what to do when they are few."""
    if not codes:
        return "It was the last one: make new ones on your account page."
    said = "One is left" if codes == 1 else f"{codes} are left"
    more = "; make new ones on your account page before they are used up"
    return f"{said}{more if codes <= factors.FEW_CODES else ''}."


def send_reset(person: User, path: str) -> bool:
    """Send the link that sets a new password."""
    written = Letter(
        subject=RESET,
        says=(
            f"{person}, here is the link by which you set a new password. It works once, and for "
            "a day.\n\nIf you did not ask for it, leave it: your password stays as it is."
        ),
        why="You get this e-mail because somebody asked for it on the sign-in page of Fieldfare.",
        path=path,
        button="Set a new password",
        is_secret=True,
    )
    return _post(person, written)


def send_confirmation(person: User, email: str, path: str) -> bool:
    """Send the link by which a new address shows that it is the person's."""
    tenant = home(person)
    if tenant is None:
        return False
    written = Letter(
        subject=CONFIRM,
        says=(
            f"{person} wants to sign in to Fieldfare with this e-mail address from now on. Open "
            "the link to confirm it; you are asked to sign in first. It works for a day."
            "\n\nIf you don't know of it, leave it: nothing changes."
        ),
        why="You get this e-mail because somebody gave this address in their Fieldfare account.",
        path=path,
        button="Confirm this address",
        is_secret=True,
    )
    with acting_for(tenant):
        letter.post_to(email, written, tenant=tenant)
    return True


def _post(person: User, written: Letter) -> bool:
    tenant = home(person)
    if tenant is None:
        return False
    with acting_for(tenant):
        letter.post(written, [person], tenant=tenant)
    return True
