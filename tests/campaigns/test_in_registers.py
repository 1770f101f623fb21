"""What each kind finds in the registers, how far anybody counts, and places of older versions."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import criteria, kinds, preview
from campaigns.discovery import contract
from campaigns.discovery.registers import asked, counting
from campaigns.discovery.sources.register import RegisterSource
from crm.registers.models import Change, Register, RegisterEntry
from crm.tenants.acting import acting_for
from leads.models import Listing, Organisation
from tests.factories.leads import OrganisationFactory
from tests.factories.registers import (
    FullPostcodeFactory,
    LoadFactory,
    OutwardFactory,
    RegisterEntryFactory,
    RegisterFactory,
)
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def leicester(db: None) -> None:
    OutwardFactory()
    FullPostcodeFactory()


def company(number: str, **more: Any) -> RegisterEntry:
    register = RegisterFactory(slug="companies_house", label="Companies")
    given = {"register": register, "number": number, "name": f"Fernbank {number} Limited"} | more
    entry: RegisterEntry = RegisterEntryFactory(**given)
    return entry


def target(kind: str, miles: int = 15, **extra: str) -> contract.Target:
    found = criteria.check(
        kinds.get(kind), postcode="LE1 1AA", miles=miles, max_results=100, extra=extra
    )
    return found.target()


def found(cast: Cast, kind: str, **extra: str) -> list[str]:
    """The numbers of what a walk meets, in its order."""
    with acting_for(cast.tenant):
        walked = RegisterSource().walk(
            cast.tenant, target(kind, **extra), after=None, stop_at=None, most=20
        )
    return [each.key.partition(":")[2] for each in walked]


def test_codes_of_sic_2007_find_companies(cast: Cast) -> None:
    company("C1", trade="62020")
    company("C2", trade="01110", more_trades=["62020"])
    company("C3", trade="01110")
    assert found(cast, "it_msp_expansion") == ["C1", "C2"]


def test_any_trade_finds_each_once_whatever_its_trade_and_the_nearest_first(cast: Cast) -> None:
    company("FAR", trade="62020", more_trades=["62090"], latitude=52.6323)
    company("NONE", trade="")
    company("CLOSED", trade="62020", status="closed")
    ours = {"FAR", "NONE", "CLOSED"}
    assert [each for each in found(cast, "location_based") if each in ours] == ["NONE", "FAR"]


def test_new_businesses_opened_within_the_months_by_their_day_or_by_what_changed(
    cast: Cast,
) -> None:
    today = timezone.localdate()
    company("OLD", opened_date=asked.months_before(today, 7))
    company("NEW", opened_date=asked.months_before(today, 6))
    dayless = company("CAME", opened_date=None)
    company("DAYLESS", opened_date=None)
    Change.objects.create(
        register=dayless.register, entry=dayless, kind="opened", on=today - timedelta(days=9)
    )
    hidden = LoadFactory(register="hidden", state="running")
    company("HIDDEN", opened_date=today, came_with=hidden)
    assert found(cast, "new_businesses", months="6") == ["NEW", "CAME"]


def test_months_are_counted_to_the_last_day_of_shorter_ones() -> None:
    assert asked.months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert asked.months_before(date(2026, 3, 31), 15) == date(2024, 12, 31)


def test_competitors_are_found_by_their_names_and_similar_ones_by_their_trades(cast: Cast) -> None:
    company("A", name="Acme Cabling Ltd", trade="43210")
    company("B", name="Bolt Wiring Limited", trade="43210")
    company("C", name="Corner Bakery Limited", trade="10710")
    named = {"companies": "ACME CABLING LIMITED\n\ncorner bakery ltd\nNobody At All Ltd"}
    assert found(cast, "competitor_verification", **named) == ["A", "C"]
    assert found(cast, "similar_business", company="Acme Cabling") == ["A", "B"]
    assert found(cast, "similar_business", company="Nobody At All") == []


def looked(cast: Cast, kind: str, *, tells_how: bool = False, **extra: str) -> preview.Preview:
    with acting_for(cast.tenant):
        return preview.look(
            cast.tenant,
            criteria.check(
                kinds.get(kind), postcode="LE1 1AA", miles=15, max_results=100, extra=extra
            ),
            tells_how=tells_how,
        )


@pytest.mark.usefixtures("bundled")
def test_where_nothing_is_loaded_it_is_said_what_to_load(cast: Cast) -> None:
    houses = Register.objects.filter(slug="companies_house")
    houses.update(loaded_at=None)
    said = " ".join(looked(cast, "manufacturing").missing)
    assert "Companies House is not loaded." in said
    # Of no use to who can't.
    assert "manage.py" not in said
    said = " ".join(looked(cast, "manufacturing", tells_how=True).missing)
    assert "manage.py load_register companies_house FILE" in said
    houses.update(loaded_at=timezone.now(), digest="a sample", as_of=date(2016, 1, 1))
    assert "only a sample is loaded" in " ".join(looked(cast, "manufacturing").missing)
    houses.update(digest="")
    assert "is not loaded" not in " ".join(looked(cast, "manufacturing").missing)
    assert "No register here lists “Nobody Ltd”" in " ".join(
        looked(cast, "similar_business", company="Nobody Ltd").missing
    )
    newest = " ".join(looked(cast, "new_businesses", months="6").missing)
    assert "The newest register here is of" in newest
    assert [basis.as_of for basis in looked(cast, "manufacturing").sources] == [date(2016, 1, 1)]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody counts further than three."""
    for module in (contract, counting, preview):
        monkeypatch.setattr(module, "MOST_COUNTED", 3)


def known(cast: Cast, entry: RegisterEntry) -> Organisation:
    organisation: Organisation = OrganisationFactory(tenant=cast.tenant, name=entry.name)
    Listing.of(cast.tenant).create(tenant=cast.tenant, organisation=organisation, entry=entry)
    return organisation


@pytest.mark.usefixtures("few")
def test_a_count_stops_and_says_of_how_many_it_knows_who_is_known(cast: Cast) -> None:
    entries = [company(f"C{n}", trade="62020", latitude=52.63 + n / 100) for n in range(6)]
    known(cast, entries[1])
    # Too far to be looked at.
    known(cast, entries[5])
    seen = looked(cast, "it_msp_expansion")
    assert (seen.matching_label, seen.known, seen.new_label) == ("3+", 1, "2+")
    assert seen.known_hint == "of the nearest 3; left out"
    assert seen.may_be_more
    assert [entry.is_known for entry in seen.first_ten] == [False, True, False]


@pytest.mark.usefixtures("few")
def test_what_is_new_is_counted_past_those_that_are_known(cast: Cast) -> None:
    entries = [company(f"C{n}", trade="62020", latitude=52.63 + n / 100) for n in range(9)]
    source, aim = RegisterSource(), target("it_msp_expansion")
    with acting_for(cast.tenant):
        assert counting.new(cast.tenant, ["62020"], _circle(aim), most=3) == 4
        for entry in entries[:7]:
            known(cast, entry)
        assert counting.new(cast.tenant, ["62020"], _circle(aim), most=3) == 2
        assert source.new(cast.other, aim) == 9


def _circle(aim: contract.Target) -> Any:
    return counting.Circle(aim.place, aim.miles, vague_miles=aim.miles)


def target_of(miles: int) -> Any:
    return type("Target", (), {"miles": miles, "takes_edge": False})()
