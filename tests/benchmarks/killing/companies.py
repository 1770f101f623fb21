"""Companies that know nothing yet, with an owner each; runs inside `manage.py`."""

from django.contrib.auth.hashers import make_password

from crm.pipeline import models as pipeline
from crm.tenants import members
from crm.tenants.models import Role, Tenant, User


def found(owners: dict[str, str], password: str) -> None:
    """Found companies as an installation does: by name, each with its owner's address."""
    hashed = make_password(password)
    for name, email in owners.items():
        tenant = Tenant.objects.create(name=name, slug=name)
        pipeline.lay(tenant)
        person = User.objects.create_user(email, name="Olivia")
        User.objects.filter(pk=person.pk).update(password=hashed)
        members.join(tenant, person, Role.OWNER)
