"""Organisations (one place of business each), the people in them, and what tells them apart."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper

from crm.ledger.audited import Audited
from crm.registers import trades
from crm.registers.models import RegisterEntry
from crm.tenants.models import TenantModel


def contains(*columns: str, name: str) -> GinIndex:
    """Make the index by which a search within these columns finds words anywhere in them."""
    return GinIndex(*(OpClass(Upper(each), "gin_trgm_ops") for each in columns), name=name)


class Group(TenantModel):
    """Several sites of one company, or a chain: linked, never merged."""

    name = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.name


class Proof(models.TextChoices):
    VERIFIED = "verified", "Verified"
    LISTED = "listed", "Listed"
    CLOSED = "closed", "Closed in the register"
    UNPROVEN = "unproven", "Unproven"


def proof_label(proof: str, proof_date: date | None) -> str:
    """What the badge says; an old register only proves that it was listed then."""
    if proof == Proof.LISTED and proof_date:
        return f"Listed in {proof_date.year}"
    return Proof(proof).label if proof else ""


class Organisation(TenantModel):
    """One place of business. Its coordinates are as good as `precision` says."""

    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=300)
    sort_key = models.CharField(max_length=300, db_collation="C")
    company_number = models.CharField(max_length=8, blank=True)
    domain = models.CharField(max_length=253, blank=True)
    website = models.URLField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=500, blank=True)
    town = models.CharField(max_length=100, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    precision = models.CharField(max_length=8, blank=True)
    trade = models.CharField(max_length=50, blank=True)
    industry = models.CharField(max_length=40, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True)
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.SET_NULL)
    has_generic_name = models.BooleanField(default=False)
    proof = models.CharField(max_length=8, choices=Proof, default=Proof.UNPROVEN)
    proof_date = models.DateField(null=True, blank=True)
    customer_since = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    audited = Audited(
        apart_from=(
            "name_key", "sort_key", "has_generic_name", "group", "proof", "proof_date",
            "customer_since",
        ),
        born_with=("leads",),
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "sort_key"]),
            # By the filter of trades, in the order of the names.
            models.Index(fields=["tenant", "trade", "sort_key", "id"], name="organisation_trade"),
            contains("name", "postcode", "company_number", name="organisation_contains"),
            contains("town", name="organisation_town"),
            # The neighbours of a lead.
            models.Index(fields=["tenant", "postcode"], name="organisation_postcode"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The name; one that hundreds share is told apart by its street."""
        return f"{self.name}, {self.street}" if self.has_generic_name and self.street else self.name

    @property
    def street(self) -> str:
        """The first part of the address that is not the name once more."""
        for part in self.address.split(","):
            if part.strip() and part.strip().casefold() != self.name.casefold():
                return part.strip()
        return ""

    @property
    def place_label(self) -> str:
        """The address in one line."""
        return ", ".join(part for part in (self.address, self.town, self.postcode) if part)

    @property
    def is_customer(self) -> bool:
        return self.customer_since is not None

    @property
    def trade_label(self) -> str:
        return trades.label(self.trade) if self.trade else ""

    @property
    def proof_label(self) -> str:
        return proof_label(self.proof, self.proof_date)


class Listing(TenantModel):
    """The organisation's entry in an official register."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="listings"
    )
    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "entry"], name="one_listing_per_entry")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.entry}"


class Role(models.TextChoices):
    """What a contact means for the deal."""

    DECIDES = "decides", "Decides"
    INFLUENCES = "influences", "Influences"
    USES = "uses", "Uses it"
    PAYS = "pays", "Pays"
    REFERS = "refers", "Puts through"


class Contact(TenantModel):
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(max_length=200, blank=True)
    job_title = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=12, choices=Role, blank=True, db_default="")
    email = models.EmailField("e-mail", blank=True)
    phone = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    audited = Audited(born_with=("lead",))

    class Meta:
        indexes = [contains("name", "email", name="contact_contains")]

    def __str__(self) -> str:
        return self.name or self.email or self.phone or "somebody"


class IdentityKey(TenantModel):
    """Something that tells an organisation apart; a register entry is one organisation's alone."""

    class Kind(models.TextChoices):
        LISTING = "listing", "Register entry"
        SITE = "site", "Name and postcode"
        COMPANY_NUMBER = "company_number", "Company number"
        DOMAIN = "domain", "Domain"
        PHONE = "phone", "Phone"
        EMAIL = "email", "E-mail"

    kind = models.CharField(max_length=16, choices=Kind)
    value = models.CharField(max_length=500)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="keys")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "kind", "value", "organisation"], name="one_key_per_organisation"
            ),
            models.UniqueConstraint(
                fields=["tenant", "kind", "value"],
                name="one_organisation_per_entry",
                condition=models.Q(kind="listing"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"
