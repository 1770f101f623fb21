"""The small marks that stand inside a line of text or a table cell."""

from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zlib import crc32

from django.utils.html import format_html
from django.utils.safestring import SafeString

from crm.look import formats, icons

TIERS = {"hot": "Hot", "warm": "Warm", "cold": "Cold"}
NOBODY = "No owner yet"
TIMELINE = {
    "note": "message-square",
    "move": "arrow-right",
    "origin": "radar",
    "score": "gauge",
    "field": "pencil",
    "call": "phone",
    "task": "circle-check",
}
RUNS = {
    "queued": ("quiet", "clock"),
    "running": ("info", "loader"),
    "waiting": ("warn", "hourglass"),
    "paused": ("warn", "circle-pause"),
    "completed": ("good", "circle-check"),
    "failed": ("bad", "circle-alert"),
    "cancelled": ("quiet", "circle-slash"),
}
NOTICES = {
    "completed": ("success", "circle-check"),
    "failed": ("error", "circle-alert"),
    "budget": ("warning", "circle-pound-sterling"),
    "shared": ("info", "share-2"),
    "mentioned": ("info", "at-sign"),
    "keys": ("warning", "key-round"),
    "credits": ("warning", "coins"),
    "rule": ("info", "zap"),
}


def icon(name: str, size: int = 18) -> SafeString:
    """An icon of the Lucide set; give it a visible or visually hidden text as neighbour."""
    return icons.draw(str(name), size)


def badge(text: object, tone: str = "quiet", icon: str = "") -> SafeString:
    """A short word in a pill; tone is quiet, good, warn, bad, info, hot, warm or cold."""
    drawn = icons.draw(icon, 13) if icon else ""
    return format_html('<span class="badge badge-{}">{}{}</span>', tone, drawn, text)


def tier(value: str) -> SafeString:
    """The tier in words and its colour."""
    return badge(TIERS.get(value, value), value, "flame" if value == "hot" else "")


# How good a grade is, by its letter.
GRADES = {"A": "good", "B": "info", "C": "warn", "D": "quiet"}


def grade(value: str) -> SafeString:
    """The grade A+ to D in a pill; nothing where too little is known."""
    return badge(value, GRADES.get(value[:1], "quiet")) if value else SafeString("")


def run_state(run: Any) -> SafeString:
    """How a run stands, in words, colour and icon."""
    tone, drawn = RUNS.get(run.state, ("quiet", ""))
    return badge(run.get_state_display(), tone, drawn)


def timeline_icon(kind: str) -> SafeString:
    """The icon of a timeline entry's kind."""
    return icons.draw(TIMELINE.get(kind, "dot"), 14)


def notice_tone(kind: str) -> str:
    """How good the news of this kind is: success, warning, error or info."""
    return NOTICES.get(kind, ("info", ""))[0]


def notice_icon(kind: str, size: int = 17) -> SafeString:
    """The icon of a notice's kind."""
    return icons.draw(NOTICES.get(kind, ("", "bell"))[1], size)


def stage(value: Any) -> SafeString:
    """A stage's name behind its coloured dot."""
    markup = '<span class="stage-name stage-{}"><span class="dot"></span>{}</span>'
    return format_html(markup, value.kind, value.name)


# There are hardly more than a hundred, and a page shows fifty.
@lru_cache(maxsize=1024)
def score(points: int | None, tier: str = "cold", size: int = 30) -> SafeString:
    """The score as a number in a ring that is filled so far."""
    return format_html(
        '<span class="score tier-{}{}" title="Score {} of 100, {}">'
        '<svg viewBox="0 0 36 36" width="{}" height="{}" aria-hidden="true" focusable="false">'
        '<circle cx="18" cy="18" r="16"/><circle class="score-arc" cx="18" cy="18" r="16" '
        'pathLength="100" stroke-dasharray="{} 100"/></svg>'
        '<b><span class="visually-hidden">Score </span>{}</b></span>',
        tier,
        " score-large" if size > 48 else "",
        "unknown" if points is None else points,
        TIERS.get(tier, tier).lower(),
        size,
        size,
        points or 0,
        formats.NOTHING if points is None else points,
    )


def avatar(user: Any, size: str = "") -> SafeString:
    """A person's initials on one of four colours, the same each time; None is nobody yet."""
    extra = f" avatar-{size}" if size else ""
    if user is None:
        markup = '<span class="avatar avatar-none{}" title="{}" role="img" aria-label="{}"></span>'
        return format_html(markup, extra, NOBODY, NOBODY)
    return _face(getattr(user, "name", "") or getattr(user, "email", ""), extra)


@lru_cache(maxsize=1024)
def _face(name: str, extra: str) -> SafeString:
    return format_html(
        '<span class="avatar avatar-{}{}" title="{}" role="img" aria-label="{}">{}</span>',
        crc32(name.encode()) % 4,
        extra,
        name,
        name,
        formats.initials(name),
    )


def when(moment: date | datetime | None, empty: str = formats.NOTHING) -> SafeString | str:
    """How long ago, with the exact time on hover; a date without time is shown as it is."""
    if moment is None or moment == "":
        return empty
    if isinstance(moment, datetime):
        moment = formats.local(moment)
    full = formats.absolute(moment)
    text = formats.relative(moment) if isinstance(moment, datetime) else full
    # Nobody has typed any of it, and a page shows a hundred.
    return SafeString(f'<time datetime="{moment.isoformat()}" title="{full}">{text}</time>')
