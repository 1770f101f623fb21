"""An organisation as the matcher sees it: cleaned, in one spelling, nothing that only one has."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from crm.registers import names
from leads.dedupe.doors import door
from leads.dedupe.naming import Words, naming
from leads.models import Organisation


@dataclass(frozen=True, slots=True)
class Record:
    """`ref` is whatever the caller knows it by; the matcher never looks at it.

    `called` are the names in use as words ("Smith Ltd t/a Kettle" has two), `former` those that it
    says are earlier ones ("Kettle, formerly Smith");
    `key` is what sites are told apart by, `premise` its door there. `listed` holds its entries in
    official registers, as "register:number".
    """

    ref: Any
    name: str
    key: str
    called: tuple[Words, ...]
    former: tuple[Words, ...] = ()
    postcode: str = ""
    town: str = ""
    house: str = ""
    street: str = ""
    building: str = ""
    premise: str = ""
    phone: str = ""
    domain: str = ""
    company_number: str = ""
    trade: str = ""
    listed: frozenset[str] = frozenset()

    @property
    def outward(self) -> str:
        """The first half of the postcode."""
        return self.postcode.partition(" ")[0]

    @property
    def spellings(self) -> tuple[str, ...]:
        """The names in use without blanks: "Ash Grove" is "Ashgrove"."""
        return tuple("".join(words) for words in self.called)

    @classmethod
    def of(cls, organisation: Organisation, *, listed: Iterable[str] = ()) -> Self:
        """Read a stored organisation, whose fields are clean."""
        fields = ("name", "postcode", "phone", "domain", "company_number")
        cleaned = {field: getattr(organisation, field) for field in fields}
        return cls.of_cleaned(
            cleaned,
            ref=organisation.pk,
            address=organisation.address,
            town=organisation.town,
            trade=organisation.trade,
            listed=listed,
        )

    @classmethod
    def of_cleaned(
        cls,
        cleaned: Mapping[str, str],
        *,
        ref: Any = None,
        address: str = "",
        town: str = "",
        trade: str = "",
        listed: Iterable[str] = (),
    ) -> Self:
        """Read what `leads.identity.candidate.clean` gives, and what stands beside it."""
        name = cleaned["name"]
        called = naming(name)
        where = door(address, town, cleaned.get("postcode", ""))
        return cls(
            ref=ref,
            name=name,
            key=names.name_key(name),
            called=called.now,
            former=called.once,
            postcode=where.postcode,
            town=where.town,
            house=where.house,
            street=where.street,
            building=where.building,
            premise=names.premise(address),
            phone=cleaned.get("phone", ""),
            domain=cleaned.get("domain", ""),
            company_number=cleaned.get("company_number", ""),
            trade=trade,
            listed=frozenset(listed),
        )
