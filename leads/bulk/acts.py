"""The table of what can be done to many leads at once: a new act is a line here."""

from leads.acts.act import Act
from leads.acts.assign import Assign
from leads.acts.delete import Delete
from leads.acts.merge_sure import MergeSure
from leads.acts.move import Move
from leads.acts.tagging import PutTag, TakeTagOff
from leads.acts.take_back import TakeBack
from leads.models import Bulk

# What people ask for in the list.
ACTS: dict[str, type[Act]] = {act.verb: act for act in (Assign, Move, PutTag, TakeTagOff, Delete)}
# What they ask for elsewhere.
BESIDE: dict[str, type[Act]] = {act.verb: act for act in (TakeBack, MergeSure)}


def of(row: Bulk) -> Act:
    """Give the act that a row of work is about."""
    return (ACTS | BESIDE)[row.verb](row.given)
