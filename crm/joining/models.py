"""Somebody is asked to join a company, by a link that was mailed to them."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.tenants.models import Role, Team, TenantModel, User


class State(models.TextChoices):
    OPEN = "open", "Open"
    EXPIRED = "expired", "Expired"
    ACCEPTED = "accepted", "Accepted"
    REVOKED = "revoked", "Revoked"


class Invitation(TenantModel):
    """Open until it is accepted, revoked or too old; the link's token is kept as a hash alone.

    `sent` counts the letters; each new one carries a new link and ends the one before.
    """

    email = models.EmailField("e-mail")
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=10, choices=Role, default=Role.REP)
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    token_hash = models.CharField(max_length=64, editable=False)
    sent = models.PositiveSmallIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    audited = Audited(name="email", secret=("token_hash",))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "tenant",
                Lower("email"),
                name="one_open_invitation",
                condition=models.Q(accepted_at=None, revoked_at=None),
            )
        ]
        indexes = [models.Index(fields=["token_hash"])]

    def __str__(self) -> str:
        return f"invitation of {self.email}"

    @property
    def state(self) -> State:
        if self.accepted_at:
            return State.ACCEPTED
        if self.revoked_at:
            return State.REVOKED
        return State.EXPIRED if self.expires_at <= timezone.now() else State.OPEN
