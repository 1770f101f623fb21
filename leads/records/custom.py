"""What a company keeps about its leads beyond what we know of: fields of its own, and tags."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper

from crm.ledger.audited import Audited
from crm.tenants.models import TenantModel, User

# What the names of fields begin with in addresses and forms.
PREFIX = "f_"


class CustomField(TenantModel):
    """A field by its kind; a choice has `choices`, one a line. Archived, it keeps its values."""

    class Kind(models.TextChoices):
        TEXT = "text", "Text"
        NUMBER = "number", "Number"
        MONEY = "money", "Money (£)"
        DATE = "date", "Date"
        CHOICE = "choice", "Choice"
        YES_NO = "yes_no", "Yes or no"
        LINK = "link", "Link"

    label = models.CharField(max_length=60)
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.TEXT)
    choices = models.TextField(blank=True, help_text="What may be chosen, one a line.")
    help_text = models.CharField(max_length=200, blank=True)
    is_required = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    audited = Audited(name="label", apart_from=("position",))

    class Meta:
        verbose_name = "field of your own"
        verbose_name_plural = "fields of your own"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                "tenant",
                Lower("label"),
                name="one_field_per_label",
                violation_error_message="There is a field of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def options(self) -> list[str]:
        """What may be chosen."""
        return [line.strip() for line in self.choices.splitlines() if line.strip()]

    @property
    def short(self) -> str:
        """Its name in addresses and forms: the random end of its id."""
        return f"{PREFIX}{self.pk.hex[-10:]}"


class FieldValue(TenantModel):
    """What a lead has in a field: one of the four columns, by the field's kind.

    `text` holds texts, choices and links; `number` numbers, and pounds with two decimals.
    """

    field = models.ForeignKey(CustomField, on_delete=models.CASCADE, related_name="values")
    lead = models.ForeignKey("leads.Lead", on_delete=models.CASCADE, related_name="values")
    text = models.CharField(max_length=500, blank=True)
    number = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    day = models.DateField(null=True)
    yes = models.BooleanField(null=True)

    audited = Audited(name="field__label", told_by=("lead", "field"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "lead", "field"], name="one_value_per_field")
        ]
        indexes = [
            models.Index(fields=["field", "text"]),
            models.Index(fields=["field", "number"]),
            models.Index(fields=["field", "day"]),
            models.Index(fields=["field", "yes"]),
            # For “contains”, as Django asks it.
            GinIndex(
                OpClass(Upper("text"), "gin_trgm_ops"),
                name="value_text_contains",
                condition=~Q(text=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.lead_id}"


class Tag(TenantModel):
    class Tone(models.TextChoices):
        PLAIN = "plain", "Grey"
        INFO = "info", "Blue"
        GOOD = "good", "Green"
        WARN = "warn", "Amber"
        BAD = "bad", "Red"

    name = models.CharField(max_length=40)
    tone = models.CharField("colour", max_length=5, choices=Tone, default=Tone.PLAIN)

    audited = Audited()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "tenant",
                Lower("name"),
                name="one_tag_per_name",
                violation_error_message="There is a tag of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Tagging(TenantModel):
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    lead = models.ForeignKey("leads.Lead", on_delete=models.CASCADE, related_name="taggings")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    audited = Audited(name="tag__name", told_by=("lead", "tag"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "lead", "tag"], name="one_tagging_per_lead")
        ]
        indexes = [models.Index(fields=["tag", "lead"])]

    def __str__(self) -> str:
        return f"{self.tag} on {self.lead_id}"
