"""What is left of a candidate after the checks, completed by what they saw.

Of what Google says of a place nothing may be kept: there all of it comes from somebody else.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from campaigns.discovery.live import Seen
from campaigns.verification import hosts, likeness
from campaigns.verification.circle import Spot
from campaigns.verification.contract import Profile, Site
from campaigns.verification.likeness import Surroundings
from campaigns.verification.subject import Subject
from crm.registers.models import RegisterEntry
from leads.identity import industries
from leads.identity.candidate import Candidate


@dataclass(frozen=True)
class Identity:
    """Who it is by the checks: `site` only if it is its own, `profile` only if it is it."""

    subject: Subject
    spot: Spot | None
    entry: RegisterEntry | None
    profile: Profile | None
    site: Site | None


def complete(seen: Seen, identity: Identity) -> Candidate:
    """Say of it what is known now."""
    given = seen.candidate
    candidate = _independent(given, identity) if seen.place_id else _claimed(given, identity)
    entry, spot = identity.entry, identity.spot
    if entry is not None:
        trade = candidate.trade or entry.trade
        industry = candidate.industry or industries.of_trade(entry.trade)
        candidate = replace(candidate, entry=entry, trade=trade, industry=industry)
    # Where a place is that nobody independent knows, only its vendor may tell.
    if spot is not None and (not seen.place_id or candidate.postcode):
        candidate = _placed(candidate, spot, entry)
    return candidate


def is_named(candidate: Candidate) -> bool:
    """Say whether somebody independent gave it a name and a place."""
    return bool(candidate.name and candidate.postcode)


def _claimed(given: Candidate, identity: Identity) -> Candidate:
    subject, profile, entry = identity.subject, identity.profile, identity.entry
    number = profile.number if profile else subject.number
    return replace(
        given,
        name=subject.name,
        postcode=subject.postcode or (identity.spot.postcode if identity.spot else ""),
        town=given.town or (entry.town if entry else ""),
        address=given.address or (entry.address if entry else ""),
        company_number=number or (entry.company if entry else ""),
        phone=subject.phone if _is_british(subject.phone) else "",
        email=subject.email,
        website=_website(identity) or subject.website,
    )


def _independent(given: Candidate, identity: Identity) -> Candidate:
    """Take each value from a register, Companies House or its own website, in that order."""
    entry, profile, site = identity.entry, identity.profile, identity.site
    return Candidate(
        source=given.source,
        name=(entry.name if entry else "")
        or (profile.name if profile else "")
        or (name_on(site, identity.subject) if site else ""),
        postcode=_postcode(identity),
        address=_first(lambda each: each.address, entry, profile),
        town=_first(lambda each: each.town, entry, profile),
        company_number=profile.number if profile else entry.company if entry else "",
        phone=(entry.phone if entry else "") or _phone(site, identity.subject),
        email=(entry.email if entry else "") or _email(site),
        website=_website(identity) or (entry.website if entry else ""),
    )


def name_on(site: Site, subject: Subject) -> str:
    """Give its name as its own website writes it, "" where that is not plain."""
    for leaf in site.leaves:
        for said in (*leaf.publishers, *leaf.brands, *leaf.names):
            if part := _part(said, subject.name, subject.around):
                return part
    return ""


def _part(said: str, name: str, around: Surroundings) -> str:
    parts = sorted(likeness.segments(said), key=len)
    return next((part for part in parts if likeness.agrees(name, part, around)), "")


def _postcode(identity: Identity) -> str:
    """The claimed postcode, if anybody but the source gives it."""
    wanted = identity.spot.postcode if identity.spot else ""
    entry, profile, site = identity.entry, identity.profile, identity.site
    given = {entry.postcode if entry else "", profile.postcode if profile else ""}
    given |= {each for leaf in (site.every if site else ()) for each in leaf.postcodes}
    return wanted if wanted in given else ""


def _first(get: Callable[[Any], str], *givers: RegisterEntry | Profile | None) -> str:
    return next((get(each) for each in givers if each is not None and get(each)), "")


def _phone(site: Site | None, subject: Subject) -> str:
    phones = [each for leaf in (site.every if site else ()) for each in leaf.phones]
    british = [each for each in phones if _is_british(each)]
    return subject.phone if subject.phone in british else next(iter(british), "")


def _email(site: Site | None) -> str:
    if site is None:
        return ""
    mails = (mail for leaf in site.every for mail in leaf.emails)
    return next((m for m in mails if hosts.registrable(m) == hosts.registrable(site.url)), "")


def _website(identity: Identity) -> str:
    site = identity.site
    return site.url if site else ""


def _is_british(phone: str) -> bool:
    return phone.startswith("+44")


def _placed(candidate: Candidate, spot: Spot, entry: RegisterEntry | None) -> Candidate:
    """Put it where the postcode is, or where a register knows its very point."""
    town = candidate.town or spot.place.town
    if entry is not None and entry.precision == "exact" and entry.latitude is not None:
        return replace(candidate, latitude=entry.latitude, longitude=entry.longitude,
                       precision="exact", town=town)  # fmt: skip
    place = spot.place
    return replace(candidate, latitude=place.latitude, longitude=place.longitude,
                   precision=place.precision, town=town)  # fmt: skip


def proven(candidate: Candidate, day: date) -> Candidate:
    """Mark it as looked up and found to agree."""
    return replace(candidate, is_checked=True, proof_date=day)
