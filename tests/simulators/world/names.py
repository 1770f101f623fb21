"""How names and addresses are written."""

import re

from tests.simulators.world.draw import Draw
from tests.simulators.world.trades import TRADES
from tests.simulators.world.words import ABSTRACT, COUNTIES, SURNAMES

SMALL = {"And", "Of", "The", "On", "At", "In", "For", "By", "Upon", "Le"}
CHAINS = {"bookmaker", "pharmacy", "garage", "food", "takeaway", "sports-club"}
LEAST_GENERIC = 20  # namesakes that show a name to be no name, like "Dental Surgery"
DIFFERENT = 0.12  # the share of companies that trade under another name than their own
LEGAL = {"ltd", "limited", "plc", "llp", "cic"}
SPACES = str.maketrans(dict.fromkeys("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~’‘“”–", " "))
ENDINGS = re.compile(r"\W+(LTD|LIMITED|PLC|LLP|CIC|C\.I\.C)\.?$", re.IGNORECASE)


def is_chain_trade(trade: str) -> bool:
    return trade in CHAINS


def plain(name: str) -> str:
    """A name without its punctuation and its legal ending, to compare by."""
    words = name.lower().translate(SPACES).split()
    while len(words) > 1 and words[-1] in LEGAL:
        words.pop()
    return " ".join(words)


def spoken(name: str) -> str:
    """A name in capitals as one would write it; others stay as they are."""
    if name != name.upper():
        return name
    words = [word.capitalize() if len(word) > 1 else word for word in name.split()]
    words = [re.sub(r"([(/-])([a-z])", lambda m: m[1] + m[2].upper(), word) for word in words]
    return " ".join(word.lower() if at and word in SMALL else word for at, word in enumerate(words))


def parted(text: str, name: str, town: str) -> tuple[str, str, str]:
    """An address in one line as (street, town, county)."""
    parts = [spoken(part.strip(" .")) for part in text.split(",")]
    parts = [part for part in parts if part and plain(part) != plain(name)]
    county = ""
    while parts and parts[-1].lower() in COUNTIES:
        county = parts.pop()
    if len(parts) > 1 and not re.search(r"\d", parts[-1]):
        town = parts.pop()
    return ", ".join(parts), spoken(town), county


def legal(name: str, trade: str, town: str, namesakes: int, draw: Draw) -> str:
    """What a company of this name is called in the register."""
    if found := ENDINGS.search(name):
        ending, name = found[1].upper(), ENDINGS.sub("", name)
    else:
        ending = "LIMITED" if draw.chance(0.7) else "LTD"
    name = re.sub(r"[’']", "'", name.upper())
    if namesakes > LEAST_GENERIC and not is_chain_trade(trade):
        first, second = draw.pick(SURNAMES), draw.pick(SURNAMES)
        return f"{first} & {second} {TRADES[trade].words[0]} {ending}".upper()
    if namesakes <= LEAST_GENERIC and not found and draw.chance(DIFFERENT):
        form = draw.number(3)
        if form == 0:
            return f"{draw.pick(SURNAMES)} & {draw.pick(SURNAMES)} {ending}".upper()
        if form == 1:
            return f"{draw.pick(ABSTRACT)} {name.split()[0]} TRADING {ending}".upper()
        letters = "".join(draw.pick("ABCDEFGHJKLMNPRSTVW") for _ in range(3))
        return f"{letters} {TRADES[trade].words[0]} ({town}) {ending}".upper()
    if 1 < namesakes <= LEAST_GENERIC:
        return f"{name} ({town.upper()}) {ending}"
    return f"{name} {ending}"
