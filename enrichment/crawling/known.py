"""What a website has answered, kept for whoever goes on reading it after an interruption."""

import base64
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from enrichment.crawling.contract import Fetched, Kind


def written(page: Fetched) -> dict[str, Any]:
    """Write an answer as JSON, its content packed."""
    packed = base64.b64encode(zlib.compress(page.content)).decode()
    return asdict(page) | {"content": packed, "kind": str(page.kind)}


def read(rows: Iterable[dict[str, Any]]) -> Iterator[Fetched]:
    """Read what `written` gave."""
    for row in rows:
        content = zlib.decompress(base64.b64decode(row["content"]))
        yield Fetched(**row | {"content": content, "kind": Kind(row["kind"])})
