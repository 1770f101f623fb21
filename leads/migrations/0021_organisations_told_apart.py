from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).resolve().parents[1] / "sql"
# What it gives has changed.
FORMER = """
DROP FUNCTION leads_met(uuid, text[], text[], text[], text[], text[], text[]);
"""
# It names the column, and is made anew when all migrations are through.
UNTRACED = "DROP TRIGGER IF EXISTS audit_changed ON leads_organisation"


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0020_suspicions_read_anew"),
    ]

    operations = [
        migrations.RemoveConstraint("identitykey", "one_organisation_per_site"),
        migrations.AddConstraint(
            "identitykey",
            models.UniqueConstraint(
                condition=models.Q(kind="listing"),
                fields=("tenant", "kind", "value"),
                name="one_organisation_per_entry",
            ),
        ),
        migrations.RunSQL(UNTRACED, migrations.RunSQL.noop),
        migrations.AlterField("organisation", "trade", models.CharField(blank=True, max_length=50)),
        migrations.RunSQL(FORMER + (SQL / "identity.sql").read_text(), migrations.RunSQL.noop),
    ]
