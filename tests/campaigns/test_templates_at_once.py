"""Two colleagues give a template the same name at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from campaigns import criteria, templating
from campaigns.models import Template
from crm.ledger.models import AuditEntry
from crm.tenants.models import Membership, User
from tests.factories.campaigns import CampaignFactory, TemplateFactory
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db", "bundled")


def member(person: User) -> Membership:
    return Membership.across_tenants.select_related("tenant", "user", "team").get(user=person)


def at_once(*jobs: Callable[[], object]) -> list[str]:
    """Do them side by side, and say of each what came of it."""
    start = Barrier(len(jobs))

    def one(job: Callable[[], object]) -> str:
        try:
            start.wait(timeout=10)
            job()
        except templating.NameTaken:
            return "taken"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(jobs)) as pool:
        return sorted(pool.map(one, jobs))


def test_one_of_two_is_kept_and_the_other_is_told(cast: Cast) -> None:
    wanted = criteria.of(CampaignFactory(tenant=cast.tenant))
    for number in range(5):
        name = f"Practices {number}"

        def keep(called: str = name) -> None:
            templating.keep(wanted, called, by=member(cast.ben))

        assert at_once(keep, keep) == ["done", "taken"]
    assert Template.of(cast.tenant).count() == 5
    assert AuditEntry.objects.filter(target_type="campaigns.template").count() == 5


def test_one_of_two_is_renamed_and_the_other_is_told(cast: Cast) -> None:
    one, other = TemplateFactory.create_batch(2, tenant=cast.tenant)
    said = at_once(
        lambda: templating.rename(one, "Practices", by=member(cast.ada)),
        lambda: templating.rename(other, "Practices", by=member(cast.ada)),
    )
    assert said == ["done", "taken"]
    assert Template.of(cast.tenant).filter(name="Practices").count() == 1


def test_a_template_that_is_gone_is_not_renamed(cast: Cast) -> None:
    template = TemplateFactory(tenant=cast.tenant)
    templating.delete(Template.of(cast.tenant).get(), by=member(cast.ada))
    templating.rename(template, "Practices", by=member(cast.ada))
    assert not Template.of(cast.tenant).exists()
    assert not AuditEntry.objects.filter(verb="renamed").exists()
