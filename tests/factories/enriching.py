"""Runs, their organisations, and what providers were asked, as they stand after some work."""

import factory
from django.utils import timezone

from crm.work.models import State
from enrichment.lookups.models import Lookup, Rules, TrackRecord
from leads.models import EnrichmentItem, EnrichmentRun
from tests.factories.leads import OrganisationFactory
from tests.factories.tenants import TenantFactory


class EnrichmentRunFactory(factory.django.DjangoModelFactory):
    """A run that has ended; nothing of it is to be done unless a `state` is said."""

    class Meta:
        model = EnrichmentRun

    tenant = factory.SubFactory(TenantFactory)
    why = EnrichmentRun.Why.SELECTION
    label = "2 leads"
    kinds = factory.LazyFunction(lambda: ["contact", "people"])
    phase = EnrichmentRun.Phase.COMPLETED
    state = State.DONE
    total = 1


class EnrichmentItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EnrichmentItem

    tenant = factory.SelfAttribute("run.tenant")
    run = factory.SubFactory(EnrichmentRunFactory)
    organisation = factory.SubFactory(
        OrganisationFactory, tenant=factory.SelfAttribute("..run.tenant")
    )
    state = State.DONE


class LookupFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lookup

    tenant = factory.SubFactory(TenantFactory)
    provider = "hunter_search"
    about = factory.Sequence(lambda n: f"firm-{n}.test")
    state = Lookup.State.TOLD
    answered_at = factory.LazyFunction(timezone.now)


class TrackRecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrackRecord

    tenant = factory.SubFactory(TenantFactory)
    provider = "hunter_search"
    segment = "dentist"
    month = factory.LazyFunction(lambda: timezone.localdate().replace(day=1))


class RulesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rules

    tenant = factory.SubFactory(TenantFactory)
