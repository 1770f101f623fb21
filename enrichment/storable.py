"""Values of strangers' answers, as any database can hold them."""

from collections.abc import Mapping
from typing import Any


def storable(value: Any) -> Any:
    """Give the same, JSON, without NUL and halves of characters in its texts."""
    if isinstance(value, str):
        plain = value if value.isascii() else value.encode(errors="ignore").decode()
        return plain.replace("\0", "")
    if isinstance(value, Mapping):
        return {storable(name): storable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [storable(each) for each in value]
    return value
