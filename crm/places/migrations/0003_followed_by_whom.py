from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0002_ended_postcodes")]

    operations = [
        migrations.AddField(
            model_name="loaded", name="followed", field=models.BooleanField(default=False)
        ),
    ]
