"""Many at once: nobody fails for being late, and no account is ever below nothing."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from crm.credits import account, credits, granting
from crm.credits.credits import Balance, Exhausted, TooFew
from crm.credits.errors import TooMuchAtOnce
from crm.credits.models import CreditEntry, Kind
from tests.credits.sums import checked
from tests.meanwhile import meanwhile
from tests.people import Cast
from tests.running.processes import ROOT

pytestmark = pytest.mark.usefixtures("committed_db")
THREADS = 40
WEB: dict[str, Any] = {"service": "openai", "action": "web_question", "cost_micros": 10}
PROCESS = """
import sys, django
django.setup()
from tests.credits import dying
dying.main(*sys.argv[1:])
"""


def in_threads(act: Any) -> list[Any]:
    def alone(number: int) -> Any:
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(alone, range(THREADS)))


def kinds(cast: Cast) -> Counter[str]:
    return Counter(CreditEntry.of(cast.tenant).values_list("kind", flat=True))


def test_forty_at_once_never_go_below_nothing_and_the_sums_add_up(cast: Cast) -> None:
    credits.grant(cast.tenant, 200, by=None)

    def run(number: int) -> int:
        """Like a run: reserve, spend step by step until it ends, give back."""
        try:
            held = credits.reserve(cast.tenant, 10, by=cast.ben)
        except TooFew:
            return 0
        spent = 0
        try:
            for _ in range(5):
                credits.spend(cast.tenant, held, credits=number % 4 + 1, **WEB)
                spent += number % 4 + 1
        except Exhausted:
            pass
        credits.release(cast.tenant, held)
        return spent

    spent = in_threads(run)
    assert checked(cast.tenant) == (200 - sum(spent), 0)
    assert any(spent)


def test_forty_who_want_the_last_five_get_five(cast: Cast) -> None:
    credits.grant(cast.tenant, 5, by=None)
    held = credits.reserve(cast.tenant, 5, by=None)

    def take(number: int) -> bool:
        try:
            credits.spend(cast.tenant, held, credits=1, **WEB)
        except Exhausted:
            return False
        return True

    assert sum(in_threads(take)) == 5
    assert checked(cast.tenant) == (0, 0)


def test_two_who_want_the_same_credits_wait_for_one_another(cast: Cast) -> None:
    credits.grant(cast.tenant, 10, by=None)

    def reserve() -> Any:
        return credits.reserve(cast.tenant, 8, by=cast.ben)

    (refused,) = meanwhile(reserve, reserve)
    assert isinstance(refused, TooFew)
    assert refused.available == 2


def test_two_companies_do_not_wait_for_one_another(cast: Cast) -> None:
    credits.grant(cast.tenant, 10, by=None)
    with transaction.atomic():
        credits.reserve(cast.tenant, 5, by=None)
        with ThreadPoolExecutor(1) as pool:
            theirs = pool.submit(
                lambda: (credits.grant(cast.other, 7, by=None), connection.close())
            )
            theirs.result(timeout=5)
    assert credits.balance(cast.other) == Balance(7, 0)


def test_giving_back_at_once_gives_back_once(cast: Cast) -> None:
    credits.grant(cast.tenant, 10, by=None)
    held = credits.reserve(cast.tenant, 10, by=None)
    assert sorted(in_threads(lambda number: credits.release(cast.tenant, held)))[-2:] == [0, 10]
    assert checked(cast.tenant) == (10, 0)


def test_a_writer_who_does_not_wait_fails_instead(cast: Cast) -> None:
    """Two who read the same last entry: the second's number is taken."""
    credits.grant(cast.tenant, 10, by=None)

    def spend() -> None:
        account.add(cast.tenant, Kind.SPEND, 10, available=-10)

    (second,) = meanwhile(spend, spend)
    assert isinstance(second, IntegrityError)
    assert checked(cast.tenant) == (0, 0)


def test_managers_at_once_give_no_more_than_they_may(cast: Cast, settings: Any) -> None:
    settings.CREDITS_MONTHLY_MOST = 100

    def give(number: int) -> int:
        try:
            return granting.give(cast.tenant, 30, by=cast.ada).credits
        except TooMuchAtOnce:
            return 0

    assert sum(in_threads(give)) == 90
    assert credits.balance(cast.tenant) == Balance(90, 0)


def test_killed_in_the_middle_it_is_done_whole_or_not_at_all(cast: Cast) -> None:
    credits.grant(cast.tenant, 1_000_000, by=None)
    words = [sys.executable, "-c", PROCESS, cast.tenant.slug]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False, text=True)
    assert done.returncode == 0, done.stderr
    # Its connection may still be closing: wait for one's turn, as anybody would.
    with account.turn(cast.tenant):
        many = kinds(cast)
        assert many[Kind.RESERVE] > 0
        assert many[Kind.RELEASE] == many[Kind.RESERVE]
        assert many[Kind.SPEND] == 2 * many[Kind.RESERVE]
        assert checked(cast.tenant) == (1_000_000 - many[Kind.SPEND], 0)
