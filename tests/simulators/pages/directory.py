"""Pages that list organisations of a town and trade, and one page for each of them."""

import re
from dataclasses import dataclass

from tests.simulators.fakes import Fake
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation
from tests.simulators.world.trades import IT, TRADES

HOSTS = ("yellowlist.example", "townpages.example")
SOCIAL = ("linkbook.example", "facepage.example", "pictogram.example")
REGISTER = "company-information.example"  # shows what Companies House holds
LISTS_OF_FAKES = {"it": "it-support"}
MAKERS = {key for key, trade in TRADES.items() if "manufacturer" in trade.words}
GROUPS: dict[str, set[str]] = {  # the trades that each trade of the fakes takes in
    "it": set(IT),
    "healthcare": {"dentist", "doctor", "clinic", "pharmacy"},
    "education": {"school"},
    "manufacturing": MAKERS,
    "retail": {"shop", "online-shop"},
}
PAGE = re.compile(r"/(?P<town>[a-z0-9-]+)/(?P<trade>[a-z0-9-]+)(?:/(?P<entry>[a-z0-9-]+))?/?")


@dataclass(frozen=True)
class Entry:
    """One line of a directory."""

    name: str
    address: str
    phone: str
    website: str
    what: str


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("'", "")).strip("-")


def page(town: str, trade: str) -> str:
    """The address of a list."""
    return f"http://{HOSTS[0]}/{slug(town)}/{trade}"


def page_of(one: Organisation) -> str:
    """The address of the page on one organisation."""
    host = Draw("directory", one.id).pick(HOSTS)
    return f"http://{host}/{slug(one.town)}/{one.trade}/{slug(one.name)}-{one.id}"


def page_of_fake(fake: Fake) -> str:
    return f"{list_of_fake(fake)}/{slug(fake.claim['name'])}"


def list_of_fake(fake: Fake) -> str:
    return page(fake.town, LISTS_OF_FAKES.get(fake.trade, fake.trade))


def entry_of(one: Organisation) -> Entry:
    return Entry(one.name, one.full_address, one.phone, one.website, one.what)


def entry_of_fake(fake: Fake) -> Entry:
    """The claim, as directories copy it from each other."""
    claim = fake.claim
    parts = (claim["address"], claim["town"], claim["postcode"])
    own = claim["website"] or ""
    website = "" if any(host in own for host in HOSTS) else own
    address = ", ".join(part for part in parts if part)
    return Entry(claim["name"], address, claim["phone"] or "", website, claim["what_they_do"])
