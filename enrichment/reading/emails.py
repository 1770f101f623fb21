"""The e-mail addresses of whoever made a page; none of others, and no traps for robots."""

import re
from collections.abc import Iterator

from enrichment.reading import hosts, ours, relations, wording
from enrichment.reading.bounds import MOST_VALUES
from enrichment.reading.document import Region
from enrichment.reading.mails import ANYWAY, Mail
from enrichment.reading.reading import Reading
from enrichment.told import Told

LETTERS = re.compile(r"[^a-z0-9]")
SHORTEST_NAME = 6
TRAP = re.compile(r"^(?:honey(?:pot)?|spam-?trap|trap|nospam|bot-?trap|do-?not-?e?mail)$")


def found(reading: Reading) -> Iterator[Told]:
    """Give the addresses of whoever made the page, each once."""
    seen: set[str] = set()
    rejected: set[str] = set()
    folded: list[Mail] = []
    for each in reading.mails:
        if each.address in seen:
            continue
        if not _is_own(reading, each):
            rejected.add(each.address)
        elif reading.document.is_unseen(each.at) and not _is_in_its_state(reading, each):
            folded.append(each)
        elif len(seen) < MOST_VALUES:
            seen.add(each.address)
            yield _told(reading, each)
    reading.rejected |= {("email", address) for address in rejected - seen}
    if not seen:
        for each in folded:
            if each.address not in seen and not TRAP.match(each.address.partition("@")[0]):
                seen.add(each.address)
                yield _told(reading, each)


def _is_in_its_state(reading: Reading, each: Mail) -> bool:
    """Whether a script is given an address at the page's own domain, to show it."""
    line = reading.document.line_at(each.at)
    is_given = line.region == Region.STATE and not line.shade
    return is_given and reading.identity.is_at_home(each.host)


def _told(reading: Reading, each: Mail) -> Told:
    way = "decoded" if each.is_decoded else ""
    return reading.told("email", each.address, each.at, each.end, way=way)


def _is_own(reading: Reading, each: Mail) -> bool:
    line = reading.document.line_at(each.at)
    identity = reading.identity
    before = reading.text[max(line.start, each.at - 40) : each.at]
    local = each.address.partition("@")[0]
    if relations.SAMPLE.search(before) or each.address in reading.others:
        return False
    is_kin = identity.is_kin(each.host)
    if ANYWAY.match(local) and not is_kin:
        return False
    if line.region == Region.MACHINE:
        return _is_said_of_own(reading, each)
    if _is_called_like_it(reading, local):
        return reading.owner.was_meant(each.at)
    if not is_kin and not hosts.is_free_mail(each.host):
        return False
    if identity.is_at_home(each.host) and not hosts.is_free_mail(each.host):
        return reading.owner.was_meant(each.at)
    is_adopted = hosts.registrable(each.host) in identity.domains
    if reading.owner.is_closed and (is_adopted or identity.is_of_parent(each.host)):
        # Where it has none of its own, it is whoever came after that is to be written to.
        return False
    if identity.is_of_parent(each.host):
        return reading.owner.was_meant(each.at)
    if is_kin and reading.owner.is_closed:
        return reading.owner.has_no_sign_of_others(each.at)
    return reading.owner.is_own(each.at, each.end)


def _is_called_like_it(reading: Reading, local: str) -> bool:
    """Whether all that stands before the sign is its name, or that of its domain."""
    said = LETTERS.sub("", local)
    return len(said) >= SHORTEST_NAME and said in {
        LETTERS.sub("", reading.identity.label),
        *map(wording.key, reading.identity.names),
    }


def _is_said_of_own(reading: Reading, each: Mail) -> bool:
    return any(
        said.at <= each.at < said.at + max(1, len(said.value))
        for thing in reading.own
        for part in ours.parts(thing)
        for said in part.says.get("email", ())
    )
