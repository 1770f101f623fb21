"""A dashboard reads one company's leads in the database, and nothing else."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.core.management.base import CommandError
from django.utils import timezone
from psycopg import errors

from crm.ledger.models import AuditEntry
from crm.pipeline.models import Kind
from leads.contacts import contacts
from leads.models import Lead
from tests.factories.leads import ContactFactory, LeadFactory, OrganisationFactory, ScoreFactory
from tests.people import Cast
from tests.reporting.conftest import Reading, report_access

pytestmark = pytest.mark.usefixtures("committed_db", "owner_makes_roles")

# As the product's first description prints it.
SAMPLE = """
SELECT
    tier,
    COUNT(*) as lead_count,
    AVG(lead_score) as avg_score,
    COUNT(CASE WHEN stage = 'converted' THEN 1 END) as conversions
FROM leads
WHERE created_at >= NOW() - INTERVAL '30 days'
GROUP BY tier;
"""
COLUMNS = {
    "id": "uuid", "company": "text", "contact_name": "text", "contact_email": "text",
    "contact_phone": "text", "contact_info": "jsonb", "lead_score": "int4", "stage": "text",
    "tier": "text", "source": "text", "industry": "text", "company_size": "int4",
    "job_title": "text", "ai_insights": "jsonb", "embedding_id": "text",
    "created_at": "timestamptz", "updated_at": "timestamptz",
}  # fmt: skip
RECEIPT = {
    "form": 2, "sum": 80, "lines": [["given:email", 10, "jenna@harbour-dental.example"]],
    "grade": ["B", 71, 64],
    "marks": [["potential", 70, 10, "80"], ["job_title", None, 10, ""]],
}  # fmt: skip


def lead(cast: Cast, kind: Kind, score: int, tier: str, days: int = 0) -> Lead:
    """A lead of Ada's company that came so many days ago."""
    organisation = OrganisationFactory(tenant=cast.tenant)
    closed = timezone.now() if kind in (Kind.CUSTOMER, Kind.LOST) else None
    made = LeadFactory(
        organisation=organisation, stage=cast.stage(kind), score=score, tier=tier, closed_at=closed
    )
    came = timezone.now() - timedelta(days=days)
    Lead.of(cast.tenant).filter(pk=made.pk).update(created_at=came)
    return made


def schema_of(reader: psycopg.Connection[Any]) -> str:
    found = reader.execute("SELECT current_schema()").fetchone()
    assert found
    return str(found[0])


def test_the_sample_query_counts_customers_as_converted(cast: Cast, reads: Reading) -> None:
    lead(cast, Kind.CUSTOMER, 90, "hot")
    lead(cast, Kind.DISCOVERY, 70, "hot")
    lead(cast, Kind.LOST, 10, "cold")
    lead(cast, Kind.CUSTOMER, 80, "hot", days=31)
    LeadFactory(organisation=OrganisationFactory(tenant=cast.other), score=50, tier="warm")
    rows = reads(report_access("acme")).execute(SAMPLE.encode()).fetchall()
    assert {tier: (many, float(mean), won) for tier, many, mean, won in rows} == {
        "hot": (2, 80.0, 1),
        "cold": (1, 10.0, 0),
    }


def test_its_columns_are_those_that_were_described(cast: Cast, reads: Reading) -> None:
    found = lead(cast, Kind.PROSPECT, 80, "hot")
    found.organisation.phone, found.organisation.employees = "01326 555 010", 12
    found.organisation.save()
    found.contact = ContactFactory(organisation=found.organisation)
    found.chance = 125
    found.save()
    ScoreFactory(lead=found, receipt={"before_cap": 40, "lines": []})
    last = ScoreFactory(lead=found, grade="B", fit=70, engagement=20, receipt=RECEIPT)
    reader = reads(report_access("acme"))
    types = reader.execute(
        "SELECT column_name, udt_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() ORDER BY ordinal_position"
    ).fetchall()
    assert types == list(COLUMNS.items())
    values = reader.execute("SELECT * FROM leads").fetchone()
    assert values
    row = dict(zip(COLUMNS, values, strict=True))
    insights = row.pop("ai_insights")
    assert insights.pop("scored_at")
    assert insights == {
        "grade": "B", "grade_value": 71, "known": 64, "fit": 70, "engagement": 20,
        "chance": 0.125, "factors": {"potential": 70},
    }  # fmt: skip
    assert row.pop("contact_info") == {
        "address": "12 Quay Street", "town": "Falmouth", "postcode": "TR11 3HH",
        "phone": "01326 555 010",
    }  # fmt: skip
    assert row.pop("updated_at") >= last.at > row.pop("created_at")
    assert row == {
        "id": found.pk, "company": found.organisation.name, "contact_name": "Jenna Pascoe",
        "contact_email": "jenna@harbour-dental.example", "contact_phone": "01326 555 010",
        "lead_score": 80, "stage": "prospect", "tier": "hot", "source": "register",
        "industry": "healthcare", "company_size": 12, "job_title": "Practice manager",
        "embedding_id": str(found.organisation_id),
    }  # fmt: skip


def test_receipts_of_any_form_and_none_are_read(cast: Cast, reads: Reading) -> None:
    for receipt in ({}, {"grade": "B", "marks": "none"}, {"marks": [[None, 1], 3, []]}, None):
        found = lead(cast, Kind.LEAD, 5, "cold")
        if receipt is not None:
            ScoreFactory(lead=found, receipt=receipt)
    told = (
        reads(report_access("acme")).execute("SELECT ai_insights FROM leads ORDER BY id").fetchall()
    )
    assert [sorted(insights) for (insights,) in told] == [["scored_at"]] * 3 + [[]]


