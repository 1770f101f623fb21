"""What every row of work carries, and the sign of life of whoever does it."""

from django.db import models
from django.utils import timezone


class State(models.TextChoices):
    READY = "ready", "Queued"
    LEASED = "leased", "Running"
    WAITING = "waiting", "Waiting"
    HELD = "held", "Paused"
    DONE = "done", "Done"
    DEAD = "dead", "Failed"


class WorkRow(models.Model):
    """A row that says what must be done next and when.

    READY is for work that is due at once or is tried again within a minute; WAITING for whatever
    is due at a time of its own (an answer from outside, a schedule); HELD until a person says so.
    `attempts` counts failures that were seen (an exception); `crashes` counts leases that ran out
    because their holder died. `lease_token` fences the effect: whoever lost it writes nothing.
    `lease_holder` is "host:pid" of the worker. `due_at` of a dead row is when it was given up.
    """

    state = models.CharField(max_length=8, choices=State, default=State.READY)
    due_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    crashes = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    lease_holder = models.CharField(max_length=100, blank=True, editable=False)
    last_error = models.TextField(blank=True)

    class Meta:
        abstract = True


LIVE = models.Q(state__in=["ready", "leased", "waiting"])


def due_index(name: str) -> models.Index:
    """Index what a claim looks for; what is over or set aside costs nothing."""
    return models.Index(fields=["tenant", "due_at", "id"], name=name, condition=LIVE)


def work_indexes(name: str) -> list[models.Index]:
    """Index what claims and counts look for, however many rows wait or are done."""
    suspect = LIVE & (models.Q(crashes__gt=0) | models.Q(state="leased"))
    aside = models.Q(state__in=["dead", "held"])
    return [
        due_index(f"{name}_due"),
        models.Index(fields=["tenant", "due_at", "id"], name=f"{name}_suspect", condition=suspect),
        models.Index(fields=["tenant", "id"], name=f"{name}_aside", condition=aside),
    ]


class Heartbeat(models.Model):
    """When a supervisor's cluster last proved, end to end, that it gets work done."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
    host = models.CharField(max_length=200)
    pid = models.IntegerField()
    # The last look at all tables of work, and how many rows it did.
    swept_at = models.DateTimeField(null=True)
    swept_rows = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Tally(models.Model):
    """What was done in a minute: rows of a table of work, or calls to a service outside.

    `name` is the table's label, or "service:NAME". `done` and `failed` were seen to their end,
    `interrupted` were taken over from a worker that died; `busy_ms` is the time that they took.
    """

    name = models.CharField(max_length=60)
    minute = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    interrupted = models.PositiveIntegerField(default=0)
    busy_ms = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "minute"], name="one_tally_per_minute")
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.minute:%H:%M}"
