"""What all processes share about a service and a key: its pace, and whether it is let alone."""

from django.db import models
from django.db.models.functions import Now


class PaceRow(models.Model):
    """When the next call may leave, of one service, key and lane.

    `next_at` moves on by the pace's interval with each call that is let through, and lies ahead of
    now by as many intervals as calls came sooner than evenly. `line_at` is when the last of those
    comes back who found no slot.
    """

    service = models.CharField(max_length=40)
    ident = models.CharField(max_length=64, editable=False)
    lane = models.CharField(max_length=40, blank=True)
    next_at = models.DateTimeField(db_default=Now())
    line_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "ident", "lane"], name="one_pace_per_key_and_lane"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.lane}".strip()


class Breaker(models.Model):
    """Whether a service and key are let alone for a while, until when, and why.

    `failures` are those in a row, `opened` how often in a row it was let alone for them; both end
    with the next answer. After `until` one call alone may try: it has time up to `probe_until`.
    """

    service = models.CharField(max_length=40)
    ident = models.CharField(max_length=64, editable=False)
    last4 = models.CharField(max_length=4, blank=True)
    failures = models.PositiveIntegerField(default=0)
    opened = models.PositiveSmallIntegerField(default=0)
    until = models.DateTimeField(null=True)
    probe_until = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "service"
        constraints = [
            models.UniqueConstraint(fields=["service", "ident"], name="one_breaker_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.service} …{self.last4}" if self.last4 else self.service
