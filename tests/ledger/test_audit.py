"""The audit trail is added to and read, by nobody changed: the database itself refuses."""

from typing import Any

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, models, transaction

from crm.ledger import audit
from crm.ledger.models import AuditEntry, AuditPayload
from crm.work.models import Heartbeat
from leads.models import Lead
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(cast: Cast) -> AuditEntry:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    return audit.write(lead, "noted", by=cast.ben, before={"a": 1}, after={"a": 2, "b": 3})


def test_an_entry_says_who_did_what_to_what_from_where(cast: Cast) -> None:
    lead = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Quay Smiles"))
    with audit.from_address("192.0.2.7"):
        entry = audit.write(lead, "moved", by=cast.ben, before={"stage": "Lead"}, after={"x": 1})
    entry.refresh_from_db()
    assert (entry.tenant_id, entry.actor_id, entry.actor) == (cast.tenant.pk, cast.ben.pk, "Ben")
    assert (entry.verb, entry.target_type, entry.target) == ("moved", "leads.lead", "Quay Smiles")
    assert (entry.target_id, entry.address, entry.fields) == (
        str(lead.pk),
        "192.0.2.7",
        ["stage", "x"],
    )
    payload = AuditPayload.objects.get(entry_id=entry.pk)
    assert (payload.before, payload.after) == ({"stage": "Lead"}, {"x": 1})


def test_what_nobody_asked_for_is_background_work_from_nowhere(cast: Cast) -> None:
    entry = audit.write(cast.tenant, "tidied", by=None)
    assert (entry.actor, entry.actor_id, entry.address) == ("background work", None, "")
    assert not AuditPayload.objects.filter(entry_id=entry.pk).exists()


def test_many_are_told_of_at_once_each_with_its_values(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    leads = [LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant)) for _ in range(3)]
    with django_assert_num_queries(1):
        audit.write_all(
            leads,
            "handed over",
            by=cast.ada,
            before={"owner": "Ben"},
            after=lambda lead: {"owner": str(lead.pk)},
        )
    entries = AuditEntry.objects.filter(verb="handed over")
    assert {entry.target_id for entry in entries} == {str(lead.pk) for lead in leads}
    for entry in entries:
        payload = AuditPayload.objects.get(entry_id=entry.pk, at=entry.at)
        assert payload.before == {"owner": "Ben"}
        assert payload.after == {"owner": entry.target_id}
        assert entry.fields == ["owner"]
    with django_assert_num_queries(1):
        audit.write_all(leads, "queued again", by=cast.ada)


def test_an_entry_outlives_its_target_and_its_actor(cast: Cast, entry: AuditEntry) -> None:
    Lead.of(cast.tenant).all().delete()
    cast.ben.delete()
    entry.refresh_from_db()
    assert entry.actor == "Ben"


@pytest.mark.parametrize("change", ["save", "update", "delete", "queryset delete", "truncate"])
def test_an_entry_can_be_neither_changed_nor_removed(entry: AuditEntry, change: str) -> None:
    rows = AuditEntry.objects.filter(pk=entry.pk)

    def truncate() -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE ledger_auditentry")

    verbs = {
        "save": entry.save,
        "update": lambda: rows.update(actor="Nobody"),
        "delete": entry.delete,
        "queryset delete": rows.delete,
        "truncate": truncate,
    }
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        verbs[change]()
    assert rows.get().actor == "Ben"


def test_the_values_alone_may_be_erased_for_a_person(entry: AuditEntry) -> None:
    AuditPayload.objects.filter(entry_id=entry.pk).delete()
    assert AuditEntry.objects.filter(pk=entry.pk).exists()


def test_the_values_can_not_be_forged(entry: AuditEntry) -> None:
    rows = AuditPayload.objects.filter(entry_id=entry.pk)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        rows.update(after={"a": 3})
    assert rows.get().after == {"a": 2, "b": 3}


def test_the_app_works_as_a_role_that_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb"
            " FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (settings.APP_ROLE, False, False, False, False)
        cursor.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchall() == [("crm_owner",)]
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("ALTER TABLE ledger_auditentry ADD COLUMN forged text")
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("CREATE TABLE smuggled (x int)")


@pytest.mark.parametrize(
    ("model", "may"),
    [
        (AuditEntry, {"SELECT", "INSERT"}),
        (AuditPayload, {"SELECT", "INSERT", "DELETE"}),
        (Lead, {"SELECT", "INSERT", "UPDATE", "DELETE"}),
        (Heartbeat, {"SELECT", "INSERT", "UPDATE", "DELETE"}),
    ],
)
def test_the_app_s_role_may_do_to_a_table_what_it_must(
    model: type[models.Model], may: set[str]
) -> None:
    asked = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege FROM unnest(%s::text[]) privilege"
            " WHERE has_table_privilege(%s, privilege)",
            [list(asked), model._meta.db_table],
        )
        assert {name for (name,) in cursor.fetchall()} == may
