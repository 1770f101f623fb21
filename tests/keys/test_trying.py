"""The Test button: the cheapest call that there is, and its answer in words."""

import logging
from typing import Any

import pytest
from django.utils import timezone

from crm.keys import changing, keys
from crm.keys.keys import NotTested, Stands
from crm.keys.models import Credential, ModelCheck, SystemKey
from crm.keys.what import EVERY
from crm.ledger.models import AuditEntry, AuditPayload
from crm.notices.models import Notice
from crm.outside.errors import Refused
from tests.keys.conftest import MINE, renewal
from tests.people import Cast, as_person
from tests.simulators import Running

pytestmark = pytest.mark.usefixtures("db")
# Of Twilio's keys the SID and the secret.
PAIR = f"SK{'0' * 32}:Key-of-ours-12345678"


def tried(cast: Cast, service: str, secret: str) -> keys.Standing:
    changing.put(cast.tenant, service, secret, by=cast.ada)
    return keys.test(cast.tenant, service, by=cast.ada)


@pytest.mark.parametrize(
    ("service", "words"),
    [
        ("openai", "gpt-5.6-terra is among them."),
        ("companies_house", "Works: the register answered in "),
        ("google_places", "Works: the map answered in "),
        ("apollo", "Works: 50,000 of 50,000 searches are left today."),
        ("hunter", "Works: 10,000 of 10,000 credits are left, renewed on {renewal}."),
        ("zerobounce", "Works: 10,000 credits are left."),
        ("twilio", "Works: Twilio answered in "),
        ("clearbit", "Works: Clearbit answered in "),
    ],
)
def test_each_service_says_in_words_that_it_takes_the_key(
    cast: Cast, vendors: Running, service: str, words: str
) -> None:
    now = tried(cast, service, PAIR if service == "twilio" else "Key-of-ours-12345678")
    assert (now.state, now.label, now.usable) == (Stands.WORKS, "Works", True), now.said
    assert words.format(renewal=renewal()) in now.said
    assert now.tested_at is not None
    assert now.went_well


def test_none_of_these_calls_costs_anything(cast: Cast, vendors: Running) -> None:
    for service in EVERY:
        tried(cast, service, PAIR if service == "twilio" else "Key-of-ours-12345678")
        assert vendors.all[service].stats()["calls"] == 1
        # Of what it files a call under, this is what Google charges nothing for.
        free = {"Text Search Essentials (IDs Only)"} if service == "google_places" else set()
        assert set(vendors.all[service].stats()["billed_for"]) == free


@pytest.mark.parametrize(
    ("service", "said"),
    [
        ("zerobounce", "ZeroBounce does not know this key."),
        ("twilio", "Twilio refused the key that ends in oked."),
        ("clearbit", "Clearbit refused the key that ends in oked."),
    ],
)
def test_each_service_says_in_words_that_it_refuses_the_key(
    cast: Cast, vendors: Running, service: str, said: str
) -> None:
    now = tried(cast, service, "sim-revoked")
    assert (now.state, now.label, now.usable) == (Stands.REFUSED, "Refused", False)
    assert now.said.startswith(said)
    assert not now.went_well


@pytest.mark.parametrize(
    ("service", "said"),
    [
        ("zerobounce", "Out of credit: all are used."),
        ("clearbit", "Clearbit says that the credit of the key that ends in mpty is used up."),
    ],
)
def test_an_account_that_is_empty_is_called_so(
    cast: Cast, vendors: Running, service: str, said: str
) -> None:
    now = tried(cast, service, "sim-empty")
    assert (now.state, now.label, now.usable) == (Stands.NO_CREDIT, "Out of credit", False)
    assert now.said.startswith(said)


def test_a_refused_key_is_called_so_with_what_the_service_said(
    cast: Cast, vendors: Running
) -> None:
    now = tried(cast, "openai", "sim-revoked")
    assert (now.state, now.label, now.usable) == (Stands.REFUSED, "Refused", False)
    assert now.said.startswith("OpenAI refused the key that ends in oked.")
    assert not now.went_well


def test_an_account_without_credit_says_until_when(cast: Cast, vendors: Running) -> None:
    now = tried(cast, "hunter", "sim-empty")
    assert (now.state, now.usable) == (Stands.NO_CREDIT, False)
    assert now.label == f"Out of credit until {renewal()}"
    assert now.said == f"Out of credit until {renewal()}: all 10,000 are used."


def test_once_that_day_has_come_it_may_be_asked_again(cast: Cast, vendors: Running) -> None:
    tried(cast, "hunter", "sim-empty")
    Credential.of(cast.tenant).update(until=timezone.now())
    now = keys.standing(cast.tenant, "hunter")
    assert (now.state, now.label, now.usable) == (Stands.UNTESTED, "To be tested again", True)


def test_a_service_that_is_away_says_nothing_about_the_key(cast: Cast, settings: Any) -> None:
    settings.HUNTER_URL = "http://127.0.0.1:9"
    now = tried(cast, "hunter", "Key-of-ours-12345678")
    assert (now.state, now.usable) == (Stands.UNTESTED, True)
    assert now.said.startswith("Not reachable: ")
    assert not now.went_well


def test_a_second_click_within_seconds_asks_nobody(cast: Cast, vendors: Running) -> None:
    tried(cast, "hunter", "Key-of-ours-12345678")
    with pytest.raises(NotTested, match=r"Hunter was asked just now\. Wait a few seconds"):
        keys.test(cast.tenant, "hunter", by=cast.ada)
    assert vendors.hunter.stats()["calls"] == 1


