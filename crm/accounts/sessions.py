"""Where a person is signed in: listed, and ended at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from crm.tenants import whereabouts
from crm.tenants.models import User

# In the session: when the list was last told that somebody is here.
SEEN = "seen"
# The list is this exact; every request would be a write.
EXACTNESS = timedelta(minutes=2)
LONGEST_AGENT = 200

BROWSERS = {
    "Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox",
    "FxiOS": "Firefox", "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari",
}  # fmt: skip
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows",
    "CrOS": "ChromeOS", "Mac OS": "Mac", "Linux": "Linux",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A session as its person is shown it."""

    id: int
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def begin(request: HttpRequest, person: User) -> None:
    """Put the session of somebody who has just signed in on the list."""
    now = timezone.now()
    if not request.session.session_key:
        request.session.save()
    _write(request, person, now)


def see(request: HttpRequest) -> None:
    """Note that somebody is here, unless that was noted a moment ago."""
    now = timezone.now()
    if now.timestamp() - float(request.session.get(SEEN, 0)) < EXACTNESS.total_seconds():
        return
    _write(request, request.user, now)


def move(before: str | None, request: HttpRequest) -> None:
    """Keep a session on the list whose key has changed."""
    UserSession.objects.filter(session_key=before).update(session_key=request.session.session_key)


def places(request: HttpRequest, person: User) -> list[Place]:
    """Give where the person is signed in now, this session first."""
    rows = _live(person).order_by("-last_seen_at")
    found = [
        Place(
            id=row.pk,
            device=in_words(row.user_agent),
            address=row.ip or "",
            began_at=row.created_at,
            seen_at=row.last_seen_at,
            is_this=row.session_key == request.session.session_key,
        )
        for row in rows
    ]
    return sorted(found, key=lambda place: not place.is_this)


def end(person: User, ident: int) -> str | None:
    """End one session of the person and say which device it was; None if there is none."""
    row = UserSession.objects.filter(user=person, pk=ident).first()
    if row is None:
        return None
    _end([row])
    return in_words(row.user_agent)


def end_all(person: User, *, but: HttpRequest | None = None) -> int:
    """End the person's sessions, all or all but this one, and say how many there were."""
    rows = UserSession.objects.filter(user=person)
    if but is not None:
        rows = rows.exclude(session_key=but.session.session_key)
    return _end(list(rows))


def forget(request: HttpRequest) -> None:
    """Take the session of somebody who signs out off the list."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()


def in_words(agent: str) -> str:
    """Name the browser and the system; an unknown one as an unknown device."""
    browser = next((name for mark, name in BROWSERS.items() if f"{mark}/" in agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in agent), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "An unknown device"


def _live(person: User) -> QuerySet[Any]:
    """Give those rows whose session is still there, and forget the others."""
    rows = UserSession.objects.filter(user=person)
    there = Session.objects.filter(
        session_key__in=rows.values("session_key"), expire_date__gt=timezone.now()
    )
    rows.exclude(session_key__in=there.values("session_key")).delete()
    return rows


def _end(rows: Iterable[Any]) -> int:
    keys = [row.session_key for row in rows]
    ended, _ = Session.objects.filter(session_key__in=keys).delete()
    UserSession.objects.filter(session_key__in=keys).delete()
    return ended


def _write(request: HttpRequest, person: Any, now: datetime) -> None:
    """Have the session on the list as it is now."""
    row = UserSession(
        user=person,
        session_key=request.session.session_key,
        created_at=now,
        last_seen_at=now,
        # The library's table wants one.
        ip=whereabouts.address(request) or "0.0.0.0",  # noqa: S104
        user_agent=request.headers.get("User-Agent", "")[:LONGEST_AGENT],
    )
    UserSession.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["session_key"],
        update_fields=["last_seen_at", "ip", "user_agent"],
    )
    request.session[SEEN] = now.timestamp()
