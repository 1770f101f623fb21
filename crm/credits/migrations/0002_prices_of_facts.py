from datetime import date

from django.db import migrations, models

# From the same day as the first ones: what was not offered before has no older price.
SINCE = date(2026, 1, 1)
CREDITS = {
    "hunter_search": 2,
    "hunter_finder": 2,
    "hunter_verifier": 2,
    "hunter_company": 2,
    "apollo_organisation": 2,
    "apollo_person": 2,
    "zerobounce_check": 1,
    "twilio_lookup": 1,
    "clearbit_company": 2,
    "website_summary": 2,
    "news_question": 8,
}
NOT_SOLD = "No longer sold, and no price is listed: reckoned as Hunter's credit. Check your plan."
NOT_FOUND = "The vendor's own list was not found. Check your invoice."
# Service, of what, millionths of a dollar, for how many, note.
VENDORS = [
    ("zerobounce", "check", 99_000_000, 10_000, "The plan ONE; nothing for “unknown”"),
    ("twilio", "line_type", 8_000, 1, NOT_FOUND),
    ("clearbit", "company", 49_000_000, 2_000, NOT_SOLD),
]


def put_prices(apps, schema_editor):
    """Have something to reckon with; whoever looks after the installation adds what is newer."""
    get, using = apps.get_model, schema_editor.connection.alias
    for action, credits in CREDITS.items():
        get("credits", "Price").objects.using(using).create(
            since=SINCE, action=action, credits=credits
        )
    for service, what, micros, per, note in VENDORS:
        get("credits", "VendorPrice").objects.using(using).create(
            since=SINCE, service=service, what=what, micros=micros, per=per, note=note
        )


class Migration(migrations.Migration):

    dependencies = [
        ('credits', '0001_account_and_prices'),
    ]

    operations = [
        migrations.AlterField(
            model_name='price',
            name='action',
            field=models.CharField(choices=[('web_question', 'A question to the web (AI search)'), ('places_page', 'A page of Google places'), ('places_look', 'A look at one Google place'), ('apollo_page', 'A page of Apollo organisations'), ('hunter_page', 'A page of Hunter companies'), ('companies_house', 'A call to Companies House'), ('hunter_search', 'Hunter: the people and addresses of a website'), ('hunter_finder', 'Hunter: the e-mail address of a person'), ('hunter_verifier', 'Hunter: a check of an e-mail address'), ('hunter_company', 'Hunter: what it knows of a company'), ('apollo_organisation', 'Apollo: what it knows of an organisation'), ('apollo_person', 'Apollo: what it knows of a person'), ('zerobounce_check', 'ZeroBounce: a check of an e-mail address'), ('twilio_lookup', 'Twilio: a check of a phone number'), ('clearbit_company', 'Clearbit: what it knows of a company'), ('website_summary', 'A website read and summed up by AI'), ('news_question', 'A search for news of an organisation (AI search)')], max_length=40),
        ),
        migrations.RunPython(put_prices, migrations.RunPython.noop),
    ]
