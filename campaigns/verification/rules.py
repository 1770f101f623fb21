"""The rules of verification, as a table: what is found, and what follows from it.

A verdict comes about like this:
1. One finding that CONTRADICTS makes it contradicted; the first in the order of the table is named.
2. Else one that BLOCKS makes it unverified, whatever else speaks for it.
3. Else one that PROVES makes it verified.
4. Else one that LISTS makes it listed: an older register knew it there.
5. Else it is unverified.
What only NOTES is written down and decides nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from campaigns.models import Checked
from campaigns.verification.contract import Check, Reading
from leads.intake.grounds import Ground

LONGEST = 100


class Weight(Enum):
    CONTRADICTS = "contradicts"
    BLOCKS = "blocks"
    PROVES = "proves"
    LISTS = "lists"
    NOTES = "notes"


C, B, P, L, N = Weight
SOURCE, NAME, PLACE, REGISTER, WEBSITE, PHONE, EMAIL = CHECKS = (
    "Source", "Name", "Circle", "Register", "Website", "Phone", "E-mail",
)  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """A kind of finding. `said` is the sentence for it; `ground` what findings are filtered by."""

    check: str
    weight: Weight
    reading: Reading
    said: str
    ground: Ground = Ground.UNVERIFIED


def _against(check: str, said: str, ground: Ground = Ground.CONTRADICTED) -> Rule:
    return Rule(check, C, "against", said, ground)


def _doubtful(check: str, said: str, ground: Ground = Ground.UNVERIFIED) -> Rule:
    return Rule(check, B, "against", said, ground)


# The first that contradicts, or else that blocks, is what a list shows as the reason.
RULES: Mapping[str, Rule] = {
    # It has ended.
    "source_closed": _against(SOURCE, "The source knows it as closed: {why}.", Ground.CLOSED),
    "dissolved": _against(REGISTER, "{name} is {status} at Companies House.", Ground.CLOSED),
    "entry_closed": _against(REGISTER, "{register} lists it as closed.", Ground.CLOSED),
    "insolvent": _against(REGISTER, "{name} is in {status} at Companies House."),
    "notice_closed": _against(WEBSITE, "Its website says: “{words}”"),
    # It is not there.
    "postcode_impossible": _against(PLACE, "There is no postcode {postcode}."),
    "outside": _against(PLACE, "{postcode} is {miles:.1f} miles away, {most} were asked for.",
                        Ground.OUTSIDE),
    "abroad": _against(PLACE, "{postcode} is not in the United Kingdom.", Ground.OUTSIDE),
    "notice_moved": _against(WEBSITE, "It has moved, says its website: “{words}”"),
    "site_elsewhere": _against(WEBSITE, "Its website gives {postcodes}, not {postcode}."),
    # It is not the one it says it is.
    "no_such_number": _against(REGISTER, "No company has the number {number}."),
    "another_company": _against(REGISTER, "Company {number} is {name}, in another place."),
    "renamed": _against(REGISTER, "Company {number} has been called {name} since."),
    "notice_renamed": _against(WEBSITE, "It is called otherwise now, says its website: “{words}”"),
    # Its website is none of its own.
    "no_domain": _against(WEBSITE, "There is no website at {host}: no such domain."),
    "parked": _against(WEBSITE, "{host} is no website: the domain is parked or for sale."),
    "directory": _against(WEBSITE, "{host} is a directory, not its own website."),
    "guest": _against(WEBSITE, "The page is on {host}, which is about somebody else."),
    "copied": _against(WEBSITE, "{host} says of itself that it is a copy of {original}."),
    "number_conflict": _against(WEBSITE, "Its website gives company {found}, not {number}."),
    # What can't be right, or tells too little, although nothing disproves it.
    "nameless": _doubtful(NAME, "No independent identity yet.", Ground.NAMELESS),
    "no_name": _doubtful(NAME, "It has no name.", Ground.NAMELESS),
    "holding": _doubtful(REGISTER, "{name} holds other companies; nothing shows it trades there."),
    "dormant": _doubtful(REGISTER, "{name} is dormant by its SIC codes ({codes})."),
    "arrangement": _doubtful(REGISTER, "{name} is under a voluntary arrangement."),
    "office_moved": _doubtful(REGISTER, "Companies House has {name} at {postcode} now."),
    "no_such_company": _doubtful(REGISTER, "No company is called {name}."),
    "mail_drop": _doubtful(REGISTER, "{postcode} is an address where companies only get post."),
    "other_on_site": _doubtful(WEBSITE, "Its website gives company {number}, which is {name}."),
    "near_elsewhere": _doubtful(WEBSITE, "Its website gives {postcodes}, not {postcode}."),
    "stranger": _doubtful(WEBSITE, "{host} names neither it nor its postcode."),
    "other_branch": _doubtful(WEBSITE, "{host} speaks of a branch in {town}."),
    "not_its_own": _doubtful(WEBSITE, "{host} names it, but is the website of somebody else."),
    "other_mail": _doubtful(WEBSITE, "All e-mail addresses on {host} are at {domain}."),
    "other_home": _doubtful(WEBSITE, "{host} leads to {domain}, which has its name, too."),
    "other_phone": _doubtful(WEBSITE, "{host} gives another phone number than {knower}."),
    "look_alike": _doubtful(WEBSITE, "{host} is one letter off {domain}."),
    "placeholder": _doubtful(WEBSITE, "{host} is an empty page so far."),
    "social": _doubtful(WEBSITE, "{host} is open to everybody, and not its own website."),
    "orders": _doubtful(WEBSITE, "{host} gives orders to programs that read it: “{words}”"),
    "forbidden": _doubtful(WEBSITE, "{host} is no address of the open web."),
    "foreign_phone": _doubtful(PHONE, "{phone} is a number of another country."),
    "no_such_postcode": _doubtful(PLACE, "The list of postcodes of {day} has no {postcode}."),
    "unheard_postcode": _doubtful(PLACE, "Only its website speaks of {postcode}; no list has it."),
    "nowhere": _doubtful(PLACE, "Nothing tells where it is."),
    # What proves it.
    "company": Rule(REGISTER, P, "for", "Company {number}, {name}, is active at {postcode}."),
    "fresh_entry": Rule(REGISTER, P, "for", "{register} lists it at {postcode}."),
    "site_place": Rule(WEBSITE, P, "for", "Its website names it and {postcode}."),
    "site_number": Rule(WEBSITE, P, "for", "Its website names it and company {number}."),
    "live_place": Rule(SOURCE, P, "for", "Open today, and {register} knew it at {postcode}."),
    # What an older register proves.
    "old_entry": Rule(REGISTER, L, "for", "{register} listed it at {postcode} in {year}."),
    # What is only noted.
    "office_elsewhere": Rule(REGISTER, N, "unknown", "{name} is registered at {postcode}."),
    "office_of_other": Rule(REGISTER, N, "unknown", "Company {number} there is called {name}."),
    "namesake": Rule(REGISTER, N, "unknown", "A company {name} is at {postcode}."),
    "striking_off": Rule(REGISTER, N, "unknown", "{name} may be struck off soon."),
    "no_company": Rule(REGISTER, N, "unknown", "No register knows it by its name there."),
    "not_told": Rule(REGISTER, N, "unknown", "{why}"),
    "number_malformed": Rule(REGISTER, N, "against", "{number} is no company number."),
    "no_website": Rule(WEBSITE, N, "unknown", "No website is known."),
    "official_page": Rule(WEBSITE, N, "unknown", "{host} is an official page, not its own."),
    "site_away": Rule(WEBSITE, N, "unknown", "{host} could not be read: {why}"),
    "site_bare": Rule(WEBSITE, N, "unknown", "{host} says hardly anything."),
    "site_name_only": Rule(WEBSITE, N, "unknown", "Its website names it, but no postcode."),
    "site_part": Rule(WEBSITE, N, "unknown", "{host}, part of another site, names it there."),
    "site_place_only": Rule(WEBSITE, N, "unknown", "{host} gives {postcode}, another name."),
    "redirected": Rule(WEBSITE, N, "unknown", "{host} leads to {goal}."),
    "inside": Rule(PLACE, N, "for", "{postcode} is {miles:.1f} miles away."),
    "edge": Rule(PLACE, N, "unknown", "{postcode} is known to {outward} only: near the edge."),
    "part_of_postcode": Rule(PLACE, N, "unknown", "“{postcode}” is no whole postcode."),
    "ended_postcode": Rule(PLACE, N, "unknown", "{postcode} has ended."),
    "phone_fits": Rule(PHONE, N, "for", "{phone} is well formed."),
    "phone_malformed": Rule(PHONE, N, "against", "“{phone}” is no phone number."),
    "phone_not_on_site": Rule(PHONE, N, "unknown", "{phone} is not on its website."),
    "email_fits": Rule(EMAIL, N, "for", "{email} is well formed."),
    "email_malformed": Rule(EMAIL, N, "against", "“{email}” is no e-mail address."),
    "email_elsewhere": Rule(EMAIL, N, "unknown", "{email} is not at the website's domain."),
}  # fmt: skip
# What these say is in a register, at Companies House or on its own website; so is the postcode from
# which we measure, once one of them gives it.
INDEPENDENT = frozenset({
    "company", "fresh_entry", "old_entry", "site_place", "site_number", "inside",
})  # fmt: skip
ORDER = {slug: place for place, slug in enumerate(RULES)}


@dataclass(frozen=True)
class Finding:
    """A rule that applies, the words for the gaps in its sentence, and where that can be seen."""

    slug: str
    url: str = ""
    words: Mapping[str, object] = field(default_factory=dict)

    @property
    def rule(self) -> Rule:
        return RULES[self.slug]

    @property
    def said(self) -> str:
        return shortened(self.rule.said.format(**self.words))

    @property
    def check(self) -> Check:
        is_independent = self.slug in INDEPENDENT
        return Check(self.rule.check, self.rule.reading, self.said, self.url, is_independent)


@dataclass(frozen=True)
class Weighed:
    """The verdict, and the finding that decided it; None where nothing did."""

    checked: Checked
    ground: Ground
    decisive: Finding | None


def weigh(findings: Sequence[Finding]) -> Weighed:
    """Come to a verdict, by the five sentences above."""
    sorted_by_rank = sorted(findings, key=lambda each: ORDER[each.slug])
    for weight, checked in (
        (C, Checked.CONTRADICTED),
        (B, Checked.UNVERIFIED),
        (P, Checked.VERIFIED),
        (L, Checked.LISTED),
    ):
        first = next((each for each in sorted_by_rank if each.rule.weight is weight), None)
        if first is not None:
            is_good = weight in (P, L)
            return Weighed(checked, Ground.NEW if is_good else first.rule.ground, first)
    return Weighed(Checked.UNVERIFIED, Ground.UNVERIFIED, None)


def contradicts(findings: Sequence[Finding]) -> bool:
    """Say whether the verdict stands, so that nobody need be asked any more."""
    return any(each.rule.weight is C for each in findings)


def shortened(text: str) -> str:
    """Keep a sentence as short as a list shows it."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
