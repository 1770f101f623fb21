"""A run that asks the web, half-way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.models import Run, SourceRun
from crm.work.models import Heartbeat, State
from tests.factories.campaigns import CampaignFactory, InquiryFactory, RunFactory, SourceRunFactory
from tests.people import Cast


@pytest.fixture
def run(cast: Cast) -> Run:
    """A run of Ben's that has asked the web, for some of the credits that were confirmed."""
    Heartbeat.objects.create(name="here", at=timezone.now(), host="here", pid=1)
    made: Run = RunFactory(
        campaign=CampaignFactory(tenant=cast.tenant, created_by=cast.ben, name="Web campaign"),
        state=Run.State.RUNNING,
        since=timezone.now(),
        credits_most=495,
        number=1,
    )
    return made


@pytest.fixture
def web(run: Run) -> SourceRun:
    made: SourceRun = SourceRunFactory(
        run=run, source="openai_web", state=State.WAITING, wave=2, found=8, created=5, rejected=3,
        verified=6, due_at=timezone.now() + timedelta(minutes=1),
    )  # fmt: skip
    for _ in range(3):
        InquiryFactory(source_run=made, credits=15, cost_micros=40_000)
    InquiryFactory(source_run=made, cost_micros=120_000)
    InquiryFactory(source_run=made, trouble="Not asked: enough was found.")
    return made
