"""What a source is that asks a vendor: it plans questions, asks one, and reads the answer.

Questions are rows of work (`Inquiry`), asked side by side, wave by wave: the next wave is planned
when all of the last is answered and what is still being checked of it can't be enough.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from campaigns.criteria import Criteria
from campaigns.discovery.contract import Asked, Target
from crm.outside.key import Key
from crm.tenants.models import Tenant
from leads.identity.candidate import Candidate


@dataclass(frozen=True)
class Question:
    """`key` names it for ever within its source and campaign; `asked` is all it needs, JSON."""

    key: str
    asked: Mapping[str, Any]


@dataclass(frozen=True)
class Earlier:
    """A question that was answered, in this run or in an earlier one of the campaign.

    `told` counts the organisations in its answer, `fresh` those nobody had told of in its run;
    `is_answered` is false where nothing could be made of it, and `may_repeat` where it must not be
    asked again in this run, as that may be paid for.
    """

    key: str
    asked: Mapping[str, Any]
    wave: int
    told: int
    fresh: int
    is_answered: bool = True
    may_repeat: bool = True


@dataclass(frozen=True)
class Brief:
    """What a source plans its next wave by.

    `missing` is how many leads are likely to be wanted still, with what is being checked; `known`
    gives the names of what the campaign was told of so far, the latest first, at most so many.
    `most` is how many questions the wave may have at the most: what is left of what was confirmed.
    """

    tenant: Tenant
    wanted: Criteria
    target: Target
    missing: int
    most: int
    earlier: Sequence[Earlier]
    known: Callable[[int], Sequence[str]]


@dataclass(frozen=True)
class Asking:
    """One question on its way. `ticket` is by what the vendor knows an answer that takes long,
    "" before the first call; `keep` writes it down, and must be called before anything waits for
    that answer. `since` is when the question was first sent. `key` is None only for a source that
    needs none.
    """

    tenant: Tenant
    wanted: Criteria
    target: Target
    key: Key | None
    question: Question
    ticket: str
    since: datetime | None
    metadata: Mapping[str, str]
    keep: Callable[[str], None]


@dataclass(frozen=True)
class Seen:
    """An organisation that an answer told of.

    `key` names it for ever within the source. `pages` are the addresses at which the source says
    that it read of it. `miles` is its distance where the source gives coordinates itself; `closed`
    says in a clause that the source knows it as closed, "" if not. Of one with a `place_id` nothing
    else may be kept longer than a check takes.
    """

    candidate: Candidate
    key: str
    pages: Sequence[str] = ()
    miles: float | None = None
    closed: str = ""
    place_id: str = ""
    # The company's record as Companies House just gave it, where the source has asked there.
    company: Mapping[str, Any] | None = None
    # What the finding keeps as evidence besides, JSON: where there is no page to show.
    notes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """An answer. `more` are questions that follow from it (the next page, a part of an area that
    held too much); `quantity` is how often the price of the source's action was used up,
    `cost_micros` what the vendor charges for it in millionths of a pound, `said` what is kept of
    the answer for whoever asks later: model, hash of the prompt, use, pages.
    """

    seen: Sequence[Seen]
    more: Sequence[Question] = ()
    quantity: int = 1
    cost_micros: int = 0
    said: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class NotYet:
    """The vendor still works on it; look again in so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Quote:
    """What asking would be at the most, before a launch: questions, vendors' charge in millionths
    of a pound, and the usual seconds and organisations from…to. `note` says in a sentence what
    that rests on.
    """

    questions: int
    cost_micros: int
    seconds: tuple[int, int]
    expects: tuple[int, int]
    note: str = ""


class Unanswerable(Exception):
    """The answer can't be used; the sentence says why. Nothing is asked again for it.

    `cost_micros` is what the vendor charges all the same.
    """

    def __init__(self, said: str, *, cost_micros: int = 0) -> None:
        super().__init__(said)
        self.cost_micros = cost_micros


class LiveSource(Asked, Protocol):
    """`service` is the slug of the vendor whose key it needs, "" for none; `action` names the
    price of one question. `page` is the address, by its name, where a person clears its obstacle.
    """

    service: str
    action: str
    page: str = ""

    def obstacle(self, tenant: Tenant) -> str:
        """Say what a person must do before it can be asked, its key aside; "" if nothing."""
        return ""

    def charge(self) -> int:
        """Say what the vendor charges for one question at the most, in millionths of a pound."""

    def quote(self, tenant: Tenant, wanted: Criteria) -> Quote:
        """Say what asking for all that is wanted would take at the most."""

    def plan(self, brief: Brief) -> Sequence[Question]:
        """Give the questions of the next wave; none means that there is nothing left to ask."""

    def ask(self, asking: Asking) -> Reply | NotYet:
        """Ask, or look for an answer that was asked for; outside of any transaction.

        Raises what `crm.outside.errors` holds, and Unanswerable.
        """
