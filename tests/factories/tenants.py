"""Companies and their people."""

from typing import Any

import factory

from crm.pipeline import models as pipeline
from crm.tenants.models import Membership, Role, Tenant, User


class TenantFactory(factory.django.DjangoModelFactory):
    """A company with its first pipeline, as founding leaves it."""

    class Meta:
        model = Tenant
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Company {n}")
    slug = factory.Sequence(lambda n: f"company-{n}")

    @factory.post_generation
    def laid(tenant: Tenant, create: bool, extracted: Any, **kwargs: Any) -> None:
        pipeline.lay(tenant)


class UserFactory(factory.django.DjangoModelFactory):
    """A person without a password; tests sign them in by `as_person`."""

    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.LazyAttribute(
        lambda person: f"{person.name.lower().replace(' ', '.')}@{person.company}.example"
    )

    class Params:
        company = "somewhere"


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    tenant = factory.SubFactory(TenantFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.REP
