"""A website that seems to be somebody else's than the organisation's at which it stands.

What it says is the same for everybody, and kept for everybody; so it is judged here, of each
organisation anew. Then its word is one against itself, among the proofs of the website: what was
read there is not believed, and nobody is asked by its domain, till a person says that it is theirs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Protocol

from enrichment import whose
from enrichment.blend import Proof, Value
from enrichment.contract import Provider
from enrichment.crawling import addresses
from enrichment.lookups.models import Lookup
from enrichment.providers import all as providers
from enrichment.providers import pagetexts, website, website_summary
from enrichment.reading import hosts
from enrichment.told import ORGANISATION, Told
from enrichment.whose import Ours, Stranger
from leads.facts import replaced
from leads.facts.proofs import PERSON, RECORD
from leads.models import Fact, Organisation
from leads.records.known import Status

Slot = tuple[str, str]
READER = website.PROVIDER.slug
FIELD = "website"
# Whoever needs one of these goes by the website; whoever needs none at all knows by themselves.
OF_SITE = frozenset({"website", "domain", "site_text"})
BORROWED = OF_SITE | {whose.DOUBTED, "email", "phone", "people_emails"}
READ_THERE = frozenset({READER, website_summary.PROVIDER.slug})
NAMES, LISTS = ("name", "legal_name"), ("previous_names", "owners")


class Dossier(Protocol):
    """What is read here of all that is known of an organisation."""

    @property
    def organisation(self) -> Organisation:
        """Whom it is about."""

    @property
    def doubted(self) -> frozenset[str]:
        """The hosts of websites that stand there, but are somebody else's."""

    @property
    def proofs(self) -> Mapping[Slot, Sequence[Proof]]:
        """What sources told, by person and field."""

    @property
    def facts(self) -> Mapping[Slot, Sequence[Fact]]:
        """The facts that are there."""

    @property
    def slots(self) -> Iterable[Slot]:
        """The fields that have a column."""

    def values(self, slot: Slot) -> Sequence[Value]:
        """Give the values of a field, the surest first."""

    def of_record(self, slot: Slot) -> Iterable[Proof]:
        """Give what stands in the column of a field."""


def goes_by_site(provider: Provider) -> bool:
    """Say whether a provider is asked by the website, or by what was read there."""
    return provider.slug != READER and bool(OF_SITE & _needs(provider))


def is_read_later(question: tuple[Any, Provider, str, str]) -> bool:
    """Have those be heard first who read the website: that decides about all others."""
    return question[1].slug != READER


def judged(dossier: Dossier, lookup: Lookup, told: Sequence[Told]) -> Sequence[Told]:
    """Give what is believed of what a website has told: all, or no more than whom it names."""
    value = _value(dossier, lookup)
    if _site(value) in _confirmed(dossier):
        return told
    # Most name the organisation, and then nothing else need be looked at.
    found = None
    if not whose.calls(told, dossier.organisation.name):
        found = _stranger(dossier, lookup, told, value)
    if found is not None:
        url = found.url or value
        return [Told(FIELD, value, "page", url, found.words, is_denied=True)]
    if _site(value) in dossier.doubted and any(each.field in NAMES for each in told):
        # What it said against itself no longer holds. Of one that is silent now it does.
        return [*told, Told(FIELD, value, "page", value)]
    return told


def _stranger(
    dossier: Dossier, lookup: Lookup, told: Sequence[Told], value: str
) -> Stranger | None:
    kept = lookup.kept if isinstance(lookup.kept, dict) else {}
    texts = [text for _, text in pagetexts.read(kept.get("site_text") or ())]
    urls = [value, *(str(kept[name]) for name in ("url", "moved_to") if kept.get(name))]
    ours = _ours(dossier)
    found = whose.stranger(told, texts, urls, ours)
    if found is None or dossier.organisation.group is None:
        return found
    # A site of a chain may be known by its place alone, and the website by the chain's name.
    names = [*ours.names, dossier.organisation.group.name]
    return whose.stranger(told, texts, urls, Ours(names, ours.people, ours.known))


def sites(dossier: Dossier) -> frozenset[str]:
    """Give the hosts of websites, without “www.”, that are somebody else's."""
    found = set()
    confirmed = _confirmed(dossier)
    for proof in dossier.proofs.get((ORGANISATION, FIELD), ()):
        value = _site(str(proof.told.value))
        if _is_against(proof) and value not in confirmed:
            found |= {value, _site(proof.told.url)}
    return frozenset(found - {""})


def stays(proof: Proof, source: str, new: Iterable[Proof]) -> bool:
    """Say whether a proof holds besides what a source has told anew of the same field."""
    if proof.source != source:
        return True
    # Of another website it has said nothing now.
    value = _site(str(proof.told.value))
    return _is_against(proof) and all(_site(str(each.told.value)) != value for each in new)


