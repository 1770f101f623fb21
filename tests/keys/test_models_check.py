"""The model that is asked: looked up every day, and people are warned before it ends."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.keys import changing, keys, models_check
from crm.keys.models import ModelCheck, ModelWatch
from crm.notices.models import Notice
from crm.work.drain import drain
from tests.keys.conftest import control
from tests.people import Cast, as_person
from tests.simulators import Running

pytestmark = pytest.mark.usefixtures("committed_db")

OLD = "gpt-5-mini"


@pytest.fixture(autouse=True)
def _installations(settings: Any) -> None:
    settings.OPENAI_API_KEY = "sk-system-00000000ours"
    settings.WORK_TABLES = ["crm.keys.models_check.TABLE"]


def a_day() -> None:
    """What the worker does in a day."""
    models_check.begin_due()
    drain(20)


def asked(settings: Any) -> int:
    return int(control(settings.OPENAI_BASE_URL, "GET", "stats")["calls"])


def a_day_later() -> None:
    earlier = timezone.now() - timedelta(days=1, minutes=5)
    ModelWatch.across_tenants.update(next_at=earlier)
    ModelCheck.objects.update(asked_at=earlier)


def test_a_key_is_asked_once_a_day_however_many_companies_use_it(
    cast: Cast, vendors: Running, settings: Any
) -> None:
    before = asked(settings)
    a_day()
    a_day()
    assert ModelWatch.across_tenants.count() == 2
    assert asked(settings) == before + 1
    check = ModelCheck.objects.get()
    assert (check.model, check.is_listed, check.ends_on) == ("gpt-5.6-terra", True, None)
    a_day_later()
    a_day()
    assert asked(settings) == before + 2
    assert keys.standing(cast.tenant, "openai").said.startswith("It works.")


def test_owners_are_told_once_that_the_model_ends_and_what_follows(
    cast: Cast, vendors: Running, settings: Any
) -> None:
    settings.OPENAI_MODEL = OLD
    a_day()
    a_day_later()
    a_day()
    told = Notice.of(cast.tenant).get()
    assert told.user == cast.ada
    assert told.text.startswith("OpenAI switches gpt-5-mini off on 11 December 2026, ")
    assert "sets OPENAI_MODEL to gpt-5.6-terra, its named successor." in told.text
    browser = as_person(cast.ada)
    for page in ("/settings/keys/", "/admin/"):
        assert "OpenAI switches gpt-5-mini off on 11 December 2026" in browser.get(
            page
        ).content.decode().replace("&#x27;", "'")


def test_a_model_that_is_not_listed_any_more_is_told_of(
    cast: Cast, vendors: Running, settings: Any
) -> None:
    settings.OPENAI_MODEL = "gpt-3-gone"
    a_day()
    said = Notice.of(cast.other).get().text
    assert said.startswith("OpenAI no longer offers gpt-3-gone to this key")
    assert "sets OPENAI_MODEL to another model." in said


def test_what_was_not_answered_is_asked_again_within_the_hour(
    cast: Cast, vendors: Running, settings: Any
) -> None:
    there, settings.OPENAI_BASE_URL = settings.OPENAI_BASE_URL, "http://127.0.0.1:9/v1"
    a_day()
    assert ModelCheck.objects.get().checked_at is None
    soon = ModelWatch.of(cast.tenant).get().next_at
    assert soon <= timezone.now() + timedelta(hours=1)
    settings.OPENAI_BASE_URL = there
    later = timezone.now() - timedelta(minutes=61)
    ModelWatch.across_tenants.update(next_at=later)
    ModelCheck.objects.update(asked_at=later - timedelta(days=1))
    a_day()
    assert ModelCheck.objects.get().is_listed


def test_without_any_key_nobody_is_asked(cast: Cast, vendors: Running, settings: Any) -> None:
    settings.OPENAI_API_KEY = ""
    before = asked(settings)
    a_day()
    assert not ModelWatch.across_tenants.exists()
    changing.put(cast.tenant, "openai", "sk-proj-00000000mine", by=cast.ada)
    a_day()
    assert ModelWatch.across_tenants.get().tenant == cast.tenant
    assert asked(settings) == before + 1


def test_a_key_that_the_check_finds_refused_is_told_of(
    cast: Cast, vendors: Running, settings: Any
) -> None:
    changing.put(cast.tenant, "openai", "sim-revoked", by=cast.ada)
    a_day()
    assert keys.standing(cast.tenant, "openai").label == "Refused"
    assert Notice.of(cast.tenant).get().text.startswith("OpenAI refuses your company’s key.")
