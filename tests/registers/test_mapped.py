"""A register that somebody described themselves, and what is said of a wrong description."""

import re
from datetime import date
from pathlib import Path

import pytest

from crm.registers import loading
from crm.registers.formats import mapped
from crm.registers.formats.contract import ATTRIBUTION, UnreadableRow
from crm.registers.formats.fitting import form_for
from crm.registers.formats.known import UnknownRegister
from crm.registers.formats.mapping import WrongMapping
from crm.registers.loading import Wishes
from crm.registers.models import RegisterEntry, Spot
from crm.registers.rows import WrongColumns
from tests.registers.drafts import drafts, table

README = Path(__file__).parents[2] / "README.md"
HEAD = """
slug = "solicitors"
label = "Solicitors' firms"
publisher = "Law Society of Somewhere"
"""
COLUMNS = """
[columns]
number = "Firm ID"
name = "Firm Name"
"""
ROWS = [
    "7;Ada & Co;1 Road;Oadby;Leicester;LE1 1AA;1162000000;123;01.04.1999"
    ";solicitors|Patent attorneys;open;-1.1;52.6;4",
    "8;Ben & Co;NA;;York;YO1 1AA;NA;NA;;Notaries;Struck off;;;NA",
]
TRADE = """
[trade]
fixed = "69102"
"""


def described(folder: Path, text: str) -> Path:
    path = folder / "solicitors.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_register_of_ones_own(tmp_path: Path) -> None:
    mapping = described(
        tmp_path,
        HEAD
        + """
source_url = "https://law.example"
day_in_name = "firms_YYYYMMDD"
optional = ["Fax", "Web"]
[file]
delimiter = ";"
nothing = ["NA"]
dates = ["DD.MM.YYYY"]
encoding = "cp1252"
[columns]
number = "Firm ID"
name = "Firm Name"
address = ["Line 1", "Line 2"]
town = "City"
postcode = "Postcode"
phone = "Phone"
website = "Web"
company_number = "Company"
opened = "Since"
[trade]
column = "Kinds"
separator = "|"
other = "legal_services"
words = { "Solicitors" = "69102", "Patent attorneys" = "69109" }
[status]
column = "State"
active = ["Open"]
[point]
longitude = "lon"
latitude = "lat"
[facts]
partners = "Partners"
fax = "Fax"
""",
    )
    form = mapped.read(mapping)
    titles = "Firm ID;Firm Name;Line 1;Line 2;City;Postcode;Phone;Company;Since;Kinds;State;lon;lat"
    path = table(
        tmp_path,
        [*titles.split(";"), "Partners"],
        *(row.split(";") for row in ROWS),
        between=";",
    )
    ada, ben = drafts(form, path)
    assert (ada.number, ada.name, ada.address) == ("7", "Ada & Co", ["1 Road", "Oadby"])
    assert (ada.trade, ada.more_trades) == ("69102", ("69109",))
    assert (ada.active, ada.opened, ada.point) == (True, date(1999, 4, 1), (-1.1, 52.6))
    assert (ada.phone, ada.company_number, ada.facts) == (
        "01162000000",
        "00000123",
        {"partners": "4"},
    )
    assert (ben.active, ben.trade, ben.phone, ben.facts) == (False, "legal_services", "", {})
    found = re.search(form.day_in_name, "firms_20261101.csv")
    assert found
    assert found.groupdict() == {"year": "2026", "month": "11", "day": "01"}
    assert (form.encoding, form.attribution) == ("cp1252", ATTRIBUTION)


def test_a_mapping_is_told_from_the_name_of_a_register(tmp_path: Path) -> None:
    mapping = described(tmp_path, HEAD + COLUMNS + TRADE)
    file = table(tmp_path, ["Firm ID", "Firm Name"], ["1", "A"], between=",")
    assert form_for(str(mapping), file).slug == "solicitors"
    assert form_for("schools", file).slug == "schools"
    with pytest.raises(UnknownRegister, match="no register called solicitors"):
        form_for("solicitors", file)


