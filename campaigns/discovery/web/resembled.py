"""The company that others are to resemble: what its register and its own website say of it."""

import re
from contextlib import suppress
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

from django.core.cache import cache

from campaigns.criteria import Criteria
from campaigns.kinds import By
from crm import http
from crm.outside.errors import Outside
from crm.registers import names, trades
from crm.registers.models import RegisterEntry

MOST_WORDS = 250
SECONDS = 12
KEPT_SECONDS = 900
ADDRESS = re.compile(r"^(https?://)?([a-z0-9-]+\.)+[a-z]{2,}(/\S*)?$", re.IGNORECASE)
SILENT = {"script", "style", "noscript", "svg"}


def read(wanted: Criteria) -> dict[str, Any]:
    """Give what is known of the company, for a kind that asks for others like it; else nothing."""
    if wanted.kind.by != By.LIKE:
        return {}
    company = wanted.extra.get("company", "").strip()
    if ADDRESS.match(company):
        return {"website": company, "its_website_says": _site(company)}
    entry = (
        RegisterEntry.objects.active()
        .called(names.name_key(company))
        .order_by("site_key", "pk")
        .first()
    )
    if entry is None:
        return {"name": company}
    found = {
        "name": entry.name,
        "town": entry.town,
        "trade": trades.label(entry.trade) if entry.trade else "",
        "further_trades": [trades.label(each) for each in entry.more_trades or ()],
        "website": entry.website,
        "its_website_says": _site(entry.website) if entry.website else "",
    }
    return {name: value for name, value in found.items() if value}


def _site(address: str) -> str:
    """What its first page says; read once for all questions of a wave."""
    url = address if "://" in address else f"https://{address}"
    key = f"resembled:{sha256(url.encode()).hexdigest()}"
    said = cache.get(key)
    if said is None:
        said = _read(url)
        cache.set(key, said, KEPT_SECONDS)
    return str(said)


def _read(url: str) -> str:
    try:
        page = http.fetch(url, deadline=SECONDS, most_bytes=500_000)
    except Outside:
        return ""
    reader = _Words()
    # The library stops at a marked section that it doesn't know, like “<![foo[”.
    with suppress(AssertionError):
        reader.feed(page.text)
    return " ".join(" ".join(reader.words).split()[:MOST_WORDS])


class _Words(HTMLParser):
    """The words that a visitor reads."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT
        described = dict(attrs)
        if tag == "meta" and described.get("name") == "description":
            self.words.append(described.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT and self.silent > 0

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)
