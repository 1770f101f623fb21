"""What providers were asked and told, how each has served, and what a company has settled."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.tenants.models import TenantModel


class Lookup(TenantModel):
    """One question to a provider; it stands before the call, so that no call is paid for twice.

    `about` names what is asked about, so that the same question has the same name; of those alike
    one is current. `sent_at` is written before anything that costs is sent: whoever finds it there
    without a `ticket`, or with one marked as unheard, can't know whether the vendor has done it,
    and doesn't ask again. `credits` are what it may take, and when it is answered what it took.
    `passing` may be shown until `passing_until` and is thrown away then.
    """

    class State(models.TextChoices):
        OPEN = "open", "Not answered yet"
        TOLD = "told", "Told something"
        NOTHING = "nothing", "Knew nothing"
        FAILED = "failed", "Gave no answer"
        LOST = "lost", "The answer was lost"

    provider = models.CharField(max_length=40)
    about = models.CharField(max_length=300)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    is_current = models.BooleanField(default=True)
    # How often a call gave no answer, and until when nobody tries again.
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    ticket = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)
    told = models.JSONField(default=list)
    kept = models.JSONField(default=dict)
    passing = models.JSONField(default=dict)
    passing_until = models.DateTimeField(null=True)
    credits = models.PositiveIntegerField(default=0)
    cost_micros = models.PositiveBigIntegerField(default=0)
    # What was wanted of the answer; for which organisation it was asked, the reservation that pays
    # for it, and the kind of organisations that it is about.
    wants = models.JSONField(default=list)
    asked_for = models.UUIDField(null=True)
    reservation = models.UUIDField(null=True)
    segment = models.CharField(max_length=50, blank=True)
    trouble = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "question to a provider"
        verbose_name_plural = "questions to providers"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "provider", "about"],
                condition=models.Q(is_current=True),
                name="one_current_lookup",
            )
        ]
        indexes = [
            models.Index(
                fields=["tenant", "reservation"],
                condition=models.Q(state="open"),
                name="lookup_under_way",
            ),
            models.Index(
                fields=["passing_until"],
                condition=models.Q(passing_until__isnull=False),
                name="lookup_passing",
            ),
            models.Index(fields=["tenant", "provider", "answered_at"], name="lookup_by_provider"),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.about}"


class SharedAnswer(models.Model):
    """What a provider told that may be used by every company: of public registers and pages."""

    provider = models.CharField(max_length=40)
    about = models.CharField(max_length=300)
    told = models.JSONField(default=list)
    kept = models.JSONField(default=dict)
    wants = models.JSONField(default=list)
    why_nothing = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "about"], name="one_shared_answer")
        ]
        indexes = [models.Index(fields=["answered_at"], name="shared_answer_age")]

    def __str__(self) -> str:
        return f"{self.provider}: {self.about}"


class TrackRecord(TenantModel):
    """How a provider has served a company for one segment (a trade), in one month.

    `usable` counts the people and addresses that it told of and that could be used, `wrong` those
    of them that bounced or were marked as wrong within 30 days.
    """

    provider = models.CharField(max_length=40)
    segment = models.CharField(max_length=50, blank=True)
    month = models.DateField()
    asked = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0)
    usable = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    credits = models.PositiveIntegerField(default=0)
    cost_micros = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = "provider's record"
        verbose_name_plural = "providers' records"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "provider", "segment", "month"], name="one_record_per_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider}, {self.month:%B %Y}"


class Rules(TenantModel):
    """What a company has settled about enrichment.

    `order` lists providers by field ("" for all fields); who is not named comes behind in the usual
    order. `off` are those that are not asked, `on` those that usually are not and are. What costs
    is asked for leads of at least `paid_from_score` points.
    """

    order = models.JSONField(default=dict, blank=True)
    off = models.JSONField(default=list, blank=True)
    on = models.JSONField(default=list, blank=True)
    paid_from_score = models.PositiveSmallIntegerField(
        "points from which providers that cost are asked",
        default=0,
        validators=[MaxValueValidator(100)],
    )
    refreshes = models.BooleanField("keep the best leads fresh every night", default=False)
    refresh_most = models.PositiveIntegerField("leads a night at the most", default=50)
    refresh_credits = models.PositiveIntegerField("credits a night at the most", default=0)
    cleans = models.BooleanField("tidy up every week", default=False)
    next_refresh_at = models.DateTimeField(null=True, editable=False)
    next_cleaning_at = models.DateTimeField(null=True, editable=False)

    audited = Audited(name="tenant__name", apart_from=("next_refresh_at", "next_cleaning_at"))

    class Meta:
        verbose_name = "rules of enrichment"
        verbose_name_plural = "rules of enrichment"
        constraints = [models.UniqueConstraint(fields=["tenant"], name="one_set_of_rules")]

    def __str__(self) -> str:
        return "rules of enrichment"
