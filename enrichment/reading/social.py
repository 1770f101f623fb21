"""The profiles of whoever made a page in social networks; no posts, and nobody else's."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, unquote, urlsplit

from enrichment.reading import hosts, lists, relations, wording
from enrichment.reading.document import Box, Region
from enrichment.reading.reading import Reading
from enrichment.told import Told

# The first part of a path that is no profile.
NO_PROFILES = lists.words("no_profiles")
# What stands in front of the name of a page, a group or a channel.
KINDS = {
    "facebook": frozenset(("pages", "groups", "pg", "people", "p", "profile.php", "public")),
    "linkedin": frozenset(
        ("company", "school", "showcase", "groups", "organization", "company-beta")
    ),
    "youtube": frozenset(("channel", "user", "c")),
    "bluesky": frozenset(("profile",)),
}
# Of those who make programs for websites: their links stay where nobody has put one's own.
MAKERS = lists.words("no_handles")
NAME = re.compile(r"[\w.@%~+-]{2,120}")
PERSON_BOX = frozenset((
    "author", "bio", "byline", "person", "staff", "profile", "comment", "quote", "testimonial",
))  # fmt: skip
POST_BOX = frozenset(("blockquote", "figure", "figcaption"))
MASTODON = re.compile(r"^/@[\w.]{2,40}/?$")
MOST = 5
# Pictures have no words, or "in" and "Facebook".
LONGEST_SIGN = 9
ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Profile:
    """`key` tells one profile from another, however it is linked; `likeness` is that of its name
    to the maker's."""

    network: str
    url: str
    key: str
    at: int
    likeness: float
    is_sure: bool
    box: Box | None = None


def found(reading: Reading) -> Iterator[Told]:
    """Give the maker's own profiles."""
    for network, profiles in _chosen(reading).items():
        for profile in list({each.key: each for each in reversed(profiles)}.values())[:MOST]:
            at = reading.text.find(profile.url)
            at = at if at >= 0 else profile.at
            way = "machine_data" if profile.is_sure else "link"
            yield reading.told(network, profile.url, at, at + len(profile.url), way=way)


def _chosen(reading: Reading) -> dict[str, list[Profile]]:
    """Give by network those named like the maker, or all where none is and nothing speaks
    against them."""
    every: dict[str, list[Profile]] = {}
    for profile in _profiles(reading):
        every.setdefault(profile.network, []).append(profile)
    chosen = {}
    for network, profiles in every.items():
        alike = [each for each in profiles if each.likeness > 0 or each.is_sure]
        kept = alike or [each for each in profiles if _is_offered(reading, each)]
        if kept:
            chosen[network] = kept
    return chosen


def _profiles(reading: Reading) -> Iterator[Profile]:
    for thing in reading.own:
        for said in thing.all("sameas", "url"):
            if found := _profile(reading, said.value, said.at, is_sure=True):
                yield found
    yield from _linked(reading)
    yield from _for_scripts(reading)


def _linked(reading: Reading) -> Iterator[Profile]:
    pictured: list[Profile] = []
    for link in reading.document.links:
        if "/" not in link.href or not _may_be_own(link.box, link.names):
            continue
        if relations.CREDIT.search(link.text):
            continue
        found = _profile(reading, link.href, link.at, is_sure=False)
        if found is None or (found.likeness == 0 and _is_named_there(link.text, found)):
            continue
        if len(link.text) <= LONGEST_SIGN:
            # A picture stands beside others: no words tell whose it is but its address.
            pictured.append(replace(found, box=link.box))
        elif _is_alike_and_no_others(reading, found) or reading.owner.is_own(link.at, link.at):
            yield found
    yield from _pictured(reading, pictured)


def _pictured(reading: Reading, pictured: list[Profile]) -> Iterator[Profile]:
    """Give those that stand in a row with one of the maker's name, or where its own stand."""
    rows = {id(each.box) for each in pictured if each.likeness >= 1}
    for each in pictured:
        is_in_row = id(each.box) in rows
        if is_in_row or _is_alike_and_no_others(reading, each) or reading.owner.is_own(
            each.at, each.at
        ):
            yield each


def _is_alike_and_no_others(reading: Reading, profile: Profile) -> bool:
    return profile.likeness >= ALIKE and reading.owner.has_no_sign_of_others(
        profile.at, is_own_topic=True
    )


def _is_named_there(text: str, profile: Profile) -> bool:
    """Whether a link says in words that it leads to somebody of another name."""
    handle = profile.key.rpartition("/")[2]
    return len(text.split()) > 1 and wording.covers(text, handle) >= ALIKE


def _for_scripts(reading: Reading) -> Iterator[Profile]:
    """What frameworks hold for their scripts to show."""
    for line in reading.document.lines:
        if line.region == Region.STATE:
            words = reading.document.words(line)
            at = words.find("http")
            href = words[at:].split()[0].strip(",.)\"'") if at >= 0 else ""
            if href and (found := _profile(reading, href, line.start + at, is_sure=False)):
                yield found


