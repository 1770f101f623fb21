"""The outcome of a load in words."""

from crm.registers.loading import Outcome


def sentence(outcome: Outcome) -> str:
    """What a file held and what it changed, for the command line."""
    register, merged = outcome.register, outcome.merged
    text = (
        f"{register.label}: {register.entries:,} entries as of {register.as_of:%-d %B %Y}: "
        f"{merged.added:,} new, {merged.changed:,} changed, {merged.closed:,} closed."
    )
    if outcome.refused:
        reasons = ", ".join(f"{why} {n:,}" for why, n in outcome.refused.most_common())
        text += f" Refused {outcome.refused.total():,}: {reasons}."
    if merged.nowhere:
        text += f" Without a place {merged.nowhere:,}."
    return text
