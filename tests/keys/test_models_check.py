"""The model that is asked: looked up every day, and people are warned before it ends."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.keys import changing, keys, models_check, models_seen
from crm.keys.models import ModelCheck, ModelWatch
from crm.notices.models import Notice
from crm.work.drain import drain
from tests.ai.vendor import Vendor
from tests.people import Cast, as_person
from tests.simulators import Running
from tests.simulators.model import catalogue

pytestmark = pytest.mark.usefixtures("committed_db")

OLD = "gpt-of-old"
DAYS_LEFT = 19


@pytest.fixture(autouse=True)
def _installations(settings: Any) -> None:
    settings.OPENAI_API_KEY = "sk-system-00000000ours"
    settings.WORK_TABLES = ["crm.keys.models_check.TABLE"]


@pytest.fixture
def scripted(settings: Any) -> Iterator[Vendor]:
    """OpenAI with the models that a test lets it have, on whatever day that is."""
    found = Vendor()
    settings.OPENAI_BASE_URL = found.url
    yield found
    found.close()


def a_day() -> None:
    """What the worker does in a day."""
    models_check.begin_due()
    drain(20)


def a_day_later() -> None:
    earlier = timezone.now() - timedelta(days=1, minutes=5)
    ModelWatch.across_tenants.update(next_at=earlier)
    ModelCheck.objects.update(asked_at=earlier)


def test_a_key_is_asked_once_a_day_however_many_companies_use_it(
    cast: Cast, vendors: Running
) -> None:
    a_day()
    a_day()
    assert ModelWatch.across_tenants.count() == 2
    assert vendors.openai.stats()["calls"] == 1
    check = ModelCheck.objects.get()
    assert (check.model, check.is_listed, check.ends_on) == ("gpt-5.6-terra", True, None)
    a_day_later()
    a_day()
    assert vendors.openai.stats()["calls"] == 2
    assert keys.standing(cast.tenant, "openai").said.startswith("It works.")


def test_owners_are_told_once_that_the_model_ends_and_what_follows(
    cast: Cast, scripted: Vendor, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OPENAI_MODEL = OLD
    ends_on = timezone.localdate() + timedelta(days=DAYS_LEFT)
    announced = {OLD: models_seen.End(ends_on, "gpt-5.6-terra")}
    monkeypatch.setattr(models_seen, "ANNOUNCED", announced)
    ours = {"id": OLD, "object": "model", "shutdown_date": ends_on.isoformat()}
    scripted.on("GET /models", {"object": "list", "data": [ours]})
    a_day()
    a_day_later()
    a_day()
    told = Notice.of(cast.tenant).get()
    assert told.user == cast.ada
    when = f"{ends_on.day} {ends_on:%B} {ends_on.year}"
    assert told.text.startswith(
        f"OpenAI switches {OLD} off on {when}, in {DAYS_LEFT} days; after that "
    )
    assert "sets OPENAI_MODEL to gpt-5.6-terra, its named successor." in told.text
    browser = as_person(cast.ada)
    for page in ("/settings/keys/", "/admin/"):
        assert f"OpenAI switches {OLD} off on {when}" in browser.get(page).content.decode()


def test_what_was_announced_is_what_the_vendor_lists() -> None:
    listed = catalogue.every()
    for model, end in models_seen.ANNOUNCED.items():
        assert end.on is not None
        assert listed[model]["shutdown_date"] == end.on.isoformat()
        assert end.successor in listed


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
    a_day()
    assert not ModelWatch.across_tenants.exists()
    changing.put(cast.tenant, "openai", "sk-proj-00000000mine", by=cast.ada)
    a_day()
    assert ModelWatch.across_tenants.get().tenant == cast.tenant
    assert vendors.openai.stats()["calls"] == 1


def test_a_key_that_the_check_finds_refused_is_told_of(
    cast: Cast, vendors: Running, settings: Any
) -> None:
    changing.put(cast.tenant, "openai", "sim-revoked", by=cast.ada)
    a_day()
    assert keys.standing(cast.tenant, "openai").label == "Refused"
    assert Notice.of(cast.tenant).get().text.startswith("OpenAI refuses your company’s key.")
