"""An owner's consent to be helped, for a time, and the visits of those who help."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.tenants.models import TenantModel, User

LONGEST = timedelta(days=30)


class Consent(TenantModel):
    """Until `until`, or until an owner ends it; `may_change` lets support do what a manager may."""

    given_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField()
    may_change = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    audited = Audited(name="reason")

    class Meta:
        indexes = [models.Index(fields=["tenant", "-until"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("given_at")),
                name="consent_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("given_at"), until__lte=F("given_at") + LONGEST),
                name="consent_for_30_days_at_most",
            ),
        ]

    def __str__(self) -> str:
        return f"consent until {self.until:%d %b %Y, %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.until > timezone.now()


class Visit(TenantModel):
    """Somebody came in by a consent: until `left_at`, or until the consent is over."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="visits")
    person = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120)
    entered_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["consent", "-entered_at"])]

    def __str__(self) -> str:
        return f"visit of {self.name}"
