"""The twelve kinds, as one table."""

import pytest

from campaigns import kinds
from campaigns.discovery.sources import serving
from crm.registers import trades
from tests import cluster

IN_NO_REGISTER = {"planning_applications", "custom_prompt"}
# Their own, and all that registers know of them with their codes; the others ask for no trade.
TRADES = {
    "it_msp_expansion": (0, 5),
    "it_msp_gaps": (0, 5),
    "competitor_verification": (0, 5),
    "education": (1, 8),
    "healthcare": (3, 10),
    "manufacturing": (0, 24),
    "retail_office": (0, 8),
}


def test_there_are_twelve_kinds_in_four_groups() -> None:
    assert len(kinds.KINDS) == len(kinds.BY_SLUG) == 12
    assert [(group, len(each)) for group, each in kinds.grouped()] == [
        ("IT and MSP", 3),
        ("By sector", 4),
        ("By timing", 2),
        ("Your own", 3),
    ]


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.slug)
def test_a_kind_is_complete(kind: kinds.Kind) -> None:
    assert kind.sentence.endswith((".", "?"))
    assert len(kind.prompt) > 80
    assert kind.icon
    assert kind.needs
    assert all(len(code) == 5 and code.isdecimal() for code in kind.sic_codes)
    assert len(set(kind.sic_codes)) == len(kind.sic_codes)
    assert all(trades.label(trade) for trade in kind.trades)
    assert all(extra.label and extra.hint for extra in kind.extras)


@pytest.mark.parametrize("kind", kinds.KINDS, ids=lambda kind: kind.slug)
def test_the_kinds_that_registers_cover_are_served(kind: kinds.Kind) -> None:
    assert bool(serving(kind)) == (kind.slug not in IN_NO_REGISTER)
    assert (len(kind.trades), len(kind.register_trades)) == TRADES.get(kind.slug, (0, 0))


def test_a_kind_is_found_with_hyphens_too() -> None:
    assert kinds.get("new-businesses").slug == "new_businesses"


def test_an_unknown_kind_is_answered_with_the_known_ones() -> None:
    with pytest.raises(kinds.UnknownKind) as unknown:
        kinds.get("bakeries")
    assert "No kind of campaign is called “bakeries”." in str(unknown.value.args[0])
    assert "healthcare" in str(unknown.value.args[0])


@pytest.mark.usefixtures("bundled")
def test_the_report_counts_what_each_kind_finds_near_three_places() -> None:
    said = cluster.manage("campaign_kinds", "--report").splitlines()
    lines = {line[:26].strip(): line[26:].split()[:3] for line in said}
    assert lines["Kind"] == ["LE1", "M1", "EC1A"]
    assert lines["Healthcare"][0] == "498"
    assert lines["Custom prompt"] == ["0", "0", "0"]
    for name in ("Healthcare", "Education", "Location-based"):
        assert all(int(count.replace(",", "")) > 100 for count in lines[name]), name
    assert set(lines) >= {kind.name for kind in kinds.KINDS}
