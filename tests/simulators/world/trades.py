"""The trades of the world: what they are called, filed under and do."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Trade:
    key: str
    words: tuple[str, ...]  # in lower case, singular; the first is its usual name
    sic_codes: tuple[str, ...]
    types: tuple[str, ...]  # Google's Table A; the first is the primary type
    what: tuple[str, ...]  # sentences; {town} stands for the town
    companies: float = 0.75  # the share of them that are companies
    public: bool = True  # looked for on maps
    family: str = ""  # "it" for the five kinds of IT company


def _read(lines: str) -> dict[str, Trade]:
    found = {}
    for line in lines.strip().splitlines():
        key, words, codes, types, companies, family, what = (
            part.strip() for part in line.split("|")
        )
        found[key] = Trade(
            key,
            tuple(words.split(", ")),
            tuple(codes.split()),
            tuple(types.split()),
            tuple(what.split("; ")),
            float(companies),
            "map" in family,
            family.replace("map", "").strip(),
        )
    return found


# key | words | SIC codes | Google's types | share of companies | on maps, family | what it does
TRADES = _read("""
school | school, primary school, secondary school, academy, nursery school, education, college | 85200 85310 | school primary_school | 0.55 | map | A school in {town}; A school for children from {town} and the villages around
dentist | dentist, dental practice, dental surgery, dental, orthodontist | 86230 | dentist dental_clinic | 0.75 | map | Dental care for families in {town}; General and cosmetic dentistry in {town}
pharmacy | pharmacy, chemist | 47730 | pharmacy drugstore | 0.85 | map | A community pharmacy in {town}; Prescriptions and health advice in {town}
doctor | gp, gp surgery, gp practice, doctor, surgery, medical centre, medical practice, health centre | 86210 | doctor medical_clinic | 0.3 | map | A general practice for patients in {town}
clinic | clinic, health service, healthcare, community health | 86900 | medical_clinic hospital | 0.4 | map | A health service in {town}
garage | garage, mot station, mot, car repair, vehicle repair, mechanic, tyre | 45200 | car_repair | 0.8 | map | Servicing, repairs and MOT tests in {town}
bookmaker | bookmaker, betting shop, amusement arcade, gambling, casino | 92000 |  | 0.9 | map | A licensed betting shop in {town}
wedding-venue | wedding venue, venue, function room, conference venue, hotel | 55100 56302 | wedding_venue event_venue hotel | 0.75 | map | Rooms for weddings and functions near {town}
scrapyard | scrap yard, scrap metal, vehicle dismantler, car breaker, recycling, metal recycling | 38310 38320 |  | 0.85 | map | Licensed dismantling of end-of-life vehicles near {town}
charity | charity, voluntary organisation, trust, not for profit, community group | 88990 94990 | non_profit_organization | 0.5 |  | A charity working in {town}
food | restaurant, cafe, café, pub, caterer, food business, coffee shop, bakery, hospitality | 56101 56102 56302 | restaurant cafe food | 0.7 | map | Food and drink in {town}
takeaway | takeaway, fast food, sandwich shop, fish and chips | 56103 | meal_takeaway restaurant | 0.65 | map | Hot food to take away in {town}
care-home | care home, nursing home, residential home, residential care | 87100 87300 |  | 0.9 | map | A home for older people in {town}
sports-club | sports club, leisure centre, sports facility, sports centre | 93110 93120 | sports_club sports_complex | 0.5 | map | Sports and leisure in {town}
wholesaler | wholesaler, food wholesaler, cash and carry, distributor | 46390 46900 | wholesaler | 0.9 | map | Wholesale supply from {town}
it-support | it support, managed service provider, msp, managed it, it services, it company, it firm, it provider, computer support, technology company, technology, tech company | 62030 62020 62090 | corporate_office service | 1 | map it | Managed IT support for businesses in {town}; Outsourced IT departments and Microsoft 365 for firms around {town}; An IT service desk, networks and backup for small companies
it-consultancy | it consultancy, it consultant, technology consultancy, it services, it company, it firm, technology, cloud consultancy, digital transformation | 62020 62090 | consultant corporate_office | 1 | map it | Independent IT advice for companies in {town}; Cloud migrations and project management for mid-sized firms
software | software company, software house, software developer, software development, software, app developer, it company, it firm, technology, saas | 62012 62090 | corporate_office | 1 | it | Bespoke business software, built in {town}; Web and mobile applications for manufacturers and retailers
cyber-security | cyber security, cybersecurity, information security, penetration testing, it security, it company, it firm, technology | 62020 62090 | consultant corporate_office | 1 | it | Penetration tests and Cyber Essentials for firms in {town}; Security monitoring around the clock
hosting | hosting, web hosting, data centre, cloud hosting, cloud services, it company, it firm, it services | 63110 62030 | corporate_office | 1 | it | Hosting and private cloud from a data centre near {town}
metalwork | manufacturer, manufacturing, metal fabrication, fabricator, sheet metal, precision engineering, engineering company | 25620 25110 25990 | manufacturer | 1 | map | Precision machining and fabrication in {town}; Sheet metal and welded assemblies made in {town}
machinery | manufacturer, manufacturing, machine builder, machinery, industrial, engineering company | 28990 28290 33120 | manufacturer | 1 | map | Special machines designed and built in {town}
plastics | manufacturer, manufacturing, plastics, injection moulding, packaging | 22290 22220 | manufacturer | 1 | map | Injection mouldings and packaging made in {town}
furniture | manufacturer, manufacturing, furniture maker, joinery | 31090 16230 | manufacturer furniture_store | 1 | map | Furniture and joinery made in {town}
electronics | manufacturer, manufacturing, electronics, circuit board, cable assembly | 26110 26120 27900 | manufacturer | 1 | map | Circuit boards and cable assemblies made in {town}
textiles | manufacturer, manufacturing, textile, clothing manufacturer, garment, knitwear | 13990 14190 | manufacturer | 1 | map | Cloth and garments made in {town}
food-maker | manufacturer, manufacturing, food manufacturer, food producer | 10890 10720 | manufacturer food | 1 | map | Food made in {town} for shops and caterers
printer | printer, printing company, print shop, sign maker, manufacturer | 18129 | service manufacturer | 1 | map | Print, signs and mailing in {town}
shop | shop, retailer, retail, store, gift shop, boutique | 47190 47710 47789 | store clothing_store | 1 | map | A family shop in {town}; An independent retailer in {town}
online-shop | online shop, online retailer, e-commerce, ecommerce, retailer, retail | 47910 | store | 1 |  | Sells by post and online from {town}
accountant | accountant, accountancy, accounting, bookkeeper, chartered accountant, office, professional services | 69201 69202 | accounting | 1 | map | Accounts, payroll and tax for small firms in {town}
solicitor | solicitor, law firm, lawyer, legal, office, professional services | 69102 | lawyer | 1 | map | Solicitors for families and businesses in {town}
estate-agent | estate agent, letting agent, property agent, property, office | 68310 | real_estate_agency | 1 | map | Sales and lettings in and around {town}
recruiter | recruitment, recruitment agency, recruiter, staffing, office | 78109 78200 | employment_agency | 1 | map | Temporary and permanent staff for employers in {town}
architect | architect, architecture, design practice, office, professional services | 71111 | corporate_office | 1 | map | Architects for homes and workplaces in {town}
marketing | marketing agency, marketing, design agency, web design, web agency, digital agency, advertising, office | 73110 74100 | marketing_consultant corporate_office | 1 | map | Marketing and web design for firms in {town}
consultancy | management consultancy, consultant, consultancy, business consultancy, professional services, office | 70229 | consultant | 1 |  | Advice for owners of firms in {town}
insurance | insurance broker, financial adviser, mortgage broker, finance, office | 66220 66190 | insurance_agency | 1 | map | Insurance and financial advice in {town}
builder | builder, construction, construction company, building contractor | 41202 43999 | general_contractor | 1 | map | New homes, extensions and repairs around {town}
plumber | plumber, heating engineer, heating | 43220 | plumber | 1 | map | Plumbing and heating in {town}
electrician | electrician, electrical contractor | 43210 | electrician | 1 | map | Electrical contracting in {town}
cleaner | cleaning company, cleaner, commercial cleaning, facilities management | 81210 81221 | service | 1 | map | Office cleaning in {town}
haulier | haulier, haulage, logistics, transport company, courier, warehouse | 49410 52103 | courier_service | 1 | map | Haulage and storage from {town}
gym | gym, fitness, personal trainer | 93130 | gym fitness_center | 1 | map | A gym in {town}
hairdresser | hairdresser, hair salon, barber, beauty salon | 96020 | hair_salon beauty_salon | 1 | map | Hair and beauty in {town}
other | company, business, firm | 82990 | corporate_office | 1 |  | A company in {town}
""")  # noqa: E501

IT = tuple(key for key, trade in TRADES.items() if trade.family == "it")


@cache
def _by_word() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {"it": set(IT)}
    for trade in TRADES.values():
        if trade.key == "other":
            continue
        for word in trade.words:
            found.setdefault(word, set()).add(trade.key)
    return {word: frozenset(keys) for word, keys in found.items()}


@cache
def _expression() -> re.Pattern[str]:
    words = sorted(_by_word(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, words))})(?:e?s)?(?![\w-])")


def find(text: str) -> tuple[str, ...]:
    """The keys of the trades a text speaks of, those most often meant first.

    "it" counts in capitals or before a word like "support": else it is only a small word.
    """
    flat = re.sub(r"\bIT\b", "\x00", text).lower()
    flat = re.sub(r"\bit\b(?! (?:support|service|compan|firm|provider|consult|secur))", " ", flat)
    flat = re.sub(r"(\w)ies\b", r"\1y", flat.replace("\x00", "it"))
    counts: dict[str, int] = {}
    for found in _expression().finditer(flat):
        for key in _by_word()[found[1]]:
            counts[key] = counts.get(key, 0) + 1
    order = list(TRADES)
    return tuple(sorted(counts, key=lambda key: (-counts[key], order.index(key))))


@cache
def by_sic(code: str) -> str:
    """The trade that is filed under a SIC code, else under its first digits."""
    for length in (5, 4, 3):
        for trade in TRADES.values():
            if any(sic[:length] == code[:length] for sic in trade.sic_codes):
                return trade.key
    return "other"


def keys(trade: str | Iterable[str] | None) -> frozenset[str] | None:
    """Trade keys from a key, several, a family or words; None means all."""
    if trade is None:
        return None
    if isinstance(trade, str):
        if trade in TRADES:
            return frozenset([trade])
        return frozenset(find(trade)) or frozenset(IT if trade == "it" else [])
    return frozenset(trade)
