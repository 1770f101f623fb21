"""Numbers, money, distances and times, as a person in Britain reads them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import phonenumbers
from django.utils import timezone
from django.utils.formats import date_format

NOTHING = "–"
MINUTE, HOUR, DAY = 60, 3600, 86400


def thousands(value: object) -> str:
    """12345 is "12,345"; what is not a number comes back as it is."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return NOTHING if value in (None, "") else str(value)
    return f"{value:,}"


def pounds(pence: object) -> str:
    """123400 is "£1,234"; pence are shown only where there are any."""
    if not isinstance(pence, int):
        return NOTHING
    whole, rest = divmod(abs(pence), 100)
    sign = "-" if pence < 0 else ""
    return f"{sign}£{whole:,}.{rest:02}" if rest else f"{sign}£{whole:,}"


def span(seconds: object) -> str:
    """(60, 400) is "1 to 7 min", (0, 5) "a few seconds"."""
    if not isinstance(seconds, tuple):
        return NOTHING
    least, most = seconds
    if most < 20:
        return "a few seconds"
    low, high = max(1, round(least / MINUTE)), max(1, -(-most // MINUTE))
    return f"{high} min" if low >= high else f"{low} to {high} min"


def typed_pounds(pence: int) -> str:
    """123450 is "1,234.50", as people type it."""
    return pounds(pence).replace("£", "")


def miles(value: object) -> str:
    """1.3 is "1.3 miles"; far distances lose their decimal."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return NOTHING
    if value < 0.1:
        return "under 0.1 miles"
    figure = f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.1f}"
    return f"{figure} mile" if figure == "1" else f"{figure} miles"


def duration(seconds: object) -> str:
    """75 is "1 min 15 s"."""
    if isinstance(seconds, timedelta):
        seconds = seconds.total_seconds()
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        return NOTHING
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE} s"
    return f"{whole // HOUR} h {whole % HOUR // MINUTE} min"


def roughly(seconds: float) -> str:
    """75 is "1 min": for what changes while it is read."""
    for size, unit in ((DAY, "day"), (HOUR, "h"), (MINUTE, "min")):
        if seconds >= size:
            many = int(seconds // size)
            return f"{many} {unit}s" if unit == "day" and many > 1 else f"{many} {unit}"
    return f"{int(seconds)} s"


def absolute(moment: date | datetime) -> str:
    """The full date, and the time where there is one, in the reader's zone."""
    if isinstance(moment, datetime):
        here = local(moment)
        return f"{here.day} {here:%B} {here.year}, {here:%H:%M}"
    return f"{moment.day} {moment:%B} {moment.year}"


def clock(moment: datetime) -> str:
    """The time of day to the second, in the reader's zone: of what happens within minutes."""
    return date_format(local(moment), "H:i:s")


def relative(moment: datetime, now: datetime | None = None) -> str:
    """ "just now", "5 min ago", "yesterday", then the date."""
    here, today = local(moment), local(now or timezone.now())
    seconds = (today - here).total_seconds()
    if seconds < -MINUTE:
        return f"{here.day} {here:%b} {here.year}, {here:%H:%M}"
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{int(seconds // MINUTE)} min ago"
    days = (today.date() - here.date()).days
    if days == 0 or seconds < 6 * HOUR:
        hours = int(seconds // HOUR)
        return f"{hours} hour ago" if hours == 1 else f"{hours} hours ago"
    if days == 1:
        return "yesterday"
    if days < 7:
        return f"{days} days ago"
    day = f"{here.day} {here:%b}"
    return day if here.year == today.year else f"{day} {here.year}"


def since(moment: datetime, now: datetime | None = None) -> str:
    """ "since 14:05", "since yesterday, 14:05", then with the date."""
    return f"since {as_of(moment, now)}"


def as_of(moment: datetime, now: datetime | None = None) -> str:
    """ "14:05", "yesterday, 14:05", then with the date."""
    here, today = local(moment), local(now or timezone.now())
    days = (today.date() - here.date()).days
    if days == 0:
        return date_format(here, "H:i")
    day = "j M" if here.year == today.year else "j M Y"
    said = "yesterday" if days == 1 else date_format(here, day)
    return f"{said}, {date_format(here, 'H:i')}"


def either(words: Iterable[object]) -> str:
    """ "A", "A or B", "A, B or C"."""
    return _joined(words, "or")


def together(words: Iterable[object]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return _joined(words, "and")


def _joined(words: Iterable[object], by: str) -> str:
    *rest, last = [str(word) for word in words] or [NOTHING]
    return f"{', '.join(rest)} {by} {last}" if rest else last


def phone(number: str) -> str:
    """ "+441162551234" as people here write it, "0116 255 1234"."""
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return number
    style = phonenumbers.PhoneNumberFormat
    is_british = parsed.country_code == 44
    return phonenumbers.format_number(parsed, style.NATIONAL if is_british else style.INTERNATIONAL)


def initials(name: object) -> str:
    """ "Priya Shah" is "PS"; an e-mail gives its first letter."""
    words = str(name or "").split("@")[0].replace(".", " ").split()
    letters = [word[0] for word in words if word[0].isalnum()]
    if not letters:
        return "?"
    return (letters[0] + letters[-1] if len(letters) > 1 else letters[0]).upper()


def local(moment: datetime) -> datetime:
    """Give the moment by the reader's clock; one without a zone is by that already."""
    zone = timezone.get_current_timezone()
    return moment if moment.tzinfo in (None, zone) else moment.astimezone(zone)
