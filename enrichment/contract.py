"""What a provider of facts is: what it must know, what it can tell, what that costs, one method."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from crm.credits.prices import Action
from crm.outside.key import Key
from crm.tenants.models import Tenant
from enrichment.told import Told


@dataclass(frozen=True)
class Subject:
    """The organisation that is asked about. `known` holds its values by field, the surest first;
    `titles` are the jobs of whom somebody looks for.
    """

    tenant: Tenant
    ident: str
    known: Mapping[str, Sequence[Any]]
    titles: Sequence[str] = ()

    def get(self, name: str) -> Any:
        """Give the surest value of a field; "" where none is known."""
        values = self.known.get(name, ())
        return values[0] if values else ""


@dataclass(frozen=True)
class Asking:
    """One question on its way; see `campaigns.discovery.live` for tickets: `keep` writes down by
    what the provider knows an answer that takes long, before anybody waits for it.
    """

    subject: Subject
    key: Key | None
    wants: frozenset[str]
    today: date
    ticket: str = ""
    keep: Callable[[str], None] = lambda ticket: None


@dataclass(frozen=True)
class Answer:
    """What was told; nothing at all is a miss, which takes no credits. `kept` is what the provider
    leaves for its own next look (a page's text, the date of a list), JSON; `cost_micros` is what
    the vendor charges in millionths of a pound, whatever came of it.
    """

    told: Sequence[Told] = ()
    cost_micros: int = 0
    kept: Mapping[str, Any] = field(default_factory=dict)
    why_nothing: str = ""


class Provider(Protocol):
    """One file each, and one line in the list.

    `service` is whose key it takes, "" for none. It can be asked where all fields of one of `needs`
    are known. `gives` are fields of the organisation, `gives_people` those of its people. `action`
    is its line of the price list, None where it takes no credits. `good_for` is after how many days
    an answer is bought anew at the soonest; `is_shared` says that its licence lets an answer that
    one company has paid for be used by another.
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

    def about(self, subject: Subject) -> str:
        """Name what is asked about so that the same question has the same name: a domain, a number.

        "" where nothing that it needs is known.
        """

    def ask(self, asking: Asking) -> Answer:
        """Ask; raises what `crm.outside.errors` holds, with no transaction open."""
