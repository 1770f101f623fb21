"""Places: where a postcode lies, and how far it is from another."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The app of postcodes."""

    name = "crm.places"
    label = "places"
    verbose_name = "Places"
