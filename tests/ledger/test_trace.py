"""Whatever changes a row leaves one entry, by whatever way it was changed."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from crm.ledger import author
from crm.ledger.models import AuditEntry, AuditPayload, Via
from crm.pipeline.models import Kind
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership, Tenant, User
from leads.lead import dealing
from leads.models import Lead, LeadWithPerson, Organisation
from leads.moving import board
from tests.factories.leads import LeadFactory, OrganisationFactory
from tests.people import Cast, as_person

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def lead(committed_db: None, cast: Cast) -> Lead:
    made = LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Quay Smiles"))
    return (
        Lead.of(cast.tenant)
        .select_related("organisation", "stage", "owner", "tenant")
        .get(pk=made.pk)
    )


def since(pk: int) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(pk__gt=pk).order_by("pk"))


def latest() -> int:
    last = AuditEntry.objects.order_by("-pk").first()
    return last.pk if last else 0


def by_verb(lead: Lead, cast: Cast) -> None:
    dealing.assign(lead, owner=cast.ben, value_pence=5000, by=cast.ada)


def by_move(lead: Lead, cast: Cast) -> None:
    board.move(lead, to=cast.stage(Kind.LEAD), by=cast.ada)


def by_admin(lead: Lead, cast: Cast) -> None:
    page = f"/admin/leads/lead/{lead.pk}/change/"
    assert as_person(cast.ada).post(page, {"value": "50"}).status_code == 302


def by_save(lead: Lead, cast: Cast) -> None:
    lead.value_pence = 5000
    lead.save()


def by_update(lead: Lead, cast: Cast) -> None:
    Lead.of(cast.tenant).filter(pk=lead.pk).update(value_pence=5000)


def by_bulk_update(lead: Lead, cast: Cast) -> None:
    lead.value_pence = 5000
    Lead.of(cast.tenant).bulk_update([lead], ["value_pence"])


def by_sql(lead: Lead, cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE leads_lead SET value_pence = 5000 WHERE id = %s", [lead.pk])


def by_deletion(lead: Lead, cast: Cast) -> None:
    lead.delete()


def by_raw_deletion(lead: Lead, cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM leads_lead WHERE id = %s", [lead.pk])


def by_verb_and_once_more(lead: Lead, cast: Cast) -> None:
    with transaction.atomic():
        by_verb(lead, cast)
        by_update(lead, cast)


def by_two_updates(lead: Lead, cast: Cast) -> None:
    with transaction.atomic():
        by_update(lead, cast)
        Lead.of(cast.tenant).filter(pk=lead.pk).update(owner=cast.ben)


@pytest.mark.parametrize(
    "change",
    [
        by_verb, by_move, by_admin, by_save, by_update, by_bulk_update, by_sql, by_deletion,
        by_raw_deletion, by_verb_and_once_more, by_two_updates,
    ],
)  # fmt: skip
def test_every_change_of_a_lead_leaves_exactly_one_entry(
    cast: Cast, lead: Lead, change: Any
) -> None:
    before = latest()
    change(lead, cast)
    (entry,) = [each for each in since(before) if each.target_type == "leads.lead"]
    assert (entry.tenant_id, entry.target) == (cast.tenant.pk, "Quay Smiles")


def test_what_follows_from_other_changes_is_none(cast: Cast, lead: Lead) -> None:
    before = latest()
    Lead.of(cast.tenant).filter(pk=lead.pk).update(rank="x", version=9, score=80, tier="hot")
    Organisation.of(cast.tenant).update(proof="verified")
    assert since(before) == []


def test_what_is_rolled_back_leaves_nothing(cast: Cast, lead: Lead) -> None:
    before = latest()
    with transaction.atomic():
        by_update(lead, cast)
        transaction.set_rollback(True)
    assert since(before) == []


def test_two_updates_in_one_transaction_are_told_together(cast: Cast, lead: Lead) -> None:
    before = latest()
    by_two_updates(lead, cast)
    (entry,) = since(before)
    payload = AuditPayload.objects.get(entry_id=entry.pk)
    assert entry.fields == ["owner_id", "value_pence"]
    assert payload.before == {"owner_id": None, "value_pence": None}
    assert payload.after == {"owner_id": str(cast.ben.pk), "value_pence": 5000}


def test_it_names_whoever_acts_for_the_company(cast: Cast, lead: Lead) -> None:
    with author.acting(by=cast.ben, via=Via.PAGE, address="192.0.2.7"), acting_for(cast.tenant):
        by_update(lead, cast)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor, entry.actor_id, entry.via) == ("Ben", cast.ben.pk, "page")
    assert (entry.address, entry.verb, entry.kind) == ("192.0.2.7", "changed", "changed")


def test_support_is_told_from_the_company_s_own_people(cast: Cast, lead: Lead) -> None:
    with author.acting(by=cast.charlie, via=Via.SUPPORT), acting_for(cast.tenant):
        by_update(lead, cast)
    assert AuditEntry.objects.latest("pk").actor == "Support: Charlie"


def test_nobody_at_all_is_named_as_the_database_s_role(cast: Cast, lead: Lead) -> None:
    by_sql(lead, cast)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor, entry.via) == ("the database’s role crm_app", "database")


def test_a_password_is_told_to_have_changed_and_not_to_what(cast: Cast) -> None:
    before = latest()
    with acting_for(cast.tenant):
        User.objects.filter(pk=cast.ben.pk).update(password="hash-of-secret")
    (entry,) = since(before)
    payload = AuditPayload.objects.get(entry_id=entry.pk)
    assert (entry.tenant_id, entry.fields) == (cast.tenant.pk, ["password"])
    assert payload.before == payload.after == {"password": "•••"}


def test_signing_in_is_no_change_of_a_person(cast: Cast) -> None:
    before = latest()
    as_person(cast.ben)
    assert [each for each in since(before) if each.verb == "changed"] == []


def test_a_share_is_written_down_with_its_company(cast: Cast, lead: Lead) -> None:
    before = latest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO leads_leadwithperson (user_id, permission_id, content_object_id, at)"
            " SELECT %s, min(id), %s, now() FROM auth_permission",
            [cast.vera.pk, lead.pk],
        )
    (entry,) = since(before)
    assert (entry.tenant_id, entry.verb, entry.target) == (cast.tenant.pk, "created", "Vera")
    assert entry.target_type == LeadWithPerson._meta.label_lower


def test_settings_roles_and_stages_leave_theirs(cast: Cast) -> None:
    before = latest()
    Tenant.objects.filter(pk=cast.tenant.pk).update(rep_reach="own")
    Membership.of(cast.tenant).filter(user=cast.ben).update(role="manager")
    stage = cast.stage(Kind.LEAD)
    stage.name = "Qualified"
    stage.save()
    told = [(each.target_type, each.target, each.fields) for each in since(before)]
    assert told == [
        ("tenants.tenant", "Acme Cabling", ["rep_reach"]),
        ("tenants.membership", "Ben", ["role"]),
        ("pipeline.stage", "Qualified", ["name"]),
    ]
    assert {each.tenant_id for each in since(before)} == {UUID(str(cast.tenant.pk))}


READ = """
SELECT coalesce(sum(seq_tup_read), 0)::int FROM pg_stat_xact_user_tables
WHERE relname LIKE 'ledger_auditentry%'
"""


def test_of_many_rows_none_has_the_whole_month_read(lead: Lead, cast: Cast) -> None:
    """Else a thousand changes would take a thousand times what one takes."""
    for _ in range(20):
        LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant))
    before = latest()
    with acting_for(cast.tenant), connection.cursor() as cursor:
        changed = Lead.of(cast.tenant).update(value_pence=7000)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(READ)
        assert cursor.fetchone() == (0,)
    assert len(since(before)) == changed > 20
