"""The only door to django-q2: wake-ups, sent on commit. What must be done stands in our rows.

Wake-ups are for whichever cluster is faster. Each cluster also listens to a queue of its own, in
which its supervisor sends it beats. The brokers are `crm.running.broker`, in the database, and
`crm.running.redis_broker`.
"""

import logging
from contextlib import suppress

from django.db import Error, transaction
from django_q.brokers import get_broker
from django_q.tasks import async_task

from crm import stopping
from crm.work.drain import drain
from crm.work.renewal import beat as write_beat

logger = logging.getLogger(__name__)

# Short enough that beats get their turn while there is much to do: whether a cluster still takes
# tasks shows only between two drains. While threads work beside it takes longer to show, and the
# thread that renews leases writes the beats.
DRAIN_SECONDS = 6
# With what it then still does beside, at most some 100 s, a drain has to end within the time that
# django-q leaves a task. At each end threads stand idle until the slowest of them is done.
MOST_DRAIN_SECONDS = 240
WORK = "crm.tasks.work"


class BrokerAway(Exception):
    """The broker does not answer and has said so in the log; work goes on without wake-ups."""


def wake() -> None:
    """Have a worker look at the tables of work once this transaction is committed."""
    transaction.on_commit(_wake)


def _wake() -> None:
    """Send a hint: without it the next beat finds what is due, so nobody need hear of a failure."""
    try:
        async_task(WORK)
    except BrokerAway:
        pass
    except Error as error:
        logger.warning("Could not wake the workers: %s", error)


def send_beat(supervisor: str) -> bool:
    """Queue a beat for this supervisor's cluster unless one waits; say whether one was sent.

    Raises BrokerAway.
    """
    broker = get_broker(supervisor)
    if broker.holds_any():
        return False
    async_task(WORK, broker=broker)
    return True


def forget_beats(supervisor: str) -> None:
    """Remove the beats that nobody has taken."""
    with suppress(BrokerAway):
        get_broker(supervisor).purge_queue()


def waiting() -> int | None:
    """Say how many wake-ups wait in the queue; None while the broker is away."""
    try:
        return int(get_broker().queue_size())
    except BrokerAway:
        return None


def wake_up() -> str:
    """Give a wake-up as it stands in a queue, for a cluster that nobody can send one."""
    envelope = _Envelope()
    async_task(WORK, broker=envelope)
    return envelope.package


class _Envelope:
    """A queue of one place."""

    list_key = package = ""

    def enqueue(self, package: str) -> int:
        self.package = package
        return 1


def work() -> None:
    """Prove that work gets done, then do what is due."""
    write_beat()
    if drain(DRAIN_SECONDS, most=MOST_DRAIN_SECONDS, until=stopping.asked, calls=waiting):
        wake()
