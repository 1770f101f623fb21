"""Keeps the spots of open entries that have a place: one for each trade, and one for any."""

from typing import Any

from django.db.backends.utils import CursorWrapper

# What every entry has a spot of besides its trades: whoever looks for any trade looks for this.
ANY = "*"
TRADES = f"unnest(e.trade || COALESCE(e.more_trades, '{{{{}}}}') || '{ANY}'::varchar)"
# A closed entry has none, and neither has one that lies nowhere.
MAKE = f"""
    INSERT INTO registers_spot (trade, cell, entry_id, latitude, longitude, is_vague, earlier)
    SELECT t.trade, e.cell, e.id, e.latitude, e.longitude, e.precision = 'outward',
        CASE WHEN t.place > 1 AND t.trade <> '{ANY}'
            THEN (e.trade || e.more_trades)[:t.place - 1] END
    FROM registers_registerentry e, {TRADES} WITH ORDINALITY AS t(trade, place)
    WHERE e.status = 'active' AND e.cell IS NOT NULL AND t.trade <> '' AND {{which}}
    ORDER BY t.trade COLLATE "C", e.cell, e.id
"""
# Entries of files that are in whole.
SHOWN = "e.came_with_id IN (SELECT id FROM registers_load WHERE state = 'done')"
DROP = f"""
    DELETE FROM registers_spot s USING registers_registerentry e, {TRADES} AS t(trade)
    WHERE s.trade = t.trade COLLATE "C" AND s.cell = e.cell AND s.entry_id = e.id AND {{which}}
"""


def make(cursor: CursorWrapper, which: str, *params: Any) -> None:
    """Write the spots of the entries `e` that a condition names, of which there are none yet."""
    cursor.execute(MAKE.format(which=which), params)


def drop(cursor: CursorWrapper, which: str, *params: Any) -> None:
    """Delete the spots of such entries, as they lie now: before they are changed."""
    cursor.execute(DROP.format(which=which), params)
