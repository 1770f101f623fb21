"""What a question to the web asks for: words for a kind, and what the data says of it."""

from collections.abc import Sequence
from typing import Any

from campaigns.criteria import Criteria
from campaigns.kinds import By, Kind
from crm.registers import trades

# So many organisations are asked for at once: models that are asked for more prove fewer.
AT_ONCE = 15
# In one question, of a company's competitors.
NAMES_AT_ONCE = 4
# Besides the words of a kind, these find what calls itself otherwise.
WAYS = ("members of trade bodies and chambers", "on business parks", "newly opened or relocated")


def words(wanted: Criteria) -> Sequence[str]:
    """Give the words that are searched for, one question each; the best first."""
    kind = wanted.kind
    said = [*wanted.keywords, *(trades.plural(each) for each in wanted.sectors)]
    if kind.slug == "custom_prompt":
        return [*said, "", *WAYS]
    return list(dict.fromkeys([*said, *kind.words, *WAYS])) or [kind.name]


def names(wanted: Criteria) -> list[str]:
    """Give the companies that are named to be checked."""
    lines = wanted.extra.get("companies", "").splitlines()
    return list(dict.fromkeys(line.strip()[:200] for line in lines if line.strip()))


def is_check(kind: Kind) -> bool:
    """Whether the kind names whom to look at."""
    return kind.by == By.NAMES


def given(wanted: Criteria, asked: dict[str, Any], *, resembled: dict[str, Any]) -> dict[str, Any]:
    """Give the data of a question; what people wrote stands in it as data, never above it."""
    kind = wanted.kind
    said: dict[str, Any] = {
        "kind_of_organisation": kind.sentence,
        "what_to_find": kind.prompt,
        "search_words": asked.get("words", ""),
        "area": asked.get("area", ""),
        "within": f"{wanted.miles_label} of {wanted.postcode}, United Kingdom",
        "how_many": asked.get("most", AT_ONCE),
        "leave_out": asked.get("leave_out", []),
        "companies_to_check": asked.get("names", []),
        "size": _size(wanted),
        "sectors": [trades.plural(each) for each in wanted.sectors],
        "keywords": list(wanted.keywords),
        "wishes": _wishes(wanted),
        "resembling": resembled,
    }
    return {name: value for name, value in said.items() if value not in ("", [], {}, None)}


def _size(wanted: Criteria) -> str:
    least, most = wanted.min_employees, wanted.max_employees
    if least is None and most is None:
        return ""
    if most is None:
        return f"at least {least} people"
    return f"{least or 1} to {most} people"


def _wishes(wanted: Criteria) -> dict[str, str]:
    """What the form of the kind asked for, in the words of whoever filled it in."""
    labels = {extra.name: extra.label for extra in wanted.kind.extras}
    return {
        labels[name]: text
        for name, text in wanted.extra.items()
        if name in labels and name != "companies" and text.strip()
    }
