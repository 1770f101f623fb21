"""BasicCompanyData: every company that Companies House lists, once a month.

The columns that are optional are missing in extracts that circulate; those needed never are. This
is read five million times, hence what it says in few steps: texts that recur are kept once read.
"""

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from crm.registers import sic
from crm.registers.formats import open_register, values
from crm.registers.formats.contract import Draft, Format
from crm.registers.numbers import company_number

FORMER_NAMES = range(1, 11)
SIC_TEXTS = ("sic_1", "sic_2", "sic_3", "sic_4")
NO_SIC = frozenset({"", "None Supplied"})
# The first words of what Companies House says of a company that is no more.
GONE = ("dissolved", "closed", "converted", "removed")
# fmt: off
HOME = frozenset({
    "", "ENGLAND", "ENGLAND & WALES", "ENGLAND AND WALES", "GREAT BRITAIN", "NORTHERN IRELAND",
    "SCOTLAND", "UK", "UNITED KINGDOM", "WALES",
})
# fmt: on
BRITISH_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)


def read(row: dict[str, str]) -> Draft:
    """The company of a row."""
    status, dissolved = row["status"], values.british_day(row["dissolved"])
    postcode, lines = row["postcode"], _lines(row)
    if row["country"].upper() not in HOME and not BRITISH_POSTCODE.fullmatch(postcode):
        lines += [postcode, row["country"]]
        postcode = ""
    trade, *more = _trades(row)
    return Draft(
        number=_number(row),
        name=row["name"],
        trade=trade,
        address=lines,
        postcode=postcode,
        active=not dissolved and _is_open(status),
        opened=values.british_day(row["incorporated"]),
        closed=dissolved,
        more_trades=tuple(more),
        town=row["town"],
        facts=_facts(row, is_sorted=bool(trade)),
    )


def _number(row: dict[str, str]) -> str:
    """The number, behind the register's name in the mirror."""
    text = row["number"].rpartition(":")[2]
    return text if len(text) == 8 else company_number(text)


def _lines(row: dict[str, str]) -> list[str]:
    """The address to its town; without a town the county helps to find one."""
    lines = [row["line_1"], row["line_2"], row["town"] or row["county"]]
    if row["box"]:
        box = row["box"]
        lines.insert(0, f"PO Box {box}" if box.isdigit() else box)
    if row["care_of"]:
        lines.insert(0, f"c/o {row['care_of']}")
    return [line for line in lines if line]


def _trades(row: dict[str, str]) -> list[str]:
    """Its codes, each once; one empty trade for a company that has none."""
    if not row["sic_2"]:
        return [sic.of_text(row["sic_1"])]
    codes = (sic.of_text(row[text]) for text in SIC_TEXTS if row[text])
    return list(dict.fromkeys(filter(None, codes))) or [""]


@lru_cache(maxsize=1_000)
def _is_open(status: str) -> bool:
    """Whether there still is a company: one in liquidation is, a dissolved one is not."""
    return not status.casefold().startswith(GONE)


def _facts(row: dict[str, str], *, is_sorted: bool) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if row["legal_form"]:
        found["legal_form"] = row["legal_form"]
    if row["status"] != "Active" and row["status"]:
        found["status"] = row["status"]
    if row["accounts"]:
        found["accounts"] = _spoken(row["accounts"])
    if row["made_up"] and (day := _said(row["made_up"])):
        found["accounts_made_up"] = day
    if row["due"] and (day := _said(row["due"])):
        found["accounts_due"] = day
    if row["charges"].strip("0").isdigit():
        found["charges_outstanding"] = int(row["charges"])
    if row["former_1"]:
        found["former_names"] = _former(row)
    if not is_sorted and row["sic_1"] not in NO_SIC:
        found["activities"] = [row[text] for text in SIC_TEXTS if row[text] not in NO_SIC]
    return found


def _former(row: dict[str, str]) -> list[dict[str, str]]:
    """Former names with the last day of each."""
    named = (n for n in FORMER_NAMES if row[f"former_{n}"])
    return [
        values.facts(name=row[f"former_{n}"], until=_said(row[f"former_{n}_until"])) for n in named
    ]


@lru_cache(maxsize=1_000)
def _spoken(category: str) -> str:
    return category.capitalize()


@lru_cache(maxsize=values.DAYS_KEPT)
def _said(text: str) -> str:
    return values.said(text, values.british_day)


def read_mirror(row: dict[str, str]) -> Draft:
    """The company of a row of the open register's mirror."""
    draft = open_register.draft(row, trade="")
    draft.number = _number(row)
    draft.opened = _mirrored_day(row["opened"])
    draft.closed = _mirrored_day(row["closed"])
    draft.active = not draft.closed
    return draft


def _mirrored_day(text: str) -> date | None:
    """A day of the mirror, which lost the last zero of the 10th, the 20th and the 30th."""
    return values.iso_day(f"{text}0" if len(text) == 9 else text)


NEEDED = {
    "name": "CompanyName",
    "number": "CompanyNumber",
    "line_1": "RegAddress.AddressLine1",
    "line_2": "RegAddress.AddressLine2",
    "town": "RegAddress.PostTown",
    "county": "RegAddress.County",
    "country": "RegAddress.Country",
    "postcode": "RegAddress.PostCode",
    "status": "CompanyStatus",
    **{f"sic_{n}": f"SICCode.SicText_{n}" for n in range(1, 5)},
}
OPTIONAL = {
    "care_of": "RegAddress.CareOf",
    "box": "RegAddress.POBox",
    "legal_form": "CompanyCategory",
    "dissolved": "DissolutionDate",
    "incorporated": "IncorporationDate",
    "due": "Accounts.NextDueDate",
    "made_up": "Accounts.LastMadeUpDate",
    "accounts": "Accounts.AccountCategory",
    "charges": "Mortgages.NumMortOutstanding",
    **{f"former_{n}": f"PreviousName_{n}.CompanyName" for n in FORMER_NAMES},
    **{f"former_{n}_until": f"PreviousName_{n}.CONDATE" for n in FORMER_NAMES},
}
FORMAT = Format(
    slug="companies_house",
    label="Companies",
    publisher="Companies House",
    columns=NEEDED | OPTIONAL,
    optional=frozenset(OPTIONAL),
    read=read,
    number_of=_number,
    bundled="companies.csv.gz",
    bundled_is_extract=True,
    # Half of the sample is of 2016, half of the end of 2017.
    bundled_as_of=date(2016, 7, 29),
    source_url="https://download.companieshouse.gov.uk/en_output.html",
    day_in_name=r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)",
    names_are_unique=True,
)
MIRROR = replace(
    FORMAT,
    columns=open_register.COLUMNS | {"opened": "start-date", "closed": "end-date"},
    optional=frozenset(),
    delimiter="\t",
    quoted=False,
    read=read_mirror,
    day_in_name="",
)
