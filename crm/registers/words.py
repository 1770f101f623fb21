"""Published text made fit to read: stray signs out, shouting turned into plain writing."""

import re
from functools import lru_cache

# Files of mixed origin carry Windows' signs as C1 controls; nothing else uses them.
WINDOWS_SIGNS = {
    code: bytes([code]).decode("cp1252", errors="ignore") or " " for code in range(0x80, 0xA0)
}
CONTROLS = dict.fromkeys((*range(0x20), 0x7F, 0x200B, 0xFEFF), " ")
SIGNS = {**CONTROLS, **WINDOWS_SIGNS}
APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
TOKEN = re.compile(rf"[^\W_]+(?:[{APOSTROPHES}][^\W_]+)*")
UNMARKED = re.compile(f"[^{APOSTROPHES}]+")
# fmt: off
SMALL = frozenset({
    "and", "at", "by", "de", "for", "in", "le", "of", "on", "the", "to", "under", "upon",
    "with",
})
LETTERED = frozenset({
    "NHS", "GP", "UK", "PCN", "OOH", "YOI", "ICB", "CCG", "UCC", "HMP", "II", "III", "IV",
    "VI", "VII", "VIII", "IX",
})
# Without a vowel, but no initials.
SPOKEN = frozenset({
    "ST", "DR", "DRS", "MR", "MRS", "LTD", "RD", "CTR", "HSE", "MT", "LN", "GDNS", "WY",
    "PHCY",
})
# Before these "IT" is the trade, unless after those: "Kershaw IT Limited", "Nev'll Fix It Limited".
AFTER_IT = frozenset({
    "LTD", "LTD.", "LIMITED", "LLP", "PLC", "GROUP", "UK", "(UK)", "&", "AND", "SOLUTIONS",
    "SERVICES", "SUPPORT", "SYSTEMS", "CONSULTING", "CONSULTANCY", "CONSULTANTS", "TRAINING",
    "RECRUITMENT", "MANAGEMENT", "NETWORKS", "SECURITY", "DEPARTMENT", "PROFESSIONALS",
})
BEFORE_IT = frozenset({
    "AS", "BRING", "BUILD", "CALL", "DO", "FIX", "GET", "GIVE", "LET", "LIKE", "LOVE", "MAKE",
    "MAKING", "MOVE", "NAME", "PACK", "PRINT", "RENT", "SELL", "STORE", "TAKE", "WEAR", "WORTH",
})
# fmt: on
VOWELS = frozenset("AEIOUY")


def cleaned(text: str) -> str:
    """Without control signs and doubled blanks."""
    return " ".join(_plain(text).split()) if text else ""


def humane(text: str) -> str:
    """A text in capitals as people write it; one with small letters stays as it is."""
    plain = _plain(text)
    words = plain.split()
    if words and plain.isupper():
        its = [at for at, word in enumerate(words) if word == "IT" and _is_trade(words, at)]
        words[1:] = map(_other, words[1:])
        words[0] = _first(words[0])
        for at in its:
            words[at] = "IT"
    return " ".join(words)


def _is_trade(words: list[str], at: int) -> bool:
    """Say whether this "IT" stands for information technology."""
    before, after = words[at - 1 : at] or [""], words[at + 1 : at + 2] or [""]
    return before[0] not in BEFORE_IT and after[0] in AFTER_IT


def _plain(text: str) -> str:
    return text if text.isascii() and text.isprintable() else text.translate(SIGNS)


# For what comes again and again: towns, streets, counties.
humane_part = lru_cache(maxsize=50_000)(humane)


# Millions of names share their words.
@lru_cache(maxsize=10_000)
def _first(text: str) -> str:
    return TOKEN.sub(lambda token: _word(token.group(), is_first=token.start() == 0), text)


@lru_cache(maxsize=40_000)
def _other(text: str) -> str:
    return TOKEN.sub(lambda token: _word(token.group(), is_first=False), text)


def _word(word: str, *, is_first: bool) -> str:
    if not word.isalnum():
        return UNMARKED.sub(lambda part: _by_apostrophe(part.group(), part.start()), word)
    if word.lower() in SMALL and not is_first:
        return word.lower()
    if word[0].isdigit():
        return word.lower() if word[-2:] in {"ST", "ND", "RD", "TH"} else word
    is_initials = word not in SPOKEN and not VOWELS.intersection(word)
    if word in LETTERED or is_initials:
        return word
    if word.startswith("MC") and len(word) > 4:
        return f"Mc{word[2:].capitalize()}"
    return word.capitalize()


def _by_apostrophe(part: str, position: int) -> str:
    """The s of "John's" is small, the Brien of "O'Brien" is not."""
    return part.lower() if position and len(part) <= 2 else part.capitalize()
