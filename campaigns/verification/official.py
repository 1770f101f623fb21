"""What Companies House proves or disproves of a candidate."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from campaigns.verification import circle, likeness
from campaigns.verification.contract import CannotTell, Profile
from campaigns.verification.likeness import Likeness
from campaigns.verification.registered import Registered
from campaigns.verification.rules import Finding
from campaigns.verification.subject import Subject
from campaigns.verification.website import Told
from crm.registers.links import COMPANIES
from crm.registers.names import name_key
from crm.registers.numbers import COMPANY_PAGE

GOOD = frozenset({"active", "open", "registered", ""})
ENDED = frozenset({"dissolved", "removed", "closed", "converted-closed"})
# Holding companies, head offices, non-trading and dormant companies.
IDLE_CODES = frozenset({
    "64201", "64202", "64203", "64204", "64205", "64209", "70100", "74990", "99999",
})  # fmt: skip
# Many thousand companies each get their post there and nothing else.
MAIL_DROPS = frozenset({
    "WC2H 9JQ", "N1 7GU", "EC1V 2NX", "EC2A 4NE", "WC1N 3AX", "W1W 5PF", "W1W 7LT", "CF14 8LH",
    "EC1V 2NZ", "W1G 9PF", "EH2 4AN", "BT1 1AA", "SE1 2AQ", "WC2A 2JR", "M2 4AH",
})  # fmt: skip
# Whose office is no further away has it at an accountant's of the neighbourhood, most likely.
NEIGHBOURHOOD_MILES = 20.0


@dataclass(frozen=True)
class Company:
    """`profile` is that of the candidate itself, if it is known beyond doubt."""

    findings: Sequence[Finding] = field(default_factory=tuple)
    profile: Profile | None = None


@dataclass(frozen=True)
class Asking:
    """What is known before Companies House is asked, and how to ask."""

    subject: Subject
    told: Told
    registered: Registered
    profile: Callable[[str], Profile | None]
    called: Callable[[str], Sequence[Profile]]


def look(asking: Asking) -> Company:
    """Ask once: for the number that was claimed, that on the website, or by the name."""
    subject, told = asking.subject, asking.told
    entry = asking.registered.entry
    # What a school names as its company may be that of a trust with many schools.
    known = entry.number if entry is not None and entry.register_id == COMPANIES else ""
    on_site = told.numbers[0] if told.is_own and told.numbers else ""
    try:
        if number := subject.number or on_site or known:
            found = asking.profile(number)
            if found is None:
                return Company([Finding("no_such_number", words={"number": number})])
            return _of_number(found, asking)
        return _of_name(asking.called(subject.name), asking)
    except CannotTell as why:
        return Company([Finding("not_told", words={"why": str(why)})])


def _of_number(found: Profile, asking: Asking) -> Company:
    subject = asking.subject
    words = {"number": found.number, "name": found.name, "postcode": found.postcode}
    url = COMPANY_PAGE + found.number
    alike = likeness.of(subject.name, found.name, subject.around)
    is_there = bool(subject.postcode) and found.postcode == subject.postcode
    is_it = alike >= Likeness.NEAR or (alike == Likeness.PART and is_there)
    if _is_former(found, subject):
        return Company([Finding("renamed", url, words)])
    is_bridged = not is_it and _is_bridged(found, asking)
    ended = _ended(found, url)
    if ended and (is_it or is_there or is_bridged):
        return Company([ended])
    if not is_it and not is_bridged:
        return Company([_other(found, asking, words, is_there=is_there)])
    return _itself(found, asking)


def _other(found: Profile, asking: Asking, words: dict[str, str], *, is_there: bool) -> Finding:
    """The number is that of a company with another name."""
    url = COMPANY_PAGE + found.number
    if likeness.is_holding(found.name) and is_there:
        return Finding("holding", url, words)
    if not asking.subject.number:
        slug = "office_of_other" if is_there else "other_on_site"
        return Finding(slug, url, words)
    return Finding("office_of_other" if is_there else "another_company", url, words)


def _is_bridged(found: Profile, asking: Asking) -> bool:
    """Whether its own website gives the name of the company beside its number: who trades under
    another name must say so there (Companies Act 2006, section 82, and its Trading Disclosures)."""
    told = asking.told
    if not (told.is_own and found.number in told.numbers):
        return False
    if likeness.is_holding(found.name):
        return False
    legal = " ".join(likeness.words(found.name))
    return bool(legal) and f" {legal} " in told.text


def _itself(found: Profile, asking: Asking) -> Company:
    """The company is the candidate: is it in order, and is it there?"""
    subject, told = asking.subject, asking.told
    url, findings = COMPANY_PAGE + found.number, list[Finding]()
    words = {"number": found.number, "name": found.name, "postcode": found.postcode,
             "codes": ", ".join(found.sic_codes)}  # fmt: skip
    if found.detail.startswith("active-proposal-to-strike-off"):
        findings.append(Finding("striking_off", url, words))
    if found.status == "voluntary-arrangement":
        findings.append(Finding("arrangement", url, words))
    is_proven = told.is_own and told.has_place
    if likeness.is_holding(found.name) and not is_proven:
        findings.append(Finding("holding", url, words))
    elif found.sic_codes and set(found.sic_codes) <= IDLE_CODES and not is_proven:
        slug = "dormant" if "99999" in found.sic_codes else "holding"
        findings.append(Finding(slug, url, words))
    if subject.postcode and found.postcode != subject.postcode:
        has_left = _may_have_left(found, asking)
        findings.append(_elsewhere(found, asking, words, has_left=has_left))
    elif found.postcode in MAIL_DROPS and not is_proven:
        findings.append(Finding("mail_drop", url, words))
    elif found.postcode:
        findings.append(Finding("company", url, words))
    return Company(findings, found)


def _may_have_left(found: Profile, asking: Asking) -> bool:
    """Whether its office is in another part of the country, and its website doesn't say so.

    The law has a company name its office there. One that gives another address alone may be old.
    """
    spot = asking.subject.spot
    if spot is None or found.postcode in MAIL_DROPS or found.postcode in asking.told.postcodes:
        return False
    far = circle.way(spot, found.postcode)
    return far is not None and far > NEIGHBOURHOOD_MILES


def _elsewhere(
    found: Profile, asking: Asking, words: dict[str, str], *, has_left: bool = False
) -> Finding:
    """It is registered at another address than the one where it was said to be.

    That is usual, as long as somebody besides the source knows it at this one, too: a register of
    places, or its own website, unless it may have left since.
    """
    url = COMPANY_PAGE + found.number
    told, registered = asking.told, asking.registered
    entry = registered.entry
    if entry is not None and entry.register_id != COMPANIES:
        return Finding("office_elsewhere", url, words)
    if told.is_own and told.has_place and not has_left:
        return Finding("office_elsewhere", url, words)
    return Finding("office_moved" if found.postcode else "office_elsewhere", url, words)


def _of_name(items: Sequence[Profile], asking: Asking) -> Company:
    """Nobody knows its number: is a company called so?"""
    subject = asking.subject
    alike = [(likeness.of(subject.name, each.name, subject.around), each) for each in items]
    same = [each for how, each in alike if how >= Likeness.NEAR]
    # Where nobody claimed a place, its own website may name the one where it is registered.
    told = asking.told.postcodes if asking.told.is_own else ()
    places = (subject.postcode,) if subject.postcode else told
    there = [each for each in same if each.postcode and each.postcode in places]
    good = [each for each in there if each.status not in ENDED]
    if there and not good:
        return Company([_ended(there[0], COMPANY_PAGE + there[0].number) or Finding("no_company")])
    if good:
        found = good[0]
        if ended := _ended(found, COMPANY_PAGE + found.number):
            return Company([ended])
        return _itself(found, asking)
    if former := _former(items, asking):
        return Company([former])
    exact = [each for each in same if name_key(each.name) == name_key(subject.name)]
    if exact:
        return Company([_namesake(exact, asking)])
    is_unknown = asking.registered.entry is None and not any(how for how, _ in alike)
    if is_unknown and likeness.says_company(subject.name):
        return Company([Finding("no_such_company", words={"name": subject.name})])
    return Company([Finding("no_company")])


def _namesake(exact: Sequence[Profile], asking: Asking) -> Finding:
    """Companies of its very name, but none there. A name is one company's alone, by law."""
    subject = asking.subject
    standing = [each for each in exact if each.status not in ENDED]
    says_company = likeness.says_company(subject.name)
    found = (standing or exact)[0]
    words = {"number": found.number, "name": found.name, "postcode": found.postcode or "?"}
    url = COMPANY_PAGE + found.number
    if not standing:
        if says_company and (ended := _ended(found, url)):
            return ended
        return Finding("namesake", url, words)
    if len(standing) == 1 and (ended := _ended(found, url)) and says_company:
        return ended
    if len(standing) == 1 and found.postcode and subject.postcode:
        return _elsewhere(found, asking, words)
    return Finding("namesake", url, words)


def _former(items: Sequence[Profile], asking: Asking) -> Finding | None:
    """Whether a company was called so once, and is not any more."""
    subject = asking.subject
    for each in items:
        if _is_former(each, subject) and subject.postcode in ("", each.postcode):
            words = {"number": each.number, "name": each.name, "postcode": each.postcode}
            return Finding("renamed", COMPANY_PAGE + each.number, words)
    return None


def _is_former(found: Profile, subject: Subject) -> bool:
    """Whether it gave up this very name for one that doesn't agree with it."""
    key = name_key(subject.name)
    if key == name_key(found.name):
        return False
    if any(name_key(each) == key for each in found.former):
        return True
    if likeness.agrees(subject.name, found.name, subject.around):
        return False
    return any(likeness.agrees(subject.name, each, subject.around) for each in found.former)


def _ended(found: Profile, url: str) -> Finding | None:
    """Whether it is no more, or won't be soon."""
    if found.status in GOOD or found.status == "voluntary-arrangement":
        return None
    status = found.status.replace("-", " ")
    words = {"name": found.name, "status": "dissolved" if status == "removed" else status}
    return Finding("dissolved" if found.status in ENDED else "insolvent", url, words)
