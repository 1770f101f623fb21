"""What a live source saw, written down until it is checked."""

from collections.abc import Mapping
from typing import Any

from campaigns.discovery.live import Seen
from leads.identity import candidate as candidates


def as_json(seen: Seen) -> dict[str, Any]:
    """Write it down; `read` is the way back."""
    return {
        "candidate": candidates.as_json(seen.candidate),
        "key": seen.key,
        "pages": list(seen.pages),
        "miles": seen.miles,
        "closed": seen.closed,
        "place_id": seen.place_id,
        "company": dict(seen.company) if seen.company is not None else None,
        "notes": dict(seen.notes),
    }


def read(kept: Mapping[str, Any]) -> Seen:
    """Give what `as_json` wrote."""
    # Since when its check waits is no part of what was seen.
    known = {name: value for name, value in kept.items() if name not in ("candidate", "since")}
    return Seen(candidate=candidates.read(kept["candidate"]), **known)
