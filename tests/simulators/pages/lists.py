"""What the directories, the social networks and the register's web pages show."""

import re
from functools import cache
from html import escape

from tests.simulators import fakes
from tests.simulators.pages import directory
from tests.simulators.pages.directory import GROUPS, Entry, entry_of, entry_of_fake, slug
from tests.simulators.pages.html import document, links, notice, paragraphs
from tests.simulators.world import geography
from tests.simulators.world.population import Population
from tests.simulators.world.trades import TRADES

A_PAGE = 50
FROM_AFAR = 6.0  # miles around a town whose organisations are looked at for its list
ORGANISATION = re.compile(r".*-n(\d{6,7})")


def page(population: Population, host: str, path: str, number: int) -> str | None:
    """A page of a directory: its front, the list of a town and trade, or one entry."""
    if path == "/":
        towns = [(f"/{slug(town)}/it-support", f"IT support in {town}") for town in big_towns()]
        return document(host, f"<h1>{host}</h1>\n{links(towns)}")
    found = directory.PAGE.fullmatch(path)
    if not found:
        return None
    if found["entry"]:
        return single(population, found["town"], found["trade"], found["entry"])
    return listed(population, found["town"], found["trade"], number)


def big_towns() -> list[str]:
    return sorted({fake.town for fake in fakes.every()})


@cache
def town_named(slugged: str) -> geography.Place | None:
    return next((one for name, one in geography.towns().items() if slug(name) == slugged), None)


def listed(population: Population, town: str, trade: str, number: int) -> str | None:
    place = town_named(town)
    keys = GROUPS.get(trade) or ({trade} if trade in TRADES else None)
    if place is None or keys is None:
        return None
    claims = [
        entry_of_fake(fake)
        for fake in fakes.every()
        if slug(fake.town) == town and GROUPS[fake.trade] & keys
    ]
    indexes = population.indexes_near(place.latitude, place.longitude, FROM_AFAR, keys)
    there = [population.at(at) for at in indexes]
    entries = sorted(
        [*claims, *(entry_of(one) for one in there if slug(one.town) == town)],
        key=lambda entry: entry.name,
    )
    shown = entries[(number - 1) * A_PAGE : number * A_PAGE]
    if not shown and number > 1:
        return None
    more = [(f"?page={number + 1}", "Next page")] if number * A_PAGE < len(entries) else []
    words = re.sub(r"^It\b", "IT", trade.replace("-", " ").capitalize())
    body = f"<h1>{words} in {place.town}</h1>\n" + "\n".join(map(card, shown)) + links(more)
    return document(f"{words} in {place.town}", body)


def card(entry: Entry) -> str:
    site = f'<a href="{escape(entry.website)}">Website</a>' if entry.website else ""
    return (
        f"<article><h2>{escape(entry.name)}</h2><p>{escape(entry.address)}</p>"
        f"<p>{escape(entry.phone)}</p><p>{escape(entry.what)}</p>{site}</article>"
    )


def single(population: Population, town: str, trade: str, name: str) -> str | None:
    """One entry: an organisation of the world by its id, a fake by its name."""
    if found := ORGANISATION.fullmatch(name):
        index = int(found[1])
        if index >= len(population):
            return None
        one = population.at(index)
        right = (slug(one.town), one.trade) == (town, trade) and name.startswith(slug(one.name))
        return titled(entry_of(one)) if right else None
    for fake in fakes.every():
        if slug(fake.claim["name"]) == name and slug(fake.town) == town:
            return titled(entry_of_fake(fake))
    return None


def titled(entry: Entry) -> str:
    claim = '<p><a href="/claim">Is this your business? Claim this listing.</a></p>'
    return document(f"{entry.name} – business listing", card(entry) + claim)


def social(path: str) -> str:
    """All that strangers see of a profile."""
    name = path.strip("/") or "Welcome"
    return notice(f"{name} | Log in", "Log in or sign up to see this profile and its posts.")


def register(population: Population, path: str) -> str | None:
    """The public page on a company, in a few lines."""
    number = path.removeprefix("/company/").strip("/").upper()
    if record := fakes.records().get(number):
        place = record["registered_office_address"]
        lines = [
            f"Company number {number}",
            f"Company status {record['company_status']}",
            f"Registered office {', '.join(place.values())}",
            f"Nature of business (SIC) {', '.join(record['sic_codes'])}",
        ]
        return document(record["company_name"], paragraphs("\n".join(lines)))
    if (one := population.by_number(number)) is None:
        return None
    where = one.registered_address or (one.address, one.town, one.postcode)
    lines = [
        f"Company number {number}",
        f"Company status {one.status}",
        f"Registered office {', '.join(part for part in where if part)}",
    ]
    return document(one.legal_name, paragraphs("\n".join(lines)))
