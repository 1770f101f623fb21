"""The website of whoever is known by name and place alone: where its mail comes from, or guessed.

A guess counts only if the website proves itself, so that it costs nobody anything but a look.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from crm.outside.errors import NotThere
from crm.outside.names import places
from crm.registers import names
from enrichment import everybodys, whose
from enrichment.contract import Answer, Asking, Provider, Subject
from enrichment.providers import domain, likely_hosts, website_proof
from enrichment.providers.website_proof import Standing

# So many are looked at, of those that are there; and for so long each is looked for.
MOST_LOOKED_AT = 3
SECONDS = 3.0
HTTPS = 443
NOTHING = "No domain that would be likely for it has a website that proves to be its own."


@dataclass(frozen=True)
class WebsiteGuess(Provider):
    """What it keeps: which hosts were looked at, and what each proved to be."""

    slug = "website_guess"
    label = "Guess of the website"
    service = ""
    needs = (
        frozenset({"name", "postcode"}),
        frozenset({"name", "phone"}),
        frozenset({"name", "company_number"}),
        frozenset({"name", "email"}),
    )
    gives = frozenset({"website"})
    gives_people = frozenset[str]()
    action = None
    good_for = 30
    is_shared = False
    is_of_people = False
    checks = ""
    unless = frozenset({"website", "domain"})

    def about(self, subject: Subject) -> str:
        """All by which a guess can prove itself is part of it: who knows more asks anew."""
        called = next(iter(whose.telling(subject)), "")
        known = [values[0] for values in website_proof.marks(subject).values()]
        known += sorted(domain.all_of(subject))[:1]
        if not called or not known or website_proof.has_website(subject):
            return ""
        return f"{names.name_key(called)} {' '.join(known)}"[:200]

    def charge(self) -> int:
        return 0

    def ask(self, asking: Asking) -> Answer:
        subject = asking.subject
        if not self.about(subject):
            return Answer(why_nothing="Too little is known of it to guess.")
        mails = domain.all_of(subject)
        looked: dict[str, str] = dict(asking.so_far() or {})
        for host in _hosts(subject):
            if len(looked) >= MOST_LOOKED_AT:
                break
            if host in looked or not _is_there(host):
                continue
            found = website_proof.look(f"https://{host}/", subject, is_vouched=host in mails)
            looked[host] = str(found.standing)
            if found.standing is Standing.PROVEN:
                return Answer([website_proof.told(found)], kept={"hosts": looked})
            asking.save_so_far(looked)
        return Answer(kept={"hosts": looked}, why_nothing=NOTHING)


def _hosts(subject: Subject) -> Iterator[str]:
    """Give the hosts to look at, each once; that of its mail says more than any guess."""
    mails = sorted(domain.all_of(subject))
    for host in dict.fromkeys([*mails, *likely_hosts.of(whose.telling(subject))]):
        if not everybodys.is_one(f"https://{host}/"):
            yield host


def _is_there(host: str) -> bool:
    for name in (host, f"www.{host}"):
        try:
            if places(name, HTTPS, seconds=SECONDS):
                return True
        except (NotThere, OSError):
            continue
    return False


PROVIDER = WebsiteGuess()
