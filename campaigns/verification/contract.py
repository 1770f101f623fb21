"""What the checks are given, what each of them says, and what comes of all."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from campaigns.models import Checked
from campaigns.verification.pages import Leaf
from leads.identity.candidate import Candidate
from leads.intake.grounds import Ground

Reading = Literal["for", "against", "unknown"]


class CannotTell(Exception):
    """Nobody could be asked; the sentence says why. That speaks neither for nor against."""


@dataclass(frozen=True)
class Check:
    """What one check saw: `url` is where anybody can look for himself, "" if nowhere.

    `is_independent`: a register, Companies House or its own website says it, whatever the source.
    """

    name: str
    verdict: Reading
    said: str
    url: str = ""
    is_independent: bool = False


@dataclass(frozen=True)
class Verdict:
    """`reason` is the one that decided, in words for a list; `miles` is how far away it is.

    `candidate` is what the checks have left of what the source told, completed by what they saw.
    """

    checked: Checked
    reason: str
    ground: Ground
    checks: tuple[Check, ...]
    candidate: Candidate
    miles: float | None


@dataclass(frozen=True)
class Profile:
    """A company as Companies House knows it; `status` is one of its own words.

    `as_of` is the day on which that was so.
    """

    number: str
    name: str
    status: str
    postcode: str = ""
    address: str = ""
    town: str = ""
    former: tuple[str, ...] = ()
    sic_codes: tuple[str, ...] = ()
    detail: str = ""
    as_of: date | None = None


Answer = Literal["read", "no domain", "away", "error", "refused", "forbidden", "no page"]


@dataclass(frozen=True)
class Site:
    """What answered at a web address. `leaves` are its pages, the home page first.

    `asked` is the address that was given, and `url` the one where its home page was found.
    `opened` is the page that was asked for, where that isn't the home page.
    """

    asked: str
    answer: Answer
    url: str = ""
    said: str = ""
    leaves: tuple[Leaf, ...] = ()
    opened: Leaf | None = None

    @property
    def every(self) -> tuple[Leaf, ...]:
        """All pages of it that were read."""
        return self.leaves if self.opened is None else (*self.leaves, self.opened)
