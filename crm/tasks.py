"""The only door to django-q2: wake-ups, sent on commit. What must be done stands in our rows.

Wake-ups are for whichever cluster is faster. Each cluster also listens to a queue of its own
(`crm.running.broker`), in which its supervisor sends it beats.
"""

from functools import partial

from django.db import transaction
from django_q.models import OrmQ
from django_q.tasks import async_task

from crm import stopping
from crm.work.drain import drain
from crm.work.renewal import beat as write_beat

# Short enough that beats get their turn while there is much to do: whether a cluster still takes
# tasks shows only between two drains.
DRAIN_SECONDS = 6


def wake() -> None:
    """Have a worker look at the tables of work once this transaction is committed."""
    transaction.on_commit(partial(async_task, "crm.tasks.work"))


def send_beat(supervisor: str) -> bool:
    """Queue a beat for this supervisor's cluster unless one waits; say whether one was sent."""
    if OrmQ.objects.filter(key=supervisor).exists():
        return False
    async_task("crm.tasks.work", cluster=supervisor)
    return True


def forget_beats(supervisor: str) -> None:
    """Remove the beats that nobody has taken, or whose taker is dead."""
    OrmQ.objects.filter(key=supervisor).delete()


def work() -> None:
    """Prove that work gets done, then do what is due."""
    write_beat()
    if drain(DRAIN_SECONDS, until=stopping.asked):
        wake()
