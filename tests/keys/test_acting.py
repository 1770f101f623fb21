"""Whoever reports of a key: what follows is written for the company whose key it is."""

from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from crm.keys import changing, keys
from crm.keys.models import ModelCheck, ModelWatch, SystemKey
from crm.outside.errors import Refused
from crm.outside.key import Key
from crm.tenants.models import User
from crm.work.models import State
from tests.keys.conftest import MINE
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("committed_db")

NO_CREDIT = Refused("OpenAI says that the credit of the key is used up.", kind="credit")
NO_MODEL = Refused("OpenAI has no such model, or no longer.", kind="model")
OF_COMPANIES = {
    "keys_credential", "ledger_auditentry", "notices_notice", "woken", "keys_modelwatch",
}  # fmt: skip


def acting() -> str:
    """For whom the database believes that we act."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.tenant', true), '')")
        return str(cursor.fetchone()[0])


class Written:
    """What is written, and for whom; each in the transaction of whoever writes it."""

    def __init__(self) -> None:
        self.by_table: list[tuple[str, str]] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")):
            self.by_table.append((sql.split('"')[1], acting()))
        return execute(sql, params, many, context)

    def wake(self, tenant: Any, service: str) -> None:
        """Stands in KEY_CHANGED."""
        self.by_table.append(("woken", acting()))


def test_of_a_companys_own_key_all_is_written_for_it(
    cast: Cast, mia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The row, the trail, notices, what is woken, the check of models."""
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    key = keys.of(cast.tenant, "openai")
    assert key is not None
    ModelWatch.of(cast.tenant).create(tenant=cast.tenant, next_at=timezone.now(), state=State.DONE)
    written = Written()
    monkeypatch.setattr("crm.keys.reporting.named", lambda setting: (written.wake,))
    with connection.execute_wrapper(written):
        for error in (None, NO_CREDIT, None, NO_MODEL):
            assert acting() == ""
            keys.report(key, error)
    assert {table for table, _ in written.by_table} >= OF_COMPANIES
    whose = {whom for table, whom in written.by_table if table in OF_COMPANIES}
    assert whose == {str(cast.tenant.pk)}


def test_the_installations_key_is_reported_by_a_company_and_by_nobody(
    cast: Cast, settings: Any
) -> None:
    settings.OPENAI_API_KEY = "sk-system-00000000ours"
    theirs = keys.of(cast.tenant, "openai")
    assert theirs is not None
    nobodys = Key(
        service=theirs.service, secret=theirs.secret, ident=theirs.ident, last4=theirs.last4,
        is_system=True, tenant_id=None,
    )  # fmt: skip
    for key, error, state in ((theirs, NO_CREDIT, "no_credit"), (nobodys, None, "works")):
        keys.report(key, error)
        assert SystemKey.objects.get().state == state
    keys.report(nobodys, NO_MODEL)
    assert ModelCheck.objects.get().is_listed is False


def test_a_report_of_a_key_that_is_no_more_writes_nothing(cast: Cast) -> None:
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    key = keys.of(cast.tenant, "openai")
    assert key is not None
    changing.remove(cast.tenant, "openai", by=cast.ada)
    written = Written()
    with connection.execute_wrapper(written):
        keys.report(key, NO_CREDIT)
    assert written.by_table == []
