"""Which organisation keys mean, by rules that leave no doubt.

Same site (name or number, and postcode or phone) is the same organisation. Same number or domain
at another postcode is another site of the same group: linked, never merged. Two that a register
lists apart, or that are two companies, are a doubt, however much they share.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from crm.registers import names
from crm.registers.models import RegisterEntry
from leads.dedupe.thresholds import SEVERAL
from leads.identity.applicant import Applicant
from leads.identity.identity import Kind
from leads.identity.index import Index
from leads.models import Organisation

SAME_ENTRY = "the same register entry"
ByKind = dict[str, list[Organisation]]
# Those whom a rule means, and what they have in common.
Meant = tuple[str, list[Organisation]]


@dataclass(frozen=True)
class Match:
    """`same` is the organisation itself, `sibling` another site of its group."""

    same: Organisation | None = None
    sibling: Organisation | None = None
    because: str = ""


def match(applicant: Applicant, index: Index, *, apart: bool = False) -> Match:
    """Say who it is; `apart`: nobody whom it is merely like, only its own register entry."""
    by_kind: ByKind = {kind: index.by_key[kind, value] for kind, value in applicant.keys}
    if listed := by_kind.get(Kind.LISTING):
        return Match(same=listed[0], because=SAME_ENTRY)
    same = None if apart else _same(applicant, index, by_kind)
    return same or _sibling(by_kind) or Match()


def _same(applicant: Applicant, index: Index, by_kind: ByKind) -> Match | None:
    """Whoever a rule means alone; of several the first, unless a register knows it from them."""
    first: Match | None = None
    for because, sites in _rules(applicant, index, by_kind):
        meant = [site for site in sites if not _is_apart(applicant, site, index, by_kind)]
        if len(meant) == 1:
            return Match(same=meant[0], because=because)
        if meant and first is None:
            first = Match(same=meant[0], because=because)
    # Without an entry it would never be known again, and be somebody new at each sighting.
    return None if applicant.entry else first


def _is_apart(applicant: Applicant, site: Organisation, index: Index, by_kind: ByKind) -> bool:
    """Whether they are two companies, or two entries of one register.

    Who was merged by a person has the keys of both: by them it is met.
    """
    number = applicant.cleaned["company_number"]
    if number and site.company_number and number != site.company_number:
        return site not in by_kind[Kind.COMPANY_NUMBER]
    return bool(applicant.entry) and index.is_listed(site, applicant.entry.partition(":")[0])


def _rules(applicant: Applicant, index: Index, by_kind: ByKind) -> Iterator[Meant]:
    yield "the same name and postcode", by_kind.get(Kind.SITE, [])
    cleaned, numbered = applicant.cleaned, by_kind.get(Kind.COMPANY_NUMBER, [])
    here = [site for site in numbered if site.postcode and site.postcode == cleaned["postcode"]]
    yield "the same company number and postcode", here
    called = [site for site in numbered if site.phone and site.phone == cleaned["phone"]]
    nearby = [site for site in called if not _is_elsewhere(cleaned, site)]
    yield "the same company number and phone", nearby
    yield "the same name and phone", _named(cleaned, index, by_kind)


def _named(cleaned: dict[str, str], index: Index, by_kind: ByKind) -> list[Organisation]:
    """Who has the name and the phone: elsewhere only if it may have moved, as no chain does."""
    name = names.name_key(cleaned["name"])
    if names.is_generic(name):
        return []
    named = [
        site
        for site in by_kind.get(Kind.PHONE, [])
        if site.name_key == name or name in index.called[site.pk]
    ]
    numbered = by_kind.get(Kind.COMPANY_NUMBER, [])
    elsewhere = [site for site in named if _is_elsewhere(cleaned, site)]
    if elsewhere and _is_chain(name):
        return [site for site in named if site not in elsewhere]
    return [site for site in named if not (site in elsewhere and site in numbered)]


def _is_elsewhere(cleaned: dict[str, str], site: Organisation) -> bool:
    where = cleaned["postcode"]
    return bool(where and site.postcode and where != site.postcode)


def _is_chain(name: str) -> bool:
    """Whether registers list the name at several places."""
    listed = RegisterEntry.objects.active().called(name).order_by("site_key")
    return len(listed.values_list("site_key").distinct()[:SEVERAL]) == SEVERAL


def _sibling(by_kind: ByKind) -> Match | None:
    for site in [*by_kind.get(Kind.COMPANY_NUMBER, []), *by_kind.get(Kind.DOMAIN, [])]:
        return Match(sibling=site, because="another site of the same company")
    return None
