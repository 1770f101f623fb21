"""Whose a web address is: everybody's, a directory's, an authority's, or somebody's own."""

import re
from urllib.parse import urlsplit

from rapidfuzz.distance import OSA

from campaigns.verification.likeness import words
from campaigns.verification.words import TRADE
from enrichment.everybodys import BUILDERS, DIRECTORIES, OFFICIAL, SOCIAL
from leads.identity.candidate import SHARED_HOSTS, _domain

LISTING_HOST = re.compile(
    r"yellow|director(?:y|ies)|listings?\b|-list\b|list(?=\.|$)|bizlist|business(?:es|finder|pages)"
    r"|local(?:pages|list|biz|search)|pages?\b|findalocal|finder\b|compan(?:y|ies)(?:list|check|"
    r"search|data|house|index|lookup)|tradespeople|phonebook|reviews?\b|whoswho|b2b|nearme"
)
TYPO_FROM = 6


def host(url: str) -> str:
    """Give the host of an address, without “www.”."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def registrable(address: str) -> str:
    """Give the domain that somebody registered: of builders, the subdomain is one."""
    name = host(address) if "//" in address else address.rpartition("@")[2].lower()
    found = _domain(name)
    domain = found.top_domain_under_public_suffix or name
    if domain in BUILDERS and found.subdomain:
        return f"{found.subdomain.rpartition('.')[2]}.{domain}"
    return domain


def is_part(address: str) -> bool:
    """Say whether a host is below the domain that somebody registered: a part of that."""
    return host(address) != registrable(address)


def label(address: str) -> str:
    """Give what somebody chose to be called in the web: smith of smith.co.uk."""
    return registrable(address).partition(".")[0]


def is_under(address: str, domains: frozenset[str] | set[str]) -> bool:
    """Say whether it is one of these domains, or below it."""
    name = host(address) if "//" in address else address
    return any(name == each or name.endswith(f".{each}") for each in domains)


def is_directory(address: str) -> bool:
    return is_under(address, DIRECTORIES)


def is_social(address: str) -> bool:
    """Whether everybody may put pages there; what builders hold is somebody's own."""
    if is_under(address, BUILDERS) and registrable(address) not in BUILDERS:
        return False
    return is_under(address, SOCIAL | (SHARED_HOSTS - OFFICIAL - BUILDERS))


def is_official(address: str) -> bool:
    return is_under(address, OFFICIAL)


def sounds_like_a_list(address: str) -> bool:
    """Say whether its host calls itself a directory."""
    return LISTING_HOST.search(registrable(address)) is not None


def resembles(address: str, name: str) -> bool:
    """Say whether a domain may have been made of a name: its words, their start, or initials."""
    chosen = re.sub(r"[^a-z0-9]", "", label(address))
    parts = words(name)
    telling = [part for part in parts if part not in TRADE and len(part) > 2] or list(parts)
    if not chosen or not telling:
        return False
    joined, initials = "".join(parts), "".join(part[0] for part in parts)
    if any(part in chosen for part in telling if len(part) >= 4):
        return True
    if len(initials) >= 3 and chosen.startswith(initials):
        return True
    return len(chosen) >= 4 and (joined.startswith(chosen) or chosen.startswith(telling[0]))


def is_one_letter_off(one: str, other: str) -> bool:
    """Say whether two domains differ by a slip of the finger in what was chosen."""
    a, b = label(one), label(other)
    return a != b and min(len(a), len(b)) >= TYPO_FROM and OSA.distance(a, b, score_cutoff=1) == 1


def are_apart(one: str, other: str) -> bool:
    """Say whether two addresses are those of different makers: smith.com and smith.co.uk are not.

    A shared host says nothing of its makers.
    """
    first, second = registrable(one), registrable(other)
    if first == second or label(one) == label(other):
        return False
    return not any(each in SHARED_HOSTS or is_social(each) or is_directory(each)
                   for each in (first, second))  # fmt: skip
