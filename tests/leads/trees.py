"""Random trees of rows that hang on an organisation, and how all of them stand."""

from random import Random
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from crm.pipeline.models import Kind, Pipeline, Stage, lay
from leads.merging import relations
from leads.merging.unmerge import LABELS
from leads.models import (
    Batch,
    Change,
    IdentityKey,
    Lead,
    LeadWithPerson,
    Organisation,
    Proposal,
    Task,
)
from leads.work import tasks
from tests.factories.campaigns import FindingFactory
from tests.factories.leads import (
    ContactFactory,
    LeadFactory,
    OrganisationFactory,
    OriginFactory,
    ScoreFactory,
    StageMoveFactory,
    TimelineEntryFactory,
)
from tests.factories.own import CustomFieldFactory, FieldValueFactory, TagFactory, TaggingFactory
from tests.people import Cast

TOLD = ("Merged with", "No longer merged")


class Forest:
    """Organisations of one company with random rows that partly mean the same."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.random = cast, Random(seed)
        self.tags = [TagFactory(tenant=cast.tenant) for _ in range(3)]
        self.fields = [CustomFieldFactory(tenant=cast.tenant) for _ in range(3)]
        self.refs = [uuid4() for _ in range(3)]
        if not Pipeline.of(cast.tenant).filter(name="Renewals").exists():
            Pipeline.of(cast.tenant).update(name="First")
            lay(cast.tenant)
            Pipeline.of(cast.tenant).filter(name="Sales").update(name="Renewals", position=1)

    def some(self, things: list[Any]) -> list[Any]:
        return self.random.sample(things, self.random.randint(0, len(things)))

    def organisation(self) -> Organisation:
        chosen = self.random.choice
        row: Organisation = OrganisationFactory(
            tenant=self.cast.tenant,
            name=chosen(["Alder & Co", "Alder and Company", "Ælder"]),
            phone=chosen(["", "+441326000001", "+441326000002"]),
            company_number=chosen(["", "01234567"]),
            latitude=chosen([None, self.random.random()]),
            employees=chosen([None, 12]),
            customer_since=chosen([None, timezone.now()]),
        )
        for kind, value in self.some([("phone", "+441326000001"), ("domain", "alder.example")]):
            IdentityKey.of(self.cast.tenant).create(
                tenant=self.cast.tenant, organisation=row, kind=kind, value=value
            )
        IdentityKey.of(self.cast.tenant).create(
            tenant=self.cast.tenant, organisation=row, kind="site", value=str(row.pk)
        )
        contacts = [ContactFactory(organisation=row) for _ in range(self.random.randint(0, 2))]
        for pipeline in self.some(list(Pipeline.of(self.cast.tenant))):
            self.lead(row, pipeline, contacts)
        FindingFactory(run__campaign__tenant=self.cast.tenant, organisation=row)
        return row

    def lead(self, row: Organisation, pipeline: Pipeline, contacts: list[Any]) -> Lead:
        tenant, chosen = self.cast.tenant, self.random.choice
        kind = chosen([Kind.LEAD, Kind.PROSPECT, Kind.LOST])
        stage = Stage.of(tenant).get(pipeline=pipeline, kind=kind)
        lead: Lead = LeadFactory(
            organisation=row,
            stage=stage,
            owner=chosen([None, self.cast.ada, self.cast.ben]),
            value_pence=chosen([None, 120_000]),
            contact=chosen([None, *contacts]),
            closed_at=timezone.now() if stage.is_closed else None,
        )
        alike = {"lead": lead, "tenant": tenant}
        for tag in self.some(self.tags):
            TaggingFactory(**alike, tag=tag)
        for field in self.some(self.fields):
            number = self.random.randint(0, 10**15) / 10
            FieldValueFactory(**alike, field=field, text="as it was", number=number)
        for ref in self.some(self.refs):
            OriginFactory(**alike, ref=ref)
        for text in self.some(["Called.", "Wrote.", "Met."]):
            TimelineEntryFactory(**alike, text=text)
            Task.of(tenant).create(**alike, text=text, due_at=timezone.now())
        tasks.settle(lead)
        StageMoveFactory(**alike)
        ScoreFactory(**alike)
        batch = Batch.of(tenant).create(tenant=tenant, verb="move", said="Moved")
        Change.of(tenant).create(**alike, batch=batch)
        FindingFactory(run__campaign__tenant=tenant, organisation=row, lead=lead)
        self.share(lead)
        return lead

    def share(self, lead: Lead) -> None:
        kind = ContentType.objects.get_for_model(Lead)
        permission = Permission.objects.filter(content_type=kind).first()
        for user in self.some([self.cast.ben, self.cast.vera]):
            LeadWithPerson.objects.create(permission=permission, user=user, content_object=lead)

    def propose(self, one: Organisation, other: Organisation) -> None:
        tenant = self.cast.tenant
        Proposal.of(tenant).create(tenant=tenant, one=one, other=other)


def as_they_stand() -> dict[str, list[Any]]:
    """Every row of every table that the table of relations names, and of what they hang on."""
    models = {each.model for each in relations.every() if each.rule is not relations.Rule.REMAKE}
    found = {}
    with connection.cursor() as cursor:
        for model in sorted(models | set(LABELS.values()), key=lambda each: each.__name__):
            table = model._meta.db_table
            cursor.execute(f"SELECT to_jsonb(r)::text FROM {table} r")
            found[table] = sorted(row for (row,) in cursor.fetchall() if not _is_told(row))
        cursor.execute("SELECT lead_id::text, words FROM leads_searchtext")
        found["words"] = sorted(cursor.fetchall())
    return found


def _is_told(row: str) -> bool:
    return any(f'"text": "{words}' in row for words in TOLD)
