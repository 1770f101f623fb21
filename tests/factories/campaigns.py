"""Campaigns, runs and what they found."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone

from campaigns import criteria
from campaigns.models import (
    Campaign,
    Finding,
    Inquiry,
    Run,
    Schedule,
    SourceRun,
    Template,
    Verification,
)
from crm.notices.models import Notice
from tests.factories.tenants import TenantFactory, UserFactory


class CampaignFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Campaign

    tenant = factory.SubFactory(TenantFactory)
    name = "Healthcare within 15 miles of LE1 1AA"
    kind = "healthcare"
    postcode = "LE1 1AA"
    miles = 15
    max_results = 100
    fingerprint = factory.LazyFunction(lambda: uuid4().hex)


class TemplateFactory(factory.django.DjangoModelFactory):
    """Takes what differs in the criteria as `wanted__miles=5`."""

    class Meta:
        model = Template

    tenant = factory.SubFactory(TenantFactory)
    name = factory.Sequence(lambda n: f"Practices {n}")
    kind = "healthcare"
    wanted = factory.Dict(
        {"kind": "healthcare", "postcode": "LE1 1AA", "miles": 15, "max_results": 100, "extra": {}}
    )


class RunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Run

    campaign = factory.SubFactory(CampaignFactory)
    tenant = factory.SelfAttribute("campaign.tenant")
    mode = Run.Mode.FIRST
    number = factory.Sequence(lambda n: n + 1)
    state = Run.State.COMPLETED
    wanted = factory.LazyAttribute(lambda run: criteria.of(run.campaign).as_json())
    maximum = 100


class SourceRunFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SourceRun

    run = factory.SubFactory(RunFactory)
    tenant = factory.SelfAttribute("run.tenant")
    source = "register"


class InquiryFactory(factory.django.DjangoModelFactory):
    """An answered question."""

    class Meta:
        model = Inquiry

    source_run = factory.SubFactory(SourceRunFactory, source="openai_web")
    tenant = factory.SelfAttribute("source_run.tenant")
    key = factory.Sequence(lambda n: f"question {n}")
    state = "done"


class VerificationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Verification

    inquiry = factory.SubFactory(InquiryFactory)
    source_run = factory.SelfAttribute("inquiry.source_run")
    tenant = factory.SelfAttribute("source_run.tenant")
    key = factory.Sequence(lambda n: f"candidate {n}")
    state = "done"


class ScheduleFactory(factory.django.DjangoModelFactory):
    """Every Monday at seven, due tomorrow."""

    class Meta:
        model = Schedule

    campaign = factory.SubFactory(CampaignFactory)
    tenant = factory.SelfAttribute("campaign.tenant")
    state = "waiting"
    due_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))


class FindingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Finding

    run = factory.SubFactory(RunFactory)
    tenant = factory.SelfAttribute("run.tenant")
    source = "register"
    key = factory.Sequence(lambda n: f"dentists:V{n:05}")
    verdict = Finding.Verdict.CREATED
    reason = "New."
    name = "Harbour Dental"
    postcode = "TR11 3HH"


class NoticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Notice

    tenant = factory.SubFactory(TenantFactory)
    user = factory.SubFactory(UserFactory)
    text = "Healthcare within 15 miles of LE1 1AA: 100 new leads; 394 left."
