"""What a cluster takes from the queue in the database."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from django_q.brokers import get_broker
from django_q.models import OrmQ

from crm.running.broker import Broker
from crm.work.renewal import SUPERVISOR

pytestmark = pytest.mark.django_db
OURS, THEIRS = "worker:ours", "worker:theirs"


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    """That of a supervised cluster, in which nothing waits for long."""
    monkeypatch.setenv(SUPERVISOR, OURS)
    monkeypatch.setattr("crm.running.broker.sleep", lambda seconds: None)
    found = get_broker()
    assert isinstance(found, Broker)
    return found


def waits(*keys: str) -> None:
    before = timezone.now() - timedelta(seconds=1)
    for key in keys:
        OrmQ.objects.create(key=key, payload=key, lock=before)


def taken(broker: Broker) -> list[str]:
    return [payload for _, payload in broker.dequeue()]


def test_its_own_come_first_and_those_of_others_never(broker: Broker) -> None:
    waits("crm", THEIRS, "crm", OURS)
    assert [taken(broker) for _ in range(4)] == [[OURS], ["crm"], ["crm"], []]


def test_what_is_taken_is_taken_for_good(broker: Broker) -> None:
    waits("crm")
    assert taken(broker) == ["crm"]
    # Whoever dies with it in hand holds up no other.
    assert not broker.holds_any()
    assert taken(broker) == []


def test_while_the_database_is_away_it_waits_for_it(broker: Broker) -> None:
    def refuse(*statement: Any) -> None:
        raise OperationalError("the connection is closed")

    waits("crm")
    with connection.execute_wrapper(refuse):
        assert taken(broker) == []
    assert taken(broker) == ["crm"]


def test_without_a_supervisor_it_takes_what_is_for_anybody(
    broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SUPERVISOR)
    waits(OURS, "crm")
    assert [taken(broker), taken(broker)] == [["crm"], []]


def test_a_clock_that_was_set_back_holds_up_no_wake_up(broker: Broker) -> None:
    OrmQ.objects.create(key=OURS, payload=OURS, lock=timezone.now() + timedelta(hours=1))
    assert taken(broker) == [OURS]
