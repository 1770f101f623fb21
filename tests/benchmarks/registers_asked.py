"""Asks the registers as a campaign does, and once more the long way; runs inside `manage.py`."""

import json
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Any

from django.db import connection

from crm.places import locate
from crm.places.locate import Place
from crm.registers import near

FIRST, MOST = 10, 10_000
# Where only the outward code is known, the true place is as far as this from its centre.
VAGUE_MILES = 5.0
# Nothing of the product's: every entry is looked at, and no index helps.
THE_LONG_WAY = """
WITH there AS MATERIALIZED (
    SELECT entry.id, entry.precision = 'outward' AS is_vague, 2 * 3958.7613 * asin(least(1, sqrt(
        power(sin(radians(entry.latitude - %(latitude)s) / 2), 2)
        + cos(radians(%(latitude)s)) * cos(radians(entry.latitude))
            * power(sin(radians(entry.longitude - %(longitude)s) / 2), 2)))) AS far
    FROM registers_registerentry entry JOIN registers_register register
        ON register.slug = entry.register_id
    WHERE register.loaded_at IS NOT NULL AND entry.status = 'active' AND entry.last_seen IS NULL
        AND entry.latitude IS NOT NULL
        AND (entry.trade = ANY(%(trades)s) OR entry.more_trades && %(trades)s::varchar[])
)
SELECT
    ARRAY(SELECT far FROM there WHERE far <= %(miles)s ORDER BY far LIMIT %(most)s),
    (SELECT json_object_agg(id, far) FROM there WHERE id = ANY(%(found)s)),
    (SELECT count(*) FROM there
        WHERE far <= %(miles)s - CASE WHEN is_vague THEN %(vague)s ELSE 0 END),
    (SELECT count(*) FROM there
        WHERE far <= %(miles)s + CASE WHEN is_vague THEN %(vague)s ELSE 0 END)
"""
ALMOST = 0.001


def answer(questions: list[dict[str, Any]], samples: int) -> list[dict[str, Any]]:
    """Compare the answers to some targets of each question, then take the time of all of them."""
    return [_answer(**question, samples=samples) for question in questions]


def _answer(
    targets: list[list[str]], checked: int, postcode: str, miles: float, samples: int
) -> dict[str, Any]:
    place = locate.place(postcode)
    wrong = [
        f"{', '.join(trades)} within {miles} miles of {postcode}: {complaint}"
        for trades in targets[:checked]
        for complaint in _compare(trades, place, miles)
    ]
    return {"wrong": wrong, "asked": _measure(targets, place, miles, samples)}


def _measure(
    targets: list[list[str]], place: Place, miles: float, samples: int
) -> list[dict[str, Any]]:
    """Ask for the nearest ten and for the count, all targets in turn; milliseconds of each.

    One round warms up.
    """
    asked: list[dict[str, Any]] = [{"first": [], "count": [], "found": 0} for _ in targets]
    for number in range(samples + len(targets)):
        which = number % len(targets)
        trades, told = targets[which], asked[which]
        first, _ = _timed(partial(near.first, trades, place, miles, most=FIRST))
        count, told["found"] = _timed(partial(near.count, trades, place, miles, most=MOST))
        if number >= len(targets):
            told["first"].append(first)
            told["count"].append(count)
    return asked


def _timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    found = ask()
    return (time.perf_counter() - began) * 1000, found


def _compare(trades: list[str], place: Place, miles: float) -> list[str]:
    """Two that stand at one point are equally near: distances are compared, not who it is."""
    found = near.first(trades, place, miles, most=FIRST)
    count = near.count(trades, place, miles, most=MOST)
    true, far, sure, most = _the_long_way(trades, place, miles, [entry.pk for entry in found])
    wrong = []
    if unasked := [entry.pk for entry in found if entry.pk not in far]:
        wrong.append(f"entries {unasked} are none of these, or not open")
    elif len({entry.pk for entry in found}) < len(found):
        wrong.append("an entry was given twice")
    else:
        distances = [far[entry.pk] for entry in found]
        if any(one > other + ALMOST for one, other in pairwise(distances)):
            wrong.append(f"not in the order of distance: {distances}")
        pairs = zip(distances, true, strict=False)
        if len(found) < len(true) or any(abs(one - other) > ALMOST for one, other in pairs):
            wrong.append(f"{distances} miles away, and the nearest are {true}")
        if any(abs(entry.miles - far[entry.pk]) > ALMOST for entry in found):
            wrong.append(f"said to be {[entry.miles for entry in found]}, and are {distances}")
    if not min(sure, MOST + 1) <= count <= min(most, MOST + 1):
        wrong.append(f"counted {count}, and there are {sure} to {most}")
    return wrong


def _the_long_way(
    trades: list[str], place: Place, miles: float, found: list[int]
) -> tuple[list[float], dict[int, float], int, int]:
    """Distances of the nearest and of what was found; how many there are at least, and at most."""
    given = {
        "trades": trades,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "miles": miles,
        "most": FIRST,
        "found": found,
        "vague": VAGUE_MILES,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET enable_indexscan = off; SET enable_bitmapscan = off")
        cursor.execute(THE_LONG_WAY, given)
        true, far, sure, most = cursor.fetchone()
        cursor.execute("RESET enable_indexscan; RESET enable_bitmapscan")
    far = json.loads(far) if isinstance(far, str) else far or {}
    return true, {int(entry): miles_away for entry, miles_away in far.items()}, sure, most
