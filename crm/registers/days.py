"""Of which day a published file is."""

import filecmp
import re
from datetime import date
from pathlib import Path

from django.db import connection
from django.utils import timezone

from crm.published import NotLoaded
from crm.registers.formats.contract import Format
from crm.registers.reading import Reading

# Until the rows have told; no file is as old.
UNKNOWN = date(1, 1, 1)
# The latest opening of those that stand and that the file showed as they are.
NEWEST = """
    SELECT max(e.opened_date) FROM registers_registerentry e
    WHERE e.register_id = %s AND e.last_seen IS NULL AND e.opened_date <= %s
    AND NOT EXISTS (SELECT FROM unseen u WHERE u.digest = e.digest)
"""


class OlderFile(NotLoaded):
    """A newer file of the register is loaded."""


class UnknownDay(NotLoaded):
    """The file does not say of when it is, and nobody else did."""


class FutureDay(NotLoaded):
    """No file is of a day to come."""


def refuse_future(day: date | None, path: Path) -> None:
    """Raise FutureDay where that is so."""
    if day and day > timezone.localdate():
        raise FutureDay(f"{day} is still to come. Give the day on which {path.name} was published.")


def refuse_older(day: date, loaded: date, path: Path) -> None:
    """Raise OlderFile where that is so."""
    if day < loaded:
        raise OlderFile(
            f"{path.name} is of {day}, older than what is loaded ({loaded})."
            " Say --allow-older if that is meant."
        )


def told(form: Format, path: Path, said: date | None) -> date | None:
    """Give the day that somebody said, or that stands in the file's name."""
    if said is not None or not form.day_in_name:
        return said
    found = re.search(form.day_in_name, path.name)
    if found is None:
        return None
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    refuse_future(day, path)
    return day


def of_file(form: Format, path: Path, said: date | None, reading: Reading) -> date:
    """Give the day that was told, else that of the latest opening, else of the bundled file."""
    return told(form, path, said) or _newest(form, reading) or _bundled(form, path)


def _newest(form: Format, reading: Reading) -> date | None:
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, [form.slug, timezone.localdate()])
        (standing,) = cursor.fetchone()
    return max(filter(None, (reading.newest, standing)), default=None)


def _bundled(form: Format, path: Path) -> date:
    """The day of a file that holds no dates but is the bundled one; its name does not matter."""
    if not form.bundled or not filecmp.cmp(path, form.bundled_path, shallow=False):
        # When it was saved would make an old file look fresh.
        raise UnknownDay(
            f"{path.name} does not say of when it is. "
            "Give the day on which it was published, like --as-of 2025-04-23."
        )
    return form.bundled_as_of