def said(dossier: Dossier, lookup: Lookup) -> str:
    """Say whom the website of this answer names, "" where it is theirs."""
    value = _site(_value(dossier, lookup))
    for proof in dossier.proofs.get((ORGANISATION, FIELD), ()):
        if _is_against(proof) and _site(str(proof.told.value)) == value in dossier.doubted:
            return words(proof.told.quote)
    return ""


def words(named: str) -> str:
    """Ask whether a website is theirs that names these."""
    return f"The website names {named}: is it theirs?"


def is_believed(proof: Proof, doubted: Iterable[str]) -> bool:
    """Say whether a proof is something else than the word of somebody else's website."""
    told = proof.told
    if told.field == FIELD:
        return True
    if proof.source in READ_THERE:
        return _site(told.url) not in doubted
    if told.field == "email":
        domain = hosts.registrable(str(told.value).rpartition("@")[2])
        return domain not in {hosts.registrable(each.partition(":")[0]) for each in doubted}
    return True


def parted(values: Sequence[Any], doubted: Iterable[str]) -> tuple[list[Any], list[Any]]:
    """Part websites into those that may be theirs, and those that are somebody else's."""
    theirs = [each for each in values if _site(str(each)) not in doubted]
    return theirs, [each for each in values if each not in theirs]


def _ours(dossier: Dossier) -> Ours:
    """Give what is known from elsewhere than a website."""
    own: dict[str, list[Any]] = defaultdict(list)
    people: list[str] = []
    for person, name in {*dossier.proofs, *dossier.slots}:
        for value in _elsewhere(dossier, person, name):
            if not person or name == "email":
                own[name].append(value)
            elif name == "name":
                people.append(str(value))
    names = [each for name in NAMES for each in own[name]]
    listed = [each for name in LISTS for values in own[name] for each in _texts(values)]
    known = {name: [str(each) for each in own[name]] for name in whose.TELLING}
    return Ours([dossier.organisation.name, *map(str, names), *listed], people, known)


def _elsewhere(dossier: Dossier, person: str, name: str) -> Iterator[Any]:
    for proof in (*dossier.proofs.get((person, name), ()), *dossier.of_record((person, name))):
        if not proof.told.is_denied and _knows_by_itself(proof.source):
            yield proof.told.value


def _knows_by_itself(source: str) -> bool:
    """Say whether a source has it neither from the website nor from what was read there."""
    if source in (RECORD, PERSON):
        return True
    provider = providers.BY_SLUG.get(source)
    return provider is not None and not BORROWED & _needs(provider)


def _needs(provider: Provider) -> frozenset[str]:
    return frozenset().union(*provider.needs)


def _confirmed(dossier: Dossier) -> set[str]:
    """Give the hosts of websites of which a person says that they are theirs."""
    facts = dossier.facts.get((ORGANISATION, FIELD), ())
    return {_site(str(fact.value)) for fact in facts if is_confirmed(fact)}


def is_confirmed(fact: Fact) -> bool:
    """Say whether a person vouches for this website, having been asked."""
    is_persons = any(row.get("source") == PERSON for row in _rows(fact))
    return is_persons and fact.status != Status.DISMISSED


def named(fact: Fact) -> str:
    """Give whom a website names that is somebody else's, "" where it names nobody else."""
    if fact.field != FIELD or is_confirmed(fact):
        return ""
    return next((str(row.get("quote", "")) for row in _rows(fact) if speaks_against(row)), "")


def standing(organisation: Organisation, facts: Iterable[Fact]) -> Fact | None:
    """Give, of these, the fact of the website that stands there and seems somebody else's."""
    key = replaced.stands(organisation, FIELD)
    return next((each for each in facts if each.key == key and named(each)), None)


def speaks_against(row: Mapping[str, Any]) -> bool:
    """Say whether a proof, as it is kept, is the website's word against itself."""
    return row.get("source") == READER and bool(row.get("is_denied"))


def _rows(fact: Fact) -> list[dict[str, Any]]:
    rows = fact.proofs if isinstance(fact.proofs, list) else []
    return [row for row in rows if isinstance(row, dict)]


def _is_against(proof: Proof) -> bool:
    return proof.source == READER and proof.told.is_denied


def _value(dossier: Dossier, lookup: Lookup) -> str:
    """Give the website that the answer is about, as it stands in the record if it does."""
    known = (str(each.told.value) for each in dossier.values((ORGANISATION, FIELD)))
    written = (dossier.organisation.website, *known)
    asked = next(addresses.starts(lookup.about), "")
    return next((each for each in written if _site(each) == addresses.site(asked)), asked)


@lru_cache(maxsize=1_000)
def _site(url: str) -> str:
    written = next(addresses.starts(url), "") if url else ""
    return addresses.site(written)


def _texts(values: Any) -> Iterator[str]:
    yield from (each for each in values if isinstance(each, str)) if isinstance(
        values, list
    ) else ()
