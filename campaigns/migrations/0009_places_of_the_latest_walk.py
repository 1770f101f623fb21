"""Forgets how far a walk had come that an earlier version wrote down: it meets all of it again."""

from django.db import migrations

RUNS = """
UPDATE campaigns_sourcerun SET cursor = NULL
WHERE jsonb_typeof(cursor) = 'array' AND jsonb_array_length(cursor) <> 2
"""
CAMPAIGNS = """
UPDATE campaigns_campaign SET positions = (
    SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(positions)
    WHERE jsonb_array_length(value) = 2
) WHERE positions <> '{}'
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0008_findings_that_may_be_known")]

    operations = [
        migrations.RunSQL(RUNS, migrations.RunSQL.noop),
        migrations.RunSQL(CAMPAIGNS, migrations.RunSQL.noop),
    ]
