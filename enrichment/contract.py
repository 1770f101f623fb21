"""What a provider of facts is: what it must know, what it can tell, what that costs, one method."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from crm.credits.prices import Action
from crm.outside.key import Key
from crm.tenants.models import Tenant
from enrichment import given
from enrichment.storable import storable
from enrichment.told import Told


@dataclass(frozen=True)
class Subject:
    """The organisation that is asked about, or one of its people.

    `known` holds the organisation's values by field, the surest first, `person` those of the person
    where it is about one; `titles` are the jobs of whom somebody looks for.
    """

    tenant: Tenant
    ident: str
    known: Mapping[str, Sequence[Any]]
    titles: Sequence[str] = ()
    person: Mapping[str, Sequence[Any]] = field(default_factory=dict)

    def get(self, name: str) -> Any:
        """Give the surest value of a field of the organisation; "" where none is known."""
        return next(iter(self.known.get(name, ())), "")

    def of_person(self, name: str) -> Any:
        """Give the surest value of a field of the person; "" where none is known."""
        return next(iter(self.person.get(name, ())), "")


# Under this name stands what a provider needs until it is answered, and no longer than a day.
FOR_A_DAY = "for_a_day"


def lasting(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Give what is kept beyond that."""
    return {name: value for name, value in kept.items() if name != FOR_A_DAY}


@dataclass(frozen=True)
class Asking:
    """One question on its way.

    `ticket` is by what the provider knows an answer that takes long, "" before the first call;
    `keep` writes it down, and must be called before anything waits for that answer. `kept` is what
    the provider left at its last look at the same, {} where there was none; `save` writes down what
    a part of the calls has given, for whoever goes on after an interruption: for today alone
    `save_so_far`. `most` is how often the price of the action may be used up.
    """

    subject: Subject
    key: Key | None
    wants: frozenset[str]
    today: date
    ticket: str = ""
    keep: Callable[[str], None] = lambda ticket: None
    kept: Mapping[str, Any] = field(default_factory=dict)
    save: Callable[[Mapping[str, Any]], None] = lambda kept: None
    most: int = 1

    def so_far(self, *of: Any) -> Any:
        """Give what was saved today of the very same, None where nothing was."""
        row = given.part(self.kept, FOR_A_DAY)
        return row.get("so_far") if row.get("of") == self._today(of) else None

    def save_so_far(self, so_far: Any, *of: Any) -> None:
        """Save what the calls have given `so_far`, beside what is kept."""
        row = {"of": self._today(of), "so_far": storable(so_far)}
        self.save({**self.kept, FOR_A_DAY: row})

    def _today(self, of: Sequence[Any]) -> Any:
        return storable([*of, str(self.today)])


@dataclass(frozen=True)
class Answer:
    """What was told; nothing at all is a miss, which takes no credits.

    `quantity` is how often the price of the provider's action is used up by what was told.
    `cost_micros` is what the vendor charges in millionths of a pound, whatever came of it. `kept`
    is what the provider leaves for its own next look and for whoever reads the verdict of a check,
    JSON. `passing` is what may be shown for a while and not be kept, JSON. `why_nothing` says in a
    sentence why nothing was told.
    """

    told: Sequence[Told] = ()
    quantity: int = 1
    cost_micros: int = 0
    kept: Mapping[str, Any] = field(default_factory=dict)
    passing: Mapping[str, Any] = field(default_factory=dict)
    why_nothing: str = ""


@dataclass(frozen=True)
class NotYet:
    """The provider still works on it; look again in so many of its seconds."""

    seconds: float


class Unanswerable(Exception):
    """The answer can't be used; the sentence says why. The same is not asked again for a day.

    `cost_micros` is what the vendor charges all the same, `kept` as an answer's.
    """

    def __init__(
        self, said: str, *, cost_micros: int = 0, kept: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(said)
        self.cost_micros = cost_micros
        self.kept = kept


class Provider(Protocol):
    """One file each, and one line in the list.

    `service` is whose key it takes, "" for none. It can be asked where all fields of one of `needs`
    are known. `gives` are fields of the organisation, `gives_people` those of its people. `action`
    is its line of the price list, None where it takes no credits. `good_for` is after how many days
    an answer is bought anew at the soonest; `is_shared` says that its licence lets an answer that
    one company has paid for be used by another. `is_of_people` says that it is asked about each
    person, and not about the organisation; `most` is how often one answer may use up the price of
    its action; `checks` is the field of which it checks a value that is
    known, "" for all others. Where anything is known of one of `unless` it is not asked.
    """

    slug: str
    label: str
    service: str
    needs: Sequence[frozenset[str]]
    gives: frozenset[str]
    gives_people: frozenset[str]
    action: Action | None
    good_for: int
    is_shared: bool
    is_of_people: bool
    checks: str
    most: int = 1
    unless: frozenset[str] = frozenset()

    def about(self, subject: Subject) -> str:
        """Name what is asked about so that the same question has the same name: a domain, a number.

        "" where nothing that it needs is known.
        """

    def charge(self) -> int:
        """Say what the vendor charges for one call at the most, in millionths of a pound."""

    def ask(self, asking: Asking) -> Answer | NotYet:
        """Ask, or look for an answer that was asked for, with no transaction open.

        Raises what `crm.outside.errors` holds, and Unanswerable. Hostile answers (nulls, wrong
        types, another organisation, other people) tell nothing, and raise nothing else.
        """
