"""`manage.py load_postcodes FILE`."""

import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.places import loading, published
from crm.places.published import Outcome
from crm.published import NotLoaded
from crm.registers import placing

# Seconds between two words of progress.
PAUSE = 5.0


class Command(BaseCommand):
    """Loads a published list of postcodes, and places what the registers list by it."""

    help = "Load the ONS Postcode Directory or Code-Point Open; searches go on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which file, and what it does not say itself."""
        parser.add_argument(
            "file", type=Path, help="as published: the zip, a CSV (plain or .gz), or a folder"
        )
        parser.add_argument("--as-of", help="its day, if it does not tell: 2025-02-01")
        parser.add_argument("--allow-shrinking", action="store_true")
        parser.add_argument("--allow-older", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was taken, or why nothing was."""
        loading.load()
        started = self.told = time.monotonic()
        try:
            outcome = published.load(
                options["file"],
                as_of=_day(options["as_of"]),
                allow_shrinking=options["allow_shrinking"],
                allow_older=options["allow_older"],
                tell=lambda rows: self._tell(
                    f"{rows:,} rows read, {rows / (time.monotonic() - started):,.0f} a second"
                ),
            )
        except NotLoaded as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_sentence(outcome, time.monotonic() - started))
        if moved := placing.follow(self._tell).moved:
            self.stdout.write(f"{moved:,} register entries were placed anew.")

    def _tell(self, how_far: str) -> None:
        if time.monotonic() - self.told >= PAUSE:
            self.told = time.monotonic()
            self.stdout.write(f"{how_far}.")
            self.stdout.flush()


def _sentence(outcome: Outcome | None, seconds: float) -> str:
    if outcome is None:
        return "These postcodes are loaded already."
    held, merged = outcome.held, outcome.merged
    text = (
        f"{outcome.label} of {outcome.as_of:%-d %B %Y}: {held.postcodes:,} postcodes, of which "
        f"{held.ended:,} have ended and {held.nowhere:,} have no point. "
        f"{merged.added:,} new, {merged.changed:,} changed, {merged.vanished:,} listed no more."
    )
    if outcome.centres:
        text += f" {outcome.centres:,} outward codes got a centre."
    if refused := outcome.refused:
        reasons = ", ".join(f"{why} {n:,}" for why, n in refused.most_common())
        text += f" Refused {refused.total():,}: {reasons}."
    return f"{text} {outcome.rows / seconds:,.0f} rows a second, {seconds:,.0f} seconds."


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise CommandError(f"{text} is not a day. Write it like 2025-02-01.") from None
