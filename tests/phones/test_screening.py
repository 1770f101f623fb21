"""Who must not be rung unasked, by the lists that a company loads."""

import datetime
import io
import random

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crm.ledger.models import AuditEntry
from enrichment.phones import screening
from enrichment.phones.models import Register, ScreeningList, ScreeningPart
from enrichment.phones.screening import NotTaken, State
from tests.people import Cast

pytestmark = pytest.mark.django_db

LISTED, OTHER = "+441162551234", "+442071234567"


def file(*numbers: str) -> io.BytesIO:
    return io.BytesIO("\n".join(numbers or (LISTED,)).encode())


def load(
    cast: Cast,
    register: Register = Register.TPS,
    *numbers: str,
    days: int = 0,
    name: str = "tps.txt",
) -> ScreeningList:
    day = timezone.localdate() - datetime.timedelta(days=days)
    given = file(*numbers)
    return screening.load(cast.tenant, register, given, name=name, as_of=day, by=cast.ada)


def both(cast: Cast, *numbers: str, days: int = 0) -> None:
    load(cast, Register.TPS, *numbers, days=days)
    load(cast, Register.CTPS, "+441162550000", days=days)


def test_without_lists_nobody_knows(cast: Cast) -> None:
    screened = screening.state(cast.tenant, LISTED)
    assert screened.state is State.NO_LIST
    assert screened.words == "No TPS and no CTPS list has been loaded: nobody knows."
    assert not screened.state.may_be_rung


def test_a_number_stands_in_a_list_or_not(cast: Cast) -> None:
    both(cast)
    listed, other = (screening.state(cast.tenant, each) for each in (LISTED, OTHER))
    assert (listed.state, listed.registers) == (State.LISTED, (Register.TPS,))
    assert listed.words.endswith("do not ring unasked.")
    assert other.state is State.NOT_LISTED
    assert other.state.may_be_rung


def test_both_registers_must_have_been_looked_into(cast: Cast) -> None:
    load(cast)
    assert screening.state(cast.tenant, LISTED).state is State.LISTED
    other = screening.state(cast.tenant, OTHER)
    assert (other.state, other.words) == (
        State.NO_LIST,
        "No CTPS list has been loaded: nobody knows.",
    )


def test_a_list_is_good_for_28_days(cast: Cast) -> None:
    both(cast)
    on = timezone.localdate() + datetime.timedelta(days=28)
    after = on + datetime.timedelta(days=1)
    assert screening.state(cast.tenant, OTHER, today=on).state is State.NOT_LISTED
    old = screening.state(cast.tenant, OTHER, today=after)
    assert old.state is State.TOO_OLD
    assert "is older than 28 days" in old.words
    assert screening.state(cast.tenant, LISTED, today=after).state is State.LISTED


def test_a_newer_list_replaces_the_older_one(cast: Cast) -> None:
    both(cast)
    load(cast, Register.TPS, OTHER)
    states = screening.states(cast.tenant, [LISTED, OTHER])
    assert [states[each].state for each in (LISTED, OTHER)] == [State.NOT_LISTED, State.LISTED]
    assert ScreeningList.of(cast.tenant).count() == 2
    assert ScreeningPart.of(cast.tenant).count() == 2


@pytest.mark.parametrize("content", [b"nothing\nhere\n", b"", b"01162559999\n" + b"x" * 3_000_000])
def test_a_file_that_is_refused_leaves_the_older_list(cast: Cast, content: bytes) -> None:
    both(cast)
    with pytest.raises(NotTaken):
        screening.load(
            cast.tenant, Register.TPS, io.BytesIO(content), name="x", by=cast.ada,
            as_of=timezone.localdate(),
        )  # fmt: skip
    assert screening.state(cast.tenant, LISTED).state is State.LISTED
    assert screening.state(cast.tenant, "+441162559999").state is State.NOT_LISTED


@pytest.mark.parametrize("days", [-1, 400])
def test_a_list_is_of_a_day_that_can_be(cast: Cast, days: int) -> None:
    with pytest.raises(NotTaken):
        load(cast, days=days)


def test_other_companies_have_nothing_of_it(cast: Cast) -> None:
    both(cast)
    assert screening.state(cast.other, LISTED).state is State.NO_LIST
    rival = Cast(**{**cast.__dict__, "tenant": cast.other, "ada": cast.charlie})
    both(rival, OTHER)
    assert screening.state(cast.tenant, LISTED).state is State.LISTED
    assert screening.state(cast.tenant, OTHER).state is State.NOT_LISTED
    assert screening.state(cast.other, LISTED).state is State.NOT_LISTED


def test_thousands_are_found_in_whatever_order_they_came(cast: Cast) -> None:
    draw = random.Random(5)
    numbers = draw.sample(range(441_000_000_000, 442_000_000_000), 5_000)
    listed, others = numbers[:3_500], numbers[3_500:]
    row = load(cast, Register.TPS, *(f"+{each}" for each in listed + listed[:500]))
    load(cast, Register.CTPS, "+441162550000")
    assert row.numbers == 3_500
    assert ScreeningPart.of(cast.tenant).filter(list=row).count() == 4
    states = screening.states(cast.tenant, [f"+{each}" for each in numbers])
    assert {states[f"+{each}"].state for each in listed} == {State.LISTED}
    assert {states[f"+{each}"].state for each in others} == {State.NOT_LISTED}


def test_hundreds_are_asked_for_in_two_statements(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    both(cast)
    with django_assert_num_queries(2):
        screening.states(cast.tenant, [f"+4411625{n:05}" for n in range(500)])


def test_numbers_abroad_stand_in_no_list(cast: Cast) -> None:
    screened = screening.state(cast.tenant, "+33142685300")
    assert (screened.state, screened.words) == (
        State.NOT_LISTED,
        "The registers hold no numbers abroad.",
    )


@pytest.mark.parametrize("number", ["", "0116 255 1234", "ring us", "+", "+44" + "1" * 40, "+٤٤١"])
def test_what_is_no_number_in_full_cannot_be_screened(cast: Cast, number: str) -> None:
    both(cast)
    assert screening.state(cast.tenant, number).state is State.NO_LIST


def test_who_loaded_and_removed_what_is_written_down(cast: Cast) -> None:
    load(cast)
    load(cast, name="newer.txt")
    screening.remove(cast.tenant, Register.TPS, by=cast.ada)
    screening.remove(cast.tenant, Register.TPS, by=cast.ada)
    entries = AuditEntry.objects.filter(target_type="phones.screeninglist").order_by("pk")
    assert [entry.verb for entry in entries] == ["uploaded", "replaced", "deleted"]
    assert {entry.actor for entry in entries} == {"Ada"}
    assert not ScreeningPart.of(cast.tenant).exists()
