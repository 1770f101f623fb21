"""`manage.py load_registers`."""

from typing import Any

from django.core.management.base import BaseCommand

from crm.registers import bundle, placing, report


class Command(BaseCommand):
    """Loads the bundled registers, and the places that they stand at."""

    help = "Load the bundled registers; does nothing when they stand already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was taken."""
        placing.follow(self.stderr.write)
        outcomes = bundle.load(self.stderr.write)
        for outcome in outcomes:
            self.stdout.write(report.sentence(outcome))
        if not outcomes:
            self.stdout.write("Registers are loaded already.")
