from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("leads", "0019_news_of_registers")]

    operations = [
        migrations.RemoveField(model_name="proposal", name="reasons"),
        migrations.RemoveField(model_name="proposal", name="scan"),
        migrations.AlterField(
            model_name="proposal",
            name="state",
            field=models.CharField(
                choices=[("open", "Open"), ("different", "Different")],
                default="open",
                max_length=9,
            ),
        ),
    ]
