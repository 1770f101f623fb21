"""Words on a page that are meant for a program that reads it, and for no visitor.

A model is told that nothing it reads is an order. It is not left at that: what looks like one is
not shown to it, and proves nothing.
"""

import re
from collections.abc import Iterator

PROGRAM = (
    r"(?:llms?|(?:large )?language models?|chat ?bots?|chatgpt|gpt-?\d\S{0,4}|"
    r"ai[ -](?:assistants?|agents?|models?|systems?|readers?|bots?|crawlers?))"
)
READER = rf"(?:{PROGRAM}|ais?|artificial intelligence|assistants?|copilot|crawlers?|bots?)"
GAP = r"[^\w\n]{1,5}(?:[\w'’-]{1,30}[^\w\n]{1,5}){0,4}?"
ORDER = re.compile(
    rf"\b(?:ignore|disregard|forget|override|bypass|neglect){GAP}"
    r"(?:instructions?|prompts?|rules|guidelines|directions|directives|commands?|context)\b|"
    rf"\b(?:you are|you're|act as|pretend to be|behave as|respond as){GAP}{READER}\b|"
    rf"\b(?:dear|attention|hey|hello|note to|note for|notice to|notice for|instructions? to|"
    rf"instructions? for|message to|message for|if you are){GAP}{READER}\b|"
    rf"\b{PROGRAM}[^\w\n]{{1,5}}(?:must|should|shall|has to|have to|is to|are to)\b|"
    r"\b(?:system|developer|hidden) (?:prompt|message|instructions?)\b|"
    r"\b(?:mark|treat|rate|rank|report|flag|describe) (?:this|it|us|them|our|the)\b[^.\n]{0,60}?"
    r"\bas [^.\n]{0,20}?(?:verified|trusted|approved|confirmed|recommended|genuine|best|top)\b|"
    r"</?(?:data|system|instructions?|user|assistant)>|\[/?INST\]|<\|[a-z_]{2,20}\|>",
    re.IGNORECASE,
)


def is_one(text: str) -> bool:
    """Say whether words seem to give orders to a program."""
    return ORDER.search(text) is not None


def without(text: str) -> str:
    """Give a page's text without them: from each on, the rest of its line is theirs, too."""
    return "\n".join(_lines(text))


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        found = ORDER.search(line)
        if found is None:
            yield line
            continue
        # The sentence that it stands in begins before it.
        start = max(line.rfind(sign, 0, found.start()) for sign in (". ", "! ", "? "))
        if start > 0:
            yield line[: start + 1]
