"""Company numbers: made from an organisation's place in the world, and back.

Like the real ones they grow with the date of incorporation, so the date is read off them.
"""

from datetime import date, timedelta
from itertools import pairwise

STRIDE = 7_368_787  # a prime: neighbours in the world get numbers far apart

# prefix: (width, least number, how many). More than there are organisations, so none meet.
RANGES = {
    "": (8, 1_200_000, 15_700_000),
    "young": (8, 16_900_000, 400_009),  # of the last year
    "spare": (8, 17_300_009, 200_003),  # of the last year too, when another has the first choice
    "SC": (6, 50_000, 810_000),
    "NI": (6, 20_000, 715_000),
    "OC": (6, 300_000, 160_001),
}
# prefix: when which number was given out.
YEARS = {
    "": [
        (1_200_000, 1975.5), (2_000_000, 1986.0), (3_000_000, 1995.0), (4_000_000, 2000.4),
        (5_000_000, 2003.9), (6_000_000, 2006.9), (7_000_000, 2009.75), (8_000_000, 2012.2),
        (9_000_000, 2014.3), (10_000_000, 2016.2), (11_000_000, 2017.75), (12_000_000, 2019.4),
        (13_000_000, 2020.9), (14_000_000, 2022.3), (15_000_000, 2023.5), (16_000_000, 2024.85),
        (16_900_000, 2025.85),
    ],
    "SC": [
        (50_000, 1975.0), (100_000, 1986.5), (200_000, 1999.6), (300_000, 2006.3),
        (400_000, 2011.4), (500_000, 2015.3), (600_000, 2018.1), (700_000, 2021.3),
        (860_000, 2025.85),
    ],
    "NI": [(20_000, 1987.0), (735_000, 2025.85)],
    "OC": [(300_000, 2001.3), (460_001, 2025.85)],
}  # fmt: skip
YOUNG_DAYS = 365
RECENT = ("spare", "young")


def series_of(prefix: str, value: int) -> str:
    """Which row a number of so many belongs to."""
    if prefix:
        return prefix
    return next((series for series in RECENT if value >= RANGES[series][1]), "")


def newest() -> date:
    """The world's last incorporations were on the last day of the month before this one."""
    return date.today().replace(day=1) - timedelta(days=1)


def number(index: int, series: str) -> str:
    width, least, many = RANGES[series]
    prefix = "" if series in RECENT else series
    return f"{prefix}{least + index * STRIDE % many:0{width}d}"


def index(number: str) -> int | None:
    """The place in the world that a number was made from, if it was."""
    prefix = number[:2] if number[:2] in RANGES else ""
    digits = number[len(prefix) :]
    if not digits.isdigit():
        return None
    value = int(digits)
    _, least, many = RANGES[series_of(prefix, value)]
    if not least <= value < least + many:
        return None
    return (value - least) * pow(STRIDE, -1, many) % many


def incorporated(number: str) -> str:
    """The date on which a made-up number was given out."""
    prefix = number[:2] if number[:2] in RANGES else ""
    value = int(number[len(prefix) :])
    series = series_of(prefix, value)
    if series in RECENT:
        _, least, many = RANGES[series]
        days = YOUNG_DAYS * (value - least) // many
        return (newest() - timedelta(days=YOUNG_DAYS - 1 - days)).isoformat()
    for (low, then), (high, later) in pairwise(YEARS[series]):
        if value < high:
            year = then + (later - then) * (value - low) / (high - low)
            return (date(int(year), 1, 1) + timedelta(days=int(year % 1 * 365))).isoformat()
    return newest().isoformat()
