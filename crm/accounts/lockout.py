"""Wrong passwords: how many are too many, from where, and whom that never locks out.

- Five failures of the same e-mail from the same address: 15 minutes (django-axes counts them).
  Attempts meanwhile are not looked at, so they neither succeed nor make it longer.
- Thirty failures of one e-mail from all addresses together, or sixty from one address with
  whatever e-mails, within 15 minutes: for as long.
- A device on which this person has signed in before (`devices`) is not asked about the failures of
  others: it has five of its own. So nobody can lock a colleague out of their own machine, not even
  from the same office.
- A link sent by e-mail sets a new password, forgets the failures of that e-mail and signs in at
  once, whatever the address. Nobody is locked out for good.
- For an e-mail that nobody has it is the same, so that a lock-out tells nothing.

The address is the one that our own proxy saw (`whereabouts`), never a header of the sender's.
"""

from datetime import datetime, timedelta
from typing import Any

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Max, Sum
from django.http import HttpRequest
from django.utils import timezone

from crm.accounts import devices, limits
from crm.accounts.limits import Limit, minutes
from crm.tenants import people, whereabouts

COOL_OFF: timedelta = settings.AXES_COOLOFF_TIME
OF_ONE_EMAIL = Limit("wrong password", 30, COOL_OFF)
FROM_ONE_ADDRESS = Limit("wrong from", 60, COOL_OFF)
ON_ONE_DEVICE = Limit("wrong on device", settings.AXES_FAILURE_LIMIT, COOL_OFF)
# As long as an address can be: what is cut off would be another's.
LONGEST = 254


class LockedOut(Exception):
    """Nobody may try now; the sentence says for how long and what helps."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            f"There were too many wrong passwords. Try again in {minutes(until)}, or reset your "
            "password by e-mail: that lets you in at once."
        )


def check(request: HttpRequest, email: str) -> None:
    """Let nobody guess any further; raises LockedOut."""
    if (until := free_at(request, email)) is not None:
        raise LockedOut(until)


def free_at(request: HttpRequest, email: str) -> datetime | None:
    """Say until when this e-mail is locked out here; None if it is not."""
    email = normal(email)
    if device := devices.known(request, email):
        return ON_ONE_DEVICE.free_at(f"{device} {email}")
    address = whereabouts.address(request)
    ends = (
        _of_the_pair(email, address),
        OF_ONE_EMAIL.free_at(email),
        FROM_ONE_ADDRESS.free_at(address),
    )
    return max((end for end in ends if end is not None), default=None)


def hold(request: HttpRequest, email: str) -> None:
    """Have guesses for the same e-mail wait for each other, until the transaction ends."""
    limits.hold(f"sign-in {normal(email)}")


def note(request: HttpRequest, email: str) -> bool:
    """Count a wrong password; say whether it was one too many. Axes counts the pair by itself."""
    email = normal(email)
    OF_ONE_EMAIL.note(email)
    FROM_ONE_ADDRESS.note(whereabouts.address(request))
    if device := devices.known(request, email):
        ON_ONE_DEVICE.note(f"{device} {email}")
    return free_at(request, email) is not None


def release(request: HttpRequest, email: str) -> None:
    """Forget the failures of an e-mail whose owner has shown who they are."""
    email = normal(email)
    reset(username=email)
    OF_ONE_EMAIL.forget(email)
    if device := devices.known(request, email):
        ON_ONE_DEVICE.forget(f"{device} {email}")


def normal(email: str) -> str:
    return people.normal(email)[:LONGEST]


def username(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Say for axes by which e-mail somebody tries to sign in."""
    given = credentials or {}
    return normal(str(given.get("username") or request.POST.get("username", "")))


def address(request: HttpRequest) -> str | None:
    """Say for axes from where."""
    return whereabouts.address(request) or None


def _of_the_pair(email: str, address: str) -> datetime | None:
    since = timezone.now() - COOL_OFF
    rows = AccessAttempt.objects.filter(
        username=email, ip_address=address or None, attempt_time__gte=since
    )
    seen = rows.aggregate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
    if (seen["failures"] or 0) < settings.AXES_FAILURE_LIMIT:
        return None
    last: datetime = seen["last"]
    return last + COOL_OFF
