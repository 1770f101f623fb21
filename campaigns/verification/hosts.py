"""Whose a web address is: everybody's, a directory's, an authority's, or somebody's own."""

import re
from urllib.parse import urlsplit

from rapidfuzz.distance import OSA

from campaigns.verification.likeness import words
from campaigns.verification.words import TRADE
from leads.identity.candidate import SHARED_HOSTS, _domain

# fmt: off
DIRECTORIES = frozenset({
    "192.com", "118118.com", "accountingweb.co.uk", "apollo.io", "bark.com", "bizdb.co.uk",
    "bizify.co.uk", "business-directory-uk.co.uk", "businessmagnet.co.uk", "checkatrade.com",
    "clutch.co", "companieslist.co.uk", "company-information.service.gov.uk", "companycheck.co.uk",
    "companydirectory.uk", "crunchbase.com", "cylex-uk.co.uk", "deliveroo.co.uk", "dnb.com",
    "doctify.com", "duedil.com", "endole.co.uk", "europages.co.uk", "find-open.co.uk",
    "fyple.co.uk", "freeindex.co.uk", "getthedata.com", "glassdoor.co.uk", "goodfirms.co",
    "hotfrog.co.uk", "indeed.com", "just-eat.co.uk", "kompass.com", "locallife.co.uk",
    "mybuilder.com", "misterwhat.co.uk", "northdata.com", "opencorporates.com", "opentable.co.uk",
    "openingtimes.co.uk", "pomanda.com", "qype.co.uk", "ratedpeople.com", "reed.co.uk",
    "rightmove.co.uk", "rocketreach.co", "schoolguide.co.uk", "scoot.co.uk", "thebestof.co.uk",
    "thegazette.co.uk", "thomsonlocal.com", "threebestrated.co.uk", "totaljobs.com",
    "tripadvisor.co.uk", "tripadvisor.com", "trustatrader.com", "trustpilot.com", "tuugo.co.uk",
    "uksmallbusinessdirectory.co.uk", "ukphonebook.com", "unbiased.co.uk", "vymaps.com",
    "whatclinic.com", "yalwa.co.uk", "yell.com", "yelp.co.uk", "yelp.com", "zoominfo.com",
    "zoopla.co.uk",
})
SOCIAL = frozenset({
    "facebook.com", "fb.com", "instagram.com", "linkedin.com", "twitter.com", "x.com",
    "threads.net",
    "youtube.com", "youtu.be", "tiktok.com", "pinterest.com", "pinterest.co.uk", "google.com",
    "google.co.uk", "goo.gl", "g.page", "linktr.ee", "nextdoor.co.uk", "wa.me", "bit.ly", "t.co",
    "wikipedia.org", "reddit.com", "vimeo.com", "ebay.co.uk", "etsy.com", "amazon.co.uk",
    "gumtree.com",
})
# An authority tells of it there: true, but not its own.
OFFICIAL = frozenset({"nhs.uk", "gov.uk", "cqc.org.uk", "police.uk", "parliament.uk"})
# Each of their subdomains is the website of somebody else.
BUILDERS = frozenset({
    "wixsite.com", "wordpress.com", "blogspot.com", "weebly.com", "squarespace.com",
    "godaddysites.com", "business.site", "myshopify.com", "webnode.co.uk", "jimdosite.com",
    "jimdofree.com", "yolasite.com", "webs.com", "github.io", "netlify.app", "site123.me",
    "square.site", "e-schools.co.uk", "schooljotter2.com", "sch.uk",
})
# fmt: on
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