def test_a_register_without_numbers_or_titles(tmp_path: Path) -> None:
    text = f"""{HEAD}
licence = "CC BY 4.0"
[file]
width = 3
delimiter = "tab"
[columns]
number = [1, 3]
name = 1
postcode = 3
[trade]
fixed = "bell_foundry"
[facts]
tower = 2
"""
    form = mapped.read(described(tmp_path, text))
    [draft] = drafts(form, table(tmp_path, ["Taylor's", "Carillon", "LE11 1AR"]))
    assert (draft.number, draft.trade) == ("taylors-le111ar", "bell_foundry")
    assert draft.facts == {"tower": "Carillon"}
    assert form.attribution == "Law Society of Somewhere, CC BY 4.0."


def test_a_row_of_an_unknown_trade_or_day_is_refused(tmp_path: Path) -> None:
    text = HEAD + COLUMNS + 'opened = "Since"\n[trade]\ncolumn = "Kind"\nwords = {Law = "69102"}\n'
    form = mapped.read(described(tmp_path, text))
    titles = ["Firm ID", "Firm Name", "Since", "Kind"]
    for row, reason in (
        (["1", "A", "", "Circus"], "unknown trade"),
        (["1", "A", "Easter", "Law"], "unreadable date"),
        (["1", "A", "31/02/2020", "Law"], "unreadable date"),
    ):
        with pytest.raises(UnreadableRow, match=reason):
            drafts(form, table(tmp_path, titles, row, between=","))


