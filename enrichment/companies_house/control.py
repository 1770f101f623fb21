"""Who controls a company: people and companies with significant control, and by how much."""

import re
from collections.abc import Iterator

from crm.outside.key import Key
from crm.registers.numbers import company_number
from crm.registers.words import humane
from enrichment import given
from enrichment.companies_house import kept, people, profile
from enrichment.companies_house.kept import VALUE, Answers, Kept
from enrichment.companies_house.telling import Page
from enrichment.given import Given
from enrichment.told import Told

SLUG, STATEMENTS = "control", "control_statements"
PATH = "persons-with-significant-control"
GIVES = frozenset({"owners"})
SHAPE = {
    "items": [
        {
            "kind": VALUE,
            "name": VALUE,
            "name_elements": {"forename": VALUE, "middle_name": VALUE, "surname": VALUE},
            "natures_of_control": [VALUE],
            "ceased": VALUE,
            "ceased_on": VALUE,
            "identification": {"registration_number": VALUE, "country_registered": VALUE},
        }
    ]
}
SHAPE_OF_STATEMENTS = {"items": [{"statement": VALUE, "ceased_on": VALUE}]}
MOST = 20
PROTECTED = "Somebody whose details are protected"
# In psc_descriptions.yml of Companies House's enumerations; "signficant" is how they write it.
SAID = {
    "no-individual-or-entity-with-signficant-control": "Nobody has significant control",
    "psc-exists-but-not-identified": "Somebody who has not been identified",
    "psc-details-not-confirmed": "Somebody whose details are not confirmed",
    "steps-to-find-psc-not-yet-completed": "Not found out yet",
    "psc-contacted-but-no-response": "Somebody who has not answered the company",
    "awaiting-confirmation-from-psc": "Somebody whose details are not confirmed",
}
BANDS = {
    "25-to-50": "more than 25% and up to 50%",
    "50-to-75": "more than 50% and less than 75%",
    "75-to-100": "75% or more",
    "more-than-25": "more than 25%",
}
WHAT = {
    "ownership-of-shares": "of the shares",
    "voting-rights": "of the votes",
    "right-to-share-surplus-assets": "of surplus assets",
    "part-right-to-share-surplus-assets": "of surplus assets",
}
SHARE = re.compile(
    rf"({'|'.join(WHAT)})-({'|'.join(BANDS)})-percent(?:-as-(?:control-over-)?(trust|firm))?(?:-.*)?"
)
RIGHT = re.compile(
    r"(right-to-appoint-and-remove-(?:directors|members|person)|significant-influence-or-control)"
    r"(?:-as-(?:control-over-)?(trust|firm))?(?:-.*)?"
)
RIGHTS = {
    "right-to-appoint-and-remove-directors": "appoints and removes directors",
    "right-to-appoint-and-remove-members": "appoints and removes members",
    "right-to-appoint-and-remove-person": "appoints and removes who manages it",
    "significant-influence-or-control": "significant influence or control",
}
HERE = ("england", "wales", "scotland", "northern ireland", "kingdom", "britain", "uk")
THROUGH = {"trust": " through a trust", "firm": " through a firm"}


def ask(key: Key, number: str, _answers: Answers) -> Kept:
    """Ask for them; raises what `crm.outside.errors` holds."""
    return kept.ask(key, f"/company/{number}/{PATH}", SHAPE, {"items_per_page": 100})


def ask_statements(key: Key, number: str, _answers: Answers) -> Kept:
    """Ask what the company says instead of naming somebody."""
    return kept.ask(key, f"/company/{number}/{PATH}-statements", SHAPE_OF_STATEMENTS)


def is_known(answers: Answers) -> bool:
    """Whether the register has anybody, by what the profile says."""
    return profile.leads_to(kept.said(answers, profile.SLUG), PATH.replace("-", "_"))


def is_stated(answers: Answers) -> bool:
    """Whether nobody is named, and the company says why."""
    links = given.part(kept.said(answers, profile.SLUG), "links")
    is_linked = bool(given.text(links, f"{PATH.replace('-', '_')}_statements"))
    return is_linked and not any(map(_is_current, given.items(kept.said(answers, SLUG))))


def read(number: str, answers: Answers) -> Iterator[Told]:
    """Tell those who control it now, each with how."""
    page = Page(number, kept.on(answers, SLUG), f"/{PATH}")
    current = filter(_is_current, given.items(kept.said(answers, SLUG)))
    found = {who: _with_hold(each, who) for each in current if (who := _who(each))}
    names = list(found)[:MOST]
    yield from page.tell("owners", [found[who] for who in names], ", ".join(names))


def read_statements(number: str, answers: Answers) -> Iterator[Told]:
    """Tell what the company says instead."""
    page = Page(number, kept.on(answers, STATEMENTS), f"/{PATH}")
    for each in filter(_is_current, given.items(kept.said(answers, STATEMENTS))):
        code = given.text(each, "statement")
        if known := SAID.get(code.removesuffix("-partnership")):
            yield from page.tell("owners", [known], code)
            return


def hold(natures: list[str]) -> str:
    """Put the kinds of control in words: "75% or more of the shares and of the votes"."""
    shares: dict[str, list[str]] = {}
    rights: list[str] = []
    for nature in natures:
        if found := SHARE.fullmatch(nature):
            of = f"{WHAT[found[1]]}{THROUGH.get(found[3], '')}"
            shares.setdefault(BANDS[found[2]], []).append(of)
        elif found := RIGHT.fullmatch(nature):
            rights.append(f"{RIGHTS[found[1]]}{THROUGH.get(found[2], '')}")
    told = [f"{band} {' and '.join(dict.fromkeys(of))}" for band, of in shares.items()]
    return ", ".join(dict.fromkeys([*told, *rights]))


def _with_hold(item: Given, who: str) -> str:
    held = hold(given.texts(item, "natures_of_control"))
    return f"{who}: {held}" if held else who


def _who(item: Given) -> str:
    """Whom it names, "" for nobody."""
    kind, name = given.text(item, "kind"), given.text(item, "name")
    if kind.startswith("super-secure"):
        return PROTECTED
    elements = given.part(item, "name_elements")
    parts = [given.text(elements, each) for each in ("forename", "middle_name", "surname")]
    if kind.startswith("individual"):
        told = " ".join(people.written(part) for part in parts if part) if parts[2] else name
        return people.without_title(people.written(told))
    number = _number(given.part(item, "identification"))
    return f"{humane(name)} (company {number})" if name and number else humane(name)


def _number(identification: Given) -> str:
    """The number of a company, which a foreign register may write in any way."""
    written = given.text(identification, "registration_number")
    country = given.text(identification, "country_registered").casefold()
    is_here = not country or any(word in country for word in HERE)
    number = company_number(written) if is_here else written
    return number if re.fullmatch(r"[\w ./-]{4,20}", number) else ""


def _is_current(item: Given) -> bool:
    return not given.text(item, "ceased_on") and given.flag(item, "ceased") is not True
