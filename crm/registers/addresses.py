"""A published address split into what stands on the door and the town."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from crm.registers import names
from crm.registers.words import humane_part

# fmt: off
COUNTIES = frozenset({
    "avon", "berks", "blaenau gwent", "bucks", "cambs", "cleveland", "clwyd", "co durham",
    "cornwall", "county antrim", "county armagh", "county down", "county durham",
    "county fermanagh", "county londonderry", "county tyrone", "cumbria", "devon", "dorset",
    "dyfed", "east sussex", "england", "essex", "glos", "greater london",
    "greater manchester", "gwent", "gwynedd", "hants", "hereford and worcester", "herts",
    "humberside", "isle of wight", "kent", "lancs", "leics", "lincs", "merseyside",
    "mid glamorgan", "middlesex", "middx", "norfolk", "north humberside", "northants",
    "northumberland", "notts", "oxon", "powys", "rhondda cynon taf", "rutland", "scotland",
    "somerset", "south glamorgan", "south humberside", "staffs", "suffolk", "surrey",
    "sussex", "tyne and wear", "uk", "united kingdom", "wales", "warks", "west glamorgan",
    "west midlands", "west sussex", "wilts", "worcs", "yorks",
})
STREET_ENDINGS = frozenset({
    "road", "rd", "street", "st", "lane", "ln", "avenue", "ave", "way", "drive", "close",
    "court", "place", "square", "terrace", "crescent", "house", "centre", "hospital",
    "estate", "park", "surgery", "practice", "building", "buildings", "site",
})
# fmt: on


class Address(NamedTuple):
    """The lines before the town, joined by commas, and the town when one is named."""

    lines: str
    town: str


def split(published: Iterable[str], name: str) -> Address:
    """An address from its published parts; county and the organisation's own name are left out."""
    parts = _parts(published)
    if parts and not _has_digit(parts[0]) and names.name_key(parts[0]) == names.name_key(name):
        del parts[0]
    while parts and _is_county(parts[-1]):
        parts.pop()
    town = parts.pop() if parts and _may_be_town(parts[-1]) else ""
    return Address(", ".join(parts), town)


def _parts(published: Iterable[str]) -> list[str]:
    """Each part once; some registers put two of them in one column."""
    written = (humane_part(part) for column in published for part in column.split(","))
    return list({part.casefold(): part for part in written if part}.values())


def _has_digit(text: str) -> bool:
    return names.DIGIT.search(text) is not None


# Towns and counties come again and again.
@lru_cache(maxsize=20_000)
def _is_county(part: str) -> bool:
    key = names.name_key(part)
    return key.endswith("shire") or key in COUNTIES


@lru_cache(maxsize=20_000)
def _may_be_town(part: str) -> bool:
    last = names.name_key(part).rpartition(" ")[2]
    return not _has_digit(part) and last not in STREET_ENDINGS
