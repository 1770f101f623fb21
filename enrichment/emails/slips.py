"""Slips of the pen in the names of well-known mail hosts: "gmial.com" is gmail.com."""

from collections import defaultdict
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from enrichment.emails import lists

# Hosts whose names are long enough for a slip to be told from another name.
WELL_KNOWN = (
    "gmail", "googlemail", "hotmail", "outlook", "yahoo", "icloud", "btinternet", "btopenworld",
    "virginmedia", "talktalk", "ntlworld", "blueyonder", "protonmail", "rocketmail", "tiscali",
)  # fmt: skip
# Of these there is one in nearly every country.
EVERYWHERE = {"yahoo", "hotmail", "outlook"}
# A name of so many letters may have two slips.
LONG = 8
# What no domain ends in, and what was meant.
ENDINGS = {
    **dict.fromkeys(
        ("con", "cmo", "ocm", "vom", "xom", "comm", "coom", "cim", "cpm", "copm", "clm", "comn"),
        "com",
    ),
    **dict.fromkeys(
        ("couk", "co.ku", "co.yk", "co.ik", "co.uj", "co.ukk", "cok.uk", "c.ouk", "cou.k"),
        "co.uk",
    ),
}  # fmt: skip
# These exist; behind a well-known name they are slips all the same.
SHORT_ENDINGS = {
    **dict.fromkeys(("co", "cm", "om", "cam", "come"), "com"),
    **dict.fromkeys(("c.uk", "co.u", "co.k", "o.uk", "uk"), "co.uk"),
}


@lru_cache(maxsize=20_000)
def proposal(domain: str) -> str:
    """Give the host that was probably meant, "" where nothing speaks for a slip.

    It is a proposal: a domain one letter away from a well-known one may be somebody's own.
    """
    if lists.is_shared(domain) or len(domain) > 40:
        return ""
    label, _, ending = domain.partition(".")
    meant = _label(label)
    if not meant:
        ending = ENDINGS.get(ending, "")
        return f"{label}.{ending}" if label and ending else ""
    known = _endings()[meant]
    ending = ENDINGS.get(ending) or SHORT_ENDINGS.get(ending) or ending
    if ending in known:
        return f"{meant}.{ending}"
    # "gmail.co.uk" is nobody's host; a "yahoo.pl" may well be.
    if label == meant and label not in EVERYWHERE:
        return f"{meant}.{known[0]}"
    return ""


def _label(label: str) -> str:
    """Find the well-known name that it is, or that it is a slip of; nobody slips at the first
    letter."""
    if label in WELL_KNOWN:
        return label
    for meant in WELL_KNOWN:
        most = 2 if len(meant) >= LONG else 1
        if label[:1] == meant[0] and OSA.distance(label, meant, score_cutoff=most) <= most:
            return meant
    return ""


@cache
def _endings() -> dict[str, list[str]]:
    """Read what stands behind each name, in the order of the list."""
    found: dict[str, list[str]] = defaultdict(list)
    for host in lists.lines("free"):
        label, _, ending = host.partition(".")
        found[label].append(ending)
    return dict(found)