def test_a_file_that_the_mapping_does_not_fit_is_refused(tmp_path: Path) -> None:
    form = mapped.read(described(tmp_path, HEAD + COLUMNS + TRADE))
    with pytest.raises(WrongColumns, match="missing: Firm Name"):
        drafts(form, table(tmp_path, ["Firm ID", "Name"], ["1", "A"], between=","))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("slug = ", "is not TOML"),
        (COLUMNS + TRADE, "slug is missing"),
        (HEAD.replace("solicitors", "dentists") + COLUMNS + TRADE, "register that is built in"),
        (HEAD.replace("solicitors", "Law firms") + COLUMNS + TRADE, "small letters, digits and _"),
        (HEAD.replace('"Solicitors\' firms"', "7") + COLUMNS + TRADE, "label must be a text"),
        (HEAD + 'lable = "x"\n' + COLUMNS + TRADE, "lable means nothing here. Did you mean label"),
        (HEAD + TRADE, r"\[columns\] name is missing"),
        (HEAD + '[columns]\nname = "Name"\n' + TRADE, r"\[columns\] number is missing.*tell rows"),
        (
            HEAD + '[columns]\nname = "Name"\nnumber = []\n' + TRADE,
            r"\[columns\] number is missing",
        ),
        (HEAD + COLUMNS + 'fone = "Tel"\n' + TRADE, r"\[columns\] fone means.*Did you mean phone"),
        (HEAD + COLUMNS + "postcode = 3\n" + TRADE, r"\[columns\] postcode must be the title"),
        (HEAD + COLUMNS, r"\[trade\] fixed or column: give one"),
        (HEAD + COLUMNS + TRADE + 'column = "Kind"', "give one of them"),
        (HEAD + COLUMNS + '[trade]\nfixed = "dentists"', "Did you mean dentist"),
        (HEAD + COLUMNS + '[trade]\nfixed = "12345"', "no code of SIC 2007"),
        (HEAD + COLUMNS + '[trade]\nfixed = "Law firm"', "Write a trade like dentist"),
        (HEAD + COLUMNS + TRADE + '[status]\ncolumn = "State"', "needs active or closed"),
        (HEAD + COLUMNS + TRADE + '[point]\nlatitude = "lat"', "stands alone"),
        (HEAD + COLUMNS + TRADE + '[file]\ndelimiter = "tabs"', "must be one of"),
        (HEAD + COLUMNS + TRADE + '[file]\nencoding = "latin-99"', "Try utf-8 or cp1252"),
        (HEAD + COLUMNS + TRADE + '[file]\ndates = ["%d/%m"]', "models like DD/MM/YYYY"),
        (
            HEAD + COLUMNS + TRADE + "[file]\nwidth = 2",
            r"name must be the place of a column, 1 to 2",
        ),
        (HEAD + 'day_in_name = "firms"\n' + COLUMNS + TRADE, "must hold YYYY, MM and DD"),
        (HEAD + 'optional = ["Fax"]\n' + COLUMNS + TRADE, "title of no column"),
        (HEAD + 'trade = "69102"\n' + COLUMNS, r"trade must be a table: a line \[trade\]"),
    ],
)
def test_what_is_wrong_is_said_with_file_key_and_cure(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(WrongMapping, match=says) as refused:
        mapped.read(described(tmp_path, text))
    assert str(refused.value).startswith("solicitors.toml")


def test_a_mapping_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(WrongMapping, match="No such file"):
        mapped.read(tmp_path / "none.toml")
    path = tmp_path / "zip.toml"
    path.write_bytes(b"PK\xff\xfe")
    with pytest.raises(WrongMapping, match="Save it as UTF-8"):
        mapped.read(path)


def test_the_example_in_the_readme_works(tmp_path: Path) -> None:
    section = README.read_text(encoding="utf-8").partition("Load your own register")[2]
    example = section.partition("```toml")[2].partition("```")[0]
    form = mapped.read(described(tmp_path, example))
    assert form.slug == "law_firms"


@pytest.mark.django_db
@pytest.mark.usefixtures("no_registers")
def test_each_of_several_trades_counts_once_and_a_last_row_may_lack_a_postcode(
    tmp_path: Path,
) -> None:
    mapping = described(
        tmp_path,
        HEAD
        + COLUMNS
        + """
postcode = "Code"
[trade]
column = "Kinds"
separator = "|"
words = { "Solicitors" = "69102", "Lawyers" = "69102", "Patents" = "69109" }
""",
    )
    file = tmp_path / "firms.csv"
    file.write_text(
        "Firm ID,Code,Firm Name,Kinds\n"
        "1,LE1 1AA,Ada & Co,Solicitors|Lawyers|Patents|Patents\n"
        "2,,Ben & Co,Solicitors"
    )
    outcome = loading.load(mapped.read(mapping), file, Wishes(as_of=date(2026, 11, 1)))
    ada, ben = RegisterEntry.objects.filter(register="solicitors").order_by("number")
    assert (ada.trade, ada.more_trades) == ("69102", ["69109"])
    assert set(Spot.objects.filter(entry=ada).values_list("trade", flat=True)) == {
        "69102", "69109", "*"
    }  # fmt: skip
    assert (ben.name, outcome.nowhere) == ("Ben & Co", 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("no_registers")
def test_a_row_whose_trade_is_not_known_closes_nobody(tmp_path: Path) -> None:
    mapping = described(
        tmp_path,
        HEAD
        + """
[columns]
number = ["Firm Name", "Street"]
name = "Firm Name"
address = "Street"
[trade]
column = "Kind"
words = { "Solicitors" = "69102" }
""",
    )
    titles = ["Firm Name", "Street", "Kind"]
    firms = [["Ada & Co", "1 Road", "Solicitors"], ["Ben & Co", "2 Road", "Solicitors"]]
    file = table(tmp_path, titles, *firms, between=",")
    loading.load(mapped.read(mapping), file, Wishes(as_of=date(2026, 10, 1)))
    file = table(tmp_path, titles, ["Ada & Co", "1 Road", "Wizards"], firms[1], between=",")
    outcome = loading.load(mapped.read(mapping), file, Wishes(as_of=date(2026, 11, 1)))
    assert (outcome.refused, outcome.merged.closed) == ({"unknown trade": 1}, 0)
    entries = RegisterEntry.objects.active().filter(register="solicitors")
    assert sorted(entries.values_list("name", flat=True)) == ["Ada & Co", "Ben & Co"]
