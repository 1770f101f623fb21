"""Reads an e-mail address: its parts, or why it is none."""

import re
import unicodedata
from dataclasses import dataclass

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from enrichment.emails.reason import Reason

# RFC 5321, 4.5.3.1: what goes between angle brackets is 256 long at most, with them.
LONGEST = 254
LONGEST_LOCAL = 64
# Nothing longer is looked into, whatever is written around the address.
LONGEST_TEXT = 1_000
SHOWN = 40
WITH_NAME = re.compile(r"[^<>]*<([^<>]+)>")
BEFORE = re.compile(r"(?:mailto|e-?mail)\s*:\s*", re.IGNORECASE)
ALPHABETS = frozenset(("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"))
# What people get wrong most, by what is found there and in this order.
BEFORE_AT = (
    (r"\A\Z", "no_local", "Nothing stands before the @: there is no mailbox."),
    (r"\A.{65}", "long_local", "Before the @ stand more than 64 characters."),
    ("@", "two_ats", "It has more than one @: perhaps these are two addresses."),
    (r"\s", "space", "There is a space before the @."),
    (r"\A\.|\.\.|\.\Z", "dots", "Before the @ a dot stands at an end, or two stand together."),
)
BEHIND_AT = (
    (r"\A\Z", "no_domain", "Nothing stands behind the @: there is no domain."),
    (
        r"\A\[|\A[\d.]+\Z",
        "literal",
        "It goes to a machine by its number, {domain}, and to no domain: no organisation receives "
        "its mail like that.",
    ),
    (r"\s", "space", "There is a space behind the @."),
    (r",", "comma", "There is a comma in {domain} where a domain has a dot."),
    (r"\A\.|\.\.", "dots", "Behind the @ a dot stands at the beginning, or two stand together."),
    # Names that are reserved: they lead nowhere on the internet (RFC 2606, 6761, 6762, 7686).
    (
        r"(?:\A|\.)(?:localhost|local|test|invalid|onion|arpa|internal|lan)\Z",
        "reserved",
        "{domain} is no name of the internet: mail goes there within a house only.",
    ),
    (
        r"\A[^.。]*\Z",
        "no_ending",
        "“{domain}” is no domain: its end is missing, like .co.uk or .com.",
    ),
    (r"_", "underscore", "No domain has a “_”, as in {domain}."),
)
Slips = tuple[tuple["re.Pattern[str]", str, str], ...]
LOOKED_BEFORE: Slips = tuple((re.compile(at, re.S), slug, words) for at, slug, words in BEFORE_AT)
LOOKED_BEHIND: Slips = tuple((re.compile(at, re.I), slug, words) for at, slug, words in BEHIND_AT)


@dataclass(frozen=True, slots=True)
class Address:
    """`text` is in lower case, as it is stored; `asked` is the domain as DNS knows it.

    `is_quoted` is a part before the @ in quotes ("jo smith"@acme.co.uk), `is_foreign` one with
    signs beyond ASCII, `is_mixed` a domain with a label of several alphabets.
    """

    text: str
    local: str
    domain: str
    asked: str
    is_quoted: bool = False
    is_foreign: bool = False
    is_mixed: bool = False


class NotAnAddress(ValueError):
    """`reason` says why nobody's mail could go there."""

    def __init__(self, slug: str, words: str) -> None:
        self.reason = Reason(slug, words)
        super().__init__(words)


def read(text: str) -> Address:
    """Read an address, also one as "Jo Smith <jo@acme.co.uk>" or "mailto:"; raises NotAnAddress."""
    text = _bare(text) if len(text) <= LONGEST_TEXT else text
    if not text:
        raise NotAnAddress("empty", "Nothing is written there.")
    _measure(text)
    local, at, domain = text.rpartition("@")
    if not at:
        words = f"“{_shown(text)}” has no @, so that it is no e-mail address."
        raise NotAnAddress("no_at", words)
    # In quotes nearly everything may stand.
    if not (len(local) > 1 and local[0] == local[-1] == '"'):
        _look(local, LOOKED_BEFORE)
    _look(domain, LOOKED_BEHIND)
    try:
        found = validate_email(text, check_deliverability=False, allow_quoted_local=True)
    except EmailNotValidError as error:
        raise NotAnAddress("malformed", _plain(str(error))) from None
    return _address(found)


def _bare(text: str) -> str:
    text = text.strip()
    if inside := WITH_NAME.fullmatch(text):
        text = inside[1].strip()
    if found := BEFORE.match(text):
        # Behind a question mark a link says what the letter should be about.
        text = text[found.end() :].partition("?")[0]
    # What a sentence or a list leaves behind an address is none of it.
    return text.strip().rstrip(".,;")


def _measure(text: str) -> None:
    if len(text) > LONGEST:
        words = f"It has {len(text):,} characters; an address has {LONGEST} at most."
        raise NotAnAddress("too_long", words)


def _look(part: str, slips: Slips) -> None:
    for slip, slug, words in slips:
        if slip.search(part):
            raise NotAnAddress(slug, words.format(domain=_shown(part)))


def _address(found: ValidatedEmail) -> Address:
    is_quoted = found.local_part.startswith('"')
    local = found.local_part if is_quoted else found.local_part.lower()
    text = f"{local}@{found.domain}"
    # Some capitals are two signs in lower case.
    _measure(text)
    return Address(
        text=text,
        local=local,
        domain=found.domain,
        asked=found.ascii_domain,
        is_quoted=is_quoted,
        is_foreign=not local.isascii(),
        is_mixed=not found.domain.isascii() and any(map(_mixes, found.domain.split("."))),
    )


def _mixes(label: str) -> bool:
    """Whether letters of several alphabets stand side by side, as in a gmail with a Cyrillic a."""
    names = {unicodedata.name(sign, "").partition(" ")[0] for sign in label}
    return len(names & ALPHABETS) > 1


def _plain(words: str) -> str:
    """Say what the library says as we say it; some of it repeats what was written."""
    for theirs, ours in (
        ("The email address", "It"),
        ("An email address", "It"),
        ("@-sign", "@"),
        ("After the @", "Behind the @"),
        ("after the @", "behind the @"),
        ("period", "dot"),
    ):
        words = words.replace(theirs, ours)
    return _shown(words, 5 * SHOWN)


def _shown(text: str, most: int = SHOWN) -> str:
    """Show no more of it than a line holds, and nothing that would turn the line around."""
    seen = "".join(sign if sign.isprintable() else "�" for sign in text[:most])
    return seen + "…" if len(text) > most else seen
