"""What companies do: the codes of SIC 2007 in words, and found by words."""

import pytest

from crm.registers import sic, trades
from leads.facts.facts import FACTS
from leads.facts.forms import FactForm
from leads.identity import industries


def test_codes_read_well() -> None:
    assert trades.label("62020") == "Information technology consultancy activities"
    assert trades.plural("mot_garage") == "MOT garages"
    assert trades.label("bell_foundry") == "Bell foundry"
    assert len(sic.codes()) == 731


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tech consult", "62020"),
        ("8623", "86230"),
        ("dental", "86230"),
        ("mot", "mot_garage"),
        ("garages", "mot_garage"),
        ("homecare", "homecare"),
    ],
)
def test_trades_are_found_by_words_and_digits(words: str, found: str) -> None:
    assert found in trades.find(words)


@pytest.mark.parametrize("words", ["", "  ", "zzz", "tech zzz"])
def test_nothing_is_found_by_nothing(words: str) -> None:
    assert trades.find(words) == []


@pytest.mark.parametrize(
    ("code", "section"),
    [("01110", "A"), ("62020", "J"), ("99000", "U"), ("00110", ""), ("6202", ""), ("gym", "")],
)
def test_the_section_of_a_code(code: str, section: str) -> None:
    assert sic.section(code) == section


@pytest.mark.parametrize(
    ("trade", "industry"),
    [
        ("gp_practice", "healthcare"),
        ("care_home", "healthcare"),
        ("school", "education"),
        ("mot_garage", "automotive"),
        ("food_maker", "manufacturing"),
        ("supermarket", "retail"),
        ("25620", "manufacturing"),
        ("62020", "technology"),
        ("64191", "finance"),
        ("69102", "professional_services"),
        ("47730", "retail"),
        ("46900", "wholesale"),
        ("58290", "technology"),
        ("58110", "media"),
        ("86230", "healthcare"),
        # A company that does nothing, one that nobody knows, and none.
        ("99999", ""),
        ("74990", ""),
        ("bell_foundry", ""),
        ("", ""),
    ],
)
def test_the_industry_of_a_trade(trade: str, industry: str) -> None:
    assert industries.of_trade(trade) == industry


def test_a_companys_code_can_be_left_as_it_stands() -> None:
    form = FactForm({"value": "62020", "seen": "62020"}, fact=FACTS["trade"], now="62020")
    assert form.is_valid(), form.errors
    assert "Information technology consultancy activities" in str(form["value"])
    assert not FactForm({"value": "Wizard"}, fact=FACTS["trade"], now="").is_valid()
