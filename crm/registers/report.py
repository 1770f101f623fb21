"""The outcome of a load in words."""

from crm.registers.loading import Outcome

SHOWN = 5


def sentence(outcome: Outcome) -> str:
    """What a file held and what it changed, for the command line."""
    register, merged = outcome.register, outcome.merged
    text = (
        f"{register.label}: {register.entries:,} entries as of {register.as_of:%-d %B %Y}: "
        f"{merged.added:,} new, {merged.changed:,} changed, {merged.closed:,} closed."
    )
    if outcome.refused:
        reasons = ", ".join(_reason(outcome, why, n) for why, n in outcome.refused.most_common())
        text += f" Refused {outcome.refused.total():,}: {reasons}."
    if outcome.nowhere:
        text += f" Without a place {outcome.nowhere:,}."
    if outcome.lacking:
        text += f" Columns that the file lacks stay empty: {_some(outcome.lacking)}."
    return text


def _reason(outcome: Outcome, why: str, rows: int) -> str:
    lines = outcome.lines.get(why, [])
    if not lines:
        return f"{why} {rows:,}"
    more = " …" if rows > len(lines) else ""
    word = "line" if rows == 1 else "lines"
    return f"{why} {rows:,} ({word} {', '.join(map(str, lines))}{more})"


def _some(names: list[str]) -> str:
    shown = ", ".join(names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown
