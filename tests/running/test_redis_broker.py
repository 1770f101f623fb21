"""Wake-ups through Redis: which comes first, and what happens when Redis is away."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django_q.brokers import get_broker
from django_q.conf import Conf
from django_q.signing import SignedPackage

from crm import tasks, waking
from crm.running import redis_broker
from crm.work.renewal import SUPERVISOR
from tests.running.redis_server import RedisServer

pytestmark = [pytest.mark.processes, pytest.mark.usefixtures("committed_db")]
OURS, THEIRS = "worker:ours", "worker:theirs"
AWAY, BACK = "Redis does not answer; workers wake themselves.", "Redis is back."


@pytest.fixture(autouse=True)
def _through_redis(
    redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> Iterator[None]:
    """This process is a supervised cluster that is woken through Redis, and has little patience."""
    monkeypatch.setenv(SUPERVISOR, OURS)
    monkeypatch.setattr(Conf, "BROKER_CLASS", waking.BROKERS["redis"])
    monkeypatch.setattr(redis_broker, "SECONDS_LEFT_ALONE", 0.5)
    monkeypatch.setattr(redis_broker, "SECONDS_BETWEEN_SWEEPS", 0.1)
    settings.REDIS_URL = redis_server.url
    redis_broker.link.cache_clear()
    yield
    redis_broker.link().redis.close()
    redis_broker.link.cache_clear()


def wake() -> None:
    with transaction.atomic():
        tasks.wake()


def put(queue: str, package: str) -> None:
    get_broker(queue).enqueue(package)


def taken() -> list[str]:
    return [package.decode() for _, package in get_broker().dequeue()]


def seconds(fact: Any) -> float:
    began = time.monotonic()
    fact()
    return time.monotonic() - began


def test_its_own_come_first_and_those_of_others_never() -> None:
    for queue in ("crm", THEIRS, "crm", OURS):
        put(queue, queue)
    assert [taken() for _ in range(4)] == [[OURS], ["crm"], ["crm"], []]


def test_without_a_supervisor_it_takes_what_is_for_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(SUPERVISOR)
    put(OURS, OURS)
    put("crm", "crm")
    assert [taken(), taken()] == [["crm"], []]


def test_a_beat_is_sent_only_when_none_waits_for_the_same_cluster() -> None:
    assert [tasks.send_beat(name) for name in (OURS, OURS, THEIRS)] == [True, False, True]
    taken()
    assert tasks.send_beat(OURS) is True


def test_forgotten_beats_leave_wake_ups_and_the_beats_of_others() -> None:
    tasks.send_beat(OURS)
    tasks.send_beat(THEIRS)
    wake()
    tasks.forget_beats(OURS)
    assert [get_broker(name).holds_any() for name in (OURS, THEIRS, "crm")] == [False, True, True]


def test_wake_ups_that_nobody_takes_do_not_pile_up() -> None:
    for _ in range(redis_broker.MOST_WAITING + 5):
        wake()
    assert get_broker().queue_size() == redis_broker.MOST_WAITING
    (key,) = redis_broker.link().redis.keys("*")
    assert 3_000 < redis_broker.link().redis.ttl(key) <= 3_600


def test_another_installation_on_the_same_redis_is_left_alone() -> None:
    put("crm", "ours")
    with override_settings(SECRET_KEY="that of another installation"):
        assert taken() == []
        put("crm", "theirs")
    assert [taken(), taken()] == [["ours"], []]


def test_a_wake_up_that_cannot_be_sent_is_dropped_and_said_once(
    redis_server: RedisServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SUPERVISOR)
    redis_server.kill()
    for _ in range(3):
        wake()
        time.sleep(0.3)
    tasks.forget_beats(OURS)
    with pytest.raises(tasks.BrokerAway):
        tasks.send_beat(OURS)
    assert caplog.text.count(AWAY) == 1

    # Back again, and whatever waited in it is forgotten.
    redis_server.start()
    time.sleep(redis_broker.SECONDS_LEFT_ALONE)
    assert [tasks.send_beat(OURS), tasks.send_beat(OURS)] == [True, False]
    assert caplog.text.count(BACK) == 1


def test_a_cluster_wakes_itself_while_redis_is_away_and_leaves_talking_to_its_supervisor(
    redis_server: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    broker = get_broker()
    redis_server.kill()
    for _ in range(8):
        ((number, package),) = broker.dequeue()
        assert (number, SignedPackage.loads(package)["func"]) == (None, "crm.tasks.work")
    redis_server.start()
    time.sleep(redis_broker.SECONDS_LEFT_ALONE)
    assert broker.dequeue() == []
    tasks.send_beat(OURS)
    assert len(broker.dequeue()) == 1
    assert AWAY not in caplog.text


def test_a_redis_that_was_restarted_in_between_is_not_missed(
    redis_server: RedisServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SUPERVISOR)
    wake()
    redis_server.kill()
    redis_server.start()
    wake()
    assert get_broker().queue_size() == 1
    assert AWAY not in caplog.text


def test_nobody_waits_long_for_a_redis_that_hangs(redis_server: RedisServer) -> None:
    wake()
    redis_server.freeze()
    assert seconds(wake) < 4
    assert seconds(wake) < 0.1
    time.sleep(redis_broker.SECONDS_LEFT_ALONE)
    assert seconds(get_broker().dequeue) < 4
    redis_server.thaw()
    time.sleep(redis_broker.SECONDS_LEFT_ALONE)
    wake()
    assert get_broker().holds_any()
