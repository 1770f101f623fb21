"""Which organisation keys mean, by rules that leave no doubt.

Same site (name or number, and postcode or phone) is the same organisation. Same number or domain
at another postcode is another site of the same group: linked, never merged.
"""

from dataclasses import dataclass

from crm.registers import names
from leads.identity.applicant import Applicant
from leads.identity.identity import Kind
from leads.identity.index import Index
from leads.models import Organisation

SAME_ENTRY = "the same register entry"
# Each of these names one place alone.
ALONE = (
    (Kind.LISTING, SAME_ENTRY),
    (Kind.SITE, "the same name and postcode"),
)
ByKind = dict[str, list[Organisation]]


@dataclass(frozen=True)
class Match:
    """`same` is the organisation itself, `sibling` another site of its group."""

    same: Organisation | None = None
    sibling: Organisation | None = None
    because: str = ""


def match(applicant: Applicant, index: Index, *, apart: bool = False) -> Match:
    """Say who it is; `apart`: nobody whom it is merely like, only its own register entry."""
    by_kind: ByKind = {kind: index.by_key[kind, value] for kind, value in applicant.keys}
    for kind, because in ALONE[:1] if apart else ALONE:
        if by_kind.get(kind):
            return Match(same=by_kind[kind][0], because=because)
    if apart:
        return _sibling(by_kind) or Match()
    cleaned = applicant.cleaned
    same = _by_number(cleaned, by_kind) or _by_phone(cleaned, by_kind, index)
    return same or _sibling(by_kind) or Match()


def _by_number(cleaned: dict[str, str], by_kind: ByKind) -> Match | None:
    for site in by_kind.get(Kind.COMPANY_NUMBER, []):
        if cleaned["postcode"] and site.postcode == cleaned["postcode"]:
            return Match(same=site, because="the same company number and postcode")
        if cleaned["phone"] and site.phone == cleaned["phone"]:
            return Match(same=site, because="the same company number and phone")
    return None


def _sibling(by_kind: ByKind) -> Match | None:
    for site in [*by_kind.get(Kind.COMPANY_NUMBER, []), *by_kind.get(Kind.DOMAIN, [])]:
        return Match(sibling=site, because="another site of the same company")
    return None


def _by_phone(cleaned: dict[str, str], by_kind: ByKind, index: Index) -> Match | None:
    name = names.name_key(cleaned["name"])
    if names.is_generic(name):
        return None
    for site in by_kind.get(Kind.PHONE, []):
        if site.name_key == name or name in index.called[site.pk]:
            return Match(same=site, because="the same name and phone")
    return None
