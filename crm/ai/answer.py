"""What comes back: not yet, or an answer with all that must be known of how it came about."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from crm.ai import pages
from crm.ai.cost import Usage


@dataclass(frozen=True)
class Pending:
    """The model still works on it; `status` is the vendor's word."""

    status: str


@dataclass(frozen=True)
class Told:
    """An answer that is whole and of the form that was asked for.

    `pages` are those that the vendor says were read or cited, by their normalised address;
    `searches` are those that are charged for; `dropped` counts what did not fit the form, and `raw`
    is the answer with it.
    """

    data: dict[str, Any]
    pages: Mapping[str, str] = field(default_factory=dict)
    cost_micros: int = 0
    usage: Usage = field(default_factory=Usage)
    searches: int = 0
    model: str = ""
    prompt_hash: str = ""
    dropped: int = 0
    raw: Any = None

    def page(self, url: str) -> str:
        """Give the page as the vendor wrote it, "" where the vendor did not read this very page.

        Another page of the same site is not it.
        """
        return self.pages.get(pages.normalised(url), "")

    def kept(self) -> dict[str, Any]:
        """Give what is kept of an answer beside its contents, as JSON."""
        return {
            "model": self.model,
            "prompt": self.prompt_hash,
            "usage": asdict(self.usage),
            "searches": self.searches,
            "pages": sorted(self.pages.values()),
            "dropped": self.dropped,
        }


@dataclass(frozen=True)
class Started:
    """A question that was sent. Keep `response_id` before anything waits for the answer: whoever
    knows it goes on with the same answer, and nothing is paid twice. `sent_hash` is the SHA-256 of
    the whole prompt, with what it is about.
    """

    response_id: str
    prompt_hash: str
    sent_hash: str = ""
