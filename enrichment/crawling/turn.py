"""One visitor at a time on each website, of all processes on all machines."""

from contextlib import AbstractContextManager

from enrichment import turns


def turn(site: str) -> AbstractContextManager[None]:
    """Have a website for this thread alone while the block lasts; raises Later if it is not."""
    return turns.turn(f"website {site}", f"{site} is being read already.")
