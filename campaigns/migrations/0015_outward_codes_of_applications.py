"""Gives applications their outward codes.

The database fills the column in while it writes the table anew, in one go: seconds for a million
rows, and none is left without, also where an older process still writes some.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0014_bounds_of_a_source")]

    operations = [
        migrations.AddField(
            model_name="planningapplication",
            name="outward",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    models.F("postcode"),
                    models.Value(" "),
                    models.Value(1),
                    function="split_part",
                ),
                output_field=models.CharField(max_length=8),
            ),
        ),
        migrations.AddIndex(
            model_name="planningapplication",
            index=models.Index(fields=["tenant", "outward"], name="application_outward"),
        ),
    ]
