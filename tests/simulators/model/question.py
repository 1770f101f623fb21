"""What the model understands of a question: where, what, how many, whom not, whom."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.model import passages
from tests.simulators.world import geography, trades
from tests.simulators.world.geography import Place

NUMBERS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
        range(1, 11),
        strict=True,
    )
) | {"a dozen": 12, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50}
COUNTED = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(NUMBERS)})\s+(?:\w+[ -]){{0,4}}?"
    r"(?:organi[sz]ations?|compan(?:y|ies)|business(?:es)?|firms?|leads?|results?|providers?|"
    r"suppliers?|schools?|practices?|manufacturers?|shops?|names?|more|others?|candidates?)\b",
    re.IGNORECASE,
)
LIMITED = re.compile(
    r"\b(?:at most|up to|no more than|maximum(?: of)?|limit|count|how many|wanted|number|find|"
    r"name|list|give|return|suggest|another|about|need)(?: me| us)?[: ]+"
    rf"(\d{{1,3}}|{'|'.join(NUMBERS)})\b(?! (?:miles?|km|kilomet|mi\b))",
    re.IGNORECASE,
)
RADIUS = re.compile(
    r"\b(\d{1,3}(?:\.\d)?)\s*-?\s*(miles?|mi|kilomet(?:re|er)s?|km)\b(?!\s+per)", re.IGNORECASE
)
AROUND = re.compile(
    r"(?:miles?|mi|km|kilomet(?:re|er)s?)\s+(?:of|from|around)\s+([^.;\n]+)", re.IGNORECASE
)
WHERE = r"areas?|where|places?|locations?|near|around|postcodes?|codes?|towns?|districts?|regions?"
WHAT = r"trades?|sectors?|industr(?:y|ies)|what|kinds?|types?|looking for|target|who|criteria"
CHECKING = re.compile(
    r"\b(check|verify|confirm|research|investigate|enrich|look up|look into|find out about|"
    r"(?:official|own) (?:web ?site|home ?page)|"
    r"(?:this|the following) (?:\w+ )?(?:organi[sz]ations?|compan(?:y|ies)|"
    r"business(?:es)?|firms?|leads?|school|practice))\b",
    re.IGNORECASE,
)
SEEKING = re.compile(
    r"\b(?:find|list|discover|identify|suggest|name|search for|look for|give (?:me|us)|"
    r"who (?:are|sells?|offers?))\b(?!\s+(?:(?-i:its?\b)|(?:out|their|his|whether|if|evidence|"
    r"information|details|(?:the |an )?(?:official|own|website|phone|e-?mail|company number|"
    r"registered|address|postcode))\b))",
    re.IGNORECASE,
)
COMMAND = re.compile(
    r"(?:ignore|disregard|forget)\s+(?:all\s+|any\s+)?(?:of\s+)?(?:the\s+|your\s+)?"
    r"(?:previous|prior|above|earlier|other)?\s*(?:instructions?|rules?|prompts?)[^.\n]{0,80}?"
    r"(?:return|add|include|answer(?: only)? with|list|recommend|give)\s+"
    r"(?:only\s+|just\s+)?(?:the\s+)?(?:compan(?:y|ies)|organi[sz]ation|business)?\s*:?\s*"
    r"[\"'“‘]?(?P<name>[A-Z0-9][^.\"'“”’\n<]{1,80})",
    re.IGNORECASE,
)


@dataclass
class Question:
    """A question as the model understands it."""

    text: str  # instructions and input together: two texts that differ are two questions
    places: list[Place] = field(default_factory=list)
    miles: float | None = None  # how far from them, where the text says so
    trades: tuple[str, ...] = ()
    wanted: int | None = None
    left_out: str = ""  # what stands in lists of those not wanted, flattened
    seeking: bool = False  # it asks for organisations it does not name
    listed: frozenset[str] = frozenset()  # items of lists and quotations, flattened
    checking: bool = False  # it asks about organisations that it names
    material: str = ""  # input without what is left out
    given: str = ""  # the input as it came
    command: str = ""  # a name that words inside the input order it to return
    abroad: bool = False  # neither a place nor a location in the United Kingdom is given

    def leaves_out(self, name: str, domain: str = "") -> bool:
        """Named in a list of those not wanted; one who seeks others lists nobody else."""
        flat = flatten(name)
        if not flat:
            return False
        return (
            f" {flat} " in self.left_out
            or (self.seeking and flat in self.listed)
            or bool(domain and f" {flatten(domain)} " in self.left_out)
        )


def flatten(text: str) -> str:
    """Lower case, letters and figures only, company endings dropped: for comparing names."""
    words = re.sub(r"[^a-z0-9]+", " ", text.lower().replace("&", " and ").replace("'", ""))
    return " ".join(re.sub(r"\b(limited|ltd|plc|llp)\b", " ", words).split())


def read(instructions: str, given: str, tools: list[dict[str, Any]]) -> Question:
    """Understand a request's texts and the location given with its web search."""
    kept, left_out = passages.split(given)
    rules, also_left_out = passages.split(instructions)
    question = Question(
        text=f"{instructions}\n{given}",
        material=kept,
        given=given,
        left_out=f" {flatten(left_out + ' ' + also_left_out)} ",
        checking=bool(CHECKING.search(given)),
    )
    question.seeking = bool(
        SEEKING.search(given) or (SEEKING.search(instructions) and not question.checking)
    )
    question.listed = frozenset(map(flatten, passages.pieces(given)))
    question.trades = first(main_trades, passages.labelled(kept, WHAT), kept, rules, given)
    question.wanted = counted(kept) or counted(rules)
    if found := RADIUS.search(kept) or RADIUS.search(rules):
        question.miles = float(found[1]) * (1.0 if found[2].lower().startswith("mi") else 0.6214)
    location = user_location(tools)
    around = "\n".join(AROUND.findall(kept))
    asked = (around, passages.labelled(kept, WHERE), kept, rules, given, location.get("city") or "")
    question.places = first(places, *asked)
    question.abroad = not question.places and location.get("country") not in ("GB", "UK")
    if found := COMMAND.search(given):
        question.command = found["name"].strip()
    return question


def first(reader: Callable[[str], Any], *texts: str) -> Any:
    """What is read in the first of the texts in which anything is."""
    found = reader("")
    for text in texts:
        if found := reader(text):
            break
    return found


def main_trades(text: str) -> tuple[str, ...]:
    """The trades a text is about: a word that falls once among many of another is by the way."""
    counts: dict[str, int] = {}
    for line in text.splitlines():
        for key in trades.find(line):
            counts[key] = counts.get(key, 0) + 1
    most = max(counts.values(), default=0)
    return tuple(key for key, count in counts.items() if count * 3 >= most)


def counted(text: str) -> int | None:
    found = LIMITED.search(text) or COUNTED.search(text)
    if not found:
        return None
    return int(found[1]) if found[1].isdigit() else NUMBERS[found[1].lower()]


def places(text: str) -> list[Place]:
    """The places a text names. Where it gives codes, the town's name beside them adds nothing."""
    found = list(dict.fromkeys(geography.places_in(text)))
    codes = [place for place in found if re.search(r"\d", place.name)]
    return codes or found


def user_location(tools: list[dict[str, Any]]) -> dict[str, Any]:
    for tool in tools:
        if str(tool.get("type", "")).startswith("web_search"):
            return tool.get("user_location") or {}
    return {}
