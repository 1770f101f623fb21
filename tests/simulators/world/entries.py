"""What the bundled registers say, one entry for each place and name."""

import csv
import gzip
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.simulators.world import trades
from tests.simulators.world.geography import tidy_postcode
from tests.simulators.world.names import plain

BUNDLED = Path(__file__).parents[3] / "crm" / "registers" / "bundled"


class Entry(NamedTuple):
    """The seed of an organisation, before its facts are made up."""

    name: str
    text: str  # address in one line, as written
    postcode: str
    trade: str
    number: str = ""
    phone: str = ""
    legal: str = ""
    sic_codes: tuple[str, ...] = ()
    status: str = ""
    incorporated: str = ""
    point: tuple[float, float] | None = None
    bundled: bool = True
    young: bool = False  # incorporated within the last year


def read(file: str) -> io.TextIOWrapper:
    return gzip.open(BUNDLED / file, "rt", encoding="utf-8", errors="replace")  # type: ignore[return-value]


def lines(file: str) -> Iterator[list[str]]:
    """The rows of a tab-separated register below its heading."""
    with read(file) as rows:
        next(rows)
        for row in rows:
            yield row.rstrip("\n").split("\t")


def table(file: str) -> Iterator[dict[str, str]]:
    with read(file) as rows:
        for row in csv.DictReader(rows):
            yield {name: "" if value in (None, "NA") else value for name, value in row.items()}


def entries() -> list[Entry]:
    """All registers; of entries with one name and postcode the first is taken."""
    found: dict[tuple[str, str], Entry] = {}
    for source in (companies, charities, named, unnamed, practices, food, trafford):
        for entry in source():
            postcode = tidy_postcode(entry.postcode)
            name = " ".join(entry.name.split()).strip(" ,")
            if not postcode or not name:
                continue
            if (name, postcode) != (entry.name, entry.postcode):
                entry = entry._replace(name=name, postcode=postcode)
            found.setdefault((plain(name), postcode), entry)
    return list(found.values())


def companies() -> Iterator[Entry]:
    for row in table("companies.csv.gz"):
        text = ", ".join(
            row[f"RegAddress.{part}"]
            for part in ("AddressLine1", "AddressLine2", "PostTown")
            if row.get(f"RegAddress.{part}")
        )
        codes = tuple(
            found[0]
            for n in "1234"
            if (found := re.match(r"\d{4,5}", row.get(f"SICCode.SicText_{n}") or ""))
        )
        codes = tuple(code.zfill(5) for code in codes)
        name = re.sub(r"\W+(?:LTD|LIMITED|PLC|LLP)\.?$", "", row["CompanyName"], flags=re.I)
        yield Entry(
            name or row["CompanyName"],
            text,
            row["RegAddress.PostCode"],
            trades.by_sic(codes[0]) if codes else "other",
            number=row["CompanyNumber"].zfill(8),
            legal=row["CompanyName"],
            sic_codes=codes,
            status=company_status(row["CompanyStatus"]),
            incorporated=date(row["IncorporationDate"]),
        )


def company_status(text: str) -> str:
    """Companies House's word for what its monthly file calls Active, Liquidation and so on."""
    for word, status in (("liquidat", "liquidation"), ("administrat", "administration")):
        if word in text.lower():
            return status
    return "active"


def date(text: str) -> str:
    """ "12/11/2014" as "2014-11-12"; what is already so stays."""
    if found := re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", text):
        return f"{found[3]}-{found[2]}-{found[1]}"
    return text if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else ""


def charities() -> Iterator[Entry]:
    for row in table("charities_operating_in_trafford.csv.gz"):
        number = row["charity_company_registration_number"]
        yield Entry(
            row["charity_name"],
            row["charity_contact_address"],
            row["charity_contact_postcode"],
            "charity",
            number=number.zfill(8) if number else "",
        )
    for _, name, text, postcode in lines("bulk_charity-commission_sample.tsv.gz"):
        yield Entry(name, text, postcode, "charity")


NAMED = {
    "bulk_edubase_addresses": "school",
    "bulk_general-dental-practices_addresses": "dentist",
    "bulk_pharmacy_addresses": "pharmacy",
    "bulk_gambling-commission_addresses": "bookmaker",
    "bulk_end-of-life-vehicles_addresses": "scrapyard",
}


def named() -> Iterator[Entry]:
    """Registers with a column for the name."""
    for file, trade in NAMED.items():
        for _, name, text, postcode, *point in lines(f"{file}.tsv.gz"):
            yield Entry(name, text, postcode, trade, point=spot(point[:1], turned=True))


def unnamed() -> Iterator[Entry]:
    """Registers where the name is the first part of the address."""
    for file, trade in (
        ("bulk_vehicle-testing-stations_addresses", "garage"),
        ("bulk_civil-marriage-venues_addresses", "wedding-venue"),
    ):
        for _, text, postcode in lines(f"{file}.tsv.gz"):
            name, _, rest = text.partition(",")
            yield Entry(name, rest, postcode, trade)


def practices() -> Iterator[Entry]:
    """What prescribes for the NHS and is open: surgeries (setting 4) and other services."""
    with read("epraccur.csv.gz") as rows:
        for row in csv.reader(rows):
            if row[12] == "A":
                trade = "doctor" if row[25] == "4" else "clinic"
                text = ", ".join(filter(None, row[4:8]))
                yield Entry(row[1], text, row[9], trade, phone=row[17])


def food() -> Iterator[Entry]:
    for _, name, text, postcode, _, *point in lines("bulk_food-hygiene_sample.tsv.gz"):
        yield Entry(name, text, postcode, "food", point=spot(point))


def trafford() -> Iterator[Entry]:
    """One borough's care homes, sports clubs, takeaways and wholesalers."""
    for file, trade in (
        ("trafford_care_homes", "care-home"),
        ("trafford_fast_food_outlets", "takeaway"),
        ("trafford_wholesale_food_businesses", "wholesaler"),
    ):
        for row in table(f"{file}.csv.gz"):
            point = (float(row["lat"]), float(row["lon"]))
            phone = row.get("telephone", "")
            yield Entry(
                row["name"], row["address"], row["postcode"], trade, phone=phone, point=point
            )
    for row in table("sports_facilities.csv.gz"):
        yield Entry(
            row["site_name"],
            f"{row['street']}, {row['town']}",
            row["postcode"],
            "sports-club",
            phone=row["telephone"],
            point=(float(row["lat"]), float(row["lon"])),
        )


def spot(column: list[str], turned: bool = False) -> tuple[float, float] | None:
    """ "[53.6,-2.6]" as latitude and longitude; `turned` when they stand the other way round."""
    numbers = re.findall(r"-?\d+\.\d+", column[0]) if column else []
    if len(numbers) != 2:
        return None
    first, second = map(float, numbers)
    return (second, first) if turned else (first, second)
