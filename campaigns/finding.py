"""What a run found, with the verdict on each and what that rests on."""

from django.db import models

from crm.tenants.models import TenantModel, User
from leads.intake.grounds import Ground
from leads.models import Lead, Organisation, Proof
from leads.records.organisations import proof_label


class Checked(models.TextChoices):
    """What the checks make of an organisation that a live source told of."""

    VERIFIED = "verified", "Verified"
    LISTED = "listed", "Listed"
    UNVERIFIED = "unverified", "Unverified"
    CONTRADICTED = "contradicted", "Contradicted"


class Finding(TenantModel):
    """One organisation that a source saw, and the verdict: the counts of a run always add up.

    `ground` is the verdict's reason for machines, `reason` in words and `detail` the evidence.
    `candidate` is kept where a person may overrule the verdict, which changes no count.
    """

    class Verdict(models.TextChoices):
        CREATED = "created", "New lead"
        DUPLICATE = "duplicate", "Duplicate"
        REJECTED = "rejected", "Rejected"

    # The indexes below begin with it.
    run = models.ForeignKey(
        "campaigns.Run", on_delete=models.CASCADE, related_name="findings", db_index=False
    )
    source = models.CharField(max_length=30)
    key = models.CharField(max_length=200)
    verdict = models.CharField(max_length=10, choices=Verdict)
    ground = models.CharField(max_length=12, choices=Ground.choices, blank=True)
    reason = models.CharField(max_length=100)
    detail = models.CharField(max_length=400, blank=True)
    name = models.CharField(max_length=300)
    postcode = models.CharField(max_length=12, blank=True)
    miles = models.FloatField(null=True)
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    lead = models.ForeignKey(Lead, null=True, on_delete=models.SET_NULL, related_name="+")
    # How the organisation was proven at that moment.
    proof = models.CharField(max_length=10, choices=Proof, blank=True)
    proof_date = models.DateField(null=True)
    candidate = models.JSONField(null=True, editable=False)
    # Of a live source: the verdict of the checks, and what each of them saw.
    checked = models.CharField(max_length=12, choices=Checked, blank=True, db_default="")
    evidence = models.JSONField(default=dict, editable=False, db_default={})
    # By what Google knows a place of which we may keep nothing else.
    place_id = models.CharField(max_length=300, blank=True, db_default="")
    overruled_at = models.DateTimeField(null=True)
    overruled_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "run", "source", "key"], name="one_finding_per_entry"
            )
        ]
        indexes = [
            models.Index(fields=["run", "-id"], name="finding_of_run"),
            models.Index(fields=["run", "verdict", "-id"]),
            models.Index(fields=["run", "ground", "-id"]),
            models.Index(
                fields=["run", "checked", "-id"],
                name="finding_checked",
                condition=~models.Q(checked=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.verdict}"

    @property
    def proof_label(self) -> str:
        return proof_label(self.proof, self.proof_date)
