"""One organisation in several registers: entries linked by number, or by name and place."""

from typing import Any

from django.db.backends.utils import CursorWrapper

COMPANIES = "companies_house"
PAIR = """
    INSERT INTO registers_link (one_id, other_id, because)
    SELECT DISTINCT least(e.id, o.id), greatest(e.id, o.id), '{because}'
    FROM registers_registerentry e JOIN registers_registerentry o ON {condition}
    WHERE o.register_id <> e.register_id AND {seen} AND {which}
    ON CONFLICT DO NOTHING
"""
# A load that died has left entries that nobody may ever see.
SEEN = "o.came_with_id IN (SELECT id FROM registers_load WHERE state = 'done')"
# A chain may name one number for each of its thousands of premises: those are not one place.
PLACES = 50
FEW = f"""(SELECT count(*) FROM (SELECT FROM registers_registerentry same
    WHERE same.company_number = e.company_number AND same.company_number <> ''
    LIMIT {PLACES + 1}) few) <= {PLACES}"""
# By number first: it says more. That neither is empty is said of both: the index of numbers has no
# empty ones, and a million sites without a postcode are not compared with as many others.
BY = (
    # What names a company to the company, and the other way round.
    ("number", f"o.register_id = '{COMPANIES}' AND o.number = e.company_number",
     "e.company_number <> ''"),
    ("number", f"e.register_id = '{COMPANIES}' AND o.company_number = e.number",
     "o.company_number <> ''"),
    ("number", "o.company_number = e.company_number AND o.company_number <> ''",
     f"e.company_number <> '' AND {FEW}"),
    ("place", "o.site_key = e.site_key AND o.site_key <> ''", "e.site_key <> ''"),
)  # fmt: skip
DROP = """
    DELETE FROM registers_link l USING registers_registerentry e
    WHERE {which} AND l.{side}_id = e.id
"""


def make(cursor: CursorWrapper, register: str, load: int) -> None:
    """Link the entries of a register that have just come in."""
    # Said of the other side, too, so that millions are never compared with one another.
    _pair(cursor, "e.came_with_id = %s AND o.register_id <> %s", load, register)


def renew(cursor: CursorWrapper, which: str, *params: Any) -> None:
    """Link the entries `e` that a condition names anew: they may be another's now."""
    for side in ("one", "other"):
        cursor.execute(DROP.format(which=which, side=side), params)
    _pair(cursor, which, *params)


def _pair(cursor: CursorWrapper, which: str, *params: Any) -> None:
    for because, condition, more in BY:
        statement = PAIR.format(
            because=because, condition=condition, seen=SEEN, which=f"{more} AND {which}"
        )
        cursor.execute(statement, params)
