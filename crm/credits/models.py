"""The account of a company's credits. Entries are added and read; nobody changes or removes one."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from crm.credits.dated import Exchange, Price, Rate, VendorPrice
from crm.ledger.audited import Audited
from crm.tenants.models import TenantModel

__all__ = [
    "CreditEntry", "Exchange", "Kind", "LowMark", "Price", "Rate", "Source", "VendorPrice",
]  # fmt: skip


class Kind(models.TextChoices):
    GRANT = "grant", "Given"
    RESERVE = "reserve", "Reserved"
    SPEND = "spend", "Spent"
    RELEASE = "release", "Given back"
    REFUND = "refund", "Refunded"


class Source(models.TextChoices):
    """Whose credits were given: the `action` of such an entry."""

    START = "start", "To begin with"
    MANAGERS = "managers", "By the company itself"
    INSTALLATION = "installation", "By whoever looks after this installation"


class CreditEntry(TenantModel):
    """How many credits went which way, and how the account stood then.

    `balance_after` is what could be used for anything, `held_after` what runs had reserved,
    `left_after` what was left of this entry's own reservation. `cost_micros` is what the vendor
    charges, in millionths of a pound. Like the audit trail it names people and campaigns without
    foreign keys: it can neither block their deletion nor lose by it.
    """

    number = models.BigIntegerField()
    kind = models.CharField(max_length=7, choices=Kind)
    credits = models.BigIntegerField()
    balance_after = models.BigIntegerField("available")
    held_after = models.BigIntegerField("reserved")
    reservation = models.UUIDField(null=True)
    left_after = models.BigIntegerField(null=True)
    service = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=40, blank=True)
    quantity = models.PositiveIntegerField(default=1)
    cost_micros = models.PositiveBigIntegerField(default=0)
    person_id = models.UUIDField(null=True)
    person = models.CharField("who", max_length=200, blank=True)
    for_ref = models.UUIDField(null=True)
    for_label = models.CharField("for", max_length=200, blank=True)
    for_url = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_default=Now())

    refused_verbs = ("UPDATE", "DELETE")

    class Meta:
        verbose_name = "entry of credits"
        verbose_name_plural = "credits"
        constraints = [
            # Whoever reads the last entry without waiting for its turn fails here.
            models.UniqueConstraint(fields=["tenant", "number"], name="one_entry_per_number"),
            models.UniqueConstraint(
                fields=["tenant", "reservation"],
                condition=Q(kind=Kind.RESERVE),
                name="reserved_once",
            ),
            models.UniqueConstraint(
                fields=["tenant", "reservation"],
                condition=Q(kind=Kind.RELEASE),
                name="given_back_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="credits_number_from_1"),
            models.CheckConstraint(condition=Q(credits__gte=0), name="credits_go_one_way"),
            models.CheckConstraint(condition=Q(balance_after__gte=0), name="credits_not_below_0"),
            models.CheckConstraint(condition=Q(held_after__gte=0), name="credits_held_not_below_0"),
            models.CheckConstraint(
                condition=Q(reservation=None, left_after=None)
                | Q(
                    reservation__isnull=False,
                    left_after__isnull=False,
                    left_after__gte=0,
                    left_after__lte=F("held_after"),
                ),
                name="credits_left_not_below_0",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant", "reservation", "-number"],
                name="credits_of_reservation",
                condition=Q(reservation__isnull=False),
            ),
            models.Index(
                fields=["tenant", "-number"],
                name="credits_given",
                condition=Q(kind=Kind.GRANT),
            ),
            models.Index(
                fields=["tenant", "at"],
                name="credits_used",
                condition=Q(kind__in=[Kind.SPEND, Kind.REFUND]),
            ),
            models.Index(
                fields=["tenant", "service", "at"],
                name="credits_of_service",
                include=["cost_micros"],
                condition=Q(kind=Kind.SPEND),
            ),
            models.Index(fields=["tenant", "person_id", "-number"], name="credits_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.credits:,} credits {self.get_kind_display().lower()}"


class LowMark(TenantModel):
    """Below how many credits the company wants to be warned; without one, by what it was given."""

    below = models.PositiveIntegerField("Warn below")

    audited = Audited(name="below")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant"], name="one_low_mark")]

    def __str__(self) -> str:
        return f"{self.below:,} credits"
