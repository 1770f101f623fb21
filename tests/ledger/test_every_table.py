"""Each table with triggers: what is made, changed and deleted by plain statements is written down.

PostgreSQL reads such a function when it first runs, so that each must run once.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.db import connection, models
from django.utils import timezone

from campaigns.models import PlanningList
from crm.credits.models import LowMark
from crm.joining.models import Invitation
from crm.keys.models import Credential
from crm.ledger import tracing
from crm.ledger.audited import Audited
from crm.ledger.models import AuditEntry, AuditPayload
from crm.pipeline.models import Pipeline, Stage
from crm.support.models import Consent
from crm.tenants import teams
from crm.tenants.models import Membership, Team, Tenant
from enrichment.lookups.models import Rules
from enrichment.phones.models import ScreeningList
from leads.models import Lead, Merge, Override, Proposal, Reaction, Scorecard, Task
from leads.vectors.models import Ideal
from tests.factories.campaigns import CampaignFactory, RunFactory, ScheduleFactory, TemplateFactory
from tests.factories.leads import (
    ContactFactory,
    LeadFactory,
    OrganisationFactory,
    SavedViewFactory,
    TimelineEntryFactory,
)
from tests.factories.own import CustomFieldFactory, FieldValueFactory, TagFactory, TaggingFactory
from tests.factories.tenants import MembershipFactory, UserFactory
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")

NAMED = {"leads.lead": "Quay Smiles", "leads.timelineentry": "Quay Smiles"}


def makers(cast: Cast) -> dict[str, Callable[[], Any]]:
    """What makes a row of each, with what it stands on made before."""
    tenant = cast.tenant
    organisation = OrganisationFactory(tenant=tenant, name="Quay Smiles")
    lead: Lead = LeadFactory(organisation=organisation)
    campaign = CampaignFactory(tenant=tenant)
    view = SavedViewFactory(tenant=tenant, owner=cast.ada)
    team = teams.make(tenant, "North", by=cast.ada)
    rows = {"lead": lead, "savedview": view, "campaign": campaign}
    made: dict[str, Callable[[], Any]] = {
        "pipeline.pipeline": lambda: Pipeline.of(tenant).create(tenant=tenant, name="Second"),
        "pipeline.stage": lambda: Stage.of(tenant).create(
            tenant=tenant, pipeline=lead.pipeline, name="Later", kind="lead", position=90
        ),
        "joining.invitation": lambda: Invitation.of(tenant).create(
            tenant=tenant,
            email="dora@acme.example",
            token_hash="x",
            expires_at=timezone.now() + timedelta(days=1),
        ),
        "keys.credential": lambda: Credential.of(tenant).create(
            tenant=tenant, service="openai", sealed="s1:x:y"
        ),
        "support.consent": lambda: Consent.of(tenant).create(
            tenant=tenant, until=timezone.now() + timedelta(hours=1), reason="Lost"
        ),
        "phones.screeninglist": lambda: ScreeningList.of(tenant).create(
            tenant=tenant, register="tps", as_of=timezone.localdate(), file="tps.txt"
        ),
        "lookups.rules": lambda: Rules.of(tenant).create(tenant=tenant),
        "vectors.ideal": lambda: Ideal.of(tenant).create(tenant=tenant, words="Dental practices"),
        "credits.lowmark": lambda: LowMark.of(tenant).create(tenant=tenant, below=50),
        "tenants.user": lambda: UserFactory(name="Dora"),
        "tenants.tenant": lambda: Tenant.objects.create(name="Third", slug="third"),
        "tenants.team": lambda: Team.of(tenant).create(
            tenant=tenant, name="South", group=Group.objects.create(name="south")
        ),
        "tenants.membership": lambda: MembershipFactory(tenant=tenant, user=cast.charlie),
        "leads.organisation": lambda: OrganisationFactory(tenant=tenant),
        "leads.contact": lambda: ContactFactory(organisation=organisation),
        "leads.customfield": lambda: CustomFieldFactory(tenant=tenant),
        "leads.fieldvalue": lambda: FieldValueFactory(
            lead=lead, field=CustomFieldFactory(tenant=tenant), text="x"
        ),
        "leads.tag": lambda: TagFactory(tenant=tenant),
        "leads.tagging": lambda: TaggingFactory(lead=lead, tag=TagFactory(tenant=tenant)),
        "leads.lead": lambda: LeadFactory(
            organisation=OrganisationFactory(tenant=tenant, name="Quay Smiles")
        ),
        "leads.task": lambda: Task.of(tenant).create(
            tenant=tenant, lead=lead, text="Call back", due_at=timezone.now()
        ),
        "leads.proposal": lambda: Proposal.of(tenant).create(
            tenant=tenant, one=organisation, other=OrganisationFactory(tenant=tenant)
        ),
        "leads.merge": lambda: Merge.of(tenant).create(
            tenant=tenant, model="leads.organisation", kept=lead.pk, gone=lead.pk, name="Quay"
        ),
        "leads.timelineentry": lambda: TimelineEntryFactory(lead=lead),
        "leads.override": lambda: Override.of(tenant).create(
            tenant=tenant, lead=lead, points=50, reason="Met at a fair"
        ),
        "leads.reaction": lambda: Reaction.of(tenant).create(
            tenant=tenant, name="Hot and nobody's", does="tag"
        ),
        "leads.scorecard": lambda: Scorecard.of(tenant).create(tenant=tenant, number=1),
        "leads.savedview": lambda: SavedViewFactory(tenant=tenant, owner=cast.ada),
        "campaigns.campaign": lambda: CampaignFactory(tenant=tenant),
        "campaigns.template": lambda: TemplateFactory(tenant=tenant),
        "campaigns.planninglist": lambda: PlanningList.of(tenant).create(
            tenant=tenant, name="Leicester"
        ),
        "campaigns.run": lambda: RunFactory(campaign=campaign),
        "campaigns.schedule": lambda: ScheduleFactory(campaign=campaign),
        "mfa.authenticator": lambda: Authenticator.objects.create(
            user=cast.ben, type=Authenticator.Type.TOTP, data={"secret": "JBSWY3DP"}
        ),
    }
    for model, _ in tracing.traced():
        label = model._meta.label_lower
        if label.endswith(("withperson", "withteam")):
            kind = str(model._meta.get_field("content_object").related_model._meta.model_name)
            see = Permission.objects.get(codename=f"view_{kind}")
            given = {"content_object": rows[kind], "permission": see}
            reader = {"group": team.group} if label.endswith("team") else {"user": cast.vera}
            made[label] = lambda m=model, g=given | reader: m.objects.create(**g)  # type: ignore[attr-defined, misc]
    return made


def watched(model: type[models.Model], audited: Audited) -> str:
    """A column that may become something else, and to what, as SQL."""
    for kind, value in {
        models.DateTimeField: "{0} + interval '1 minute'",
        models.CharField: "'other'",
        models.TextField: "'other'",
        models.IntegerField: "{0} + 1",
    }.items():
        for field in model._meta.concrete_fields:
            is_plain = isinstance(field, kind) and not (field.null or field.choices)
            if is_plain and not field.primary_key and field.name not in audited.apart_from:
                return f'"{field.column}" = {value.format(field.column)}'
    raise AssertionError(f"Nothing of {model._meta.label} can be changed here.")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_each_tells_of_all_three(cast: Cast) -> None:
    made, told, wanted = makers(cast), {}, {}
    for model, audited in tracing.traced():
        label, table = model._meta.label_lower, model._meta.db_table
        row = made.pop(label)()
        run(f"UPDATE {table} SET {watched(model, audited)} WHERE id = '{row.pk}'")
        run(f"DELETE FROM {table} WHERE id = '{row.pk}'")
        entries = AuditEntry.objects.filter(target_type=label, target_id=str(row.pk))
        told[label] = [entry.verb for entry in entries.order_by("pk")]
        wanted[label] = ["created", "changed", "deleted"]
        if label in NAMED:
            assert {entry.target for entry in entries} == {NAMED[label]}
    assert told == wanted
    assert not made


def test_a_share_with_a_team_is_called_by_the_team(cast: Cast) -> None:
    made = makers(cast)
    made["leads.leadwithteam"]()
    assert AuditEntry.objects.latest("pk").target == "North"


def test_a_second_factor_s_secret_is_never_told(cast: Cast) -> None:
    row = makers(cast)["mfa.authenticator"]()
    Authenticator.objects.filter(pk=row.pk).update(data={"secret": "OTHER234"})
    entry = AuditEntry.objects.latest("pk")
    payload = AuditPayload.objects.get(entry_id=entry.pk)
    assert payload.before == payload.after == {"data": "•••"}


def test_what_the_work_itself_moves_along_is_no_change(cast: Cast) -> None:
    run = makers(cast)["campaigns.run"]()
    before = AuditEntry.objects.count()
    type(run).of(cast.tenant).filter(pk=run.pk).update(state="running", left=7)
    Membership.of(cast.tenant).filter(user=cast.ben).update(version=9)
    assert AuditEntry.objects.count() == before
