"""Official registers, their entries, and the names that say nothing."""

from collections.abc import Collection
from datetime import timedelta
from typing import Self

from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.utils import timezone

from crm.places.locate import Place
from crm.registers import around, trades

FRESH_DAYS = 400


class Register(models.Model):
    """A published list of organisations, as of the day of the file that is loaded."""

    slug = models.CharField(max_length=50, primary_key=True)
    label = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    attribution = models.TextField()
    source_url = models.CharField(max_length=500, blank=True)
    as_of = models.DateField()
    loaded_at = models.DateTimeField()
    entries = models.PositiveIntegerField()
    # Of the bundled file that is loaded; empty when it was another file.
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.label

    @property
    def is_fresh(self) -> bool:
        """Whether an entry in it still proves that an organisation exists."""
        return timezone.localdate() - self.as_of < timedelta(days=FRESH_DAYS)


class RegisterEntryQuerySet(models.QuerySet["RegisterEntry"]):
    """Register entries by what a campaign asks for."""

    def active(self) -> Self:
        """Entries that their register does not call closed."""
        return self.filter(status="active")

    def of_trades(self, trades: Collection[str]) -> Self:
        """Entries of any of these trades."""
        return self.filter(trade__in=list(trades))

    def around(self, place: Place, miles: float) -> Self:
        """Entries "inside" a circle and at its "edge", with their `miles` and their `standing`."""
        return around.within(self, place, miles)


class RegisterEntry(models.Model):
    """One organisation as one register lists it; the same for every tenant."""

    register = models.ForeignKey(
        Register, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.CharField(max_length=40)
    name = models.TextField()
    name_key = models.TextField()
    sort_key = models.TextField(db_collation="C")
    trade = models.CharField(max_length=50)
    address = models.TextField(blank=True)
    premise = models.TextField(blank=True)
    town = models.TextField(blank=True)
    postcode = models.CharField(max_length=8)
    outward = models.CharField(max_length=4)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    precision = models.CharField(
        max_length=8,
        blank=True,
        choices=[
            ("exact", "its own point"),
            ("postcode", "the point of its postcode"),
            ("outward", "the centre of its outward code"),
        ],
    )
    phone = models.CharField(max_length=100, blank=True)
    status = models.CharField(max_length=6, choices=[("active", "Active"), ("closed", "Closed")])
    site_key = models.TextField()
    opened_date = models.DateField(null=True)
    closed_date = models.DateField(null=True)
    # Days of the registers' files, not of our loading them.
    first_seen = models.DateField()
    last_seen = models.DateField()

    # Only of entries that `around` found.
    miles: float
    standing: str

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "register entries"
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="entry_register_number")
        ]
        indexes = [
            GistIndex(around.Point("longitude", "latitude"), name="entry_point"),
            models.Index(fields=["name_key"], name="entry_name_key"),
            models.Index(fields=["site_key"], name="entry_site_key"),
            models.Index(fields=["postcode"], name="entry_postcode"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def trade_label(self) -> str:
        """The trade in words."""
        return trades.label(self.trade)


class GenericName(models.Model):
    """A name that many bear by chance ("Dental Surgery"), measured from the registers."""

    name_key = models.TextField(primary_key=True)
    entries = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name_key
