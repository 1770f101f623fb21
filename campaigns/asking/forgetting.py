"""What was seen and may be kept for a time only, let go of where nobody goes on with its check."""

from datetime import timedelta

from django.utils import timezone

from campaigns.asking import leftovers
from campaigns.asking.leftovers import NOT_LOOKED_AT
from campaigns.models import Inquiry, Verification
from crm.work import together
from crm.work.models import State

AFTER = timedelta(days=1)
# What was seen so long ago is asked for once more, since the world goes on.
LEFT_FOR = timedelta(days=30)


def forget_places() -> None:
    """Let go of places of runs that stand still; a later run asks for them once more."""
    rows = Verification.across_tenants.filter(state=State.HELD, sighting__place_id__gt="")
    leftovers.leave(rows.filter(inquiry__due_at__lt=timezone.now() - AFTER))


def forget_leftovers() -> None:
    """Let go of what nobody has looked at for so long that a look would come too late."""
    asked = Inquiry.across_tenants.filter(sent_at__lt=timezone.now() - LEFT_FOR)
    rows = Verification.across_tenants.filter(last_error=NOT_LOOKED_AT, inquiry__in=asked)
    together.change(rows.exclude(sighting={}), sighting={})
