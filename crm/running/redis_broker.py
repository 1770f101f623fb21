"""django-q's queues in Redis: lists that hold wake-ups and beats, and nothing else.

What must be done stands in our rows, so Redis may be away or forget everything: a wake-up that
can't be sent is dropped, and each cluster wakes itself until Redis is back.
"""

import logging
import os
import time
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

import redis
from django.conf import settings
from django.utils.crypto import salted_hmac
from django_q import brokers
from redis.backoff import NoBackoff
from redis.retry import Retry

from crm import tasks
from crm.work.renewal import SUPERVISOR

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")

SECONDS_TO_CONNECT = 1.0
# More than a dequeue waits, which is no sign of trouble.
SECONDS_TO_ANSWER = 2.0
SECONDS_TO_WAIT = 1
# After a failure nobody waits for Redis again for so long.
SECONDS_LEFT_ALONE = 3.0
SECONDS_BETWEEN_SWEEPS = 1.0
# Beats sweep every few seconds: more hints than that, and older ones, are of no use.
MOST_WAITING = 100
SECONDS_KEPT = 3600


class Link:
    """This process's way to Redis, and whether anybody answers there."""

    def __init__(self, url: str) -> None:
        self.redis = redis.Redis.from_url(
            url,
            protocol=2,
            socket_connect_timeout=SECONDS_TO_CONNECT,
            socket_timeout=SECONDS_TO_ANSWER,
            # The library's own tries again for seconds, and a person may be waiting.
            retry=Retry(NoBackoff(), 0),
        )
        self.is_away = False
        self.not_before = 0.0

    def ask(self, question: Callable[[redis.Redis], Answer]) -> Answer:
        """Give Redis's answer; raises BrokerAway, at once while Redis was away a moment ago."""
        if time.monotonic() < self.not_before:
            raise tasks.BrokerAway
        try:
            answer = question(self.redis)
        except (redis.RedisError, OSError) as error:
            if not self.is_away:
                _say(f"Redis does not answer; workers wake themselves. ({error})")
            self.is_away = True
            self.not_before = time.monotonic() + SECONDS_LEFT_ALONE
            raise tasks.BrokerAway from error
        if self.is_away:
            _say("Redis is back.")
        self.is_away = False
        return answer


@cache
def link() -> Link:
    """Give the process's one link; it survives a fork."""
    return Link(settings.REDIS_URL)


class Broker(brokers.Broker):
    """Takes what is for this cluster alone first, then what is for anybody."""

    connection: Link

    @staticmethod
    def get_connection(list_key: str | None = None) -> Link:
        return link()

    def enqueue(self, task: str) -> int:
        """Put a task into the queue; gives how many are there now."""

        def put(server: redis.Redis) -> int:
            queue = _queue(self.list_key)
            with server.pipeline() as together:
                together.rpush(queue, task)
                together.ltrim(queue, -MOST_WAITING, -1)
                together.expire(queue, SECONDS_KEPT)
                return int(together.execute()[0])

        return self.connection.ask(put)

    def dequeue(self) -> list[tuple[None, str | bytes]]:
        """Give one task, which is nobody else's from then on, or nothing after a second.

        While Redis is away that is a wake-up of our own making.
        """
        queues = [_queue(name) for name in (os.environ.get(SUPERVISOR), self.list_key) if name]
        try:
            taken: Any = self.connection.ask(lambda server: server.blpop(queues, SECONDS_TO_WAIT))
        except tasks.BrokerAway:
            time.sleep(SECONDS_BETWEEN_SWEEPS)
            return [(None, tasks.wake_up())]
        return [(None, taken[1])] if taken else []

    def holds_any(self) -> bool:
        """Say whether a task waits in the queue."""
        return self.queue_size() > 0

    def queue_size(self) -> int:
        return self.connection.ask(lambda server: int(server.llen(_queue(self.list_key))))

    def lock_size(self) -> int:
        return 0

    def purge_queue(self) -> None:
        """Forget what waits in the queue."""
        self.connection.ask(lambda server: server.delete(_queue(self.list_key)))

    def delete_queue(self) -> None:
        self.purge_queue()

    def ping(self) -> bool:
        """Say that a cluster may start: without Redis, too."""
        return True

    def info(self) -> str:
        return "Redis"


def _say(sentence: str) -> None:
    """Warn, once for each process that stands alone: a cluster's supervisor speaks for it."""
    logger.log(logging.DEBUG if SUPERVISOR in os.environ else logging.WARNING, sentence)


def _queue(name: str) -> str:
    """Name the list so that installations that share a Redis do not take each other's."""
    return f"fieldfare:{salted_hmac('crm.running.redis_broker', '').hexdigest()[:12]}:{name}"
