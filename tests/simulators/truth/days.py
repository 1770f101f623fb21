"""Days before today, as texts."""

from datetime import date, timedelta

from tests.simulators.world.draw import Draw


def ago(days: int) -> str:
    return (date.today() - timedelta(days=days)).isoformat()


def drawn(draw: Draw, newest: int, oldest: int) -> str:
    """A day at least `newest` and fewer than `oldest` days ago."""
    return ago(newest + draw.number(max(1, oldest - newest)))


def later(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def spoken(day: str) -> str:
    """ "2026-03-09" as "9 March 2026"."""
    when = date.fromisoformat(day)
    return f"{when.day} {when:%B %Y}"
