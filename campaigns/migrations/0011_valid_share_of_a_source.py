"""Counts of what a source has found how much was verified, also of what was found before."""

from django.db import migrations, models

COUNTED = """
UPDATE campaigns_sourcerun AS source SET verified = counted.many
FROM (
    SELECT run_id, source, count(*) AS many FROM campaigns_finding
    WHERE proof = 'verified' GROUP BY run_id, source
) AS counted
WHERE counted.run_id = source.run_id AND counted.source = source.source
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0010_live_sources")]

    operations = [
        migrations.AddField(
            model_name="sourcerun",
            name="verified",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunSQL(COUNTED, migrations.RunSQL.noop),
    ]
