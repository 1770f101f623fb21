"""Colleagues named in what somebody writes about a lead, like “@Priya Shah”."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from crm import sight
from crm.look.formats import together
from crm.notices.telling import Kind, tell
from crm.tenants.models import Membership, Tenant, User
from leads.models import Lead

MARK = re.compile(r"(?<![\w@.])@(?=\w)")
# Of a long note only what a bell has room for is told.
LONGEST_QUOTE = 240
MOST = 20


@dataclass(frozen=True)
class Mentioned:
    """Who was told, and who was not because they do not see the lead."""

    told: list[User] = field(default_factory=list)
    untold: list[User] = field(default_factory=list)

    @property
    def sentence(self) -> str:
        """Say to the writer what became of it; "" where nobody was named."""
        said = []
        if self.told:
            said.append(f"{together(self.told)} {'was' if len(self.told) == 1 else 'were'} told.")
        if self.untold:
            verb = "does" if len(self.untold) == 1 else "do"
            them = together(self.untold)
            said.append(f"{them} {verb} not see this lead and heard nothing: share it first.")
        return " ".join(said)


def tell_all(lead: Lead, text: str, *, by: User) -> Mentioned:
    """Give a notice to each colleague who is named and sees the lead."""
    if not MARK.search(text):
        return Mentioned()
    people = [each for each in named(text, lead.tenant) if each.pk != by.pk][:MOST]
    seeing = sight.who_sees(people, lead, tenant=lead.tenant)
    quote = text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"
    tell(
        seeing,
        Kind.MENTIONED,
        f"{by} mentioned you at {lead.title[:120]}: {quote}",
        tenant=lead.tenant,
        url=lead.get_absolute_url(),
        headline=f"{by} mentioned you at {lead.title[:120]}",
        about=lead,
        all_see_it=True,
    )
    return Mentioned(seeing, [each for each in people if each not in seeing])


def named(text: str, tenant: Tenant) -> list[User]:
    """Give the colleagues whom the text names: by the whole name, or a first name of one alone."""
    rows = Membership.of(tenant).filter(user__is_active=True).select_related("user")
    known = _by_name(row.user for row in rows)
    found: dict[str, User] = {}
    for mark in MARK.finditer(text):
        said = " ".join(text[mark.end() : mark.end() + 130].casefold().split())
        for name in sorted(known, key=len, reverse=True):
            if said.startswith(name) and not said[len(name) : len(name) + 1].isalnum():
                found[name] = known[name]
                break
    return list({person.pk: person for person in found.values()}.values())


def _by_name(people: Iterable[User]) -> dict[str, User]:
    whole: dict[str, list[User]] = {}
    first: dict[str, list[User]] = {}
    for person in people:
        words = (person.name or person.email).casefold().split()
        whole.setdefault(" ".join(words), []).append(person)
        first.setdefault(words[0], []).append(person)
    alone = {name: them[0] for name, them in first.items() if len(them) == 1}
    return alone | {name: them[0] for name, them in whole.items() if name and len(them) == 1}
