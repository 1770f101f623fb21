"""By what a person is known again, also one whose name may no longer be written down."""

from crm.registers import names
from leads.facts import proofs
from leads.models import Contact, Fact, Organisation, Unwanted

TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "rev", "mx"}


def person_key(name: str) -> str:
    """The same for two writings of a person's name: titles, case, middle names do not count."""
    words = [word for word in names.sort_key(name).replace(",", " ").split() if word.strip(".")]
    words = [word for word in words if word.strip(".") not in TITLES]
    return f"{words[0]} {words[-1]}" if len(words) > 1 else "".join(words)


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


def unwant(contact: Contact) -> None:
    """Remember somebody whom enrichment has found, before they are removed.

    By all that was told of them, so that nobody finds them again; nothing where a person wrote
    them down.
    """
    facts = Fact.of(contact.tenant).filter(contact=contact)
    told = list(facts.filter(field__in=("name", "email")).values_list("field", "value"))
    if contact.organisation_id is None or not (told or facts.exists()):
        return
    found = set(digests(contact.name, contact.email))
    for field, value in told:
        found |= digests(str(value), "") if field == "name" else digests("", str(value))
    Unwanted.of(contact.tenant).bulk_create(
        (
            Unwanted(
                tenant=contact.tenant, organisation_id=contact.organisation_id, digest=digest
            )
            for digest in sorted(found)
        ),
        ignore_conflicts=True,
    )


def want(organisation: Organisation, name: str, email: str) -> None:
    """Let somebody be found again whom a person has put there."""
    if found := digests(name, email):
        rows = Unwanted.of(organisation.tenant).filter(organisation=organisation)
        rows.filter(digest__in=found).delete()
