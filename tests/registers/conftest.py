"""What tests of the registers share."""

from collections.abc import Iterator

import pytest
from django.db import connection

from crm.registers import names
from crm.registers.models import (
    Change,
    GenericName,
    Link,
    Load,
    Register,
    RegisterEntry,
    Spot,
)


@pytest.fixture(autouse=True)
def _remembered_names() -> Iterator[None]:
    names.forget()
    yield
    names.forget()


@pytest.fixture
def no_registers(bundled: None, db: None) -> None:
    """Empty tables, whether or not another test had the bundled registers loaded.

    Temporary tables of the same names stand in front of the true ones until the test is rolled
    back: deleting 65,000 entries before each test would take seconds.
    """
    with connection.cursor() as cursor:
        for model in (Register, RegisterEntry, GenericName, Spot, Change, Link, Load):
            table = model._meta.db_table
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE public.{table} INCLUDING ALL)")
