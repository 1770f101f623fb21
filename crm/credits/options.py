"""Reads what an installation says about credits; what is wrong ends the start with a sentence."""

from crm.listening import number


def at_start(text: str) -> int:
    """How many credits a new company is given."""
    return number("CREDITS_AT_START", text, default=1_000, least=0, most=1_000_000)


def monthly_most(text: str) -> int:
    """How many its managers may give it in a month; 0: only those who look after all may."""
    return number("CREDITS_MONTHLY_MOST", text, default=10_000, least=0, most=1_000_000_000)
