"""What companies do: the 731 codes of SIC 2007, a few of them very common and most of them rare."""

from functools import cache
from itertools import accumulate
from random import Random

from crm.registers import sic

# Of a thousand companies; the rest is shared out among the other codes.
COMMON = {
    "68209": 52, "82990": 48, "47910": 47, "68100": 46, "96090": 40, "70229": 39, "99999": 33,
    "62020": 31, "98000": 30, "62012": 24, "41202": 23, "41100": 22, "74909": 20, "43999": 19,
    "56103": 19, "64209": 18, "68320": 17, "86900": 16, "56101": 16, "49410": 15, "62090": 14,
    "46900": 14, "96020": 13, "43210": 13, "47190": 11, "74990": 11, "56102": 10, "43220": 10,
    "45200": 10, "71129": 10, "78109": 10, "85590": 10, "47990": 10, "73110": 9, "45112": 9,
    "90030": 8, "81210": 8, "88990": 8, "94990": 8, "69201": 8, "43390": 8, "71122": 7,
    "78200": 7, "63990": 6, "70100": 6, "93130": 5, "59111": 5, "58290": 5, "47110": 5,
    "56302": 5, "87300": 4, "86230": 4, "62030": 3, "25990": 3, "32990": 3, "86210": 3,
}  # fmt: skip
# Of a thousand: those of which the register knows none.
NONE_SUPPLIED = 25
# Up to which share a company has one code, two, three; the rest has four.
HOW_MANY = (0.72, 0.87, 0.94)


@cache
def codes() -> tuple[list[str], list[float]]:
    """Every code with its text as the file prints it, and how far the weights reach up to each."""
    known = sic.codes()
    rare = sorted(code for code in known if code not in COMMON)
    # Each is half as common as the one at half its place.
    order = Random("rare").sample(rare, len(rare))
    unit = (1000 - sum(COMMON.values())) / sum(1 / place for place in range(4, len(rare) + 4))
    weights = COMMON | {code: unit / place for place, code in enumerate(order, start=4)}
    texts = [f"{code} - {known[code]}".replace('"', '""') for code in weights]
    return texts, list(accumulate(weights.values()))


class Activities:
    """Codes as four columns, one company after the other."""

    def __init__(self, chance: Random, most: int) -> None:
        self.chance = chance
        texts, reach = codes()
        self.first = iter(chance.choices(texts, cum_weights=reach, k=most))
        self.more = iter(chance.choices(texts, cum_weights=reach, k=most))

    def next(self) -> str:
        """The codes of one company, none of them twice."""
        first, how = next(self.first), self.chance.random()
        if how < HOW_MANY[0]:
            if how < NONE_SUPPLIED / 1000:
                first = "None Supplied"
            return f'"{first}","","",""'
        wanted = 2 if how < HOW_MANY[1] else 3 if how < HOW_MANY[2] else 4
        found = [first]
        while len(found) < wanted and (other := next(self.more, "")):
            if other not in found:
                found.append(other)
        found += [""] * (4 - len(found))
        return '"{}","{}","{}","{}"'.format(*found)
