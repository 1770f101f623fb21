"""`manage.py load_places`."""

from typing import Any

from django.core.management.base import BaseCommand

from crm.registers import placing


class Command(BaseCommand):
    """Loads the bundled postcodes, and moves the registers' entries to where they say."""

    help = "Load the bundled outward codes and postcodes; does nothing when they stand already."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was read."""
        lists, moved = placing.follow(self.stderr.write)
        for file in lists:
            self.stdout.write(f"{file.name}: {file.rows:,} rows")
        if not lists:
            self.stdout.write("Places are loaded already.")
        if moved:
            self.stdout.write(f"{moved:,} entries of the registers placed anew")
