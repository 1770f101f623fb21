"""A company full of rows that all bear one word nobody else must ever read."""

from typing import Any

import pytest

from crm.ledger import audit
from crm.pipeline.models import Kind
from crm.tenants.models import Membership
from leads.models import Lead, Organisation
from tests.factories.campaigns import (
    CampaignFactory,
    FindingFactory,
    NoticeFactory,
    RunFactory,
    ScheduleFactory,
    SourceRunFactory,
    TemplateFactory,
)
from tests.factories.leads import (
    ContactFactory,
    FlowStepFactory,
    LeadFactory,
    OrganisationFactory,
    OriginFactory,
    ScoreFactory,
    StageMoveFactory,
    TimelineEntryFactory,
)
from tests.factories.mail import MailFactory
from tests.people import Cast

SECRET = "Quietwater"


@pytest.fixture
def rows(db: None, cast: Cast) -> dict[str, Any]:
    """One row of each model of Ada's company, by the model's address and by argument."""
    cast.tenant.name = f"{SECRET} Ltd"
    cast.tenant.save()
    cast.ben.name = f"Ben {SECRET}"
    cast.ben.save()
    organisation: Organisation = OrganisationFactory(tenant=cast.tenant, name=f"{SECRET} Dental")
    contact = ContactFactory(organisation=organisation, name=f"Jenna {SECRET}")
    lead: Lead = LeadFactory(
        organisation=organisation, contact=contact, owner=cast.ben, tier="hot", score=80
    )
    campaign = CampaignFactory(tenant=cast.tenant, name=f"{SECRET} campaign")
    run = RunFactory(campaign=campaign, reason=f"{SECRET} reason")
    stage = cast.stage(Kind.DISCOVERY)
    stage.name = f"{SECRET} stage"
    stage.save()
    stage.pipeline.name = f"{SECRET} pipeline"
    stage.pipeline.save()
    OriginFactory(lead=lead, ref=campaign.pk, label=campaign.name)
    TimelineEntryFactory(lead=lead, text=f"{SECRET} note")
    StageMoveFactory(lead=lead)
    NoticeFactory(tenant=cast.tenant, user=cast.ada, text=f"{SECRET} notice")
    template = TemplateFactory(tenant=cast.tenant, name=f"{SECRET} template")
    dead = SourceRunFactory(run=run, state="dead", last_error=SECRET)
    return {
        "lead_id": lead,
        "stage_id": stage,
        "campaign_id": campaign,
        "run_id": run,
        "template_id": template,
        "row_id": dead,
        "leads/lead": lead,
        "leads/organisation": organisation,
        "leads/contact": contact,
        "leads/score": ScoreFactory(lead=lead),
        "leads/flowstep": FlowStepFactory(lead=lead, last_error=f"{SECRET} error"),
        "campaigns/campaign": campaign,
        "campaigns/run": run,
        "campaigns/template": template,
        "campaigns/sourcerun": dead,
        "campaigns/schedule": ScheduleFactory(campaign=campaign, last_result=f"{SECRET} result"),
        "campaigns/finding": FindingFactory(run=run, name=f"{SECRET} Dental", lead=lead),
        "mail/mail": MailFactory(
            tenant=cast.tenant, user=cast.ada, subject=f"{SECRET} campaign: 3 new leads"
        ),
        "pipeline/pipeline": stage.pipeline,
        "pipeline/stage": stage,
        "tenants/membership": Membership.of(cast.tenant).get(user=cast.ben),
        "ledger/auditentry": audit.write(
            lead, "noted", by=cast.ada, before={"text": SECRET}, after={"text": SECRET}
        ),
    }
