from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('leads', '0007_work_surface'),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='is_dropped',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['tenant', 'postcode'], name='organisation_postcode'),
        ),
    ]