def test_where_there_is_no_key_there_is_nothing_to_test(cast: Cast) -> None:
    with pytest.raises(NotTested, match=r"There is no key of Hunter to test\."):
        keys.test(cast.tenant, "hunter", by=cast.ada)


def test_the_installations_key_tells_a_company_nothing_of_its_account(
    cast: Cast, vendors: Running, settings: Any
) -> None:
    settings.HUNTER_KEY = "sim-hunter-system"
    now = keys.test(cast.tenant, "hunter", by=cast.ada)
    assert now.state == Stands.SYSTEM
    assert now.said == "It works. What is asked with it costs your company credits."
    assert SystemKey.objects.get(service="hunter").state == "works"
    assert not Credential.of(cast.tenant).exists()
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.target) == ("tested the installation's key for", "Acme Cabling")


def test_a_refused_key_of_the_installation_shows_nobody_its_last_characters(
    cast: Cast, vendors: Running, settings: Any
) -> None:
    settings.OPENAI_API_KEY = "sim-revoked"
    now = keys.test(cast.tenant, "openai", by=cast.ada)
    assert (now.state, now.usable) == (Stands.SYSTEM, False)
    assert "The service refuses it at the moment" in now.said
    assert "oked" not in str(now)


def test_another_key_in_the_settings_has_never_been_tested(
    cast: Cast, vendors: Running, settings: Any
) -> None:
    settings.OPENAI_API_KEY = "sim-revoked"
    keys.test(cast.tenant, "openai", by=cast.ada)
    settings.OPENAI_API_KEY = "sim-openai-new"
    assert keys.standing(cast.tenant, "openai").usable


def test_whoever_tries_knows_and_is_not_told_by_a_notice(cast: Cast, vendors: Running) -> None:
    tried(cast, "openai", "sim-revoked")
    assert not Notice.of(cast.tenant).exists()


def test_it_is_written_down_with_its_answer(cast: Cast, vendors: Running) -> None:
    tried(cast, "apollo", "Key-of-ours-12345678")
    entry = AuditEntry.objects.filter(target_type="keys.credential").latest("pk")
    assert (entry.verb, entry.actor) == ("tested the key of", str(cast.ada))
    answer = AuditPayload.objects.get(entry_id=entry.pk).after["answer"]
    assert answer == "Works: 50,000 of 50,000 searches are left today."


def test_the_secret_is_in_no_line_of_the_log(
    cast: Cast, vendors: Running, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    for service in ("openai", "hunter"):
        tried(cast, service, MINE)
    settings.HUNTER_URL = "http://127.0.0.1:9"
    tried(cast, "hunter", MINE)
    assert caplog.text
    assert MINE not in caplog.text


def test_a_model_that_is_not_listed_is_named(cast: Cast, vendors: Running, settings: Any) -> None:
    settings.OPENAI_MODEL = "gpt-4-gone"
    now = tried(cast, "openai", MINE)
    assert now.state == Stands.WORKS
    assert "The key works, but gpt-4-gone is not among its" in now.said
    assert not now.went_well
    assert ModelCheck.objects.get(model="gpt-4-gone").is_listed is False


def test_the_button_is_not_green_where_our_model_is_not_listed(
    cast: Cast, vendors: Running, settings: Any
) -> None:
    settings.OPENAI_MODEL = "gpt-4-gone"
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    browser = as_person(cast.ada)
    answer = browser.post("/settings/keys/openai/test/", headers={"HX-Request": "true"})
    assert answer.context["answer_tone"] == "warn"
    assert "The key works, but gpt-4-gone is not among its" in answer.content.decode()
    Credential.of(cast.tenant).update(tried_at=None)
    settings.OPENAI_MODEL = "gpt-5.6-terra"
    answer = browser.post("/settings/keys/openai/test/", headers={"HX-Request": "true"})
    assert answer.context["answer_tone"] == "good"


def test_of_the_installations_key_it_is_said_without_what_its_account_holds(
    cast: Cast, vendors: Running, settings: Any
) -> None:
    settings.OPENAI_API_KEY, settings.OPENAI_MODEL = "sim-openai-system", "gpt-4-gone"
    now = keys.test(cast.tenant, "openai", by=cast.ada)
    assert now.state == Stands.SYSTEM
    assert now.said == "The key works, but gpt-4-gone is not among its models."
    assert not now.went_well


def test_a_list_of_models_of_another_form_tells_nothing_of_the_key(
    cast: Cast, vendors: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crm.ai.sending.models", lambda key, *, deadline=None: {"data": "many"})
    now = tried(cast, "openai", MINE)
    assert (now.state, now.went_well) == (Stands.UNTESTED, False)
    assert now.said.startswith("No answer to go by: OpenAI's list of models")
    assert not ModelCheck.objects.exists()


def test_whoever_waits_before_the_page_waits_no_longer_for_a_list_of_models(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []

    def hear(key: Any, *, deadline: float | None = None) -> dict[str, Any]:
        seen.append(deadline)
        return {"data": []}

    monkeypatch.setattr("crm.ai.sending.models", hear)
    tried(cast, "openai", MINE)
    assert seen == [12.0]


def test_after_out_of_credit_a_list_of_models_promises_no_credit(
    cast: Cast, vendors: Running
) -> None:
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    key = keys.of(cast.tenant, "openai")
    assert key is not None
    keys.report(key, Refused("OpenAI says that the credit is used up.", kind="credit"))
    assert keys.standing(cast.tenant, "openai").label == "Out of credit"
    now = keys.test(cast.tenant, "openai", by=cast.ada)
    assert now.said.endswith("Whether there is credit again shows with the next question.")
