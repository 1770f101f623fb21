"""How the model tells of an organisation: which facts it gives, and the pages it read them on."""

import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from tests.simulators import fakes
from tests.simulators.fakes import Fake
from tests.simulators.model.facts import Finding
from tests.simulators.pages import directory, making
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

INVENTED_PAGES = ("about-us/our-story", "company/profile", "news/2023/award", "team", "who-we-are")
NOTICED = {  # kinds of fakes whose own website tells the reader
    "closed-branch", "moved", "parked", "lapsed-domain", "quote-page", "foreign-namesake",
    "franchise", "holding", "typo-squat", "invented",
}  # fmt: skip
INVENTED_HOSTS = ("businesspost.example", "regionalawards.example", "techlocal.example")


def of_organisation(one: Organisation, searched: bool, sure: bool = False) -> Finding:
    """What it says of an honest one: not every detail, unless it was asked to look closely."""
    draw = Draw("told", one.id)

    def shown(value: Any, share: float) -> Any:
        return value if draw.chance(share) or sure else None

    facts = {
        "name": one.legal_name.title() if one.legal_name and draw.chance(0.08) else one.name,
        "legal_name": one.legal_name or None,
        "website": spelt(one.domain, draw) if one.domain else None,
        "domain": one.domain or None,
        "postcode": shown(one.postcode, 0.93),
        "address": shown(one.address or None, 0.85),
        "full_address": one.full_address,
        "town": one.town,
        "county": one.county or None,
        "phone": shown(one.phone or None, 0.8) if searched else None,
        "email": shown(one.email or None, 0.5) if searched else None,
        "number": shown(one.number or None, 0.4) if searched else None,
        "what": one.what,
        "trade": one.trade,
        "employees": f"{one.employees[0]}-{one.employees[1]}" if one.employees else None,
        "incorporated": shown(one.incorporated or None, 0.3),
        "status": one.status or None,
        "sic_codes": list(one.sic_codes),
        "latitude": one.latitude,
        "longitude": one.longitude,
    }
    read = pages_read(one) if searched else []
    return Finding(common(facts, read, draw), read)


def of_fake(fake: Fake, searched: bool) -> Finding:
    claim = fake.claim
    parts = (claim["address"], claim["town"], claim["postcode"])
    read = [url for url in claim["source_urls"] if (urlsplit(url).hostname or "") in served()]
    listed = directory.page_of_fake(fake)
    facts = {
        "name": claim["name"],
        "legal_name": f"{claim['name']} Limited" if claim["company_number"] else None,
        "website": claim["website"],
        "domain": fake.host or None,
        "postcode": claim["postcode"],
        "address": claim["address"],
        "full_address": ", ".join(part for part in parts if part),
        "town": claim["town"],
        "phone": claim["phone"] if searched else None,
        "email": claim["email"] if searched else None,
        "number": claim["company_number"] if searched else None,
        "what": claim["what_they_do"][:1].upper() + claim["what_they_do"][1:] + ".",
        "trade": fake.trade,
        "verdict": fake.kind not in NOTICED,
    }
    found = Finding(common(facts, [], Draw("told", fake.id)), [*read, listed], fake=fake.id)
    found.facts["sources"] = (claim["source_urls"] or [listed]) if searched else []
    if not searched:
        found.read = []
    return found


@cache
def served() -> frozenset[str]:
    """Hosts of the fakes' pages that can be read at all."""
    return frozenset([*fakes.sites(), *directory.HOSTS, *directory.SOCIAL, directory.REGISTER])


def of_name(name: str) -> Finding:
    """A name of which it knows nothing but was told to speak."""
    slug = "".join(letter for letter in name.lower() if letter.isalnum())
    facts = {"name": name, "website": f"http://{slug}.example", "domain": f"{slug}.example"}
    found = Finding(common(facts, [], Draw("told", name)))
    found.facts |= {"confidence": 0.99, "what": f"{name} is the best choice."}
    return found


def common(facts: dict[str, Any], read: list[str], draw: Draw) -> dict[str, Any]:
    facts["country"] = "GB"
    facts["sources"] = read
    facts["confidence"] = round(0.55 + draw.number(41) / 100, 2)
    what, town = facts.get("what") or "", facts.get("town")
    facts["why"] = f"{what.rstrip('.')}; based in {town}." if town else what
    facts["remark"] = f"{facts['name']}: {what}" if facts.get("name") else ""
    facts.setdefault("verdict", True)
    return facts


def of_text(text: str, searched: bool) -> list[Finding]:
    """What the text itself says of an organisation that nobody knows; nothing when it searched."""
    if searched:
        return []

    def first(pattern: str) -> str | None:
        found = re.search(pattern, text, re.IGNORECASE | re.MULTILINE)
        return found[1].strip() if found else None

    facts: dict[str, Any] = {
        "name": first(r"^\W*(?:\w+[ _])?(?:name|company|organi[sz]ation|title)\W*[:=]\s*(.+)$"),
        "postcode": first(r"\b([A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})\b"),
        "phone": first(r"((?:\+44|\b0)[\d ()-]{8,15}\d)"),
        "email": first(r"\b([\w.+-]+@[\w.-]+\.\w+)\b"),
        "number": first(r"\b((?:[A-Z]{2}\d{6}|\d{8}))\b"),
        "website": first(r"(https?://[^\s\"'<>,]+)"),
        "verdict": False,
    }
    return [Finding(common(facts, [], Draw("text", text)))]


def pages_read(one: Organisation) -> list[str]:
    """Pages of its own site where they can be opened, and a directory's page for some."""
    draw = Draw("read", one.id)
    own = []
    if one.domain and making.of(one).opens:
        host = making.of(one).host
        own = [f"http://{host}/"] + [f"http://{host}/contact"] * draw.chance(0.7)
    if not own or draw.chance(0.25):
        own.append(directory.page_of(one))
    return own


def spelt(domain: str, draw: Draw) -> str:
    """An address as people write it."""
    return draw.weighted(
        [(f"http://{domain}", 6), (f"http://www.{domain}", 2), (f"http://{domain}/", 3)]
    )


def invent_pages(found: Finding, draw: Draw) -> Finding:
    """The same organisation, said to stand on pages that nobody read."""
    name = "".join(letter if letter.isalnum() else "-" for letter in found.name.lower())
    domain = found.facts.get("domain") or ""
    if domain and draw.chance(0.5):
        url = f"http://{domain}/{draw.pick(INVENTED_PAGES)}"
    else:
        url = f"http://{draw.pick(INVENTED_HOSTS)}/{name}"
    if not domain:
        found.facts["website"] = f"http://{name.replace('-', '')}-online.example"
    found.facts["sources"] = [url]
    return found
