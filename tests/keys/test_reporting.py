"""Whoever calls a service says how it took the key; those who can mend it are told once."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm.keys import changing, keys
from crm.keys.keys import Stands
from crm.keys.models import Credential, ModelCheck, SystemKey
from crm.ledger.models import AuditEntry
from crm.notices.models import Notice
from crm.outside.errors import Refused
from crm.outside.key import Key
from crm.tenants.models import User
from tests.keys.conftest import MINE
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("db")

NO_KEY = Refused("OpenAI refused the key that ends in mine.", kind="key")
NO_CREDIT = Refused("OpenAI says that the credit of the key is used up.", kind="credit")
NO_MODEL = Refused("OpenAI has no such model, or no longer.", kind="model")
heard: list[tuple[str, str]] = []


def hear(tenant: Any, service: str) -> None:
    """Stands in KEY_CHANGED."""
    heard.append((str(tenant), service))


@pytest.fixture
def key(cast: Cast) -> Key:
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    found = keys.of(cast.tenant, "openai")
    assert found is not None
    return found


@pytest.fixture
def listening(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    heard.clear()
    monkeypatch.setattr("crm.keys.reporting.named", lambda setting: (hear,))
    return heard


def test_owners_and_managers_are_told_once_and_what_to_do(cast: Cast, mia: User, key: Key) -> None:
    for _ in range(3):
        keys.report(key, NO_KEY)
    told = Notice.of(cast.tenant)
    assert {notice.user for notice in told} == {cast.ada, mia}
    assert told.count() == 2
    notice = told.filter(user=mia).get()
    assert notice.text == (
        "OpenAI refuses your company’s key. OpenAI refused the key that ends in mine. Put in "
        "another key, or remove it to fall back to the installation’s. Until then nothing is "
        "asked of OpenAI."
    )
    assert notice.url == "/settings/keys/"


def test_a_key_that_comes_and_goes_is_told_of_once_a_day(cast: Cast, key: Key) -> None:
    for error in (NO_CREDIT, None, NO_CREDIT, None, NO_CREDIT):
        keys.report(key, error)
    assert Notice.of(cast.tenant).count() == 1
    Credential.of(cast.tenant).update(told_at=timezone.now() - timedelta(days=2))
    keys.report(key, None)
    keys.report(key, NO_CREDIT)
    assert Notice.of(cast.tenant).count() == 2


def test_a_call_that_tells_nothing_new_writes_nothing(
    cast: Cast, key: Key, django_assert_num_queries: Any
) -> None:
    keys.report(key, None)
    assert keys.standing(cast.tenant, "openai").state == Stands.WORKS
    with django_assert_num_queries(1) as asked:
        keys.report(key, None)
    assert asked.captured_queries[0]["sql"].startswith("SELECT")


def test_what_is_said_of_a_key_that_was_replaced_is_not_believed_of_the_new_one(
    cast: Cast, key: Key
) -> None:
    changing.put(cast.tenant, "openai", "sk-proj-another-0000000", by=cast.ada)
    keys.report(key, NO_KEY)
    assert keys.standing(cast.tenant, "openai").state == Stands.UNTESTED
    assert not Notice.of(cast.tenant).exists()


def test_what_waited_is_woken_when_a_key_works_again_or_another_is_put_in(
    cast: Cast, key: Key, listening: list[tuple[str, str]]
) -> None:
    keys.report(key, None)
    assert listening == []
    keys.report(key, NO_CREDIT)
    keys.report(key, None)
    assert listening == [("Acme Cabling", "openai")]
    changing.put(cast.tenant, "openai", "sk-proj-another-0000000", by=cast.ada)
    changing.remove(cast.tenant, "openai", by=cast.ada)
    changing.limit(cast.tenant, "openai", 1000, by=cast.ada)
    assert len(listening) == 3
    changing.limit(cast.tenant, "openai", 5000, by=cast.ada)
    assert len(listening) == 4


def test_the_change_stands_in_the_trail(cast: Cast, key: Key) -> None:
    keys.report(key, NO_KEY)
    entry = AuditEntry.objects.filter(target_type="keys.credential").latest("pk")
    assert (entry.actor, entry.verb, entry.target) == (
        "background work", "found the key of", "OpenAI",
    )  # fmt: skip


def test_out_of_credit_is_asked_again_after_some_hours(cast: Cast, key: Key) -> None:
    keys.report(key, NO_CREDIT)
    assert not keys.standing(cast.tenant, "openai").usable
    Credential.of(cast.tenant).update(since=timezone.now() - timedelta(hours=7))
    assert keys.standing(cast.tenant, "openai").usable


def test_a_model_that_is_gone_says_nothing_about_the_key(cast: Cast, key: Key) -> None:
    keys.report(key, None)
    keys.report(key, NO_MODEL)
    assert keys.standing(cast.tenant, "openai").state == Stands.WORKS
    assert ModelCheck.objects.get().is_listed is False


def test_the_installations_key_is_marked_for_those_who_look_after_it(
    cast: Cast, settings: Any
) -> None:
    settings.OPENAI_API_KEY = "sk-system-00000000ours"
    key = keys.of(cast.tenant, "openai")
    assert key is not None
    keys.report(key, Refused("OpenAI refused the key that ends in ours.", kind="key"))
    assert SystemKey.objects.get().state == "refused"
    assert not Notice.of(cast.tenant).exists()
    now = keys.standing(cast.other, "openai")
    assert (now.state, now.usable) == (Stands.SYSTEM, False)
    assert "ours" not in now.said
