from django.db import migrations, models

KINDS = [
    ("completed", "A campaign's run has completed"),
    ("failed", "A run has failed"),
    ("budget", "A run has reached its budget"),
    ("shared", "Somebody has shared something with you"),
]
# Until now all were about campaigns, whose addresses they held.
SAY_WHAT = """
UPDATE notices_notice
SET about = 'campaigns.campaign', about_id = substring(url from '^/campaigns/([0-9a-f-]{36})/')::uuid
WHERE url ~ '^/campaigns/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/'
"""


class Migration(migrations.Migration):

    dependencies = [
        ("notices", "0004_preferences_and_unread_in_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="about",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="notice",
            name="about_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(choices=KINDS, default="completed", max_length=12),
        ),
        migrations.AlterField(
            model_name="preference",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=12),
        ),
        migrations.RunSQL(SAY_WHAT, migrations.RunSQL.noop),
    ]
