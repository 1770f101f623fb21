"""By what a person is known again, also one whose name may no longer be written down."""

from collections.abc import Iterable

from enrichment.persons import Whom, person_key
from leads.facts import proofs
from leads.models import Organisation, Unwanted


def may_be(one: str, other: str) -> bool:
    """Whether two keys may be one person's, of whom one source knows no more than an initial."""
    first, _, last = one.partition(" ")
    given, _, family = other.partition(" ")
    initials = {first.strip(".")[:1], given.strip(".")[:1]}
    is_short = 1 in (len(first.strip(".")), len(given.strip(".")))
    return bool(last) and last == family and is_short and len(initials) == 1


def digests(name: str, email: str) -> frozenset[str]:
    """Give the digests by which an unwanted person is known."""
    return frozenset(
        proofs.short(f"{kind}:{said}")
        for kind, said in (("name", person_key(name)), ("email", email.casefold()))
        if said
    )


def digests_of(whom: Whom) -> frozenset[str]:
    """Give those of all their names and addresses."""
    by_name = (digests(name, "") for name in whom.names)
    return frozenset().union(*by_name, *(digests("", email) for email in whom.emails))


def unwant(organisation: Organisation, whom: Whom) -> None:
    """Remember by all that was told of somebody that nobody is to find them again."""
    keep_away(organisation, digests_of(whom))


def keep_away(organisation: Organisation, found: Iterable[str]) -> None:
    """Have nobody find those again who are known by these digests."""
    Unwanted.of(organisation.tenant).bulk_create(
        (
            Unwanted(tenant=organisation.tenant, organisation=organisation, digest=digest)
            for digest in sorted(found)
        ),
        ignore_conflicts=True,
    )


def want(organisation: Organisation, name: str, email: str) -> None:
    """Let somebody be found again whom a person has put there."""
    if found := digests(name, email):
        rows = Unwanted.of(organisation.tenant).filter(organisation=organisation)
        rows.filter(digest__in=found).delete()
