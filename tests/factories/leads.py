"""Organisations and leads that somebody admitted before, and candidates that ask to be."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone

from crm.pipeline import models as pipeline
from crm.pipeline import rank
from crm.registers import names
from leads.identity.candidate import Candidate, OriginRef
from leads.models import (
    Contact,
    FlowStep,
    Lead,
    Organisation,
    Origin,
    SavedView,
    Score,
    StageMove,
    Task,
    TimelineEntry,
)
from tests.factories.tenants import TenantFactory


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    tenant = factory.SubFactory(TenantFactory)
    name = factory.Sequence(lambda n: f"Harbour Dental {n}")
    name_key = factory.LazyAttribute(lambda each: names.name_key(each.name))
    sort_key = factory.LazyAttribute(lambda each: names.sort_key(each.name))
    address = "12 Quay Street"
    town = "Falmouth"
    postcode = "TR11 3HH"
    trade = "dentist"
    industry = "healthcare"


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    tenant = factory.SelfAttribute("organisation.tenant")
    organisation = factory.SubFactory(OrganisationFactory)
    name = "Jenna Pascoe"
    job_title = "Practice manager"
    email = "jenna@harbour-dental.example"


class LeadFactory(factory.django.DjangoModelFactory):
    """A lead that stands last in DISCOVERY unless a `stage` is said."""

    class Meta:
        model = Lead

    tenant = factory.SelfAttribute("organisation.tenant")
    organisation = factory.SubFactory(OrganisationFactory)
    stage = factory.LazyAttribute(
        lambda each: pipeline.Stage.of(each.tenant).get(kind=pipeline.Kind.DISCOVERY)
    )
    pipeline = factory.SelfAttribute("stage.pipeline")
    rank = factory.LazyFunction(rank.last)
    source = "register"


class OriginFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Origin
        skip_postgeneration_save = True

    lead = factory.SubFactory(LeadFactory)
    tenant = factory.SelfAttribute("lead.tenant")
    ref = factory.LazyFunction(uuid4)
    label = "Healthcare within 15 miles of LE1 1AA"

    @factory.post_generation
    def brought_in(self, create: bool, extracted: object, **given: object) -> None:
        """Let the lead say what brought it in, as at its admission."""
        if self.lead.found_by is None:
            self.lead.found_by = self.ref
            self.lead.save(update_fields=["found_by"])


class TimelineEntryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TimelineEntry

    lead = factory.SubFactory(LeadFactory)
    tenant = factory.SelfAttribute("lead.tenant")
    kind = TimelineEntry.Kind.NOTE
    text = "Called; call back on Tuesday."


class StageMoveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StageMove

    lead = factory.SubFactory(LeadFactory)
    tenant = factory.SelfAttribute("lead.tenant")
    to_stage = factory.SelfAttribute("lead.stage")


class ScoreFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Score

    lead = factory.SubFactory(LeadFactory)
    tenant = factory.SelfAttribute("lead.tenant")
    points = 40
    tier = "warm"
    receipt = factory.LazyFunction(lambda: {"before_cap": 40, "lines": []})


class FlowStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FlowStep

    lead = factory.SubFactory(LeadFactory)
    tenant = factory.SelfAttribute("lead.tenant")


class TaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Task

    lead = factory.SubFactory(LeadFactory)
    tenant = factory.SelfAttribute("lead.tenant")
    text = "Send the quote"
    due_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))


class SavedViewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SavedView

    name = factory.Sequence(lambda n: f"View {n}")
    wanted = factory.LazyFunction(lambda: {"tier": "hot"})


class CandidateFactory(factory.Factory):
    class Meta:
        model = Candidate

    name = "Harbour Dental"
    source = "register"
    address = "12 Quay Street, Falmouth"
    town = "Falmouth"
    postcode = "TR11 3HH"
    trade = "dentist"
    industry = "healthcare"


class OriginRefFactory(factory.Factory):
    class Meta:
        model = OriginRef

    ref = factory.LazyFunction(uuid4)
    label = "Healthcare within 15 miles of TR11 3HH"
