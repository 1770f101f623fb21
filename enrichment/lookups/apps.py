from django.apps import AppConfig


class LookupsConfig(AppConfig):
    name = "enrichment.lookups"
    label = "lookups"
    verbose_name = "Enrichment"
