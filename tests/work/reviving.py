"""Queueing one dead row once more, as somebody does who has looked at it."""

from crm.work import queue
from crm.work.drain import tables
from crm.work.models import WorkRow


def revive(row: WorkRow) -> str:
    """Why it was refused, "" if it was queued."""
    table = next(table for table in tables() if table.model is type(row))
    _, refusals = queue.all_again(table, [row], together=False)
    return "".join(refusals)
