"""Notices to one person of one tenant, and of what that person wants to hear."""

from django.db import models

from crm.tenants.models import TenantModel, User


class Kind(models.TextChoices):
    """What a person can be told of; each label reads on after “when”, too."""

    RUN_COMPLETED = "completed", "A campaign's run has completed"
    RUN_FAILED = "failed", "A run has failed"
    BUDGET = "budget", "A run has reached its budget"
    SHARED = "shared", "Somebody has shared something with you"
    MENTIONED = "mentioned", "Somebody has mentioned you in a note"
    BULK = "bulk", "What you did to many leads has come to its end"
    CREDITS = "credits", "Your company's credits are running low"
    KEYS = "keys", "A service refuses your company's key, or its AI model is about to end"
    ENRICHED = "enriched", "An enrichment of leads has come to its end"
    NEWS = "news", "There is news of an organisation that you watch"
    RULE = "rule", "A rule tells you of leads, or stands still"


class Notice(TenantModel):
    """It may be about a row, and then is shown as long as its reader sees that.

    `about` is the key of that row's kind of sight.
    """

    kind = models.CharField(max_length=12, choices=Kind, default=Kind.RUN_COMPLETED)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    text = models.CharField(max_length=500)
    url = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=60, blank=True, default="", db_default="")
    about_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["tenant", "user", "-id"],
                name="unread_notices",
                condition=models.Q(read_at=None),
            ),
            models.Index(fields=["tenant", "user", "-id"]),
        ]

    def __str__(self) -> str:
        return self.text


class Preference(TenantModel):
    """By which ways a person hears of a kind; where there is none, as is usual for it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    on_bell = models.BooleanField(default=True)
    by_email = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "user", "kind"], name="one_preference_per_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_kind_display()}"
