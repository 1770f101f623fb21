"""The account: what is given, reserved, spent, given back; and what each leaves behind."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from crm.credits import credits
from crm.credits import use as uses_of
from crm.credits.credits import Balance, Exhausted, NoReservation, Purpose, TooFew
from crm.credits.models import CreditEntry, Kind
from crm.ledger.models import AuditEntry, AuditPayload
from crm.tenants.models import Tenant
from tests.credits.sums import checked
from tests.people import Cast

pytestmark = pytest.mark.django_db
CAMPAIGN = Purpose(uuid4(), "Dentists near Leeds", "/campaigns/1/")
WEB = {"service": "openai", "action": "web_question"}


def entries(tenant: Tenant) -> list[CreditEntry]:
    return list(CreditEntry.of(tenant).order_by("number"))


def test_what_is_given_is_available_and_written_down(cast: Cast) -> None:
    assert credits.balance(cast.tenant) == Balance(0, 0)
    credits.grant(cast.tenant, 500, by=cast.ada, note="For the spring")
    assert credits.balance(cast.tenant) == Balance(500, 0)
    assert credits.balance(cast.other) == Balance(0, 0)
    entry = AuditEntry.objects.get(verb="gave credits")
    assert (entry.tenant_id, entry.actor) == (cast.tenant.pk, "Ada")
    assert AuditPayload.objects.get(entry_id=entry.pk).after["note"] == "For the spring"


def test_a_run_reserves_spends_and_gives_back(cast: Cast) -> None:
    credits.grant(cast.tenant, 100, by=cast.ada)
    held = credits.reserve(cast.tenant, 60, by=cast.ben, for_=CAMPAIGN)
    assert credits.balance(cast.tenant) == Balance(40, 60)
    credits.spend(cast.tenant, held, **WEB, credits=25, cost_micros=110_000)
    assert credits.left(cast.tenant, held) == 35
    assert credits.balance(cast.tenant) == Balance(40, 35)
    assert credits.release(cast.tenant, held) == 35
    assert credits.balance(cast.tenant) == Balance(75, 0)
    assert credits.left(cast.tenant, held) == 0
    assert [entry.number for entry in entries(cast.tenant)] == [1, 2, 3, 4]
    spent = entries(cast.tenant)[2]
    assert (spent.person, spent.for_ref, spent.for_label) == ("Ben", CAMPAIGN.ref, CAMPAIGN.label)
    assert (spent.service, spent.cost_micros, spent.left_after) == ("openai", 110_000, 35)


def test_no_more_is_reserved_than_is_available(cast: Cast) -> None:
    credits.grant(cast.tenant, 100, by=None)
    credits.reserve(cast.tenant, 70, by=cast.ben)
    with pytest.raises(TooFew, match="takes 31 credits, and 30 of your company's are") as refused:
        credits.reserve(cast.tenant, 31, by=cast.ben)
    assert (refused.value.needed, refused.value.available) == (31, 30)
    assert len(entries(cast.tenant)) == 2


def test_a_run_stops_at_what_was_confirmed(cast: Cast) -> None:
    credits.grant(cast.tenant, 1000, by=None)
    held = credits.reserve(cast.tenant, 20, by=cast.ben)
    credits.spend(cast.tenant, held, **WEB, credits=15, cost_micros=1)
    with pytest.raises(Exhausted, match="takes 15 credits, and 5 of those that were confirmed"):
        credits.spend(cast.tenant, held, **WEB, credits=15, cost_micros=1)
    assert credits.balance(cast.tenant) == Balance(980, 5)


def test_one_s_own_key_costs_no_credits_and_is_booked(cast: Cast) -> None:
    credits.spend(cast.tenant, None, **WEB, credits=0, cost_micros=90_000, by=cast.ben)
    held = credits.reserve(cast.tenant, 0, by=cast.ben)
    credits.release(cast.tenant, held)
    credits.spend(cast.tenant, held, **WEB, credits=0, cost_micros=10_000)
    assert credits.balance(cast.tenant) == Balance(0, 0)
    since = entries(cast.tenant)[0].at
    assert credits.spent(cast.tenant, "openai", since) == 100_000
    assert credits.spent(cast.tenant, "apollo", since) == 0
    assert credits.spent(cast.other, "openai", since) == 0


def test_without_a_reservation_it_is_taken_from_what_is_available(cast: Cast) -> None:
    credits.grant(cast.tenant, 10, by=None)
    credits.spend(cast.tenant, None, **WEB, credits=4, cost_micros=1, by=cast.ben)
    assert credits.balance(cast.tenant) == Balance(6, 0)
    with pytest.raises(TooFew):
        credits.spend(cast.tenant, None, **WEB, credits=7, cost_micros=1, by=cast.ben)


def test_what_is_refunded_is_available_again(cast: Cast) -> None:
    credits.grant(cast.tenant, 10, by=None)
    credits.spend(cast.tenant, None, **WEB, credits=4, cost_micros=1, by=cast.ben)
    credits.refund(cast.tenant, 4, **WEB, by=cast.ben, for_=CAMPAIGN, note="Bounced")
    assert credits.balance(cast.tenant) == Balance(10, 0)
    refunded = entries(cast.tenant)[-1]
    assert (refunded.kind, refunded.credits, refunded.note) == (Kind.REFUND, 4, "Bounced")
    assert (refunded.person, refunded.for_ref, refunded.service) == ("Ben", CAMPAIGN.ref, "openai")
    assert checked(cast.tenant) == (10, 0)


def test_a_refund_lessens_the_use_that_it_was_counted_in(cast: Cast) -> None:
    credits.grant(cast.tenant, 100, by=None)
    held = credits.reserve(cast.tenant, 50, by=cast.ben, for_=CAMPAIGN)
    credits.spend(cast.tenant, held, **WEB, credits=30, cost_micros=9)
    credits.release(cast.tenant, held)
    credits.refund(cast.tenant, 10, **WEB, by=cast.ben, for_=CAMPAIGN)
    month = uses_of.since(cast.tenant, entries(cast.tenant)[0].at)
    for uses in (month.people, month.purposes, month.services):
        assert [(each.credits, each.micros) for each in uses] == [(20, 9)]
    assert list(month.days.values()) == [20]
    # What the vendor charged it has charged.
    assert credits.spent(cast.tenant, "openai", entries(cast.tenant)[0].at) == 9


@pytest.mark.parametrize("many", [-1, 0, 10**9 + 1])
def test_no_senseless_number_is_refunded(cast: Cast, many: int) -> None:
    with pytest.raises(ValueError, match="whole number"):
        credits.refund(cast.tenant, many, **WEB)
    assert entries(cast.tenant) == []


def test_giving_back_twice_gives_back_once(cast: Cast) -> None:
    credits.grant(cast.tenant, 50, by=None)
    held = credits.reserve(cast.tenant, 50, by=cast.ben)
    assert [credits.release(cast.tenant, held) for _ in range(2)] == [50, 0]
    assert credits.balance(cast.tenant) == Balance(50, 0)
    with pytest.raises(Exhausted):
        credits.spend(cast.tenant, held, **WEB, credits=1, cost_micros=1)


def test_another_company_s_reservation_is_none(cast: Cast) -> None:
    credits.grant(cast.tenant, 50, by=None)
    held = credits.reserve(cast.tenant, 50, by=cast.ben)
    for use in (credits.left, credits.release):
        with pytest.raises(NoReservation):
            use(cast.other, held)
    with pytest.raises(NoReservation):
        credits.spend(cast.other, held, **WEB, credits=0, cost_micros=1)
    assert credits.balance(cast.tenant) == Balance(0, 50)


def test_what_is_open_is_listed_until_it_is_given_back(cast: Cast) -> None:
    credits.grant(cast.tenant, 100, by=None)
    first = credits.reserve(cast.tenant, 10, by=cast.ben, for_=CAMPAIGN)
    second = credits.reserve(cast.tenant, 20, by=cast.ada)
    credits.spend(cast.tenant, first, **WEB, credits=3, cost_micros=1)
    newest, oldest = credits.open_reservations(cast.tenant)
    assert (newest.id, newest.left, newest.person) == (second, 20, "Ada")
    assert (oldest.id, oldest.credits, oldest.used, oldest.for_) == (first, 10, 3, CAMPAIGN)
    credits.release(cast.tenant, first)
    assert [each.id for each in credits.open_reservations(cast.tenant)] == [second]
    assert credits.open_reservations(cast.other) == []


@pytest.mark.parametrize("many", [-1, 0, 10**9 + 1])
def test_no_senseless_number_is_given(cast: Cast, many: int) -> None:
    with pytest.raises(ValueError, match="whole number"):
        credits.grant(cast.tenant, many, by=cast.ada)
    assert entries(cast.tenant) == []


def test_what_is_rolled_back_was_never_there(cast: Cast) -> None:
    credits.grant(cast.tenant, 50, by=None)
    with transaction.atomic():
        held = credits.reserve(cast.tenant, 50, by=cast.ben)
        credits.spend(cast.tenant, held, **WEB, credits=9, cost_micros=1)
        transaction.set_rollback(True)
    assert credits.balance(cast.tenant) == Balance(50, 0)


@pytest.mark.parametrize(
    "wrong",
    [
        {"balance_after": -1},
        {"held_after": -1},
        {"credits": -5},
        {"number": 1},
        {"reservation": uuid4()},
        {"reservation": uuid4(), "left_after": -1},
        {"reservation": uuid4(), "left_after": 1},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(cast: Cast, wrong: dict[str, object]) -> None:
    credits.grant(cast.tenant, 50, by=None)
    row = {"number": 2, "kind": Kind.SPEND, "credits": 5, "balance_after": 45, "held_after": 0}
    with pytest.raises(IntegrityError), transaction.atomic():
        CreditEntry.of(cast.tenant).create(**(row | {"tenant": cast.tenant} | wrong))


def test_nothing_is_changed_or_taken_out(cast: Cast) -> None:
    credits.grant(cast.tenant, 50, by=None)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        CreditEntry.of(cast.tenant).update(balance_after=1_000_000)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        CreditEntry.of(cast.tenant).all().delete()
