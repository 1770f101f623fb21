from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0007_shares_that_guardian_finds"),
    ]

    operations = [
        migrations.AlterField(
            model_name="finding",
            name="ground",
            field=models.CharField(
                blank=True,
                choices=[
                    ("new", "New lead"),
                    ("maybe", "May be known"),
                    ("known", "Already a lead"),
                    ("customer", "Existing customer"),
                    ("lost", "Lost before"),
                    ("edge", "Near the edge"),
                    ("closed", "Closed in the register"),
                    ("small", "Too small"),
                    ("size", "Size not known"),
                    ("unusable", "Not usable"),
                ],
                max_length=12,
            ),
        ),
    ]
