"""What a page says for machines: organisations in JSON-LD."""

import json
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

DEEPEST = 8


def things(tree: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """Give the organisations that the page describes for machines."""
    for node in tree.css('script[type="application/ld+json"]')[:20]:
        try:
            said = json.loads(node.text())
        except (ValueError, RecursionError):
            continue
        yield from _organisations(said, 0)


def _organisations(said: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(said, list):
        for each in said[:200]:
            yield from _organisations(each, depth + 1)
    elif isinstance(said, dict):
        if "name" in said and ("address" in said or "telephone" in said or _is_one(said)):
            yield said
        for each in said.values():
            if isinstance(each, dict | list):
                yield from _organisations(each, depth + 1)


def _is_one(said: dict[str, Any]) -> bool:
    kind = str(said.get("@type", ""))
    return any(
        word in kind
        for word in (
            "Organization",
            "Business",
            "Corporation",
            "School",
            "Store",
            "Dentist",
            "Pharmacy",
            "Clinic",
            "Physician",
        )
    )


def publishers(things: list[dict[str, Any]]) -> Iterator[str]:
    """Give what they are called."""
    for thing in things:
        for key in ("name", "legalName", "alternateName"):
            if isinstance(thing.get(key), str):
                yield " ".join(thing[key].split())


def localities(things: list[dict[str, Any]]) -> Iterator[str]:
    """Give the towns of their addresses."""
    for thing in things:
        address = thing.get("address")
        if isinstance(address, dict) and isinstance(address.get("addressLocality"), str):
            yield address["addressLocality"]


def texts(things: list[dict[str, Any]]) -> Iterator[str]:
    """Give all that is said of them."""
    for thing in things:
        yield json.dumps(thing, ensure_ascii=False)[:5_000]
