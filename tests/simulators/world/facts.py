"""Making up what no register says of an organisation, the same each time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.simulators.world import codes, geography, names, numbers, phones
from tests.simulators.world.draw import Draw
from tests.simulators.world.entries import Entry
from tests.simulators.world.organisation import Organisation
from tests.simulators.world.trades import TRADES, Trade
from tests.simulators.world.words import GIVEN, STREETS, SURNAMES, TITLES

SIZES = (((1, 4), 34), ((5, 9), 24), ((10, 19), 17), ((20, 49), 13), ((50, 99), 6), ((100, 249), 4),
         ((250, 499), 2))  # fmt: skip
LARGE = {"school", "metalwork", "machinery", "plastics", "food-maker", "haulier", "care-home"}
GUARANTEE = {"school", "charity", "sports-club"}
CLOSED = 0.03
ELSEWHERE = 0.15
WEBSITE = 0.88
TELEPHONE = 0.94


@dataclass(frozen=True, slots=True)
class Context:
    """What the world knows of an entry beyond what the entry says."""

    seed: int
    index: int
    spot: tuple[float, float]
    line: tuple[str, int]  # the city's telephone numbers, and its rank among them
    namesakes: int
    head: Organisation | None  # the branch where the chain's company is registered
    taken: Callable[[str], bool]  # whether a company number belongs to another


@dataclass(slots=True)
class Company:
    """The legal side of an organisation; all empty when it is no company."""

    legal_name: str = ""
    number: str = ""
    status: str = ""
    company_type: str = ""
    incorporated: str = ""
    dissolved: str = ""
    registered_address: tuple[str, str, str] | None = None


def make(entry: Entry, context: Context) -> Organisation:
    draw = Draw(context.seed, entry.name, entry.postcode)
    trade = TRADES[entry.trade]
    name = names.spoken(names.ENDINGS.sub("", entry.name) if entry.legal else entry.name)
    outward = geography.outward_codes()[entry.postcode.rsplit(" ", 1)[0]]
    address, town, county = names.parted(entry.text, entry.name, outward.town)
    closed = not entry.bundled and draw.chance(CLOSED)
    company = legal_side(entry, context, trade, closed, draw)
    domain = codes.domain(name, context.index) if draw.chance(WEBSITE) else ""
    mailbox = draw.pick(("info", "hello", "office", "enquiries", "contact"))
    has_phone = draw.chance(TELEPHONE)
    return Organisation(
        id=f"n{context.index:06d}",
        name=name,
        trade=trade.key,
        words=trade.words,
        what=draw.pick(trade.what).format(town=town),
        address=address,
        town=town,
        county=county,
        postcode=entry.postcode,
        latitude=context.spot[0],
        longitude=context.spot[1],
        phone=entry.phone or (phones.phone(*context.line) if has_phone else ""),
        email=f"{mailbox}@{domain}" if domain else "",
        domain=domain,
        sic_codes=entry.sic_codes or some(trade.sic_codes, draw),
        employees=draw.weighted(SIZES[3:] if trade.key in LARGE else SIZES),
        from_register=entry.bundled,
        public=trade.public,
        place_id=codes.place_id(name, context.index),
        closed=closed,
        persons=tuple(person(draw) for _ in range(1 + draw.number(4))),
        legal_name=company.legal_name,
        number=company.number,
        status=company.status,
        company_type=company.company_type,
        incorporated=company.incorporated,
        dissolved=company.dissolved,
        registered_address=company.registered_address,
    )


def some(sic_codes: tuple[str, ...], draw: Draw) -> tuple[str, ...]:
    """One of a trade's codes, sometimes two."""
    first = draw.pick(sic_codes)
    second = draw.pick(sic_codes) if draw.chance(0.3) else first
    return tuple(sorted({first, second}))


def person(draw: Draw) -> tuple[str, str]:
    return f"{draw.pick(GIVEN)} {draw.pick(SURNAMES)}", draw.pick(TITLES)[0]


def legal_name(entry: Entry, seed: int, namesakes: int) -> str:
    """The name of the company behind an entry; "" when there is none."""
    if entry.legal:
        return entry.legal
    draw = Draw(seed, "legal", entry.name, entry.postcode)
    if not entry.number and not draw.chance(TRADES[entry.trade].companies):
        return ""
    town = geography.outward_codes()[entry.postcode.rsplit(" ", 1)[0]].town
    return names.legal(entry.name, entry.trade, town, namesakes, draw)


def legal_side(entry: Entry, context: Context, trade: Trade, closed: bool, draw: Draw) -> Company:
    if (head := context.head) is not None:
        where = (head.address, head.town, head.postcode)
        return Company(
            head.legal_name, head.number, head.status, head.company_type, head.incorporated,
            head.dissolved, head.registered_address or where,
        )  # fmt: skip
    legal = legal_name(entry, context.seed, context.namesakes)
    legal_type = type_of(legal, trade)
    number = entry.number or numbers.number(context.index, series(entry, legal_type))
    if not legal:
        return Company()
    if not entry.number and context.taken(number):
        number = numbers.number(context.index, "spare")
    company = Company(legal, number, entry.status or "active", legal_type)
    company.incorporated = entry.incorporated or day_of(number, draw)
    if closed:
        company.status = draw.pick(("dissolved", "dissolved", "liquidation"))
    if company.status == "dissolved":
        company.dissolved = dissolved_on(company.incorporated, draw)
    company.registered_address = office(entry, context.seed)
    return company


def office(entry: Entry, seed: int) -> tuple[str, str, str] | None:
    """Street, town and postcode of the registered office where it is elsewhere."""
    draw = Draw(seed, "office", entry.name, entry.postcode)
    if entry.number or not draw.chance(ELSEWHERE):
        return None
    return (f"{1 + draw.number(90)} {draw.pick(STREETS)}", *neighbour(entry.postcode, draw))


def series(entry: Entry, legal_type: str) -> str:
    """Which row of company numbers an organisation has its own from."""
    area = geography.area(entry.postcode)
    if legal_type == "llp":
        return "OC"
    if area in geography.SCOTLAND:
        return "SC"
    if area in geography.ULSTER:
        return "NI"
    return "young" if entry.young else ""


def type_of(legal: str, trade: Trade) -> str:
    """Companies House's word for the kind of company."""
    for ending, kind in ((" LLP", "llp"), (" PLC", "plc")):
        if legal.upper().rstrip(".").endswith(ending):
            return kind
    return "private-limited-guarant-nsc" if trade.key in GUARANTEE else "ltd"


def day_of(number: str, draw: Draw) -> str:
    if number.isdigit() and numbers.index(number) is not None:
        return numbers.incorporated(number)
    return date(1976 + draw.number(40), 1 + draw.number(12), 1 + draw.number(28)).isoformat()


def dissolved_on(incorporated: str, draw: Draw) -> str:
    began, end = date.fromisoformat(incorporated), numbers.newest()
    return (began + timedelta(days=draw.number(max(1, (end - began).days)))).isoformat()


def neighbour(postcode: str, draw: Draw) -> tuple[str, str]:
    """The town and postcode of an accountant elsewhere in the same postcode area."""
    there = geography.by_area()[geography.area(postcode)]
    place = draw.pick(there)
    return (
        place.town,
        f"{place.name} {1 + draw.number(9)}{draw.pick('ABDEHJLN')}{draw.pick('ABDE')}",
    )