def test_whoever_is_erased_is_gone_at_once(cast: Cast, reads: Reading) -> None:
    found = lead(cast, Kind.LEAD, 50, "warm")
    found.contact = ContactFactory(organisation=found.organisation)
    found.save()
    ScoreFactory(lead=found, receipt=RECEIPT)
    reader = reads(report_access("acme"))
    told = "SELECT count(*) FROM leads WHERE leads::text ~* 'jenna|practice manager'"
    assert reader.execute(told).fetchone() == (1,)
    contacts.remove(found, found.contact, by=cast.ada)
    assert reader.execute(told).fetchone() == (0,)
    assert reader.execute("SELECT count(*) FROM leads").fetchone() == (1,)


def test_everything_else_is_refused(cast: Cast, reads: Reading) -> None:
    reader, other = reads(report_access("acme")), reads(report_access("rival"))
    # A session may lift its limits: what refuses is what it has no right to.
    for limits in ("on", "off"):
        reader.execute(f"SET default_transaction_read_only = {limits}".encode())
        for statement in (
            "SELECT * FROM public.leads_lead",
            "SELECT * FROM public.tenants_user",
            f"SELECT * FROM {schema_of(other)}.leads",
            "SELECT public.ledger_tidy()",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                reader.execute(statement.encode())
    for statement in (
        "DELETE FROM leads",
        "UPDATE leads SET company = 'x'",
        "CREATE TABLE mine ()",
        "CREATE TABLE public.mine ()",
        "CREATE SCHEMA mine",
        "SET ROLE crm_owner",
        "COPY leads TO PROGRAM 'cat'",
        "CREATE OR REPLACE VIEW leads AS SELECT 1",
    ):
        with pytest.raises((errors.InsufficientPrivilege, errors.ObjectNotInPrerequisiteState)):
            reader.execute(statement.encode())
    reader.execute("SET default_transaction_read_only = on")
    with pytest.raises(errors.ReadOnlySqlTransaction):
        reader.execute("CREATE TEMPORARY TABLE mine ()")


def test_nothing_in_the_database_but_the_view_is_for_it(cast: Cast, reads: Reading) -> None:
    report_access("rival")
    reader = reads(report_access("acme"))
    readable = reader.execute(
        "SELECT c.oid::regclass::text FROM pg_class AS c JOIN pg_namespace AS n "
        "ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') "
        "AND nspname NOT IN ('pg_catalog', 'information_schema') "
        "AND CASE c.relkind WHEN 'S' THEN has_sequence_privilege(c.oid, 'SELECT, USAGE, UPDATE') "
        "ELSE has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE') END"
    ).fetchall()
    assert readable == [("leads",)]
    # Nor what acts as somebody else.
    deputies = reader.execute(
        "SELECT oid::regprocedure FROM pg_proc WHERE prosecdef AND prorettype <> 'trigger'::regtype"
        " AND has_function_privilege(oid, 'EXECUTE')"
    ).fetchall()
    assert deputies == []


def test_a_condition_that_tells_what_it_sees_sees_no_other_company(
    cast: Cast, reads: Reading
) -> None:
    LeadFactory(organisation=OrganisationFactory(tenant=cast.tenant, name="Ours"))
    LeadFactory(organisation=OrganisationFactory(tenant=cast.other, name="Theirs"))
    reader, told = reads(report_access("acme")), list[str]()
    reader.add_notice_handler(lambda notice: told.append(str(notice.message_primary)))
    reader.execute("SET default_transaction_read_only = off")
    reader.execute(
        "CREATE FUNCTION pg_temp.tells(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS "
        "$$ BEGIN RAISE NOTICE 'saw %', $1; RETURN true; END $$"
    )
    reader.execute("SELECT count(*) FROM leads WHERE pg_temp.tells(company)")
    assert told == ["saw Ours"]


def test_its_sessions_are_few_short_and_only_look(cast: Cast, reads: Reading) -> None:
    said = report_access("acme")
    reader = reads(said)
    shown = [
        reader.execute(f"SHOW {name}".encode()).fetchone()
        for name in ("default_transaction_read_only", "statement_timeout")
    ]
    assert shown == [("on",), ("1min",)]
    for _ in range(4):
        reads(said)
    with pytest.raises(psycopg.OperationalError, match="too many connections"):
        reads(said)


def test_the_password_is_renewed_and_kept_as_a_digest(
    cast: Cast, superuser: psycopg.Connection[Any]
) -> None:
    kept = "SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'report\\_%'"
    first, second = [(report_access("acme"), superuser.execute(kept).fetchall()) for _ in range(2)]
    assert first[0] != second[0]
    assert first[1] != second[1]
    assert len(second[1]) == 1
    assert second[1][0][0].startswith("SCRAM-SHA-256$")
    told = AuditEntry.objects.filter(tenant_id=cast.tenant.pk, verb__contains="dashboards")
    assert told.count() == 2


def test_what_is_removed_can_be_read_no_more(
    cast: Cast, reads: Reading, superuser: psycopg.Connection[Any]
) -> None:
    said = report_access("acme")
    reader = reads(said)
    report_access("acme", "--remove")
    with pytest.raises(errors.UndefinedTable):
        reader.execute("SELECT * FROM leads")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        reads(said)
    # Once more does no harm, and it can be had again.
    report_access("acme", "--remove")
    assert reads(report_access("acme")).execute("SELECT count(*) FROM leads").fetchone() == (0,)


def test_a_company_that_is_not_there_is_named(cast: Cast) -> None:
    with pytest.raises(CommandError, match="There is no company nobody"):
        report_access("nobody")
