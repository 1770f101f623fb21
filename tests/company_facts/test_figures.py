"""Headline figures out of accounts that different programs have written."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from enrichment.companies_house.ixbrl import figures
from enrichment.companies_house.ixbrl.figures import Figure, Report

MAKINGS = Path(__file__).parent / "makings"


def report(name: str, number: str = "", made_up_to: date | None = None) -> Report:
    return figures.read((MAKINGS / f"{name}.xhtml").read_bytes(), number, made_up_to)


def values(found: Report) -> dict[str, Any]:
    return {name: each.value for name, each in found.figures.items()}


def test_a_small_companys_accounts_are_read_with_their_words() -> None:
    found = report("micro_entity", "09123456")

    assert found.end == date(2025, 3, 31)
    assert found.figures == {
        "turnover": Figure(0, "Turnover £-", "GBP"),
        "net_assets": Figure(12_480, "Net assets £12,480", "GBP"),
        "employees": Figure(4, "The average number of persons employed during the year was 4"),
    }
    assert found.untold == []


def test_the_year_that_is_asked_for_is_read() -> None:
    found = report("micro_entity", made_up_to=date(2024, 3, 31))

    assert found.end == date(2024, 3, 31)
    assert values(found) == {"turnover": 81_200, "net_assets": 14_005, "employees": 5}


def test_a_loss_that_only_brackets_show_is_negative() -> None:
    found = report("bare_brackets", "04374209")

    assert values(found) == {"net_assets": -17_549}
    assert found.figures["net_assets"].quote == "Total net assets (liabilities) (17,549)"
    assert values(report("bare_brackets", made_up_to=date(2017, 10, 31))) == {"net_assets": 1_782}


def test_older_taxonomies_are_known_whatever_their_prefixes() -> None:
    assert values(report("uk_gaap_2009", "SC312961")) == {"turnover": 402_118, "net_assets": 61_004}


def test_thousands_are_told_in_pounds_as_exactly_as_they_are_written() -> None:
    found = report("thousands")

    expected = {"turnover": 48_163_000, "net_assets": -2_071_000, "employees": 1_204}
    assert values(found) == expected
    assert found.figures["turnover"].quote == "Revenue 3 48,163"
    assert found.figures["net_assets"].quote == "Net liabilities (2,071)"


def test_a_groups_figures_are_told_before_the_companys_own_and_never_a_part() -> None:
    found = report("group")

    assert values(found) == {"turnover": 21_444_801, "net_assets": 2_288_664, "employees": 12}
    consolidated = {name for name, each in found.figures.items() if each.is_consolidated}
    assert consolidated == {"turnover", "net_assets"}


def test_the_total_of_segments_is_the_whole_and_the_parts_are_not() -> None:
    assert values(report("segments")) == {"turnover": 10_848_930}


def test_pages_made_of_places_are_read_and_hidden_noughts_are_not() -> None:
    found = report("positioned")

    assert values(found) == {"net_assets": 3_068_653}
    assert found.figures["net_assets"].quote == "Total equity 9 3,068,653"


def test_other_ways_to_write_figures_are_understood() -> None:
    found = report("odd_figures", "09123456")

    assert values(found) == {"turnover": 1_234_568, "net_assets": 61_004, "employees": 0}


def test_money_of_other_countries_is_named_and_not_told() -> None:
    found = report("euros")

    assert values(found) == {"net_assets": 74_900}
    assert found.untold == [
        "The accounts are in EUR: turnover 900,412.",
        "The figure for employees can't be right: 9,000.",
    ]


def test_notes_that_are_continued_elsewhere_are_read_and_no_long_year_is_a_year() -> None:
    found = report("continued")

    assert found.end == date(2025, 6, 30)
    assert values(found) == {"net_assets": -40_250, "employees": 37}
    assert found.untold == ["The turnover is of 547 days, not of a year."]


def test_figures_that_contradict_each_other_are_not_told() -> None:
    found = report("revised")

    assert values(found) == {"employees": 3}
    assert found.untold == ["The accounts give several figures for net assets."]


def test_accounts_of_another_company_are_not_told() -> None:
    found = report("micro_entity", "09999999")

    assert found == Report(untold=["The document is of another company, 09123456."])


PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"
 xmlns:x="http://www.xbrl.org/2003/instance"><body>{body}<ix:header><ix:resources>
<x:context id="e"><x:entity><x:identifier>01234567</x:identifier></x:entity><x:period>
<x:instant>2025-12-31</x:instant></x:period></x:context><x:context id="d"><x:period>
<x:startDate>2025-01-01</x:startDate><x:endDate>2025-12-31</x:endDate></x:period></x:context>
<x:unit id="GBP"><x:measure>iso4217:GBP</x:measure></x:unit>
</ix:resources></ix:header></body></html>"""
EQUITY = '<ix:nonFraction name="c:Equity" contextRef="e" unitRef="GBP" {attributes}>{text}'


