"""Values of vendors' answers, each in the form that its field asks for; "" for whatever is none."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from crm.registers import words
from enrichment import given, linkedin
from enrichment.companies_house import people
from enrichment.crawling import addresses
from enrichment.emails import lists, spelling, syntax
from enrichment.emails.syntax import Address, NotAnAddress
from enrichment.phones import number
from enrichment.phones.number import State

LONGEST_NAME, LONGEST_TITLE, LONGEST_NUMBER = 120, 120, 60
# Nobody reads more, however much a vendor sends.
LONGEST_READ = 10_000


def text(holder: Any, name: str, most: int = 300) -> str:
    """Read a text in one line, without signs that turn lines around or are half a sign."""
    value = holder.get(name) if isinstance(holder, dict) else None
    if not isinstance(value, str):
        return ""
    seen = words.cleaned(value[:LONGEST_READ].replace("\x00", ""))[: 2 * most]
    return "".join(sign for sign in seen if sign.isprintable())[:most].strip()


def day(holder: Any, name: str, today: date) -> date | None:
    """Read a day that has come already."""
    found = given.day(holder, name)
    return found if found and date(1990, 1, 1) <= found <= today else None


def name(full: str) -> str:
    """Write a person's name; what lacks a first or a last name tells nobody from another."""
    words = spelling.BRACKETED.sub(" ", full[: 2 * LONGEST_NAME]).split()
    shortest = 3 if full.isupper() else 2
    while len(words) > 2 and len(words[-1]) >= shortest and _is_rank(words[-1]):
        words.pop()
    plain = " ".join(words).rstrip(",")
    plain = people.natural(plain) if "," in plain else people.without_title(plain)
    # As people are who write everything in small letters, or in capitals.
    plain = people.written(plain.upper()) if plain.islower() else people.written(plain)
    read = spelling.read(plain) if len(plain) <= LONGEST_NAME else None
    if read is None or not read.firsts or not read.lasts or people.is_company(plain):
        return ""
    # "Sales Team", as nobody is called.
    return "" if lists.is_role(read.firsts[0].text) else plain


def parts(name: str) -> tuple[str, str]:
    """Part a name that `name` has written into the first and the last, without those between."""
    words = name.split()
    small = (at for at in range(1, len(words)) if words[at].casefold() in spelling.PARTICLES)
    return words[0], " ".join(words[next(small, len(words) - 1) :])


def phone(written: str) -> str:
    """Read a British number; of those abroad that vendors have, many are somebody else's."""
    if not written or len(written) > LONGEST_NUMBER:
        return ""
    found = number.read(written)
    return found.e164 if found.is_british and found.state is not State.WRONG else ""


def address(written: str) -> Address | None:
    """Read an e-mail address that somebody at an organisation may have; none at free hosts."""
    try:
        found = syntax.read(written)
    except NotAnAddress:
        return None
    is_odd = found.is_quoted or found.is_mixed
    return None if is_odd or lists.is_shared(found.domain) else found


def page(url: str) -> str:
    """Give the address of a page where a vendor saw something; profiles are none."""
    # Bare words would be an address beside nothing.
    found = addresses.clean(url) if "://" in url else ""
    host = urlsplit(found).hostname or ""
    is_profile = bool(linkedin.HOST.fullmatch(host))
    return "" if is_profile or not addresses.is_name(host) else found


def _is_rank(word: str) -> bool:
    """Say whether it stands for an honour or a degree: "MBE", and not the Ma of Yo Yo Ma."""
    plain = word.strip(".,")
    return plain != plain.capitalize() and plain.casefold() in spelling.BEHIND_NAME
