"""django-q's queue in the database, with a second one for each cluster alone.

Clusters of several machines share the wake-ups. A supervisor must know that its own cluster takes
tasks, so its beats go into a queue that is named like the supervisor.
"""

import os
from time import sleep

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from django_q.brokers.orm import ORM
from django_q.conf import Conf

from crm.work.renewal import SUPERVISOR


class Broker(ORM):
    """Takes what is for this cluster alone first, then what is for anybody."""

    def dequeue(self) -> list[tuple[int, str]]:
        """Give one task that is now locked to this cluster, or nothing after a short sleep."""
        own = Q(key=os.environ.get(SUPERVISOR, self.list_key))
        waiting = self.get_connection().filter(own | Q(key=self.list_key), lock__lt=timezone.now())
        is_own = ExpressionWrapper(own, output_field=BooleanField())
        task = waiting.order_by(is_own.desc(), "pk").first()
        if task is None:
            # Spares the database.
            sleep(Conf.POLL)
            return []
        mine = self.get_connection().filter(pk=task.pk, lock=task.lock)
        # Else another cluster was faster.
        return [(task.pk, task.payload)] if mine.update(lock=self.timeout(task)) else []
