"""An owner's consent to be helped, for a time."""

from django.db import models
from django.db.models import F, Q

from crm.tenants.models import TenantModel, User


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

    class Meta:
        indexes = [models.Index(fields=["tenant", "-until"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("given_at")),
                name="consent_ends_after_it_began",
            )
        ]

    def __str__(self) -> str:
        return f"consent until {self.until:%d %b %Y, %H:%M}"
