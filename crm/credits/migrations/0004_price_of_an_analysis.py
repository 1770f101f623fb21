from datetime import date

from django.db import migrations, models

# From the same day as the first ones: what was not offered before has no older price.
SINCE = date(2026, 1, 1)
ACTION, CREDITS = "lead_analysis", 3


def put_price(apps, schema_editor):
    """Have something to reckon with; whoever looks after the installation adds what is newer."""
    prices = apps.get_model("credits", "Price").objects.using(schema_editor.connection.alias)
    prices.create(since=SINCE, action=ACTION, credits=CREDITS)


class Migration(migrations.Migration):

    dependencies = [
        ('credits', '0003_price_of_a_website'),
    ]

    operations = [
        migrations.AlterField(
            model_name='price',
            name='action',
            field=models.CharField(choices=[('web_question', 'A question to the web (AI search)'), ('places_page', 'A page of Google places'), ('places_look', 'A look at one Google place'), ('apollo_page', 'A page of Apollo organisations'), ('hunter_page', 'A page of Hunter companies'), ('companies_house', 'A call to Companies House'), ('hunter_search', 'Hunter: the people and addresses of a website'), ('hunter_finder', 'Hunter: the e-mail address of a person'), ('hunter_verifier', 'Hunter: a check of an e-mail address'), ('hunter_company', 'Hunter: what it knows of a company'), ('apollo_organisation', 'Apollo: what it knows of an organisation'), ('apollo_person', 'Apollo: what it knows of a person'), ('zerobounce_check', 'ZeroBounce: a check of an e-mail address'), ('twilio_lookup', 'Twilio: a check of a phone number'), ('clearbit_company', 'Clearbit: what it knows of a company'), ('website_summary', 'A website read and summed up by AI'), ('website_search', 'A search for the website of an organisation (AI search)'), ('news_question', 'A search for news of an organisation (AI search)'), ('lead_analysis', 'An analysis of a lead by AI')], max_length=40),
        ),
        migrations.RunPython(put_price, migrations.RunPython.noop),
    ]