def net_assets(text: str, attributes: str) -> Any:
    tag = EQUITY.format(attributes=attributes, text=text) + "</ix:nonFraction>"
    return values(figures.read(PAGE.format(body=tag).encode())).get("net_assets")


@pytest.mark.parametrize(
    ("text", "attributes", "value"),
    [
        ("1,234", 'format="ixt:numcommadot"', 1_234),
        ("1,234.60", 'format="ixt:numdotdecimal"', 1_235),
        ("1,23,456", 'format="ixt:numdotdecimalin"', 123_456),
        ("1 234", 'format="ixt:numspacedot"', 1_234),
        ("1\u00a0234,5", 'format="ixt:numspacecomma" scale="3"', 1_234_500),
        ("1.234.567", 'format="ixt:numdotcomma"', 1_234_567),
        ("1.234,56", 'format="ixt4:num-comma-decimal"', 1_235),
        ("1,234", 'format="ixt4:NUM-DOT-DECIMAL" sign="-"', -1_234),
        ("(1,234)", 'format="ixt:numdotdecimal"', -1_234),
        ("(1,234)", 'format="ixt:numdotdecimal" sign="-"', -1_234),
        ("-1,234", 'format="ixt:numdotdecimal"', -1_234),
        ("\u2212 7", "", -7),
        ("12.5", 'scale="6"', 12_500_000),
        ("123456", 'scale="-2"', 1_235),
        ("12345", "", 12_345),
        ("-", 'format="ixt:zerodash"', 0),
        ("\u2014", 'format="ixt:numdash"', 0),
        ("nil", 'format="ixt4:fixed-zero"', 0),
        ("0", 'sign="-"', 0),
        ("twelve", 'format="ixt-sec:numwordsen"', 12),
        ("Twenty-five", 'format="ixt-sec:num-word-en"', 25),
        ("5", 'format="ixt:zerodash"', None),
        ("", "", None),
        ("1,234", 'format="ixt:numdotdecimalblahblah"', None),
        ("1.2.3", 'format="ixt:numdotdecimal"', None),
        ("12a", "", None),
        ("\u0661\u0662", "", None),
        ("1" * 40, "", None),
        ("1" * 16, "", None),
        ("5", 'scale="99999999999"', None),
        ("5", 'scale="x"', None),
        ("5", 'scale="14"', None),
        ("5", 'target="other"', None),
        ("5", 'xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', None),
        ("many thousands", 'format="ixt-sec:numwordsen"', None),
        ("Infinity", "", None),
        ("1e9", "", None),
    ],
)  # fmt: skip
def test_a_figure_is_read_by_the_rule_that_it_names(
    text: str, attributes: str, value: int | None
) -> None:
    assert net_assets(text, attributes) == value


@pytest.mark.parametrize("attributes", ['unitRef="x"', 'contextRef="x"', 'contextRef="d"'])
def test_a_figure_without_unit_or_day_is_no_figure(attributes: str) -> None:
    name = attributes.partition("=")[0]
    tag = f'<ix:nonFraction name="c:Equity" {attributes} '
    tag += 'unitRef="GBP">5' if name == "contextRef" else 'contextRef="e">5'

    assert values(figures.read(PAGE.format(body=tag + "</ix:nonFraction>").encode())) == {}
