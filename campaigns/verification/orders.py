"""Whether a website gives orders to programs that read it, as nobody does who has customers.

No model reads websites here, so such words have no effect; they say what kind of website it is.
"""

import re

from campaigns.verification.contract import Site

LONGEST = 60
ORDERS = re.compile(
    r"(?:ignore|disregard|forget|override)\s+(?:all\s+|any\s+|every\s+)?(?:of\s+)?(?:the\s+|your\s+|my\s+)?"
    r"(?:previous|prior|above|earlier|preceding|other)\s+(?:instructions?|prompts?|rules|orders|text)"
    r"|(?:^|\n)\s*(?:system|assistant|developer)(?:\s+(?:prompt|message|note))?\s*:\s*"
    r"(?:you|ignore|return|do|always|never|from now)\b"
    r"|\b(?:new|updated|further|special|hidden)\s+(?:instructions?|orders)\s*:"
    r"|(?:ignore|disregard)\s+(?:the\s+|your\s+)?(?:list|data|schema|task|question)\b"
    r"|</?\s*(?:data|input|document|context|system|instructions?|prompt|user|assistant)\s*>"
    r"|<\|\w+\|>|\[/?INST\]"
    r"|you\s+are\s+now\s+(?:in|an?|the)\s+\w+\s*(?:mode|assistant|agent|model|bot)?"
    r"|(?:return|list|rank|report|recommend|include|mark|treat|add)\s+(?:only\s+)?this\s+"
    r"(?:organisation|organization|company|business|site|page|lead|record)\s+(?:as|first|at|to|with)"
    r"|(?:ai|language)\s+(?:models?|assistants?|agents?|crawlers?)\s*(?:reading|must|should|shall|:|,)"
    r"|(?:note|attention|message|instructions?)\s+(?:to|for)\s+(?:the\s+|any\s+|all\s+)?"
    r"(?:ai|llms?|language|assistants?|crawlers?|bots?|machines?|automated)\b",
    re.IGNORECASE,
)


def given(site: Site) -> str:
    """Give the first order on its pages, "" if there is none."""
    for leaf in site.every:
        if found := ORDERS.search(f"{leaf.title}\n{leaf.text}"):
            return " ".join(found.group().split())[:LONGEST]
    return ""
