"""The first owner of an empty installation comes in by a link that works once."""

from django.core import signing
from django.db import connection, transaction
from django.utils.text import slugify

from crm.credits import granting
from crm.pipeline import models as pipeline
from crm.tenants import members
from crm.tenants.models import Role, Tenant, User

SALT = "first owner"
VALID_SECONDS = 24 * 3600


def token() -> str:
    """Make the link's token; it is void as soon as somebody is here."""
    return signing.dumps("first owner", salt=SALT)


def is_valid(given: str) -> bool:
    """Say whether the link may still create the owner."""
    try:
        signing.loads(given, salt=SALT, max_age=VALID_SECONDS)
    except signing.BadSignature:
        return False
    return not User.objects.exists()


class FoundedMeanwhile(Exception):
    """Somebody else used the link at the same moment."""


@transaction.atomic
def found(*, company: str, name: str, email: str, password: str) -> User:
    """Create tenant, pipeline, credits and owner; raises FoundedMeanwhile for the second of two."""
    with connection.cursor() as cursor:
        # Two windows, one owner: the second waits here, and then finds the first.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [SALT])
    if User.objects.exists():
        raise FoundedMeanwhile
    tenant = Tenant.objects.create(name=company, slug=_slug(company))
    pipeline.lay(tenant)
    granting.begin(tenant)
    owner = User.objects.create_user(email, password, name=name)
    members.join(tenant, owner, Role.OWNER)
    return owner


def _slug(company: str) -> str:
    wanted = slugify(company)[:40] or "company"
    is_taken = Tenant.objects.filter(slug=wanted).exists()
    return f"{wanted}-{Tenant.objects.count() + 1}" if is_taken else wanted
