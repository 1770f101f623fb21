"""Companies with leads for the tests; runs inside `manage.py`, on the product's database."""

from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from campaigns import criteria, kinds, launching, runs
from campaigns.models import Run
from crm.credits import credits
from crm.ids import uuid7
from crm.notices import telling
from crm.pipeline import models as pipeline
from crm.tenants import members
from crm.tenants.acting import acting_for
from crm.tenants.models import Role, Tenant, User
from leads.identity.candidate import Candidate, OriginRef
from leads.intake import intake
from tests.browser import everything as one_of_each
from tests.browser.sessions import session
from tests.factories.campaigns import FindingFactory, RunFactory, SourceRunFactory

PEOPLE = (("Mara Quill", Role.MANAGER), ("Rhys Penrose", Role.REP))


def company(slug: str, leads: int, password: str) -> dict[str, Any]:
    """Make a company of a manager and a rep with so many leads in Discovery."""
    hashed = _hashed(password)
    tenant = Tenant.objects.create(name=slug.title(), slug=slug)
    made: dict[str, Any] = {"tenant": str(tenant.pk), "slug": slug}
    with acting_for(tenant):
        pipeline.lay(tenant)
        for name, role in PEOPLE:
            email = f"{role.value}@{slug}.example"
            user = User.objects.create(email=email, name=name, password=hashed)
            members.join(tenant, user, role)
            made[role.value] = session(user)
    admit(slug, [f"Harbour Dental {number}" for number in range(1, leads + 1)])
    return made


@cache
def _hashed(password: str) -> str:
    return make_password(password)


def admit(slug: str, names: list[str]) -> list[str]:
    """Bring organisations of these names in; gives the ids of their leads."""
    tenant = Tenant.objects.get(slug=slug)
    with acting_for(tenant):
        into = intake.entrance(tenant)
        origin = OriginRef(uuid7(), "a list")
        candidates = [
            Candidate(name=name, source="register", town="Falmouth", phone=f"013263{n:05}")
            for n, name in enumerate(names, start=10_000)
        ]
        admitted = [intake.admit(each, into=into, origin=origin, by=None) for each in candidates]
    return [str(each.lead.pk) for each in admitted if each.lead]


def campaign(slug: str, miles: int = 15) -> str:
    """Launch a small campaign; the worker does the rest."""
    tenant = Tenant.objects.get(slug=slug)
    with acting_for(tenant):
        wanted = criteria.check(
            kinds.get("healthcare"), postcode="LE1 1AA", miles=miles, max_results=15
        )
        made, _ = launching.create(wanted, tenant=tenant, by=None)
        runs.start(made, Run.Mode.FIRST, by=None)
    return str(made.pk)


def told_of(slug: str, place_id: str) -> str:
    """Let a run have met a place that only Google names, and a company that a council names.

    Gives its campaign; the company has credits.
    """
    tenant = Tenant.objects.get(slug=slug)
    with acting_for(tenant):
        credits.grant(tenant, 10_000, by=User.objects.get(email=f"manager@{slug}.example"))
        run = RunFactory(campaign__tenant=tenant, campaign__name="Two sources", number=1)
        for source in ("google_places", "planning"):
            SourceRunFactory(run=run, source=source, state="done", found=1)
        FindingFactory(
            run=run, source="google_places", key=place_id, place_id=place_id, name="", postcode="",
            verdict="rejected", ground="nameless", checked="unverified", miles=3.2,
            reason="No independent identity yet.",
        )  # fmt: skip
        check = {"name": "Register", "verdict": "for", "said": "It is active.", "url": ""}
        named = {
            "role": "applicant", "reference": "26/0001/FUL", "proposal": "New shop front",
            "decision": "Granted", "decided": "2026-11-20", "list": "Leicester",
        }  # fmt: skip
        FindingFactory(
            run=run, source="planning", name="Quay Homes Ltd", checked="verified",
            evidence={"checks": [check], "applications": [named]},
        )  # fmt: skip
    return str(run.campaign_id)


def tell(slug: str, role: str, text: str, url: str = "") -> None:
    """Tell a person of the company that a run has completed."""
    tenant = Tenant.objects.get(slug=slug)
    with acting_for(tenant):
        person = User.objects.get(email=f"{role}@{slug}.example")
        telling.tell([person], telling.Kind.RUN_COMPLETED, text, tenant=tenant, url=url)


def everything() -> dict[str, Any]:
    """Fill a company with one of everything; gives its people's sessions and all paths."""
    return one_of_each.make()


def seldom() -> dict[str, str]:
    """Give the pages that no address shows while all is well."""
    return one_of_each.seldom()
