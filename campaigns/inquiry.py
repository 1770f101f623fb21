"""What a live source does in a run: questions to its vendor, and checks of what it told of."""

from django.db import models

from crm.tenants.models import TenantModel
from crm.work.models import WorkRow, work_indexes


class Inquiry(TenantModel, WorkRow):
    """One question to a vendor; it stands before the call, so that no call is paid for twice.

    `sent_at` is written before anything that costs is sent: whoever finds it there without a
    `ticket` can't know whether the vendor has done it, and doesn't ask again. `ticket` is by what
    the vendor knows an answer that takes long.
    """

    source_run = models.ForeignKey(
        "campaigns.SourceRun", on_delete=models.CASCADE, related_name="inquiries"
    )
    wave = models.PositiveSmallIntegerField(default=1)
    key = models.CharField(max_length=200)
    asked = models.JSONField(default=dict)
    sent_at = models.DateTimeField(null=True)
    ticket = models.CharField(max_length=200, blank=True)
    # How many organisations it told of, and how many of them nobody had told of in this run.
    told = models.PositiveIntegerField(default=0)
    fresh = models.PositiveIntegerField(default=0)
    credits = models.PositiveIntegerField(default=0)
    cost_micros = models.PositiveBigIntegerField(default=0)
    # What the vendor said of the answer: model, hash of the prompt, use, sources.
    said = models.JSONField(default=dict)
    trouble = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "question to a vendor"
        verbose_name_plural = "questions to vendors"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source_run", "key"], name="one_inquiry_per_question"
            )
        ]
        indexes = work_indexes("inquiry")

    def __str__(self) -> str:
        return f"question {self.key} of {self.source_run}"

    def get_absolute_url(self) -> str:
        return self.source_run.get_absolute_url()


class Verification(TenantModel, WorkRow):
    """One organisation that a live source told of, on its way to a verdict.

    `sighting` is what the source said, thrown away once there is a verdict: of some vendors
    nothing may be kept.
    """

    source_run = models.ForeignKey(
        "campaigns.SourceRun", on_delete=models.CASCADE, related_name="verifications"
    )
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    sighting = models.JSONField(default=dict)

    class Meta:
        verbose_name = "check of a candidate"
        verbose_name_plural = "checks of candidates"
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source_run", "key"], name="one_verification_per_sighting"
            )
        ]
        indexes = work_indexes("verification")

    def __str__(self) -> str:
        return f"check of {self.key}"

    def get_absolute_url(self) -> str:
        return self.source_run.get_absolute_url()