def written(document_links: list[str]) -> list[str]:
    """Give those of many links that lead to profiles, as they are to be written down."""
    kept = []
    for href in document_links:
        if parsed(href):
            kept.append(_shown(href))
    return list(dict.fromkeys(kept))


def parsed(href: str) -> tuple[str, str, str] | None:
    """Give the network, the name there, and what tells it from others; None for what is none."""
    if not _may_be_one(href):
        return None
    try:
        parts = urlsplit(href if "//" in href else f"https://{href}")
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    network = hosts.NETWORKS.get(hosts.registrable(host)) if host else None
    if network is None:
        if MASTODON.match(parts.path) and hosts.is_mastodon(host):
            return "mastodon", parts.path.strip("/@"), host + parts.path.rstrip("/").lower()
        return None
    steps = [step for step in unquote(parts.path).split("/") if step and step != "#!"]
    if parts.fragment.startswith("!/"):
        steps = [step for step in parts.fragment[2:].split("/") if step]
    return _named(network, steps, parts.query)


def _may_be_one(href: str) -> bool:
    """Say quickly whether a link may lead to a profile: few do."""
    host = href.partition("//")[2].partition("/")[0] if "//" in href else href.partition("/")[0]
    ending = ".".join(host.lower().rsplit(".", 2)[-2:])
    return ending in hosts.NETWORKS or "pinterest" in host or "/@" in href


def _named(network: str, steps: list[str], query: str) -> tuple[str, str, str] | None:
    if not steps:
        return None
    first = steps[0].lower()
    if network == "facebook" and first == "profile.php":
        ident = (parse_qs(query).get("id") or [""])[0]
        return (network, ident, f"{network}/{ident}") if ident.isdigit() else None
    if network == "linkedin" and first not in KINDS["linkedin"]:
        return None
    if first in KINDS.get(network, ()):
        if len(steps) < 2:
            return None
        name = steps[1]
        key = "/".join(steps[:3] if first == "pages" else steps[:2])
    else:
        if first in NO_PROFILES or (len(steps) > 1 and steps[1].lower() in NO_PROFILES and
                                    network not in ("facebook", "youtube")):  # fmt: skip
            return None
        if len(steps) > 1 and steps[1].lower() in ("posts", "photos", "videos", "status", "video",
                                                   "events", "permalink"):  # fmt: skip
            return None
        name = key = steps[0]
    if not NAME.fullmatch(name) or name.lower().lstrip("@") in MAKERS:
        return None
    return network, name.lstrip("@"), f"{network}/{key.lower()}"


def _profile(reading: Reading, href: str, at: int, *, is_sure: bool) -> Profile | None:
    found = parsed(href)
    if found is None:
        return None
    network, handle, key = found
    return Profile(network, _shown(href), key, at, _likeness(reading, handle), is_sure=is_sure)


def _shown(href: str) -> str:
    """Give an address without what only tells where a visitor came from."""
    said = href.strip()
    if said.startswith("//"):
        said = f"https:{said}"
    elif "//" not in said:
        said = f"https://{said}"
    keeps_query = "profile.php" in said
    return said.partition("#")[0] if keeps_query else re.split(r"[?#](?!!)", said, maxsplit=1)[0]


def _likeness(reading: Reading, handle: str) -> float:
    """Give how much of a name in a network is made of the maker's names."""
    identity = reading.identity
    plain = re.sub(r"[^a-z0-9]", "", handle.lower())
    label = re.sub(r"[^a-z0-9]", "", identity.label)
    if not plain:
        return 0.0
    if plain == label or (
        len(label) > 3 and (label in plain or (len(plain) > 3 and plain in label))
    ):
        return 1.0
    if any(len(word) > 3 and word in plain for word in identity.words):
        return 0.8
    covered = max((wording.covers(name, plain) for name in identity.names), default=0.0)
    return covered if covered >= 0.5 else 0.0


def _may_be_own(box: Box, names: frozenset[str]) -> bool:
    for count, each in enumerate(box.above()):
        if count > 4:
            break
        if each.names & PERSON_BOX or each.tag in POST_BOX:
            return False
    return not names & frozenset(("share", "sharing", "tweet"))


def _is_offered(reading: Reading, profile: Profile) -> bool:
    """Whether a profile that is called otherwise stands where one offers one's own."""
    line = reading.document.line_at(profile.at)
    region = profile.box.region if profile.box else line.region
    if region in (Region.HEADER, Region.FOOTER, Region.NAV, Region.MACHINE):
        return True
    if reading.owner.is_about_others:
        return False
    words = frozenset(("social", "follow", "connect", "socials", "icons"))
    near = [box for _, box in zip(range(4), line.box.above(), strict=False)]
    return any(box.names & words for box in near) or len(reading.text) < 4_000
