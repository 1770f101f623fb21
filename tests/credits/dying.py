"""Uses an account again and again, each time whole in one transaction, and is killed meanwhile."""

import os
import random
import signal
import time

from django.db import connections, transaction

from crm.credits import credits
from crm.tenants.models import Tenant

TIMES = 12
MOST_SECONDS = 0.03


def main(slug: str) -> None:
    """Start processes one after the other, and kill each in the middle of it."""
    tenant = Tenant.objects.get(slug=slug)
    connections.close_all()
    for _ in range(TIMES):
        done, doing = os.pipe()
        child = os.fork()
        if child == 0:
            use(tenant, doing)
        # Not before it has come to work.
        os.read(done, 1)
        time.sleep(random.uniform(0, MOST_SECONDS))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(done)
        os.close(doing)


def use(tenant: Tenant, doing: int) -> None:
    while True:
        with transaction.atomic():
            held = credits.reserve(tenant, 5, by=None)
            for _ in range(2):
                credits.spend(
                    tenant, held, service="openai", action="web_question", credits=1, cost_micros=1
                )
            credits.release(tenant, held)
        os.write(doing, b".")
