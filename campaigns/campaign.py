"""What is to be found: a campaign, and the template of one."""

from typing import Any

from django.db import models
from django.urls import reverse

from campaigns import criteria, kinds
from crm.ledger.audited import Audited
from crm.tenants.models import TenantModel, User
from leads.identity.candidate import OriginRef


class Campaign(TenantModel):
    """Whom to find. `positions` is how far each source has been walked, in its own terms."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=30, choices=kinds.CHOICES)
    postcode = models.CharField(max_length=8)
    miles = models.PositiveSmallIntegerField()
    max_results = models.PositiveSmallIntegerField()
    takes_edge = models.BooleanField(default=False)
    takes_customers = models.BooleanField("includes existing customers", default=False)
    min_employees = models.PositiveIntegerField("minimum size", null=True, blank=True)
    only_known_size = models.BooleanField("only where the size is known", default=False)
    budget_pence = models.PositiveIntegerField(null=True, blank=True)
    max_employees = models.PositiveIntegerField("maximum size", null=True, blank=True)
    keywords = models.JSONField(default=list, blank=True, db_default=[])
    sectors = models.JSONField(default=list, blank=True, db_default=[])
    job_titles = models.JSONField("job titles wanted", default=list, blank=True, db_default=[])
    min_score = models.PositiveSmallIntegerField("lowest score", null=True, blank=True)
    takes_unverified = models.BooleanField("takes unverified ones", default=False, db_default=False)
    # The sources that it asks, by their slugs; null for those that are free.
    sources = models.JSONField(null=True, blank=True)
    # The credits that one run may cost.
    credits_most = models.PositiveIntegerField(default=0, db_default=0)
    extra = models.JSONField(default=dict, blank=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    launch_token = models.UUIDField(null=True, editable=False)
    positions = models.JSONField(default=dict, editable=False)
    created_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    # Filled by the list of campaigns.
    latest_run: Any
    leads_count: int
    timetable: Any
    valid: Any

    audited = Audited(apart_from=("positions", "fingerprint", "launch_token"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "fingerprint"], name="one_campaign_per_criteria"
            ),
            models.UniqueConstraint(
                fields=["tenant", "launch_token"], name="one_campaign_per_launch"
            ),
            models.CheckConstraint(
                condition=models.Q(miles__range=(1, 200)), name="radius_from_1_to_200"
            ),
            models.CheckConstraint(
                condition=models.Q(max_results__range=(1, 500)), name="maximum_from_1_to_500"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("campaigns:detail", args=[self.pk])

    @property
    def kind_label(self) -> str:
        return kinds.get(self.kind).name

    @property
    def takes_lists(self) -> bool:
        return kinds.get(self.kind).takes_lists

    @property
    def place_label(self) -> str:
        return criteria.of(self).place_label

    @property
    def by_label(self) -> str:
        """Who started it; people leave, and only the pages give a campaign its token."""
        if self.created_by is not None:
            return str(self.created_by)
        return "a former colleague" if self.launch_token else "the command line"

    def as_origin(self) -> OriginRef:
        """Name the campaign as the place its leads come from."""
        return OriginRef(self.pk, self.name, self.get_absolute_url())


class Template(TenantModel):
    """Criteria to start from; `wanted` as in a run, its postcode "" where that is asked anew."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30, choices=kinds.CHOICES)
    wanted = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    audited = Audited()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "name"],
                name="one_template_per_name",
                violation_error_message="A template of this name is there already.",
            )
        ]

    def __str__(self) -> str:
        return self.name
