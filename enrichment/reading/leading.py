"""What in the line of a value leads away from the maker: the name of another website, an address
of mail at another one, a label for a list of others."""

import re
from bisect import bisect_left

from enrichment.reading import hosts, relations, wording
from enrichment.reading.document import Document, Line
from enrichment.reading.identity import Identity, mail_hosts
from enrichment.reading.signs import Signs

NAMED, MOST_LINKS, MOST_HOSTS = 0.6, 20, 20
REACH = 300
# Before suppliers or processors, one after the other.
LABEL = re.compile(r"\W*(?P<label>[A-Z][^:.;\d@]{2,60}):\s")
HOST = re.compile(
    r"(?<![\w@.-])(?:www\.)?(?P<host>[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,30})?\."
    r"(?:co\.uk|org\.uk|gov\.uk|ac\.uk|nhs\.uk|com|org|net|uk|scot|wales|cymru|ie|info))"
    r"(?:/[\w/-]{0,60})?(?![\w@.-]*@)(?=[\s,;:)(]|$)"
)
# Whoever is of a chain under licence shares its name with others.
OF_A_CHAIN = re.compile(
    r"\b(?:other|more|nearby|neighbouring|our sister|find (?:a|another|your(?: \w+)?)) "
    r"(?:branch(?:es)?|locations?|areas?|offices?|territor(?:y|ies)|franchis\w+)\b",
    re.IGNORECASE,
)


def is_away(document: Document, identity: Identity, at: int) -> bool:
    """Say whether something right before a value gives the way to somebody else."""
    start, _ = document.sentence(at)
    if _is_behind_a_link(document, identity, start, at):
        return True
    said = document.text[max(start, at - REACH) : at]
    return _is_behind_a_host(identity, said)


def _is_behind_a_link(document: Document, identity: Identity, start: int, at: int) -> bool:
    """Say whether the name of another website leads there, just before a value."""
    links = document.links
    first = bisect_left(links, start, key=lambda link: link.at)
    for link in links[first : first + MOST_LINKS]:
        if link.at >= at:
            return False
        host = hosts.host(link.href) if "//" in link.href and link.text else ""
        if not host or hosts.registrable(host) in hosts.COMMON or identity.is_kin(host):
            continue
        if wording.covers(link.text, hosts.chosen(host)) >= NAMED:
            return True
    return False


def _is_behind_a_host(identity: Identity, said: str) -> bool:
    """Whether the last website, or address of mail, that a sentence names is another's."""
    found = [(match.start(), match["host"]) for match in HOST.finditer(said)][-MOST_HOSTS:]
    found += [each for each in mail_hosts(said) if not hosts.is_free_mail(each[1])][-MOST_HOSTS:]
    if not found:
        return False
    _, last = max(found)
    return not identity.is_kin(last) and relations.ONESELF.search(said, max(found)[0]) is None


def is_in_a_list(document: Document, identity: Identity, signs: Signs, line: Line, at: int) -> bool:
    """Say whether a label at the start of its line is one for others, and goes for it, too."""
    found = LABEL.match(document.text, line.start, at)
    if (
        found is None
        or at - found.end() > REACH
        or re.search(r"[.!?]\s+[A-Z]", document.text[found.end() : at])
    ):
        return False
    label = found["label"]
    if identity.is_franchised and OF_A_CHAIN.search(label):
        return True
    is_others = relations.OTHERS.search(label) or relations.ROLE.match(f"{label}:")
    if not is_others or signs.is_own_trade(label):
        return False
    return relations.ONESELF.search(document.text, found.end(), at) is None
