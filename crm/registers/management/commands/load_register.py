"""`manage.py load_register NAME FILE`."""

import gc
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.published import NotLoaded
from crm.registers import loading, placing, report
from crm.registers.formats.fitting import form_for
from crm.registers.formats.known import FORMATS, UnknownRegister


class Command(BaseCommand):
    """Loads one register."""

    help = "Load a register from its published file; entries that it no longer lists are closed."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which register, which file, and what the file does not say itself."""
        known = ", ".join(form.slug for form in FORMATS)
        parser.add_argument("name", help=f"{known}, or a mapping file: mine.toml")
        parser.add_argument("file", type=Path, help="the published file: plain, .gz or .zip")
        parser.add_argument("--as-of", help="its day, if it holds no dates: 2025-04-23")
        parser.add_argument("--encoding", default="", help="if not UTF-8, for example cp1252")
        parser.add_argument("--allow-shrinking", action="store_true")
        parser.add_argument("--allow-older", action="store_true")
        parser.add_argument("--refused", type=Path, help="write refused rows into this CSV file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was taken, or why nothing was."""
        placing.follow(self.stderr.write)
        # Millions of rows hold nothing that holds itself; looking for it costs a tenth of the time.
        gc.disable()
        try:
            outcome = loading.load(
                form_for(options["name"], options["file"], options["encoding"]),
                options["file"],
                loading.Wishes(
                    as_of=_day(options["as_of"]),
                    encoding=options["encoding"],
                    allow_shrinking=options["allow_shrinking"],
                    allow_older=options["allow_older"],
                    refused_to=options["refused"],
                ),
                tell=self.stderr.write,
            )
        except (NotLoaded, UnknownRegister) as error:
            raise CommandError(str(error)) from error
        finally:
            gc.enable()
        self.stdout.write(report.sentence(outcome))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"{text} is not a day. Write it like 2025-04-23.") from None
