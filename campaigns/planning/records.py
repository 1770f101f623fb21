"""A council's list of planning applications, and those of them that a company stands behind."""

from django.db import models
from django.db.models import F, Func, Value
from django.utils import timezone

from crm.ledger.audited import Audited
from crm.tenants.models import TenantModel, User


class PlanningList(TenantModel):
    """One file as a council publishes it. `columns` says which heading was read as what.

    Of `rows` in the file `kept` are here; `persons` names nobody but private people, `unplaced`
    has no postcode, and `repeated` was there twice: of those nothing but the number is stored.
    """

    name = models.CharField(max_length=120)
    columns = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    companies = models.PositiveIntegerField(default=0)
    persons = models.PositiveIntegerField(default=0)
    unplaced = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    audited = Audited()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "name"], name="one_planning_list_per_name")
        ]

    def __str__(self) -> str:
        return self.name


class PlanningApplication(TenantModel):
    """One application. `applicant` and `agent` are companies, never private people; the address
    of the site is left out, but for its postcode, where a private person applies.

    Nothing in it is more than data: what stands in a proposal is shown and never obeyed.
    """

    list = models.ForeignKey(PlanningList, on_delete=models.CASCADE, related_name="applications")
    position = models.PositiveIntegerField()
    reference = models.CharField(max_length=60)
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8)
    # The database takes it from the postcode: a circle asks for the rows of its own areas alone.
    outward = models.GeneratedField(
        expression=Func(F("postcode"), Value(" "), Value(1), function="split_part"),
        output_field=models.CharField(max_length=8),
        db_persist=True,
    )
    proposal = models.CharField(max_length=600, blank=True)
    applicant = models.CharField(max_length=200, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    agent_address = models.CharField(max_length=300, blank=True)
    agent_postcode = models.CharField(max_length=8, blank=True)
    decision = models.CharField(max_length=100, blank=True)
    received = models.DateField(null=True)
    decided = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "list", "position"], name="one_application_per_row"
            )
        ]
        indexes = [models.Index(fields=["tenant", "outward"], name="application_outward")]

    def __str__(self) -> str:
        return self.reference
