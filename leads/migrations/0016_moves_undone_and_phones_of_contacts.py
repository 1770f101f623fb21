from pathlib import Path

from django.db import migrations, models


SQL = Path(__file__).resolve().parents[1] / "sql"
# Both the moves that were undone and the steps back, which name the same batch.
UNDONE = """
UPDATE leads_stagemove m SET is_undone = true FROM leads_change c
WHERE c.batch_id = m.batch AND c.lead_id = m.lead_id AND c.undone_at IS NOT NULL
"""
# Contacts' numbers are found as people write them, too.
WORDS = """
SELECT leads_search_refresh(array_agg(l.id)) FROM leads_lead l
WHERE l.organisation_id IN (SELECT organisation_id FROM leads_contact WHERE phone LIKE '+44%')
HAVING count(*) > 0
"""
# The figures of dashboards counted what was undone.
ANEW = "UPDATE leads_reckoning SET due_at = now() WHERE due_at > now()"


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0015_indexes_of_what_was_done"),
    ]

    operations = [
        migrations.AddField(
            model_name="stagemove",
            name="is_undone",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunSQL(UNDONE, migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "search.sql").read_text(), migrations.RunSQL.noop),
        migrations.RunSQL(WORDS, migrations.RunSQL.noop),
        migrations.RunSQL(ANEW, migrations.RunSQL.noop),
    ]
