"""Companies House's file: its odd header, its codes, its statuses, and how quickly it is read."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crm.registers.formats import companies_house
from crm.registers.formats.contract import UnreadableRow
from crm.registers.formats.fitting import fitting
from crm.registers.rows import Rows, WrongColumns
from tests.registers.drafts import drafts, table

# As published: blanks before some of the names.
HEADER = (
    "CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.POBox,RegAddress.AddressLine1,"
    " RegAddress.AddressLine2,RegAddress.PostTown,RegAddress.County,RegAddress.Country,"
    "RegAddress.PostCode,CompanyCategory,CompanyStatus,CountryOfOrigin,DissolutionDate,"
    "IncorporationDate,Accounts.AccountRefDay,Accounts.AccountRefMonth,Accounts.NextDueDate,"
    "Accounts.LastMadeUpDate,Accounts.AccountCategory,Returns.NextDueDate,Returns.LastMadeUpDate,"
    "Mortgages.NumMortCharges,Mortgages.NumMortOutstanding,Mortgages.NumMortPartSatisfied,"
    "Mortgages.NumMortSatisfied,SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,"
    "SICCode.SicText_4,LimitedPartnerships.NumGenPartners,LimitedPartnerships.NumLimPartners,URI,"
    "PreviousName_1.CONDATE, PreviousName_1.CompanyName, PreviousName_2.CONDATE,"
    " PreviousName_2.CompanyName,PreviousName_3.CONDATE, PreviousName_3.CompanyName,"
    "PreviousName_4.CONDATE, PreviousName_4.CompanyName,PreviousName_5.CONDATE,"
    " PreviousName_5.CompanyName,PreviousName_6.CONDATE, PreviousName_6.CompanyName,"
    "PreviousName_7.CONDATE, PreviousName_7.CompanyName,PreviousName_8.CONDATE,"
    " PreviousName_8.CompanyName,PreviousName_9.CONDATE, PreviousName_9.CompanyName,"
    "PreviousName_10.CONDATE, PreviousName_10.CompanyName,ConfStmtNextDueDate,"
    " ConfStmtLastMadeUpDate"
)
USUAL = {
    "CompanyName": "ACME CABLING LTD",
    "CompanyNumber": "01234567",
    "RegAddress.AddressLine1": "UNIT 4",
    "RegAddress.AddressLine2": "1 HIGH STREET",
    "RegAddress.PostTown": "LEICESTER",
    "RegAddress.Country": "ENGLAND",
    "RegAddress.PostCode": "LE1 1AA",
    "CompanyCategory": "Private Limited Company",
    "CompanyStatus": "Active",
    "IncorporationDate": "29/02/2016",
    "SICCode.SicText_1": "62020 - Information technology consultancy activities",
}


def published(folder: Path, *companies: dict[str, str], header: str = HEADER) -> Path:
    """BasicCompanyData of these companies, each described by what is not as usual."""
    titles = [title.strip() for title in header.split(",")]
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, titles, restval="", extrasaction="ignore")
    for company in companies:
        table.writerow(USUAL | company)
    path = folder / "BasicCompanyDataAsOneFile-2026-11-01.csv"
    path.write_text(f"{header}\n{text.getvalue()}", encoding="utf-8")
    return path


def company(folder: Path, **columns: str) -> Any:
    """The draft of one company; `__` stands for the dot of a title."""
    odd = {title.replace("__", "."): value for title, value in columns.items()}
    [draft] = drafts(companies_house.FORMAT, published(folder, odd))
    return draft


def test_the_published_file_is_read_by_its_titles_without_blanks(tmp_path: Path) -> None:
    assert HEADER.count(",") == 54
    [draft] = drafts(companies_house.FORMAT, published(tmp_path, {}))
    assert (draft.number, draft.name, draft.trade) == ("01234567", "ACME CABLING LTD", "62020")
    assert (draft.address, draft.town) == (["UNIT 4", "1 HIGH STREET", "LEICESTER"], "LEICESTER")
    assert (draft.active, draft.opened, draft.closed) == (True, date(2016, 2, 29), None)
    assert draft.facts == {"legal_form": "Private Limited Company"}


def test_what_else_it_says_is_kept_as_facts(tmp_path: Path) -> None:
    draft = company(
        tmp_path,
        CompanyStatus="Active - Proposal to Strike off",
        Accounts__NextDueDate="31/12/2026",
        Accounts__LastMadeUpDate="31/03/2025",
        Accounts__AccountCategory="MICRO ENTITY",
        Mortgages__NumMortOutstanding="10",
        PreviousName_1__CONDATE="01/02/2020",
        PreviousName_1__CompanyName="ACME WIRES LTD",
        PreviousName_2__CONDATE="",
        PreviousName_2__CompanyName="ACME STRINGS LTD",
        URI="http://business.data.gov.uk/id/company/01234567",
    )
    assert draft.active
    assert draft.facts == {
        "legal_form": "Private Limited Company",
        "status": "Active - Proposal to Strike off",
        "accounts": "Micro entity",
        "accounts_made_up": "2025-03-31",
        "accounts_due": "2026-12-31",
        "charges_outstanding": 10,
        "former_names": [
            {"name": "ACME WIRES LTD", "until": "2020-02-01"},
            {"name": "ACME STRINGS LTD"},
        ],
    }


@pytest.mark.parametrize(
    ("texts", "trades"),
    [
        (["62020 - Information technology consultancy activities"], ("62020",)),
        (["62020 - x", "62020 - x", "86230 - Dental practice activities"], ("62020", "86230")),
        (["None Supplied"], ("",)),
        ([""], ("",)),
        (["99999 - Dormant Company"], ("99999",)),
        # A spreadsheet took the 0 away.
        (["1120 - Growing of rice"], ("01120",)),
        # Codes of before 2008: what they mean stayed the same, or is another thing by now.
        (["9999 - Dormant company"], ("99999",)),
        (["7499 - Non-trading company"], ("74990",)),
        (["4531 - Installation electrical wiring etc."], ("",)),
        (["4531 - Installation electrical wiring etc.", "43210 - Electrical"], ("43210",)),
        (["62029 - No such code"], ("",)),
    ],
)
def test_what_a_company_does(tmp_path: Path, texts: list[str], trades: tuple[str, ...]) -> None:
    draft = company(tmp_path, **{f"SICCode__SicText_{n}": t for n, t in enumerate(texts, 1)})
    assert (draft.trade, *draft.more_trades) == trades


def test_a_code_that_is_none_of_2007_is_kept_in_words(tmp_path: Path) -> None:
    text = "4531 - Installation electrical wiring etc."
    assert company(tmp_path, SICCode__SicText_1=text).facts["activities"] == [text]


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        ("Active", True),
        ("Liquidation", True),
        ("In Administration", True),
        ("Voluntary Arrangement", True),
        ("RECEIVERSHIP", True),
        ("Dissolved", False),
        ("Converted/Closed", False),
        ("", True),
    ],
)
def test_a_company_in_trouble_is_open_until_it_is_dissolved(
    tmp_path: Path, status: str, is_open: bool
) -> None:
    assert company(tmp_path, CompanyStatus=status).active is is_open


def test_a_dissolved_company_is_closed_on_its_day(tmp_path: Path) -> None:
    draft = company(tmp_path, DissolutionDate="05/01/2024")
    assert (draft.active, draft.closed) == (False, date(2024, 1, 5))


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("SC123456", "SC123456"),
        ("1234567", "01234567"),
        ("42", "00000042"),
        ("R0000123", "R0000123"),
    ],
)
def test_a_number_gets_back_the_zeros_it_lost(tmp_path: Path, printed: str, number: str) -> None:
    assert company(tmp_path, CompanyNumber=printed).number == number


def test_addresses_of_any_kind(tmp_path: Path) -> None:
    cared = company(tmp_path, RegAddress__CareOf="HOLT & CO", RegAddress__POBox="12")
    assert cared.address[:2] == ["c/o HOLT & CO", "PO Box 12"]
    countryside = company(tmp_path, RegAddress__PostTown="", RegAddress__County="RUTLAND")
    assert (countryside.address[-1], countryside.town) == ("RUTLAND", "")
    abroad = company(tmp_path, RegAddress__Country="GERMANY", RegAddress__PostCode="10115")
    assert (abroad.address[-2:], abroad.postcode) == (["10115", "GERMANY"], "")
    oddly_put = company(tmp_path, RegAddress__Country="GREAT BRITAIN (UK)")
    assert oddly_put.postcode == "LE1 1AA"


def test_an_unreadable_day_refuses_the_row_but_not_where_it_is_only_a_fact(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRow, match="unreadable date"):
        company(tmp_path, IncorporationDate="31/02/2016")
    assert "accounts_due" not in company(tmp_path, Accounts__NextDueDate="31/02/2016").facts


def test_an_extract_with_few_columns_is_read_and_says_what_it_lacks(tmp_path: Path) -> None:
    header = "CompanyName,CompanyNumber,RegAddress.AddressLine1,RegAddress.AddressLine2,"
    header += "RegAddress.PostTown,RegAddress.County,RegAddress.Country,RegAddress.PostCode,"
    header += "CompanyCategory,CompanyStatus,SICCode.SicText_1,SICCode.SicText_2,"
    header += "SICCode.SicText_3,SICCode.SicText_4"
    path = published(tmp_path, {}, header=header)
    [draft] = drafts(companies_house.FORMAT, path)
    assert (draft.trade, draft.opened) == ("62020", None)
    rows = Rows(companies_house.FORMAT, path)
    list(rows)
    assert "IncorporationDate" in rows.lacking


def test_a_file_of_another_register_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    path = table(tmp_path, ["test", "name", "text", "postcode"], ["1", "A", "B", "LE1 1AA"])
    with pytest.raises(WrongColumns, match=r"missing: CompanyName, CompanyNumber.*companies_house"):
        list(Rows(fitting("companies_house", path), path))


def test_the_mirror_is_told_by_its_titles_and_its_tens_are_mended(tmp_path: Path) -> None:
    titles = ["test", "name", "text", "postcode", "start-date", "end-date"]
    rows = [
        ["07963738", "IN A DRESS LIMITED", "7 ROAD, LONDON", "SE15 3RB", "2012-02-24", ""],
        ["08452612", "THE DIVER LTD", "UNIT 7, SURREY", "KT15 2SN", "2013-03-2", ""],
        ["00000001", "OLD LTD", "1 ROAD, YORK", "YO1 1AA", "1856-01-1", "2015-12-31"],
    ]
    path = table(tmp_path, titles, *rows)
    form = fitting("companies_house", path)
    assert form.slug == "companies_house"
    dress, diver, old = drafts(form, path)
    assert (dress.number, dress.opened, dress.trade) == ("07963738", date(2012, 2, 24), "")
    assert diver.opened == date(2013, 3, 20)
    assert (old.active, old.opened, old.closed) == (False, date(1856, 1, 10), date(2015, 12, 31))
