"""`manage.py prepare`: brings database and static files to where this code expects them."""

import os
import signal
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from crm import deathsig, health
from crm.ledger import months, settling
from crm.one_at_a_time import one_at_a_time
from crm.running import static

KEY = 0x46_69_65_6C_64
WAITS = "Another machine is bringing the database up to date; waiting for it."


class Command(BaseCommand):
    help = "Migrate, load what is bundled, collect static files; quick when nothing has changed."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        with one_at_a_time(KEY, self.stderr.write, WAITS):
            self._prepare_the_database()
        static.collect()

    def _prepare_the_database(self) -> None:
        self._migrate()
        months.tidy()
        for name in ("load_places", "load_registers"):
            call_command(name, stdout=self.stdout)
        if settings.EMBEDDED or os.environ.get("DEMO") == "1":
            call_command("demo", stdout=self.stdout)
        elif not get_user_model()._default_manager.exists():
            call_command("first_owner_link", stdout=self.stdout)

    def _migrate(self) -> None:
        try:
            health.require_migrations()
            if settling.is_done():
                return
        except health.MigrationsMissing:
            self.stderr.write("Bringing the database up to date.")
        # Another process, since it acts in another role: the schema's owner.
        status = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=settings.BASE_DIR,
            preexec_fn=deathsig.mortal(signal.SIGKILL),
            check=False,
        ).returncode
        if status:
            raise CommandError("The migrations failed; the reason stands above.")
