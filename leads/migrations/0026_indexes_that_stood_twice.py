"""Drops five indexes whose columns others begin with; each was written with every row.

By hand, since altering the field would drop its foreign key, too, and check all rows anew.
"""

import django.db.models.deletion
from django.db import migrations, models

INDEXES = (
    ("leads_fact_organisation_id_9a91f221", "leads_fact", "organisation_id"),
    ("leads_fact_tenant_id_38ac4e09", "leads_fact", "tenant_id"),
    ("leads_lead_tenant_id_141c6526", "leads_lead", "tenant_id"),
    ("leads_score_lead_id_d81f2d4a", "leads_score", "lead_id"),
    ("leads_timelineentry_lead_id_acd89a60", "leads_timelineentry", "lead_id"),
)


def _without_index(model, name, to, related_name):
    field = models.ForeignKey(
        to,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        db_index=False,
    )
    return migrations.AlterField(model_name=model, name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0025_analyses_and_reactions"),
        ("tenants", "0003_companies"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"DROP INDEX IF EXISTS {index}",
                    f"CREATE INDEX {index} ON {table} ({column})",
                )
                for index, table, column in INDEXES
            ],
            state_operations=[
                _without_index("fact", "organisation", "leads.organisation", "known"),
                _without_index("fact", "tenant", "tenants.tenant", "+"),
                _without_index("lead", "tenant", "tenants.tenant", "+"),
                _without_index("score", "lead", "leads.lead", "scores"),
                _without_index("timelineentry", "lead", "leads.lead", "timeline"),
            ],
        )
    ]
