"""What every row of work carries, and the sign of life of whoever does it."""

from django.db import models
from django.utils import timezone


class State(models.TextChoices):
    READY = "ready", "Queued"
    LEASED = "leased", "Running"
    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"
    DEAD = "dead", "Failed"


class WorkRow(models.Model):
    """A row that says what must be done next and when.

    `attempts` counts failures that were seen (an exception); `crashes` counts leases that ran out
    because their holder died. `lease_token` fences the effect: whoever lost it writes nothing.
    """

    state = models.CharField(max_length=8, choices=State, default=State.READY)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    last_error = models.TextField(blank=True)

    class Meta:
        abstract = True


def due_index(name: str) -> models.Index:
    """Index what a claim looks for; finished rows cost nothing."""
    return models.Index(
        fields=["due_at", "id"], name=name, condition=~models.Q(state__in=["done", "dead"])
    )


class Heartbeat(models.Model):
    """When a supervisor's cluster last proved, end to end, that it gets work done."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    host = models.CharField(max_length=200)
    pid = models.IntegerField()

    def __str__(self) -> str:
        return self.name
