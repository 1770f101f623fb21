"""How the value of a fact is written for a reader, by its form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from crm.look import formats
from crm.registers import sic
from enrichment.fields import Field, Form

LONGEST = 600
LONGEST_LINK = 60
MOST_PARTS = 60
# Lists whose parts are sentences stand below each other, all others side by side.
SENTENCES = {"news", "opening_hours", "vacancies", "owners", "insolvency", "sic_codes"}
YEARS = {"founded", "site_changed"}
# What the state of a website means, in words.
SITES = {
    "ok": "In order",
    "normal": "In order",
    "parked": "Parked: nobody uses it",
    "construction": "Under construction",
    "wall": "Open to members only",
    "directory": "A page in a directory, not their own",
    "empty": "Empty",
    "closed": "Says that they have closed",
    "not_found": "Not there",
    "not there": "Not there",
    "not a page": "Not there",
    "forbidden": "Not there",
    "robots": "Asks programs not to read it",
    "refused": "Lets no programs in",
    "away": "Does not answer",
    "moved": "Leads to somebody else’s website",
    "too big": "Too big to be read",
}
# What one should see at once: the field, the value, and how bad it is.
ALARMS = {
    ("is_insolvent", True): "bad",
    ("is_late_with_accounts", True): "warn",
    ("is_late_with_confirmation", True): "warn",
    ("site_state", "parked"): "warn",
    ("site_state", "closed"): "bad",
    ("site_is_https", False): "warn",
    ("site_is_mobile", False): "warn",
}
FINE = {"active", "open", "registered"}


@dataclass(frozen=True)
class Part:
    """A piece of a value; with `href` it is a link, that leads out of the product if `is_out`."""

    text: str
    href: str = ""
    is_out: bool = False


@dataclass(frozen=True)
class Written:
    """A value for a reader: its `parts`, by `layout` one text, chips side by side, or lines below
    each other; `tone` is "" where nothing of it should alarm anybody.
    """

    parts: tuple[Part, ...] = ()
    layout: str = "text"
    tone: str = ""

    @property
    def text(self) -> str:
        """All of it in one line."""
        return ", ".join(part.text for part in self.parts)


def write(field: Field, value: Any) -> Written:
    """Write a value; one that is not of the field's form is written as it is."""
    tone = _tone(field.slug, value)
    if isinstance(value, list) or field.form == Form.WORDS:
        parts = tuple(_parts(field.slug, value if isinstance(value, list) else [value]))
        return Written(parts, "lines" if field.slug in SENTENCES else "chips", tone)
    return Written((_single(field, value),), "text", tone)


def safe(url: object) -> str:
    """Give an address that a page may link to; "" for any other."""
    said = str(url).strip() if isinstance(url, str) else ""
    if not said.isprintable() or any(sign.isspace() for sign in said) or len(said) > 2_000:
        return ""
    try:
        parts = urlsplit(said)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return ""
    return said if is_web and "@" not in parts.netloc else ""


def _parts(slug: str, values: Iterable[Any]) -> Iterable[Part]:
    for value in list(values)[:MOST_PARTS]:
        said = _clipped(value)
        if slug == "sic_codes" and (label := sic.label(said[:5])):
            yield Part(f"{said[:5]} {label}")
        elif slug == "news":
            yield Part(_news(said))
        elif said:
            yield Part(said)


def _news(said: str) -> str:
    """Write “2026-03-02: Wins a contract” with its day as people read it."""
    day, colon, headline = said.partition(": ")
    shown = _day(day)
    return f"{shown}: {headline}" if colon and shown != day else said


def _single(field: Field, value: Any) -> Part:
    text = _clipped(value)
    match field.form:
        case Form.YES:
            return Part("Yes" if value is True else "No" if value is False else text)
        case Form.MONEY if isinstance(value, int) and not isinstance(value, bool):
            return Part(formats.pounds(value * 100))
        case Form.NUMBER:
            return Part(_number(field.slug, value))
        case Form.DAY:
            return Part(_day(text))
        case Form.PHONE:
            return Part(formats.phone(text), f"tel:{text}" if text.startswith("+") else "")
        case Form.EMAIL:
            return Part(text, f"mailto:{text}" if "@" in text and "?" not in text else "")
        case Form.URL:
            href = safe(text)
            return Part(link(text), href, bool(href))
    if field.slug == "site_state":
        return Part(SITES.get(text, _capital(text)))
    return Part(_capital(text) if field.slug in ("company_status", "accounts_type") else text)


def _number(slug: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _clipped(value)
    if slug in YEARS:
        return str(int(value))
    if slug == "site_seconds":
        return formats.duration(value)
    if slug == "filed_late_share":
        return f"{value * 100:.0f} %"
    return formats.thousands(value)


def link(url: str) -> str:
    """Write an address as people say it: without what every address begins with."""
    try:
        parts = urlsplit(url if "//" in url else f"https://{url}")
    except ValueError:
        return url[:LONGEST_LINK]
    host = (parts.hostname or "").removeprefix("www.")
    said = f"{host}{unquote(parts.path).rstrip('/')}" if host else url
    return f"{said[: LONGEST_LINK - 1]}…" if len(said) > LONGEST_LINK else said


def _day(text: str) -> str:
    try:
        return formats.absolute(date.fromisoformat(text))
    except ValueError:
        return text


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _clipped(value: Any) -> str:
    said = "" if value is None else str(value)
    return f"{said[: LONGEST - 1]}…" if len(said) > LONGEST else said


def _tone(slug: str, value: Any) -> str:
    if slug == "company_status":
        return "" if str(value).split(",")[0].strip().casefold() in FINE else "bad"
    try:
        return ALARMS.get((slug, value), "")
    except TypeError:
        return ""
