"""The mail of the world's domains: where it goes, and which mailboxes there are."""

from dataclasses import dataclass
from functools import lru_cache

from tests.simulators.truth import addresses, people
from tests.simulators.truth.figures import figure
from tests.simulators.world import Population
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

# How a domain's mail is kept, and how many of a thousand do it so.
KINDS = (
    ("microsoft", 450), ("google", 220), ("own", 170), ("filter", 80), ("address-only", 30),
    ("null", 10), ("none", 5), ("servfail", 15), ("timeout", 20),
)  # fmt: skip
# "none" and "address-only" look alike in DNS: an address and no MX; only the latter takes mail.
DEAD = {"null", "none"}  # no mail is taken
SILENT = {"servfail", "timeout"}  # nobody can tell
WEBMAIL = {
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "yahoo.com",
    "yahoo.co.uk", "icloud.com", "btinternet.com", "live.co.uk", "sky.com", "virginmedia.com",
}  # fmt: skip
DISPOSABLE = {
    "mailinator.com", "guerrillamail.com", "10minutemail.com", "yopmail.com", "temp-mail.org",
    "trashmail.com", "sharklasers.com", "throwaway.example",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mail:
    kind: str
    takes_all: bool  # any address is taken, whether there is a mailbox or not


@lru_cache(50_000)
def of(one: Organisation) -> Mail:
    draw = Draw("mail", one.id)
    kind = draw.weighted(KINDS)
    if not one.domain or (one.closed and draw.chance(0.6)):
        kind = "none"
    return Mail(kind, kind not in DEAD and takes_all(one.domain))


def takes_all(domain: str) -> bool:
    """One mail server in nine accepts any address."""
    return figure("all" + domain) % 9 == 0


def is_generic(email: str) -> bool:
    return email.partition("@")[0] in (*addresses.GENERIC, "careers", "admin", "postmaster")


def mailboxes(one: Organisation) -> dict[str, str]:
    """Every address that ever was at a domain: "alive", "full", "gone"."""
    found = dict.fromkeys(addresses.departments(one), "alive")
    if one.email:
        found[one.email] = "gone" if Draw("inbox", one.id).chance(0.03) else "alive"
    for who in people.everyone(one):
        draw = Draw("mailbox", who.email)
        state = draw.weighted((("alive", 96), ("full", 2), ("gone", 2)))
        if who.left:
            state = draw.weighted((("gone", 80), ("alive", 20)))
        if who.email:
            found.setdefault(who.email, state)
    return found


def state(population: Population, email: str) -> str:
    """What is true of an address.

    "valid", "full", "gone" (the mailbox was closed), "nobody" (there never was one), "accept_all",
    "unknown" (their servers do not answer), "no-mail" (the domain takes none), "webmail" (and there
    is one), "disposable".
    """
    local, _, domain = email.lower().rpartition("@")
    if domain in DISPOSABLE:
        return "disposable"
    if domain in WEBMAIL:
        return "webmail" if figure(f"webmail{email}") % 5 else "nobody"
    one = population.by_domain(domain)
    if one is None or not local:
        return "no-mail"
    mail = of(one)
    if mail.kind in DEAD:
        return "no-mail"
    if mail.kind in SILENT:
        return "unknown"
    if mail.takes_all:
        return "accept_all"
    found = mailboxes(one).get(email.lower(), "nobody")
    return "valid" if found == "alive" else found


def owner(population: Population, email: str) -> people.Someone | None:
    """Whose address it is."""
    one = population.by_domain(email.rpartition("@")[2])
    found = people.everyone(one) if one else ()
    return next((who for who in found if who.email == email.lower()), None)
