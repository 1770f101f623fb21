"""Pages that are nobody's website: parked domains, empty servers, directories of others."""

import re

from campaigns.verification import hosts, stems
from campaigns.verification.contract import Site
from campaigns.verification.likeness import Surroundings, agrees
from campaigns.verification.pages import Leaf

# Of an empty page, as many letters at most.
SHORT, BARE = 1_500, 60
PARKED = re.compile(
    r"(?:this|the) (?:domain|web ?address|domain name|website name)[^.]{0,60}(?:is|may be|are)"
    r" (?:now )?(?:for sale|available for (?:purchase|sale)|parked|registered (?:at|with|by)|"
    r"reserved|listed for sale|on sale)|buy this domain|domain(?: name)? (?:is )?for sale|"
    r"(?:domain|parked)[ -]?(?:parking|free|page)|parked (?:domain|by|at|with|for free)|"
    r"make (?:an )?offer on this domain|inquire about this domain|enquire about this domain|"
    r"(?:hugedomains|sedo|dan\.com|afternic|godaddy|undeveloped)\b.{0,80}(?:domain|sale|park)|"
    r"domain (?:name )?(?:has )?(?:been )?(?:expired|suspended|lapsed)|interested in this domain|"
    r"get this domain|own this domain|this domain has (?:recently )?(?:been )?(?:expired|"
    r"registered|lapsed)|related searches|sponsored listings",
    re.I | re.S,
)
PLACEHOLDER = re.compile(
    r"under construction|coming soon|launching soon|(?:site|website|page) (?:is )?(?:being built|"
    r"not (?:yet )?(?:published|available|configured|set up)|currently unavailable|on its way)|"
    r"default (?:web ?)?page|welcome to nginx|apache2? .{0,20}default|^it works!?$|iis windows|"
    r"^index of /|future home of|account (?:has been )?suspended|just another wordpress site|"
    r"web server'?s default|this is a placeholder|plesk|cpanel|hello world|lorem ipsum|"
    r"temporarily (?:down|unavailable)|maintenance mode|nothing here yet",
    re.I | re.M,
)
LISTS_OTHERS = re.compile(
    r"claim (?:this|your) (?:business|listing|profile|company|page)|add (?:your|a) "
    r"(?:business|company|listing)|list your (?:business|company)|(?:business|company|trade|local|"
    r"online|free|uk) director(?:y|ies)|similar (?:businesses|companies)|nearby (?:businesses|"
    r"companies|listings)|other (?:businesses|companies) (?:near|nearby|in this)|"
    r"is this your (?:business|company)|suggest an edit|report this (?:listing|profile|business)|"
    r"update (?:this|your) listing|all (?:businesses|listings)|browse (?:all )?(?:businesses|"
    r"companies|listings)|featured (?:businesses|listings|companies)|"
    r"director(?:y|ies) of (?:\w+ )?(?:businesses|companies|services|organisations)|"
    r"(?:businesses|companies) listed",
    re.I,
)
LISTS_STEMS = ("claim", "business", "compan", "listing", "director", "an edit")
MANY_PLACES, MANY_PHONES, MANY_NAMES, MANY_MAKERS = 5, 5, 6, 4


def is_parked(site: Site) -> bool:
    """Say whether the domain is for sale, or has run out."""
    return any(_says(leaf, PARKED) for leaf in site.every[:1]) or any(
        PARKED.search(leaf.title) for leaf in site.every
    )


def is_placeholder(site: Site) -> bool:
    """Say whether there is a server, and no website yet."""
    return any(_says(leaf, PLACEHOLDER) for leaf in site.leaves[:1])


def is_bare(site: Site) -> bool:
    """Say whether it holds hardly any words, as if they came later by a script."""
    return sum(len(leaf.text) for leaf in site.every) < BARE


def is_directory(site: Site, name: str, around: Surroundings) -> bool:
    """Say whether it tells of many, none of whom it belongs to.

    A chain names many branches, but under one name, which its domain resembles.
    """
    if hosts.is_directory(site.url or site.asked):
        return True
    if _is_branded(site, name, around):
        return False
    if hosts.sounds_like_a_list(site.url) and not hosts.resembles(site.url, name):
        return True
    if hosts.resembles(site.url, name):
        return _phrases(site) >= 3
    return (_phrases(site) >= 1 and _has_many(site, 2)) or _phrases(site) >= 2 or _has_many(site, 1)


def _is_branded(site: Site, name: str, around: Surroundings) -> bool:
    brands = [brand for leaf in site.leaves for brand in leaf.brands]
    return hosts.resembles(site.url, name) and any(agrees(name, b, around) for b in brands)


def _phrases(site: Site) -> int:
    said = "\n".join(f"{leaf.title}\n{leaf.text}" for leaf in site.every)
    return len({match.group().lower() for match in stems.found(said, LISTS_OTHERS, LISTS_STEMS)})


def _has_many(site: Site, share: int) -> bool:
    """Whether a page names many; `share` of 2 asks for half as many."""
    return any(
        (len(leaf.postcodes) * share >= MANY_PLACES and len(leaf.phones) * share >= MANY_PHONES)
        or len(leaf.legal_names) * share >= MANY_NAMES
        or len(leaf.publishers) * share >= MANY_MAKERS * 2
        for leaf in site.every
    )


def _says(leaf: Leaf, pattern: re.Pattern[str]) -> bool:
    if pattern.search(leaf.title):
        return True
    return len(leaf.text) <= SHORT and pattern.search(leaf.text) is not None
