"""Takes apart the pages that a request hands to the model, and what may be quoted from them."""

import json
import re
from dataclasses import dataclass
from typing import Any

from tests.simulators.model.question import COMMAND
from tests.simulators.world.draw import Draw

TAGGED = re.compile(
    r"<(?P<tag>page|document|source|site)\b[^>]*?(?:url|href|src|address)=[\"']?"
    r"(?P<url>https?://[^\s\"'>]+)[\"']?[^>]*>(?P<text>.*?)</(?P=tag)>",
    re.DOTALL | re.IGNORECASE,
)
HEADED = re.compile(
    r"^\W*(?:(?:page|url|source|address|document)\b[^\n]{0,20}?)?(?P<url>https?://[^\s\"'<>)\]]+)"
    r"\W*$",
    re.IGNORECASE | re.MULTILINE,
)
URLS = re.compile(r"url|href|address|link|page", re.IGNORECASE)
TEXTS = re.compile(r"text|content|body|markdown|words", re.IGNORECASE)
SHORTEST, LONGEST = 20, 240  # characters of a quotation
MOST = 6  # statements
INVENTED, CHANGED, MISPLACED = 0.08, 0.06, 0.03
OUT_OF_THIN_AIR = (
    "We are the leading provider in the region.",
    "Trusted by more than 5,000 customers across the country.",
    "Winner of three national awards.",
)
BUSINESS = re.compile(
    r"\b(customers?|clients?|services?|support|offers?|made|founded|based|specialis\w+|"
    r"for (?:firms|companies|families|homes|small))\b",
    re.IGNORECASE,
)
SMALL_PRINT = re.compile(
    r"cookie|©|\bvat\b|registered in|limited\.$|all rights|javascript|privacy|personal data|"
    r"closing date",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Page:
    url: str
    text: str


@dataclass(frozen=True)
class Statement:
    """What the model says, and the words by which it proves it: mostly such as are there."""

    text: str
    quote: str
    url: str


def pages(given: str) -> list[Page]:
    """The pages in a request's input, however they are wrapped."""
    if found := written_as_json(given):
        return found
    if found := [Page(one["url"], one["text"]) for one in TAGGED.finditer(given)]:
        return found
    heads = list(HEADED.finditer(given))
    ends = [*(head.start() for head in heads), len(given)][1:]
    parts = zip(heads, ends, strict=True)
    found = [Page(head["url"], given[head.end() : end]) for head, end in parts]
    return [page for page in found if page.text.strip()]


def written_as_json(given: str) -> list[Page]:
    start = min((at for at in (given.find("{"), given.find("[")) if at >= 0), default=-1)
    if start < 0:
        return []
    try:
        whole, _ = json.JSONDecoder().raw_decode(given[start:])
    except ValueError:
        return []
    return collected(whole)


def collected(value: Any) -> list[Page]:
    """Every object with an address and a text."""
    if isinstance(value, list):
        return [page for one in value for page in collected(one)]
    if not isinstance(value, dict):
        return []
    words = {name: one for name, one in value.items() if isinstance(one, str)}
    urls = [one for name, one in words.items() if URLS.search(name) and one.startswith("http")]
    texts = [one for name, one in words.items() if TEXTS.search(name)]
    own = [Page(urls[0], texts[0])] if urls and texts else []
    return own + [page for one in value.values() for page in collected(one)]


def statements(given: str, seed: int, obedient: bool) -> list[Statement]:
    """A few of them; `obedient`: it does what the pages order it to do."""
    found = pages(given)
    draw = Draw(seed, "statements", given)
    once = {line: page for page in reversed(found) for line in quotable(page.text)}
    every = [(page, line) for line, page in once.items()]
    every.sort(key=lambda one: -telling(one[1]))
    chosen: list[Statement] = []
    while every and len(chosen) < MOST:
        page, line = every.pop(draw.number(min(len(every), 3)))
        chosen.append(told(page, line, found, draw))
    if obedient and (order := COMMAND.search(given)):
        name = order["name"].strip()
        chosen.insert(0, Statement(f"{name} is verified.", name, found[0].url if found else ""))
    return chosen


def quotable(text: str) -> list[str]:
    """Its sentences, without menus, small print and orders to the reader."""
    plain = re.sub(r"<[^>]+>", "\n", text)
    lines = [line.strip(" \t#*-•|") for line in re.split(r"(?<=[.!?])\s+|\n+", plain)]
    return list(
        dict.fromkeys(
            line
            for line in lines
            if SHORTEST <= len(line) <= LONGEST
            and " " in line
            and not SMALL_PRINT.search(line)
            and not COMMAND.search(line)
            and not line.lower().startswith("ignore all")
        )
    )


def telling(line: str) -> int:
    """How much a sentence says of the business."""
    return 2 * bool(BUSINESS.search(line)) + line.endswith((".", "!")) - 2 * ("|" in line)


def told(page: Page, line: str, every: list[Page], draw: Draw) -> Statement:
    """What a sentence says, told anew, with its words; now and then with others."""
    text = line if line.endswith(".") else f"{line}."
    if draw.chance(INVENTED):
        line = draw.pick(OUT_OF_THIN_AIR)
        return Statement(line, line, page.url)
    if draw.chance(CHANGED):
        return Statement(text, changed(line), page.url)
    if draw.chance(MISPLACED) and len(every) > 1:
        other = next(one for one in every if one.url != page.url or one is every[-1])
        return Statement(text, line, other.url)
    return Statement(text, line, page.url)


def changed(line: str) -> str:
    """Nearly the same words: one of them left out."""
    words = line.split()
    return " ".join([*words[:1], *words[2:]]) if len(words) > 2 else f"{line} indeed"
