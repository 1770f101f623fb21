from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parents[1] / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("leads", "0017_searches_for_duplicates"),
    ]

    operations = [
        migrations.RunSQL((SQL / "identity.sql").read_text(), "DROP FUNCTION leads_met"),
    ]
