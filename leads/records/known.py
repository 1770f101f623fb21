"""What sources told of organisations and their people, and how well each organisation is known."""

from django.db import models
from django.utils import timezone

from crm.tenants.models import Tenant, TenantModel, User
from leads.records.organisations import Contact, Organisation


class Status(models.TextChoices):
    APPLIED = "applied", "In use"
    PROPOSED = "proposed", "Proposed"
    DISMISSED = "dismissed", "Dismissed"
    SUPERSEDED = "superseded", "Replaced"


class Fact(TenantModel):
    """One value of one field of an organisation, or of one of its people, with all that proves it.

    `key` is what two writings of the same value have in common, as a digest. `proofs` are what each
    source told, in the form of `leads.facts.proofs`; `sureness` was reckoned on `seen_on`, the day
    on which a source last told it; from `old_on` on, a half-life later, it counts as stale. What a
    person has decided stands with them, and who replaced it by another; `decided_at` says since
    when it counts. `run` is the run that last brought it.
    """

    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE, related_name="+", db_index=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="known", db_index=False
    )
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="known")
    field = models.CharField(max_length=30)
    key = models.CharField(max_length=40)
    value = models.JSONField()
    status = models.CharField(max_length=10, choices=Status)
    sureness = models.FloatField(default=0.0)
    source = models.CharField(max_length=40)
    way = models.CharField(max_length=20)
    as_of = models.DateField(null=True)
    seen_on = models.DateField()
    old_on = models.DateField()
    proofs = models.JSONField(default=list)
    run = models.UUIDField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "organisation", "contact", "field", "key"],
                nulls_distinct=False,
                name="one_fact_per_value",
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "status"], name="fact_of_organisation"),
            models.Index(
                fields=["tenant", "-created_at", "id"],
                condition=models.Q(status="proposed"),
                name="fact_proposed",
            ),
            models.Index(fields=["tenant", "run"], name="fact_of_run"),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.value}"


class Quality(TenantModel):
    """How well an organisation is known, in hundredths: of the fields that matter how many are
    there, of those how many are proven and how many have grown old; and how many conflict.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="quality"
    )
    completeness = models.PositiveSmallIntegerField(default=0)
    verified = models.PositiveSmallIntegerField(default=0)
    stale = models.PositiveSmallIntegerField(default=0)
    conflicts = models.PositiveSmallIntegerField(default=0)
    missing = models.JSONField(default=list)
    reckoned_on = models.DateField()
    # All that was wanted is known until then, as long as nothing of it changes (see `stamping`).
    stamp = models.CharField(max_length=40, blank=True, editable=False)
    good_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "quality of data"
        verbose_name_plural = "qualities of data"
        indexes = [
            models.Index(fields=["tenant", "completeness"], name="quality_completeness"),
            models.Index(fields=["tenant", "-stale"], name="quality_stale"),
            models.Index(fields=["tenant", "-conflicts"], name="quality_conflicts"),
        ]

    def __str__(self) -> str:
        return f"{self.completeness} % known"


class EmailCheck(TenantModel):
    """What is known of an address: whether mail would arrive there, and why; once per company.

    `said` is what verifiers told, `is_wrong` that a person, or a mail that came back, says so.
    """

    address = models.CharField(max_length=254)
    state = models.CharField(max_length=14)
    reasons = models.JSONField(default=list)
    said = models.JSONField(default=list)
    is_barred = models.BooleanField(default=False)
    is_wrong = models.BooleanField(default=False)
    checked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "check of an address"
        verbose_name_plural = "checks of addresses"
        constraints = [
            models.UniqueConstraint(fields=["tenant", "address"], name="one_check_per_address")
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.state}"


class Unwanted(TenantModel):
    """A person that was found and is unwanted: somebody removed them, or they objected.

    By digests of name and e-mail, so that whoever was erased is not written down here.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=40)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "unwanted person"
        verbose_name_plural = "unwanted people"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "organisation", "digest"], name="one_unwanted_person"
            )
        ]

    def __str__(self) -> str:
        return self.digest
