"""The lists of numbers that must not be rung unasked, as a company loads them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.tenants.models import TenantModel, User
from crm.work.models import State, WorkRow, work_indexes


class Register(models.TextChoices):
    """The two registers of the Telephone Preference Service.

    People, sole traders and partnerships stand in the first, companies in the second; whoever rings
    organisations must look into both, since the number does not tell which it belongs to.
    """

    TPS = "tps", "TPS"
    CTPS = "ctps", "CTPS"


class ScreeningList(TenantModel):
    """One register as of a day; a company has the newest of each, and no other.

    `numbers` counts those in it, `unread` the lines of the file that held none.
    """

    register = models.CharField(max_length=4, choices=Register)
    as_of = models.DateField("as of")
    file = models.CharField(max_length=200)
    numbers = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)
    loaded_at = models.DateTimeField("loaded", default=timezone.now)
    loaded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    audited = Audited(name="file")

    class Meta:
        verbose_name = "screening list"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "register"], name="one_list_per_register")
        ]

    def __str__(self) -> str:
        return f"{self.get_register_display()} of {self.as_of.day} {self.as_of:%B %Y}"


class ScreeningPart(TenantModel):
    """A thousand numbers of a list in ascending order, E.164 without the "+"; `first` is the least.

    A row of its own for each number would take twenty times the room, and minutes to replace.
    """

    list = models.ForeignKey(
        ScreeningList, on_delete=models.CASCADE, related_name="parts", db_index=False
    )
    first = models.BigIntegerField()
    numbers = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "list", "first"], name="one_part_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.list_id} from {self.first}"


class ScreeningUpload(TenantModel, WorkRow):
    """A large file on its way to become a list; the list that it replaces stands until then."""

    register = models.CharField(max_length=4, choices=Register)
    as_of = models.DateField("as of")
    file = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField(default=0)
    # How much of that was read, in bytes, and what was met there: see `lines.Count`.
    read = models.PositiveBigIntegerField(default=0)
    lines = models.PositiveIntegerField(default=0)
    numbers = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)
    example = models.CharField(max_length=200, blank=True)
    # Why it was not taken.
    said = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "upload of a screening list"
        verbose_name_plural = "uploads of screening lists"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "register"],
                name="one_screening_upload_at_a_time",
                condition=models.Q(state__in=[State.READY, State.LEASED, State.WAITING]),
            )
        ]
        indexes = work_indexes("screeningupload")

    def __str__(self) -> str:
        return f"{self.get_register_display()} of {self.as_of.day} {self.as_of:%B %Y}"


class ScreeningText(TenantModel):
    """Whole lines of the file of an upload, as they came; it goes when they are read."""

    upload = models.ForeignKey(ScreeningUpload, on_delete=models.CASCADE, related_name="texts")
    position = models.PositiveIntegerField()
    text = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "upload", "position"], name="one_screening_text_per_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.position}"


class ScreeningBlock(TenantModel):
    """Numbers of an upload, `many` of them, that begin alike: all but their last seven digits.

    Once `is_sorted`, it is a part of the list to be: no other such block holds a number between.
    """

    upload = models.ForeignKey(ScreeningUpload, on_delete=models.CASCADE, related_name="blocks")
    beginning = models.PositiveIntegerField()
    many = models.PositiveIntegerField()
    is_sorted = models.BooleanField(default=False)
    numbers = ArrayField(models.BigIntegerField())

    class Meta:
        indexes = [
            models.Index(
                fields=["tenant", "upload", "is_sorted", "beginning"], name="screening_blocks"
            )
        ]

    def __str__(self) -> str:
        return f"{self.upload_id}: {self.beginning}"
