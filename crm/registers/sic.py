"""SIC 2007: the codes by which Companies House says what a company does, in words.

Read when first asked for: 731 codes, a tenth of a megabyte.
"""

import csv
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "bundled" / "sic2007_5digit.csv"
NEW_TEXTS = 3_000
# The section of a code by its first two digits: the last division of each.
SECTIONS = (
    (3, "A"), (9, "B"), (33, "C"), (35, "D"), (39, "E"), (43, "F"), (47, "G"), (53, "H"),
    (56, "I"), (63, "J"), (66, "K"), (68, "L"), (75, "M"), (82, "N"), (84, "O"), (85, "P"),
    (88, "Q"), (93, "R"), (96, "S"), (98, "T"), (99, "U"),
)  # fmt: skip


@lru_cache(maxsize=1)
def codes() -> dict[str, str]:
    """Every code of five digits with its description."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["sic_code"]: row["description"].strip() for row in csv.DictReader(file)}


def label(code: str) -> str:
    """What a code stands for; "" for one that is none of SIC 2007."""
    return codes().get(code, "")


def section(code: str) -> str:
    """The letter of the section that a code belongs to, "" when it is no code."""
    if not (len(code) == 5 and code.isascii() and code.isdigit()):
        return ""
    division = int(code[:2])
    return next((letter for last, letter in SECTIONS if 0 < division <= last), "")


def find(words: str, most: int = 20) -> list[str]:
    """Codes by words of their descriptions or their first digits: the shortest descriptions first.

    Each word may be the start of one: "it cons" finds nothing, "tech cons" finds 62020.
    """
    wanted = words.casefold().split()
    if not wanted:
        return []
    found = [code for code, says in codes().items() if _fits(wanted, code, says)]
    return sorted(found, key=lambda code: (len(codes()[code]), code))[:most]


def _fits(wanted: list[str], code: str, says: str) -> bool:
    parts = [code, *says.casefold().replace("-", " ").replace("(", " ").split()]
    return all(any(part.startswith(word) for part in parts) for word in wanted)


@lru_cache(maxsize=NEW_TEXTS)
def of_text(text: str) -> str:
    """The code in a text like "62020 - Information technology consultancy activities".

    "" for "None Supplied", and for codes of SIC 2003, which have four digits and mean something
    else ("4531 - Installation electrical wiring etc."). One of four digits counts when its words
    are those of a code of 2007: it lost its leading 0 in a spreadsheet ("1110 - Growing of
    cereals …"), or what it means stayed the same ("9999 - Dormant company").
    """
    code, _, says = (part.strip() for part in text.partition(" - "))
    if code in codes():
        return code
    if len(code) == 4 and code.isascii() and code.isdigit():
        spelt = says.casefold()
        likely = (f"0{code}", *codes())
        return next((one for one in likely if label(one).casefold() == spelt), "")
    return ""
