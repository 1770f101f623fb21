"""Keys of services outside, how each stands, and what is known of the model that is asked."""

from django.db import models

from crm.credits import words
from crm.ledger.audited import Audited
from crm.tenants.models import TenantModel, User
from crm.work.models import WorkRow, work_indexes


class State(models.TextChoices):
    UNTESTED = "untested", "Never tested"
    WORKS = "works", "Works"
    REFUSED = "refused", "Refused"
    NO_CREDIT = "no_credit", "Out of credit"


class Known(models.Model):
    """How a key stands since `since`, and what its service said about it.

    Without credit it may be asked again from `until` on, if the service names such a moment.
    `tried_at` is when somebody last pressed Test, `tested_at` when that was answered, `told_at`
    when people were last told that it does not work.
    """

    last4 = models.CharField(max_length=8, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.UNTESTED, editable=False)
    said = models.CharField(max_length=400, blank=True, editable=False)
    since = models.DateTimeField(null=True, editable=False)
    until = models.DateTimeField(null=True, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)
    tested_at = models.DateTimeField(null=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


class Credential(TenantModel, Known):
    """A company's own key of a service, sealed, and what it wants to spend there in a month.

    Without a sealed text it has no key of its own, and what is asked is asked with the
    installation's.
    """

    service = models.CharField(max_length=40)
    sealed = models.TextField(blank=True, editable=False)
    budget_pence = models.PositiveIntegerField("monthly budget", null=True, blank=True)
    put_at = models.DateTimeField(null=True, editable=False)
    put_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    audited = Audited(
        name="service",
        apart_from=("state", "said", "since", "until", "tested_at", "told_at", "tried_at"),
        secret=("sealed",),
    )

    class Meta:
        verbose_name = "API key"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "service"], name="one_credential_per_service")
        ]

    def __str__(self) -> str:
        return words.service(self.service)


class SystemKey(Known):
    """How a key from the settings stands; `mark` tells when another one was put there."""

    service = models.CharField(max_length=40, primary_key=True)
    mark = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = "system key"

    def __str__(self) -> str:
        return self.service


class ModelCheck(models.Model):
    """What the list of models said of ours to the holder of a key, known by its mark alone.

    `asked_at` is when somebody last set out to ask; until an answer came, nothing is known.
    """

    mark = models.CharField(max_length=64)
    model = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    is_listed = models.BooleanField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mark", "model"], name="one_check_per_key_and_model")
        ]

    def __str__(self) -> str:
        return self.model


class ModelWatch(TenantModel, WorkRow):
    """Has a company's key asked every day whether the model goes on; `told` is the last warning."""

    next_at = models.DateTimeField()
    told = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "check of the AI model"
        verbose_name_plural = "checks of the AI model"
        constraints = [
            models.UniqueConstraint(fields=["tenant"], name="one_model_watch_per_company")
        ]
        indexes = [*work_indexes("modelwatch"), models.Index(fields=["next_at"])]

    def __str__(self) -> str:
        return f"check of the AI model for {self.tenant_id}"
