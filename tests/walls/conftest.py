"""A company full of rows that all bear one word nobody else must ever read."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone

from campaigns.models import PlanningApplication, PlanningList
from crm.credits import credits
from crm.credits.credits import Purpose
from crm.credits.models import CreditEntry, Exchange, Price, Rate, VendorPrice
from crm.joining import invitations
from crm.keys.models import Credential
from crm.ledger import audit
from crm.pipeline.models import Kind
from crm.registers.models import Change, RegisterEntry
from crm.support.models import Consent
from crm.tenants import teams
from crm.tenants.models import Membership, Role
from enrichment.phones.models import ScreeningList
from leads.acts.assign import Assign
from leads.bulk import bulk
from leads.changes import batches
from leads.merging import merge as merging
from leads.merging import proposals
from leads.models import (
    Analysis,
    ChanceModel,
    DuplicateScan,
    EmailCheck,
    Lead,
    Organisation,
    Reaction,
    ReactionDeed,
    Scorecard,
)
from leads.reacting import rules
from leads.scorecards import cards, trial
from tests.enriching import rows as known
from tests.factories.campaigns import (
    CampaignFactory,
    FindingFactory,
    InquiryFactory,
    NoticeFactory,
    RunFactory,
    ScheduleFactory,
    SourceRunFactory,
    TemplateFactory,
    VerificationFactory,
)
from tests.factories.enriching import (
    EnrichmentItemFactory,
    EnrichmentRunFactory,
    LookupFactory,
    RulesFactory,
    TrackRecordFactory,
)
from tests.factories.leads import (
    ContactFactory,
    FlowStepFactory,
    LeadFactory,
    OrganisationFactory,
    OriginFactory,
    SavedViewFactory,
    ScoreFactory,
    StageMoveFactory,
    TaskFactory,
    TimelineEntryFactory,
)
from tests.factories.mail import MailFactory
from tests.factories.own import (
    CustomFieldFactory,
    FieldValueFactory,
    TagFactory,
    TaggingFactory,
)
from tests.people import Cast

SECRET = "Quietwater"


@pytest.fixture
def rows(db: None, cast: Cast) -> dict[str, Any]:
    return filled(cast)


def filled(cast: Cast) -> dict[str, Any]:
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
    url = f"/campaigns/{campaign.pk}/"
    OriginFactory(lead=lead, ref=campaign.pk, label=campaign.name, url=url)
    TimelineEntryFactory(lead=lead, text=f"{SECRET} note")
    twin, third = (
        OrganisationFactory(tenant=cast.tenant, name=f"{SECRET} {name}") for name in ("Twin", "Two")
    )
    merge = merging.merge(third, twin, chosen={}, by=cast.ada)
    told = [{"noun": "website", "many": 1, "biggest": [[f"{SECRET}.example", 40]]}]
    DuplicateScan.of(cast.tenant).create(tenant=cast.tenant, by=cast.ada, passed_over=told)
    StageMoveFactory(lead=lead)
    NoticeFactory(tenant=cast.tenant, user=cast.ada, text=f"{SECRET} notice")
    template = TemplateFactory(tenant=cast.tenant, name=f"{SECRET} template")
    tag = TagFactory(tenant=cast.tenant, name=f"{SECRET} tag")
    TaggingFactory(lead=lead, tag=tag)
    field = CustomFieldFactory(tenant=cast.tenant, label=f"{SECRET} field")
    FieldValueFactory(lead=lead, field=field, text=SECRET)
    dead = SourceRunFactory(run=run, state="dead", last_error=SECRET)
    source = SourceRunFactory(run=run, source="google_places")
    inquiry = InquiryFactory(source_run=source, trouble=f"{SECRET} trouble")
    place = FindingFactory(
        run=run, source="google_places", verdict="rejected", ground="nameless", name="",
        postcode="", checked="unverified", place_id=f"{SECRET}-place",
    )  # fmt: skip
    consent = Consent.of(cast.tenant).create(
        tenant=cast.tenant,
        given_by=cast.ada,
        until=timezone.now() + timedelta(hours=1),
        reason=f"{SECRET} reason",
    )
    # One that is there: what a test adds to the registers would stay.
    looked = EnrichmentRunFactory(tenant=cast.tenant, by=cast.ada, label=f"{SECRET} leads")
    asked_about = EnrichmentItemFactory(
        run=looked,
        organisation=organisation,
        trouble=f"{SECRET} trouble",
        asked={
            "website": {"outcome": "told"},
            "hunter_search": {"outcome": "left", "why": f"{SECRET} why", "again": True},
        },
    )
    scorecard = _scorecard(cast)
    ChanceModel.of(cast.tenant).create(tenant=cast.tenant, number=1, said=f"{SECRET} said")
    practice = RegisterEntry.objects.select_related("register", "came_with").earliest("pk")
    team = teams.make(cast.tenant, f"{SECRET} team", by=cast.ada)
    _facts(lead)
    ScreeningList.of(cast.tenant).create(
        tenant=cast.tenant, register="tps", as_of=timezone.localdate(), file=f"{SECRET}.txt"
    )
    quote = known.proof("website", "page", quote=f"Call {SECRET}")
    owner = Membership.of(cast.tenant).get(user=cast.ada)
    credits.grant(cast.tenant, 50, by=cast.ben, note=f"{SECRET} gift")
    credits.reserve(cast.tenant, 5, by=cast.ben, for_=Purpose(campaign.pk, campaign.name, url))
    asked = invitations.invite("dora@acme.example", role=Role.REP, team=team, by=owner)
    return {
        "lead_id": lead,
        "merge_id": merge,
        "proposal_id": proposals.propose(organisation, third, cast.ada),
        "stage_id": stage,
        "campaign_id": campaign,
        "planning_list_id": _planning_list(cast),
        "run_id": run,
        "template_id": template,
        "row_id": dead,
        "finding_id": place,
        "consent_id": consent,
        "membership_id": Membership.of(cast.tenant).get(user=cast.ben),
        "view_id": SavedViewFactory(
            tenant=cast.tenant, owner=cast.ada, name=f"{SECRET} view", wanted={"q": SECRET}
        ),
        "tag_id": tag,
        "bulk_id": bulk.begin(Assign({"owner": ""}), owner, idents=None, wanted={"q": SECRET}),
        "batch_id": batches.begin(cast.tenant, "move", f"Moved {SECRET} Dental", by=cast.ada),
        "contact_id": contact,
        "enrichment_id": looked,
        "fact_id": known.fact(organisation, "phone", "+441326312345", quote),
        "task_id": TaskFactory(lead=lead, owner=cast.ben, text=f"{SECRET} task"),
        "session_id": UserSession.objects.create(
            user=cast.ada, ip="192.0.2.1", session_key=SECRET, user_agent=SECRET
        ),
        "passkey_id": Authenticator.objects.create(
            user=cast.ada, type=Authenticator.Type.WEBAUTHN, data={"name": SECRET}
        ),
        "leads/tag": tag,
        "leads/customfield": field,
        "leads/lead": lead,
        "leads/organisation": organisation,
        "leads/contact": contact,
        "leads/score": ScoreFactory(lead=lead),
        "leads/analysis": _analysis(lead, cast),
        "leads/flowstep": FlowStepFactory(lead=lead, last_error=f"{SECRET} error"),
        "leads/enrichmentrun": looked,
        "leads/enrichmentitem": asked_about,
        "card_id": scorecard,
        "rule_id": _rule(lead, owner),
        "leads/scorecard": scorecard,
        "lookups/rules": RulesFactory(tenant=cast.tenant),
        "lookups/trackrecord": TrackRecordFactory(tenant=cast.tenant, asked=3, answered=2),
        "lookups/lookup": LookupFactory(tenant=cast.tenant, about=f"{SECRET.lower()}.test"),
        "campaigns/campaign": campaign,
        "campaigns/run": run,
        "campaigns/template": template,
        "campaigns/sourcerun": dead,
        "campaigns/inquiry": inquiry,
        "campaigns/verification": VerificationFactory(source_run=source, inquiry=inquiry),
        "campaigns/schedule": ScheduleFactory(campaign=campaign, last_result=f"{SECRET} result"),
        "campaigns/finding": FindingFactory(run=run, name=f"{SECRET} Dental", lead=lead),
        "support/consent": consent,
        "mail/mail": MailFactory(
            tenant=cast.tenant, user=cast.ada, subject=f"{SECRET} campaign: 3 new leads"
        ),
        "pipeline/pipeline": stage.pipeline,
        "pipeline/stage": stage,
        "tenants/tenant": cast.tenant,
        "tenants/team": team,
        "joining/invitation": asked.invitation,
        "tenants/membership": Membership.of(cast.tenant).get(user=cast.ben),
        "registers/register": practice.register,
        "registers/load": practice.came_with,
        "registers/change": Change.objects.create(
            register=practice.register, entry=practice, kind="moved", on=practice.came_with.as_of
        ),
        "keys/credential": Credential.of(cast.tenant).create(
            tenant=cast.tenant, service="openai", said=f"{SECRET} answer"
        ),
        "credits/creditentry": CreditEntry.of(cast.tenant).latest("number"),
        "credits/price": Price.objects.earliest("pk"),
        "credits/rate": Rate.objects.earliest("pk"),
        "credits/exchange": Exchange.objects.earliest("pk"),
        "credits/vendorprice": VendorPrice.objects.earliest("pk"),
        "ledger/auditentry": audit.write(
            lead, "noted", by=cast.ada, before={"text": SECRET}, after={"text": SECRET}
        ),
    }


def _rule(lead: Lead, owner: Membership) -> Reaction:
    """A rule that looked for a word and told somebody: what it says and did bears the word too."""
    given = {"text": f"{SECRET} call", "days": 1}
    written = rules.Written(f"{SECRET} rule", {"q": SECRET}, "task", given)
    rule = rules.save(None, written, is_on=True, is_for_new=False, by=owner)
    did = {"reaction": rule, "many": 1, "said": f"Told Ada of {SECRET} Dental"}
    ReactionDeed.of(lead.tenant).create(tenant=lead.tenant, **did)
    return rule


def _scorecard(cast: Cast) -> Scorecard:
    """A draft that was tried out: what it says and what it found bear the word too."""
    card = cards.draft(cast.tenant, by=cast.ada)
    ideal = {"words": f"{SECRET} customers"}
    card = cards.save(card, {**card.written, "ideal": ideal}, 1, by=cast.ada, title=SECRET)
    trial.begin(card, by=cast.ada)
    return card


def _analysis(lead: Lead, cast: Cast) -> Analysis:
    """What the AI has said of the lead, by facts that bear the word."""
    statement = {"text": f"{SECRET} Dental fits.", "facts": [1]}
    fact = {"n": 1, "kind": "record", "text": f"Name: {SECRET} Dental", "source": "", "on": ""}
    said = {"shown": {"project": {"statements": [statement]}}}
    made: Analysis = Analysis.of(cast.tenant).create(
        tenant=cast.tenant, lead=lead, by=cast.ben, phase="told", state="done", facts=[fact],
        said=said, trouble=f"{SECRET} trouble",
    )  # fmt: skip
    return made


def _facts(lead: Lead) -> None:
    """What a lead's page shows of a value in use, of one dismissed, of a person's address."""
    here, jenna = lead.organisation, lead.contact
    quote = known.proof("website", "page", url="https://harbour.example/", quote=f"At {SECRET}")
    old = {"status": "applied", "old_on": timezone.localdate() - timedelta(days=3)}
    known.fact(here, "services", [f"{SECRET} crowns", "Implants"], quote, **old)
    known.fact(here, "employees", 24, quote, status="dismissed")
    known.fact(here, "linkedin", "https://www.linkedin.com/company/harbour", status="applied")
    known.fact(jenna, "email", jenna.email, quote, status="applied")
    known.fact(jenna, "phone", "+441618344567", known.proof("patterns", "guess"))
    EmailCheck.of(lead.tenant).create(
        tenant=lead.tenant, address=jenna.email, state="risky", reasons=[f"{SECRET} says so."]
    )
    known.quality(here, 62, verified=40, stale=10, conflicts=1, missing=["size"])


def _planning_list(cast: Cast) -> PlanningList:
    row = PlanningList.of(cast.tenant).create(tenant=cast.tenant, name=f"{SECRET} list", kept=1)
    PlanningApplication.of(cast.tenant).create(
        tenant=cast.tenant,
        list=row,
        position=0,
        reference=f"{SECRET}/1",
        postcode="LE1 1AA",
        applicant=f"{SECRET} Homes Ltd",
    )
    return row
