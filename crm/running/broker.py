"""django-q's queue in the database, with a second one for each cluster alone.

Clusters of several machines share the wake-ups. A supervisor must know that its own cluster takes
tasks, so its beats go into a queue that is named like the supervisor.
"""

import os
from time import sleep

from django.db import Error
from django.db.models import BooleanField, ExpressionWrapper, Q
from django_q.brokers.orm import ORM
from django_q.conf import Conf

from crm.work.renewal import SUPERVISOR

SECONDS_LEFT_ALONE = 0.5


class Broker(ORM):
    """Takes what is for this cluster alone first, then what is for anybody."""

    def dequeue(self) -> list[tuple[None, str]]:
        """Give one task, which is nobody else's from then on, or nothing after a short sleep.

        A wake-up is taken for good: whoever is killed with one in hand holds up no other.
        """
        try:
            return self._take()
        except Error:
            # django-q would do nothing for ten seconds; the supervisor says what is the matter.
            sleep(SECONDS_LEFT_ALONE)
            return []

    def _take(self) -> list[tuple[None, str]]:
        own = Q(key=os.environ.get(SUPERVISOR, self.list_key))
        # Whatever its time says: nobody else holds it, and somebody may have set the clock back.
        waiting = self.get_connection().filter(own | Q(key=self.list_key))
        is_own = ExpressionWrapper(own, output_field=BooleanField())
        task = waiting.order_by(is_own.desc(), "pk").first()
        if task is None:
            # Spares the database.
            sleep(Conf.POLL)
            return []
        deleted, _ = self.get_connection().filter(pk=task.pk).delete()
        # Else another cluster was faster.
        return [(None, task.payload)] if deleted else []

    def holds_any(self) -> bool:
        """Say whether a task waits in the queue."""
        return bool(self.get_connection().filter(key=self.list_key).exists())
