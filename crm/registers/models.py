"""Official registers, their entries, where those lie, what changed, and which of them are one."""

from datetime import date, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from crm.registers import trades
from crm.registers.links import COMPANIES

FRESH_DAYS = 400


class Register(models.Model):
    """A published list of organisations, as of the day of the file that is loaded.

    `loaded_at` is empty until its first file is in whole.
    """

    slug = models.CharField(max_length=50, primary_key=True)
    label = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    licence = models.CharField(max_length=200)
    attribution = models.TextField()
    source_url = models.CharField(max_length=500, blank=True)
    as_of = models.DateField()
    loaded_at = models.DateTimeField(null=True)
    entries = models.PositiveIntegerField()
    # Names that are unique by law say who it is, however many elsewhere bear them.
    names_are_unique = models.BooleanField(default=False)
    # Of the bundled file that is loaded; empty when it was another file.
    digest = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.label

    @property
    def is_fresh(self) -> bool:
        """Whether an entry in it still proves that an organisation exists."""
        return timezone.localdate() - self.as_of < timedelta(days=FRESH_DAYS)


class Load(models.Model):
    """One file on its way in, or what came of it. `refused` counts rows by reason.

    `as_of` is the day of the file, known at the latest when it is in whole.
    """

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Loaded"
        REFUSED = "refused", "Refused"
        INTERRUPTED = "interrupted", "Interrupted"

    register = models.CharField(max_length=50)
    file = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    as_of = models.DateField(null=True)
    state = models.CharField(max_length=11, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    refused = models.JSONField(default=dict)
    outcome = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["register", "-id"], name="load_register")]

    def __str__(self) -> str:
        return f"{self.file} into {self.register}"


class RegisterEntryQuerySet(models.QuerySet["RegisterEntry"]):
    """Register entries by what is asked for."""

    def listed(self) -> Self:
        """Entries that came with a file that is in whole; nobody sees others."""
        return self.filter(came_with__state=Load.State.DONE)

    def active(self) -> Self:
        """Listed entries that their register does not call closed."""
        return self.listed().filter(status="active")

    def called(self, name_key: str) -> Self:
        """Entries of this name that have a postcode; found by the index of sites."""
        # "}" is the sign behind "|" in the order of bytes.
        return self.filter(site_key__gte=f"{name_key}|", site_key__lt=f"{name_key}" + "}")


class RegisterEntry(models.Model):
    """One organisation as one register lists it; the same for every tenant.

    `site_key` is empty without a postcode, `cell` without a point. `facts` is what else the
    register says, by our names; `digest` tells whether its row of the file has changed.
    """

    register = models.ForeignKey(
        Register, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    number = models.CharField(max_length=40)
    name = models.TextField()
    name_key = models.TextField()
    trade = models.CharField(max_length=50, blank=True)
    more_trades = ArrayField(models.CharField(max_length=50), null=True)
    address = models.TextField(blank=True)
    premise = models.TextField(blank=True)
    town = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
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
    cell = models.IntegerField(null=True)
    phone = models.CharField(max_length=100, blank=True, db_default="")
    email = models.CharField(max_length=254, blank=True, db_default="")
    website = models.CharField(max_length=300, blank=True, db_default="")
    # That of Companies House, where another register names it.
    company_number = models.CharField(max_length=8, blank=True, db_default="")
    facts = models.JSONField(null=True)
    status = models.CharField(max_length=6, choices=[("active", "Active"), ("closed", "Closed")])
    site_key = models.TextField(blank=True, db_collation="C")
    opened_date = models.DateField(null=True)
    closed_date = models.DateField(null=True)
    # The file that listed it first; checked by nobody but us, since millions come at once.
    came_with = models.ForeignKey(
        Load, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    # The day of the last file that listed it, once it is listed no more.
    last_seen = models.DateField(null=True)
    digest = models.BigIntegerField(db_default=0)

    # Only of entries that were found by their place.
    miles: float
    standing: str

    objects = RegisterEntryQuerySet.as_manager()
    # A load of millions does not wait for the database to notice by itself.
    app_analyses = True

    class Meta:
        verbose_name_plural = "register entries"
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="entry_register_number")
        ]
        indexes = [
            models.Index(fields=["site_key"], name="entry_site_key"),
            models.Index(fields=["cell", "opened_date"], name="entry_cell_opened"),
            models.Index(
                fields=["company_number"],
                name="entry_company_number",
                condition=~models.Q(company_number=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """Name it for ever, as "register:number"."""
        return f"{self.register_id}:{self.number}"

    @property
    def company(self) -> str:
        """Its number at Companies House, "" where no register names one."""
        return self.number if self.register_id == COMPANIES else self.company_number

    @property
    def first_seen(self) -> date | None:
        """The day of the file that listed it first, not of our loading it."""
        return self.came_with.as_of

    @property
    def outward(self) -> str:
        """The first half of the postcode."""
        return self.postcode.partition(" ")[0]

    @property
    def trade_label(self) -> str:
        """The trade in words."""
        return trades.label(self.trade)


class Spot(models.Model):
    """Where an open entry lies, once for each of its trades: what searches go by.

    `earlier` are those of its trades that have spots of their own before this one, so that an
    entry is counted once. Only of registers that are loaded whole.
    """

    pk = models.CompositePrimaryKey("trade", "cell", "entry_id")
    trade = models.CharField(max_length=50, db_collation="C")
    cell = models.IntegerField()
    # Checking millions of rows one by one would take longer than loading them; `spots` keeps this.
    entry = models.ForeignKey(
        RegisterEntry,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    latitude = models.FloatField()
    longitude = models.FloatField()
    is_vague = models.BooleanField()
    earlier = ArrayField(models.CharField(max_length=50), null=True)

    app_analyses = True

    def __str__(self) -> str:
        return f"{self.trade} in {self.cell}"


class Change(models.Model):
    """What the next file said differently of an entry; `before` is how it was."""

    class Kind(models.TextChoices):
        OPENED = "opened", "Newly opened"
        LISTED = "listed", "Newly listed"
        CLOSED = "closed", "Dissolved or closed"
        REOPENED = "reopened", "Open again"
        MOVED = "moved", "Moved"
        RENAMED = "renamed", "Renamed"
        STANDING = "standing", "Another status"

    register = models.ForeignKey(
        Register, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    entry = models.ForeignKey(RegisterEntry, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=8, choices=Kind)
    # The day of the file that said so.
    on = models.DateField()
    before = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["register", "on", "kind"], name="change_register_on")]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind} {self.on}"


class Link(models.Model):
    """Two entries of different registers that are one organisation; `one` has the lower id."""

    class Because(models.TextChoices):
        NUMBER = "number", "The same company number"
        PLACE = "place", "The same name and place"

    one = models.ForeignKey(
        RegisterEntry, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    other = models.ForeignKey(RegisterEntry, on_delete=models.CASCADE, related_name="+")
    because = models.CharField(max_length=6, choices=Because)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="one_link_of_two")]

    def __str__(self) -> str:
        return f"{self.one_id} = {self.other_id}"


class GenericName(models.Model):
    """A name that many bear by chance ("Dental Surgery"), measured from the registers."""

    name_key = models.TextField(primary_key=True)
    entries = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name_key
