"""Fields of a company's own with values, and tags on leads."""

import factory

from leads.records.custom import CustomField, FieldValue, Tag, Tagging
from tests.factories.leads import LeadFactory
from tests.factories.tenants import TenantFactory


class CustomFieldFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CustomField

    tenant = factory.SubFactory(TenantFactory)
    label = factory.Sequence(lambda n: f"Field {n}")
    kind = CustomField.Kind.TEXT
    position = factory.Sequence(lambda n: n)


class FieldValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FieldValue

    lead = factory.SubFactory(LeadFactory)
    tenant = factory.SelfAttribute("lead.tenant")
    field = factory.SubFactory(CustomFieldFactory, tenant=factory.SelfAttribute("..tenant"))


class TagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tag

    tenant = factory.SubFactory(TenantFactory)
    name = factory.Sequence(lambda n: f"Tag {n}")


class TaggingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tagging

    lead = factory.SubFactory(LeadFactory)
    tenant = factory.SelfAttribute("lead.tenant")
    tag = factory.SubFactory(TagFactory, tenant=factory.SelfAttribute("..tenant"))
