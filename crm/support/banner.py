"""The line that says on every page that support is inside, or may come in."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.functional import SimpleLazyObject

from crm.support import consenting
from crm.support.models import Consent, Visit
from crm.tenants.models import Membership
from crm.tenants.permissions import Permission, may


@dataclass(frozen=True)
class Banner:
    """`inside` is the visit of whoever reads; `names` are those who visit the reader's company."""

    consent: Consent | None = None
    inside: Visit | None = None
    names: str = ""
    is_owners: bool = False

    @property
    def until(self) -> str:
        """Give the time of day, with the date where it is another day."""
        if self.consent is None:
            return ""
        until = timezone.localtime(self.consent.until)
        is_today = until.date() == timezone.localdate()
        return date_format(until, "H:i" if is_today else "D j M, H:i")

    @property
    def may(self) -> str:
        if self.consent is None:
            return ""
        return "may change things" if self.consent.may_change else "look only"


def banner(request: HttpRequest) -> dict[str, Any]:
    """Give the banner to every template; the pages without a frame never ask."""
    return {"support": SimpleLazyObject(lambda: _read(request))}


def _read(request: HttpRequest) -> Banner:
    visit: Visit | None = getattr(request, "visit", None)
    if visit is not None:
        return Banner(visit.consent, inside=visit)
    membership: Membership | None = getattr(request, "membership", None)
    if membership is None or not may(membership, Permission.ADMINISTER):
        return Banner()
    consent = consenting.current(membership.tenant)
    if consent is None:
        return Banner()
    names = sorted(set(consent.visits.filter(left_at=None).values_list("name", flat=True)))
    return Banner(consent, names=", ".join(names), is_owners=may(membership, Permission.OWN))
