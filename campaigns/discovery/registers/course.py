"""The places of a walk through the registers, as a run and a campaign keep them.

They are [miles, entry id]. Until the registers held companies they were [miles, register, number].
"""

from campaigns.discovery.contract import Cursor
from crm.registers.near import START, Step

# Less than any two organisations lie apart, and more than a sum of distances is off.
A_HAIR = 1e-7


def begin_behind(cursor: Cursor | None) -> Step:
    """Go on behind it; an older one's place is met once more rather than passed over."""
    if cursor is None:
        return START
    if _is_old(cursor):
        return Step(cursor[0] - A_HAIR, 0)
    return Step(*cursor)


def end_at(cursor: Cursor) -> Step:
    """Go no further than it; all that lies at an older one's place is taken along."""
    return Step(cursor[0] + A_HAIR, 0) if _is_old(cursor) else Step(*cursor)


def _is_old(cursor: Cursor) -> bool:
    return len(cursor) > len(Step._fields)
