"""People for a company of many leads; runs inside `manage.py`, on the product's database."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns import criteria, kinds, launching
from crm.pipeline.models import Kind, Stage
from crm.tenants import teams
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership, Reach, Role, Tenant, User
from leads.models import Contact, Lead, Organisation, Origin, TimelineEntry
from leads.timeline import timeline
from tests.benchmarks import many_tenants
from tests.benchmarks.crowd_rows import MATE, OTHERS, OWNER, PASSWORD, REP

# Statements of the transaction, which ask nothing.
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def settle(reps: int, in_team: int, beside: Sequence[str] = OTHERS) -> dict[str, Any]:
    """Make the company with its people, a lead to copy, and others; give what SQL needs of them.

    REP stands alone in a team of their own, which is for shares; MATE is in a team of `in_team`.
    """
    many_tenants.lay(["large", *beside])
    tenant = Tenant.objects.get(slug="large")
    Tenant.objects.filter(pk=tenant.pk).update(
        rep_reach=Reach.OWN, viewer_reach=Reach.OWN, shows_unowned=False
    )
    with acting_for(tenant):
        owner = _join(tenant, OWNER, Role.OWNER).user
        rep = _join(tenant, REP, Role.REP)
        others = [_join(tenant, f"rep{number}@large.example", Role.REP) for number in range(reps)]
        mate = _join(tenant, MATE, Role.REP)
        north = teams.make(tenant, "North", by=owner)
        south = teams.make(tenant, "South", by=owner)
        for membership in (mate, *others[: in_team - 1]):
            teams.place(membership, north, by=owner)
        teams.place(rep, south, by=owner)
    view = Permission.objects.filter(codename="view_lead", content_type__app_label="leads")
    view_campaign = Permission.objects.filter(codename="view_campaign")
    return {
        "rep": str(rep.user_id),
        "mates": [str(each.user_id) for each in (mate, *others[: in_team - 1])],
        "others": [str(each.user_id) for each in others[in_team - 1 :]],
        "south": south.group_id,
        "permission": view.get().pk,
        "permission_campaign": view_campaign.get().pk,
        "models": {slug: _model(slug, owner) for slug in ("large", *beside)},
    }


def _join(tenant: Tenant, email: str, role: Role) -> Membership:
    user = User.objects.create(email=email, name=email.split("@")[0].title(), password=_hashed())
    return Membership.of(tenant).create(tenant=tenant, user=user, role=role)


@cache
def _hashed() -> str:
    """Slow on purpose; all have the same."""
    return make_password(PASSWORD)


def _model(slug: str, by: User) -> dict[str, Any]:
    """Make a campaign, an organisation, a lead and its origin, after which others are made."""
    tenant = Tenant.objects.get(slug=slug)
    with acting_for(tenant):
        wanted = criteria.check(
            kinds.get("healthcare"), postcode="LE1 1AA", miles=15, max_results=100
        )
        campaign, _ = launching.create(wanted, tenant=tenant, by=by)
        organisation = Organisation.of(tenant).create(
            tenant=tenant, name="Model", name_key="model", sort_key="model", trade="dentist"
        )
        stage = Stage.of(tenant).filter(kind=Kind.DISCOVERY)[0]
        lead = Lead.of(tenant).create(
            tenant=tenant, organisation=organisation, pipeline=stage.pipeline, stage=stage,
            rank="i", source="register",
        )  # fmt: skip
        origin = Origin.of(tenant).create(tenant=tenant, lead=lead, ref=campaign.pk, label="Model")
        contact = Contact.of(tenant).create(
            tenant=tenant, organisation=organisation, name="Model Person"
        )
        note = timeline.write(lead, TimelineEntry.Kind.NOTE, "Model note.", by=by)
    stages = Stage.of(tenant).order_by("position").values_list("pk", flat=True)
    return {
        "campaign": str(campaign.pk),
        "organisation": str(organisation.pk),
        "lead": str(lead.pk),
        "origin": str(origin.pk),
        "contact": str(contact.pk),
        "note": str(note.pk),
        "stages": [str(pk) for pk in stages],
    }


def count(email: str, paths: list[str]) -> dict[str, int]:
    """Count what each page asks the database, sign-in and frame included."""
    browser = Client(headers={"host": "localhost"})
    browser.force_login(User.objects.get(email=email), "django.contrib.auth.backends.ModelBackend")
    return {path: _count(browser, path) for path in paths}


def _count(browser: Client, path: str) -> int:
    # As in a process that has just begun.
    ContentType.objects.clear_cache()
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}.")
    said = [query["sql"].split()[0].strip(";") for query in asked.captured_queries]
    return sum(word not in FRAME for word in said)
