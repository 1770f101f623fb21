"""Q_BROKER and REDIS_URL, and the sentences for those that will not do."""

import os
import subprocess
import sys

import pytest

from crm import waking
from tests.running.processes import ROOT


@pytest.mark.parametrize("text", [None, "", " ", "orm"])
def test_wake_ups_go_through_the_database_unless_another_broker_is_named(text: str | None) -> None:
    assert waking.broker(text) == "orm"
    assert waking.broker("redis") == "redis"


@pytest.mark.parametrize("text", ["kafka", "Redis", "redis://127.0.0.1:6379/0"])
def test_a_broker_that_is_none_is_answered_with_a_sentence(text: str) -> None:
    with pytest.raises(SystemExit) as refused:
        waking.broker(text)
    assert str(refused.value) == (
        f"Q_BROKER={text} is no broker. Leave it out or write Q_BROKER=orm (wake-ups go through "
        "the database) or Q_BROKER=redis."
    )


@pytest.mark.parametrize(
    "text",
    [
        "redis://127.0.0.1:6379/0",
        "rediss://crm:secret@redis.example:6380/2",
        "redis://[::1]/1",
        "unix:///run/redis/redis.sock?db=1",
    ],
)
def test_addresses_of_a_redis(text: str) -> None:
    assert waking.redis_url(text) == text
    assert waking.redis_url("") == waking.redis_url(None) == "redis://127.0.0.1:6379/0"


@pytest.mark.parametrize(
    "text",
    [
        "redis.example",
        "redis.example:6379",
        "http://crm:secret@redis.example/",
        "redis://crm:secret@redis.example:abc",
        "redis://crm:secret@redis.example:99999",
        "redis://crm:secret@redis.example:0",
        "redis://[::1",
    ],
)
def test_what_is_no_address_is_answered_without_its_password(text: str) -> None:
    with pytest.raises(SystemExit) as refused:
        waking.redis_url(text)
    assert str(refused.value) == (
        "REDIS_URL is not the address of a Redis. Leave it out or write one, like "
        "REDIS_URL=redis://127.0.0.1:6379/0."
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"Q_BROKER": "kafka"}, "Q_BROKER=kafka is"), ({"REDIS_URL": "there"}, "REDIS_URL is not")],
)
@pytest.mark.parametrize("words", [["-m", "crm.running"], ["manage.py", "runworker"]])
def test_the_sentence_is_all_that_is_said(
    words: list[str], wrong: dict[str, str], said: str
) -> None:
    answer = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=os.environ | {"Q_BROKER": "redis"} | wrong,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stdout) == (1, "")
    assert answer.stderr.startswith(said)
    assert answer.stderr.count("\n") == 1
