"""What credits are used for: a campaign, as a rule."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Purpose:
    """By `ref` use is added up; label and url are what people see of it."""

    ref: UUID | None = None
    label: str = ""
    url: str = ""
