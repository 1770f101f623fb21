"""Companies that are named with their legal form."""

import re
from collections.abc import Iterator

LONGEST = 80
FORMS = (
    r"Ltd|LTD|Limited|LIMITED|LLP|Llp|PLC|plc|Plc|CIC|C\.I\.C\.?|CIO|Cyf|CYF|Cyfyngedig|LLC|Inc|"
    r"GmbH|SAS|SARL|S\.?r\.?l|SpA|B\.?V|Oy|Pty|Corp"
)
WORD = r"(?:[A-Z]\w?\.|[A-Z0-9(&+][\w&'’()+/-]*)"
ANY_FORM = re.compile(rf"\b(?:{FORMS})")
ENTITY = re.compile(
    rf"(?<![\w&'’-])((?:{WORD}[ ,]+(?:(?:and|of|the|for|in|on|at|de|y|&) +){{0,2}}){{1,8}}"
    rf"(?:{FORMS}))(?![\w])"
)
LEAD_IN = re.compile(
    r"^(?:(?:copyright|©|\(c\)|by|registered|company|website|all|rights|reserved|the company|from|"
    r"(?:19|20)\d\d|[-–,&]|we are|contact|about|name|trading|as|t/a|is)\b[\s,.:–-]*)+",
    re.IGNORECASE,
)


def named(said: str) -> Iterator[tuple[int, int, str]]:
    """Give the companies that are named with their legal form, and where."""
    if not ANY_FORM.search(said):
        return
    for match in ENTITY.finditer(said):
        lead = LEAD_IN.match(match[1])
        name = match[1][lead.end() :] if lead else match[1]
        if len(name.split()) > 1 and len(name) <= LONGEST:
            yield match.end() - len(name), match.end(), " ".join(name.split())
