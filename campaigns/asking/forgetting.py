"""What may be kept no longer than a check takes, let go of where nobody goes on with the check."""

from datetime import timedelta

from django.utils import timezone

from campaigns.asking.verdicts import NOT_LOOKED_AT
from campaigns.models import Verification
from crm.work.models import State

AFTER = timedelta(days=1)


def forget_places() -> None:
    """Let go of places of runs that stand still; a later run asks for them once more."""
    rows = Verification.across_tenants.filter(state=State.HELD, sighting__place_id__gt="")
    rows.filter(inquiry__due_at__lt=timezone.now() - AFTER).update(
        state=State.DONE, sighting={}, last_error=NOT_LOOKED_AT
    )
