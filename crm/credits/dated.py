"""What things cost, each from a day on. A new price is a new row; what was charged stays true."""

from django.core.validators import MinValueValidator
from django.db import models


class Dated(models.Model):
    """Of several rows about one thing the latest day counts, of one day the latest row."""

    since = models.DateField("From")

    refused_verbs = ("UPDATE", "DELETE")

    class Meta:
        abstract = True


class Action(models.TextChoices):
    """What a company pays for in credits."""

    WEB_QUESTION = "web_question", "A question to the web (AI search)"
    PLACES_PAGE = "places_page", "A page of Google places"
    PLACES_LOOK = "places_look", "A look at one Google place"
    APOLLO_PAGE = "apollo_page", "A page of Apollo organisations"
    HUNTER_PAGE = "hunter_page", "A page of Hunter companies"
    COMPANIES_HOUSE = "companies_house", "A call to Companies House"
    HUNTER_SEARCH = "hunter_search", "Hunter: the people and addresses of a website"
    HUNTER_FINDER = "hunter_finder", "Hunter: the e-mail address of a person"
    HUNTER_VERIFIER = "hunter_verifier", "Hunter: a check of an e-mail address"
    HUNTER_COMPANY = "hunter_company", "Hunter: what it knows of a company"
    APOLLO_ORGANISATION = "apollo_organisation", "Apollo: what it knows of an organisation"
    APOLLO_PERSON = "apollo_person", "Apollo: what it knows of a person"
    ZEROBOUNCE_CHECK = "zerobounce_check", "ZeroBounce: a check of an e-mail address"
    TWILIO_LOOKUP = "twilio_lookup", "Twilio: a check of a phone number"
    CLEARBIT_COMPANY = "clearbit_company", "Clearbit: what it knows of a company"
    WEBSITE_SUMMARY = "website_summary", "A website read and summed up by AI"
    WEBSITE_SEARCH = "website_search", "A search for the website of an organisation (AI search)"
    NEWS_QUESTION = "news_question", "A search for news of an organisation (AI search)"
    LEAD_ANALYSIS = "lead_analysis", "An analysis of a lead by AI"


class Price(Dated):
    """How many credits an action takes with the installation's key; with one's own it is none."""

    action = models.CharField(max_length=40, choices=Action)
    credits = models.PositiveIntegerField()

    class Meta:
        verbose_name = "price in credits"
        verbose_name_plural = "prices in credits"
        indexes = [models.Index(fields=["action", "-since", "-id"], name="price_of_action")]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.credits:,} credits"


class Rate(Dated):
    """What a credit is worth in vendors' costs, in millionths of a pound."""

    micros_per_credit = models.PositiveBigIntegerField(
        "Millionths of a pound per credit", validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = "worth of a credit"
        verbose_name_plural = "worth of a credit"

    def __str__(self) -> str:
        return f"A credit is £{self.micros_per_credit / 1_000_000:g}"


class Exchange(Dated):
    """What a dollar is in pounds: vendors charge in dollars, and here costs are in pounds."""

    micros = models.PositiveBigIntegerField(
        "Millionths of a pound per US dollar", validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = "dollar in pounds"
        verbose_name_plural = "dollar in pounds"

    def __str__(self) -> str:
        return f"A dollar is £{self.micros / 1_000_000:g}"


class VendorPrice(Dated):
    """What a vendor charges for so many of something, as its own list says it."""

    service = models.CharField(max_length=40)
    what = models.CharField(max_length=80, help_text="“gpt-… input” for a model's tokens.")
    micros = models.PositiveBigIntegerField("Millionths of a US dollar")
    per = models.PositiveIntegerField(default=1, validators=[MinValueValidator(1)])
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "vendor's price"
        verbose_name_plural = "vendors' prices"
        indexes = [
            models.Index(fields=["service", "what", "-since", "-id"], name="price_of_vendor")
        ]

    def __str__(self) -> str:
        return f"{self.service}, {self.what}: ${self.micros / 1_000_000:g} per {self.per:,}"
