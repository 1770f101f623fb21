"""The only door to django-q2: wake-ups, sent on commit. What must be done stands in our rows."""

from functools import partial

from django.db import transaction
from django_q.models import OrmQ
from django_q.tasks import async_task

from crm import stopping
from crm.work.drain import drain
from crm.work.renewal import beat as write_beat

# Below the cluster's timeout of 90 s, and short enough that beats get their turn.
DRAIN_SECONDS = 30


def wake() -> None:
    """Have a worker look at the tables of work once this transaction is committed."""
    transaction.on_commit(partial(async_task, "crm.tasks.work"))


def send_beat() -> bool:
    """Queue a beat unless wake-ups wait already; say whether one was sent."""
    if OrmQ.objects.exists():
        return False
    async_task("crm.tasks.work")
    return True


def work() -> None:
    """Prove that work gets done, then do what is due."""
    write_beat()
    if drain(DRAIN_SECONDS, until=stopping.asked):
        wake()
