"""What six providers tell of an organisation of the simulated world, without asking anybody.

Field by field, way by way and in their length like the answers of a run that asks the simulated
vendors: sources agree on most, write much of it differently, and err as the world says they do.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from crm.registers.numbers import COMPANY_PAGE
from enrichment.told import Told
from leads.identity import candidate
from tests.simulators.truth import whole
from tests.simulators.truth.figures import headcount
from tests.simulators.truth.whole import Truth

MONTH, YEAR = timedelta(days=30), timedelta(days=365)
# A page of a website as text, and what stands on each.
MENU = "Home\nAbout us\nServices\nNews\nTeam\nContact\nPrivacy policy\n© All rights reserved"
PROSE = (
    "Most of our work comes from people who were told of us by others.",
    "Ask us for a quote: there is no obligation.",
    "We have been here for many years and know the town and everybody in it.",
    "Whoever calls before noon is mostly seen to on the same day.",
    "Our prices are fixed beforehand and nothing is added to them afterwards.",
    "We keep what you tell us to ourselves, and delete it as soon as you ask us to.",
    "All of our people are trained, insured and checked, and carry a card that says who they are.",
)
PAGES = ("", "contact", "about", "team", "services", "news", "privacy", "careers")


@dataclass(frozen=True)
class Heard:
    """What a provider told, and what it has left for its next look."""

    told: list[Told]
    kept: dict[str, Any] = field(default_factory=dict)


def of(truth: Truth, today: date) -> dict[str, Heard]:
    """Give what each provider tells, by its slug."""
    return {slug: tell(truth, today) for slug, tell in TELLING.items()}


def truth_of(one: Any) -> Truth:
    """Give all that is true of an organisation."""
    return whole.of(one)


def register(truth: Truth, today: date) -> Heard:
    """The published file, a month old."""
    as_of = today - MONTH
    return Heard([replace(each, as_of=as_of) for each in _profile(truth, today, is_file=True)])


def companies_house(truth: Truth, today: date) -> Heard:
    """The register of today, with its officers, owners and the last accounts."""
    one, told = truth.one, list(_profile(truth, today, is_file=False))
    page = f"{COMPANY_PAGE}{one.number}"
    officers = [who for who in truth.current if who.directs]
    for at, who in enumerate(officers):
        key, url = f"officer:{one.number}{at:04}", f"{page}/officers"
        written = f"{who.last.upper()}, {who.first}"
        told += [
            Told("name", who.name, "register", url, written, today, key),
            Told("officer_role", "Director", "register", url, "director", today, key),
            Told("appointed_on", who.since, "register", url, who.since, today, key),
        ]
    if owners := [f"{who.name}: 75% or more of the shares" for who in officers[:2]]:
        url = f"{page}/persons-with-significant-control"
        told.append(Told("owners", owners, "register", url, ", ".join(owners), today))
    told += _accounts(truth, today)
    return Heard(told, _kept_of_register(truth, today, [who.name for who in officers]))


def website(truth: Truth, today: date) -> Heard:
    """Its pages: ways to reach it, who works there, how it is made."""
    one, base = truth.one, f"http://{truth.one.domain}/"
    contact, team = f"{base}contact", f"{base}team"
    place = one.full_address
    told = [
        Told("name", one.name, "page", base, one.name),
        Told("address", place, "page", contact, place),
        Told("address", f"{one.name}, {place}", "page", f"{base}privacy", f"Write to {place}"),
        Told("postcode", one.postcode, "page", contact, place),
        Told("email", one.email, "link", contact, f"E-mail: {one.email}"),
        Told("description", f"{one.what}.", "machine_data", base, f"{one.what}."),
        Told("technologies", list(truth.technologies), "page", base, "wp-content/themes/astra"),
        Told("site_state", "ok", "checked", base),
        Told("site_is_https", False, "checked", base),
        Told("site_seconds", 0.06, "checked", base),
        Told("site_is_mobile", True, "machine_data", base, "viewport: width=device-width"),
    ]
    for number in truth.lines.values():
        said = f"Telephone: {number}"
        told.append(Told("phone", candidate.phone(number), "page", contact, said))
    if truth.services:
        said = ", ".join(truth.services)
        told.append(Told("services", list(truth.services), "page", f"{base}services", said))
    if truth.hours:
        days = [f"Monday to Friday {truth.hours[0]}"]
        told.append(Told("opening_hours", days, "machine_data", base, days[0]))
    if one.number:
        said = f"Registered in England and Wales, number {one.number}"
        told.append(Told("company_number", one.number, "page", base, said))
    told += [Told(net, url, "link", base, url) for net, url in truth.networks.items()]
    for who in truth.told_by("site"):
        key, said = f"{who.first}-{who.last}".casefold(), f"{who.name}, {who.title}"
        told.append(Told("name", who.name, "page", team, said, about=key))
        told.append(Told("job_title", who.title, "page", team, said, about=key))
    texts = [{"url": f"{base}{path}", "text": _page(truth, path)} for path in PAGES]
    kept = {"state": "ok", "said": "8 pages were read.", "url": base, "moved_to": ""}
    return Heard([each for each in told if each.value], kept | {"site_text": texts})


def hunter_company(truth: Truth, today: date) -> Heard:
    """Collected from the web, some of it reckoned."""
    one, as_of = truth.one, today - MONTH
    values: list[tuple[str, Any]] = [
        ("name", one.name),
        ("phone", candidate.phone(one.phone) if one.phone else ""),
        ("email", one.email),
        ("postcode", one.postcode),
        ("address", f"{one.address}, {one.town}"),
        ("description", one.what),
        ("industry", one.words[-1].capitalize()),
        ("employees", headcount(one) or 0),
        ("founded", int(one.incorporated[:4]) if one.incorporated else 0),
        *truth.networks.items(),
        ("technologies", list(truth.technologies)),
    ]
    values = [(name, value) for name, value in values if name in HUNTER_TELLS and value]
    return Heard([Told(name, value, "provider", as_of=as_of) for name, value in values])


def hunter_search(truth: Truth, today: date) -> Heard:
    """Who works there, with the pages where Hunter has seen them."""
    one, told, said = truth.one, list[Told](), list[dict[str, Any]]()
    for at, who in enumerate(truth.told_by("hunter")):
        as_of = today - (MONTH if who.current else 2 * YEAR)
        way = "provider" if at % 4 == 3 else "provider_checked"
        url = f"http://{one.domain}/about"
        told += [
            Told("name", who.name, "provider", url, as_of=as_of, about=who.email),
            Told("job_title", who.title, "provider", url, as_of=as_of, about=who.email),
            Told("email", who.email, way, url, as_of=as_of, about=who.email),
        ]
        if at % 3 == 0:
            said_at = _profile_of(who.first, who.last, one.id)
            told.append(Told("linkedin", said_at, "provider", url, as_of=as_of, about=who.email))
        said.append(_verdict(who.email, as_of))
    desk = Told("email", one.email, "provider_checked", f"http://{one.domain}/contact", as_of=today)
    return Heard([desk, *told], {"said": said, "pattern": "{first}.{last}", "accept_all": False})


def apollo_people(truth: Truth, today: date) -> Heard:
    """Those whom Apollo has revealed."""
    one, told, as_of = truth.one, list[Told](), today - MONTH
    for at, who in enumerate(each for each in truth.told_by("apollo") if each.current):
        key = f"5e{one.id[1:]}{at:016x}"
        told += [
            Told("name", who.name, "provider", as_of=as_of, about=key),
            Told("job_title", who.title, "provider", as_of=as_of, about=key),
            Told("email", who.email, "provider_checked", as_of=as_of, about=key),
        ]
        if at % 2 == 0:
            said_at = _profile_of(who.first, who.last, one.id)
            told.append(Told("linkedin", said_at, "provider", as_of=as_of, about=key))
    return Heard(told)


Tell = Callable[[Truth, date], Heard]
TELLING: dict[str, Tell] = {
    each.__name__: each
    for each in (
        register, companies_house, website, hunter_company, hunter_search, apollo_people,
    )
}  # fmt: skip
HUNTER_TELLS = {
    "name", "phone", "email", "postcode", "address", "description", "industry", "employees",
    "founded", "facebook", "instagram", "linkedin", "x", "technologies",
}  # fmt: skip


def _profile(truth: Truth, today: date, *, is_file: bool) -> Iterator[Told]:
    one = truth.one
    street, town, postcode = one.registered_address or (one.address, one.town, one.postcode)
    last = truth.accounts[0] if truth.accounts else None
    values: list[tuple[str, Any]] = [
        ("legal_name", one.legal_name.title()),
        ("company_number", one.number),
        ("company_status", (one.status or "active").capitalize()),
        ("company_type", "Private limited company"),
        ("incorporated_on", one.incorporated or None),
        ("sic_codes", list(one.sic_codes) or None),
        ("address", f"{street}, {town}"),
        ("postcode", postcode),
        ("accounts_type", last.kind if last else None),
        ("accounts_made_up_to", last.year_end if last else None),
        ("accounts_due_on", (today + YEAR).isoformat()),
        ("is_late_with_accounts", truth.overdue),
        ("charges_outstanding", sum(not each.satisfied for each in truth.charges)),
    ]
    if not is_file:
        values += [("is_late_with_confirmation", False), ("is_insolvent", False)]
    for name, value in values:
        if value is not None:
            url = f"{COMPANY_PAGE}{one.number}"
            yield Told(name, value, "register", url, str(value)[:100], today)


def _accounts(truth: Truth, today: date) -> Iterator[Told]:
    if not truth.accounts:
        return
    last, page = truth.accounts[0], f"{COMPANY_PAGE}{truth.one.number}/filing-history"
    filed = f"{page}?category=accounts"
    yield Told("accounts_filed_on", last.filed, "register", filed, last.filed, today)
    yield Told("filed_late_share", 0.0, "register", filed, "", today)
    url = f"{page}/MDIz{truth.one.number}/document?format=xhtml&download=1"
    as_of = date.fromisoformat(last.year_end)
    if last.employees is not None:
        said = f"The average number of employees was {last.employees}"
        yield Told("employees", last.employees, "accounts", url, said, as_of)
    said = f"Net assets {last.net_assets:,}"
    yield Told("net_assets", last.net_assets, "accounts", url, said, as_of)
    if last.turnover is not None:
        yield Told("turnover", last.turnover, "accounts", url, f"Turnover {last.turnover:,}", as_of)


def _kept_of_register(truth: Truth, today: date, officers: list[str]) -> dict[str, Any]:
    """Give the calls' answers, as they are kept for a day."""
    one, on = truth.one, today.isoformat()
    link = f"https://frontend-doc-api.company-information.service.gov.uk/document/{one.number * 4}"
    filings = [
        {
            "date": each.filed,
            "type": "AA",
            "links": {"document_metadata": link},
            "action_date": each.year_end,
            "description": f"accounts-with-accounts-type-{each.kind}",
            "transaction_id": f"MDIz{one.number}",
            "description_values": {"made_up_date": each.year_end},
        }
        for each in truth.accounts
    ]
    profile = {
        "type": "ltd",
        "company_name": one.legal_name,
        "company_number": one.number,
        "company_status": one.status,
        "date_of_creation": one.incorporated,
        "sic_codes": list(one.sic_codes),
        "accounts": {"overdue": truth.overdue, "next_due": (today + YEAR).isoformat()},
        "registered_office_address": {"address_line_1": one.address, "locality": one.town},
        "links": {"self": f"/company/{one.number}", "charges": f"/company/{one.number}/charges"},
    }
    posts = [{"name": name, "officer_role": "director", "appointed_on": on} for name in officers]
    said = {
        "profile": profile,
        "officers": {"items": posts, "active_count": len(posts)},
        "control": {"items": [{"name": name, "kind": "individual"} for name in officers]},
        "filings": {"items": filings},
    }
    answers = {slug: {"on": on, "said": each} for slug, each in said.items()}
    return {"number": one.number, "untold": [], "answers": answers}


def _page(truth: Truth, path: str) -> str:
    """Give one page's text, a good thousand letters."""
    one = truth.one
    head = f"{path.capitalize() or 'Welcome'} | {one.name}\n{MENU}\n{one.what}.\n"
    return head + "\n".join((*PROSE, one.full_address, one.phone, one.email, *truth.services))


def _verdict(address: str, on: date) -> dict[str, Any]:
    return {
        "verifier": "Hunter",
        "outcome": "exists",
        "words": "the mailbox exists",
        "address": address,
        "is_role": False,
        "on": on.isoformat(),
    }


def _profile_of(first: str, last: str, ident: str) -> str:
    return f"https://www.linkedin.com/in/{first}-{last}-{ident}".casefold()
