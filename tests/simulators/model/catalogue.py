"""The models on offer."""

from datetime import UTC, datetime
from typing import Any

# name | snapshot that answers under that name | made | shut down on
_MODELS = """
gpt-6.1-terra |  | 2026-10-06 |
gpt-5.6-terra |  | 2026-06-09 |
gpt-5.6-sol |  | 2026-06-09 |
gpt-5.4-mini |  | 2026-03-05 |
gpt-5.4-nano |  | 2026-03-05 |
gpt-5 | gpt-5-2025-08-07 | 2025-08-07 | 2026-12-11
gpt-5-mini | gpt-5-mini-2025-08-07 | 2025-08-07 | 2026-12-11
gpt-5-nano | gpt-5-nano-2025-08-07 | 2025-08-07 | 2026-12-11
gpt-4.1-mini | gpt-4.1-mini-2025-04-14 | 2025-04-14 |
gpt-4o-mini | gpt-4o-mini-2024-07-18 | 2024-07-18 |
text-embedding-3-small |  | 2024-01-22 |
text-embedding-3-large |  | 2024-01-22 |
"""
EMBEDDINGS = {"text-embedding-3-small": 1536, "text-embedding-3-large": 3072}


def every() -> dict[str, dict[str, Any]]:
    """Each model as `GET /v1/models` lists it."""
    found = {}
    for line in _MODELS.strip().splitlines():
        name, _, made, end = (part.strip() for part in line.split("|"))
        created = int(datetime.fromisoformat(made).replace(tzinfo=UTC).timestamp())
        found[name] = {
            "id": name,
            "object": "model",
            "created": created,
            "owned_by": "system",
            "shutdown_date": end or None,
        }
    return found


def snapshots() -> dict[str, str]:
    """Model name to the dated name that appears in its responses."""
    found = {}
    for line in _MODELS.strip().splitlines():
        name, dated, *_ = (part.strip() for part in line.split("|"))
        found[name] = dated or name
    return found


def offered(now: float) -> dict[str, dict[str, Any]]:
    """Those not yet shut down at a simulated time."""
    today = datetime.fromtimestamp(now, UTC).date().isoformat()
    return {
        name: model
        for name, model in every().items()
        if not model["shutdown_date"] or today < model["shutdown_date"]
    }
