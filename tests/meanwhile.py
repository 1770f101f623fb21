"""What comes of acts that begin before another one is committed."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import monotonic
from typing import Any

from django.db import connection, transaction

Act = Callable[[], Any]


def meanwhile(first: Act, *acts: Act) -> list[Any]:
    """Do the first one; before it is committed the others begin, each with its own connection.

    Give what came of each of the others, or the exception.
    """
    with ThreadPoolExecutor(len(acts)) as pool:
        with transaction.atomic():
            first()
            coming = [pool.submit(_alone, act) for act in acts]
            _until_all_wait(coming)
        return [each.result() for each in coming]


def begun(pool: ThreadPoolExecutor, act: Act) -> Future[Any]:
    """Begin the act with its own connection, and go on when it waits for a lock or is done."""
    coming = pool.submit(_alone, act)
    _until_all_wait([coming])
    return coming


def _alone(act: Act) -> Any:
    try:
        return act()
    except Exception as error:
        return error
    finally:
        connection.close()


def _until_all_wait(coming: list[Future[Any]]) -> None:
    """Go on when each waits for a lock, or is done because it did not wait for one."""
    end = monotonic() + 10
    with connection.cursor() as cursor:
        while monotonic() < end:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            (waiting,) = cursor.fetchone()
            if waiting >= sum(not each.done() for each in coming):
                return
            wait(coming, timeout=0.02)
