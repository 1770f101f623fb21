"""Rows of work in the administration: managers read words, superusers the queue's internals."""

import re
from typing import Any

import pytest

from crm.mail.models import Mail
from crm.work.models import State
from tests.factories.campaigns import RunFactory, ScheduleFactory, SourceRunFactory
from tests.factories.leads import FlowStepFactory, LeadFactory
from tests.factories.mail import MailFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.django_db
FAILED = {"state": State.DEAD, "attempts": 4321, "crashes": 1234, "last_error": "KeyError: 'town'"}
INTERNALS = ("4321", "1234", "KeyError", "Crashes", "Attempts", "Lease until", "Cursor")


def pages(cast: Cast) -> dict[str, Any]:
    lead = LeadFactory(organisation__tenant=cast.tenant)
    run = RunFactory(campaign__tenant=cast.tenant)
    return {
        "leads/flowstep": FlowStepFactory(lead=lead, **FAILED),
        "campaigns/sourcerun": SourceRunFactory(run=run, **FAILED),
        "campaigns/schedule": ScheduleFactory(campaign=run.campaign, **FAILED),
        "mail/mail": MailFactory(tenant=cast.tenant, user=cast.ben, **FAILED),
    }


def words(page: Any) -> str:
    main = page.content.decode().partition('id="content"')[2]
    return re.sub(r"<[^>]*>", " ", main)


def test_managers_read_words_and_superusers_the_internals(cast: Cast) -> None:
    ada = as_person(cast.ada)
    there = pages(cast)
    for model, row in there.items():
        for path in (f"/admin/{model}/", f"/admin/{model}/{row.pk}/change/"):
            said = words(ada.get(path))
            assert "Failed" in said, path
            assert "It failed again and again and was given up. Queue it again" in said, path
            assert not [each for each in INTERNALS if each in said], path
        assert ada.get(f"/admin/{model}/?attempts__gt=1").status_code == 400
    cast.ada.is_superuser = True
    cast.ada.save()
    for model, row in there.items():
        said = words(ada.get(f"/admin/{model}/{row.pk}/change/"))
        assert not [each for each in INTERNALS[:-1] if each not in said], model
    assert "Cursor" in words(
        ada.get(f"/admin/campaigns/sourcerun/{there['campaigns/sourcerun'].pk}/change/")
    )


def test_what_a_mail_server_said_is_told(cast: Cast) -> None:
    there = MailFactory(
        tenant=cast.tenant, user=cast.ben, state=State.DEAD, last_error="550 No such box."
    )
    assert Mail.of(cast.tenant).count() == 1
    assert "550 No such box." in words(
        as_person(cast.ada).get(f"/admin/mail/mail/{there.pk}/change/")
    )
