"""What is known of places: outward codes, full postcodes, and which files they came from."""

from django.db import models


class Outward(models.Model):
    """The first half of a postcode with its centre; a few have none."""

    code = models.CharField(max_length=4, primary_key=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    town = models.CharField(max_length=200, blank=True)
    region = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=100, blank=True)

    def __str__(self) -> str:
        return self.code


class FullPostcode(models.Model):
    """A postcode in full with its point; the list may be partial or old.

    One that has ended is kept: older registers still name it, and it lies where it lay.
    """

    text = models.CharField(max_length=8, primary_key=True)
    latitude = models.FloatField()
    longitude = models.FloatField()
    ended = models.DateField(null=True)

    def __str__(self) -> str:
        return self.text


class Loaded(models.Model):
    """A file that stands in the tables, known by the digest of its content.

    Bundled files have no day; published lists do, and go before the bundled postcodes. `followed`:
    whoever keeps places of its own has moved them to what this file says.
    """

    name = models.CharField(max_length=100, primary_key=True)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    at = models.DateTimeField()
    as_of = models.DateField(null=True)
    followed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
