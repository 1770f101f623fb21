"""`manage.py runworker`: does the work that takes long, until SIGTERM or SIGINT."""

import os
import signal
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django_q import cluster as django_q

from crm import deathsig, stopping
from crm.running import births
from crm.running.mortal_queue import MortalQueue
from crm.running.worker import Supervisor


class Command(BaseCommand):
    help = "Run the worker: django-q's cluster, supervised by a heartbeat."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cluster", action="store_true", help="the supervised part alone")

    def handle(self, *args: Any, cluster: bool, **options: Any) -> None:
        if cluster:
            _cluster()
            return
        supervisor = Supervisor()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: supervisor.stop.set())
        supervisor.run()


def _cluster() -> None:
    deathsig.mortal_forks()
    os.register_at_fork(after_in_child=births.announce)
    stopping.listen()
    # Here django-q looks for it.
    django_q.Queue = MortalQueue
    call_command("qcluster")
