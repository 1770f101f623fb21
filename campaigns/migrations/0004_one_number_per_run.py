from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0003_number_the_runs")]

    operations = [
        migrations.AddConstraint(
            model_name="run",
            constraint=models.UniqueConstraint(
                fields=("tenant", "campaign", "number"), name="one_number_per_run"
            ),
        ),
    ]
