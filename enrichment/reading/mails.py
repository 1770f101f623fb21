"""E-mail addresses that stand on a page, whoever's they are; none that are samples."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from enrichment.reading import hosts
from enrichment.reading.document import Document, Region
from enrichment.reading.identity import Identity, adopting
from enrichment.reading.owner import Owner
from enrichment.reading.protecting import ADDRESS, spelt
from enrichment.reading.signs import CONTACT_HEADING

LONGEST_LOCAL, LONGEST = 64, 254
MOST_FOUND, MOST_SIGNS = 300, 2_000
SHORT = 2_000
OFFERING = re.compile(r"e-?mail|mail|contact|write|enquir|✉|message|[\[(:]\s*$", re.IGNORECASE)
# Endings of files, which are no domains.
FILES = frozenset((
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "css", "js", "mjs", "json",
    "map", "html", "htm", "php", "pdf", "mp4", "webm", "woff", "woff2", "ttf", "eot", "xml",
    "txt", "scss", "less", "ts", "tsx", "jsx", "vue", "min", "local", "localhost", "invalid",
))  # fmt: skip
SAMPLE_HOSTS = re.compile(
    r"^(?:example|domain|yourdomain|your-domain|mydomain|yoursite|your-site|mysite|my-site|"
    r"yourwebsite|your-website|mywebsite|website|yourcompany|your-company|mycompany|company|"
    r"companyname|yourbusiness|business|yourname|site|sitename|email|mailserver|doe|acme|sample|"
    r"test|demo|address|host|provider|server|yourfirm|yourmail|youremail|xyz|abc|xxx|themename)"
    r"\.(?:com|net|org|co\.uk|org\.uk|tld|ext|xyz|io|uk|ltd|invalid)$"
)
# "example" with any ending was set aside for samples, but for the ending itself.
# https://www.rfc-editor.org/rfc/rfc2606
SAMPLE_LOCALS = re.compile(
    r"^(?:your[._-]?(?:name|email|mail|address)|you|yourself|"
    r"first[._-]?(?:name)?[._-]?last(?:[._-]?name)?|"
    r"firstname|lastname|john[._-]?doe|jane[._-]?doe|joe[._-]?bloggs|someone|somebody|"
    r"user(?:name)?|"
    r"name|email|test|abc|xyz|xxx+|foo|example|sample|placeholder|noname|address|me\.me|"
    r"(?:no|do|dont|do-not|donot)[._-]?(?:not)?[._-]?reply|mailer-daemon)$"
)
ANYWAY = re.compile(r"^(?:email|name|test|user|me|you|username|address)$")
# Keys of programs that report faults, which look like addresses.
KEY = re.compile(r"^[0-9a-f]{16,}$|^[0-9a-f-]{32,}$")
MACHINE_HOSTS = re.compile(
    r"(?:^|\.)(?:sentry(?:-next)?\.(?:io|wixpress\.com)|ingest\.[\w.]+|wixpress\.com|"
    r"sentry-cdn\.com|bugsnag\.com|rollbar\.com|shopify\.com|schema\.org|w3\.org|jquery\.com)$"
)
# What people are asked to take out.
PLEA = re.compile(
    r"[._-]?(?:REMOVE_?-?THIS|NO_?-?SPAM|NOSPAM|SPAMFREE|DELETE_?-?THIS)[._-]?|(?<=@)nospam\."
)
# What is left of a link or an encoding before an address.
REST = re.compile(r"^(?:%20|%3a|u003[ce]|x3[ce]|3e|mailto|email-?|e-mail-?|n?mail-)(?=[a-z])", re.I)


@dataclass(frozen=True, slots=True)
class Mail:
    """An address and where it stands."""

    at: int
    end: int
    address: str
    is_decoded: bool = False

    @property
    def host(self) -> str:
        return self.address.rpartition("@")[2]


def everywhere(document: Document) -> list[Mail]:
    """Give all addresses of a page that mail may go to, whoever's they are."""
    found = []
    for match in _written(document.text):
        address = cleaned(match.group())
        if address:
            at = match.end() - len(address)
            found.append(Mail(at, match.end(), address, document.was_decoded(at)))
        if len(found) >= MOST_FOUND:
            break
    for at, end, address in spelt(document.text):
        if address := cleaned(address):
            found.append(Mail(at, end, address, is_decoded=True))
    return found


def _written(text: str) -> Iterator[re.Match[str]]:
    """Find addresses: they are sought where the sign is."""
    at, end = text.find("@"), 0
    for _ in range(MOST_SIGNS):
        if at < 0:
            return
        start = max(end, at - LONGEST_LOCAL)
        for match in ADDRESS.finditer(text, start, at + LONGEST):
            yield match
            end = match.end()
            break
        at = text.find("@", max(at + 1, end))


def cleaned(written: str) -> str:
    """Give an address in small letters, "" if it is a file, a key or a sample."""
    address = REST.sub("", PLEA.sub("", written).lower()).strip(".'-+")
    local, _, host = address.rpartition("@")
    ending = host.rpartition(".")[2]
    if not local or len(local) > LONGEST_LOCAL or len(address) > LONGEST or ".." in address:
        return ""
    if ending in FILES or not ending.isalpha() or "--" in host[:2] or host.startswith("-"):
        return ""
    if KEY.match(local) or MACHINE_HOSTS.search(host) or is_sample(host):
        return ""
    if SAMPLE_LOCALS.match(local) and not ANYWAY.match(local):
        return ""
    return address


def is_sample(host: str) -> bool:
    """Say whether a host stands in samples alone, where whoever fills them in writes their own."""
    return SAMPLE_HOSTS.match(hosts.registrable(host)) is not None


def adopted(document: Document, identity: Identity, found: list[Mail], owner: Owner) -> Identity:
    """Give the identity with the domain at which it takes mail though it is called otherwise.

    That is so where no address is at a domain of its own, and all that are offered as a way to
    reach it are at one other.
    """
    foreign = [each for each in found if not hosts.is_free_mail(each.host)]
    if any(identity.is_kin(each.host) for each in foreign):
        return identity
    offered = [
        each for each in foreign if _is_offered(document, each.at) and _may_be_own(owner, each)
    ]
    domains = {hosts.registrable(each.host) for each in offered}
    return adopting(identity, domains) if len(domains) == 1 else identity


def _is_offered(document: Document, at: int) -> bool:
    line = document.line_at(at)
    if line.region in (Region.HEADER, Region.FOOTER, Region.MACHINE, Region.STATE):
        return True
    if any(CONTACT_HEADING.search(heading.text) for heading in line.headings):
        return True
    if CONTACT_HEADING.search(document.title):
        return True
    before = document.text[max(line.start, at - 60) : at]
    return len(document.text) < SHORT and OFFERING.search(before) is not None


def _may_be_own(owner: Owner, each: Mail) -> bool:
    local = each.address.partition("@")[0]
    return local not in ("webmaster", "press", "pr") and owner.has_no_sign_of_others(each.at)
