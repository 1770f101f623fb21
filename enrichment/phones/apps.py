from django.apps import AppConfig


class PhonesConfig(AppConfig):
    name = "enrichment.phones"
    label = "phones"
    verbose_name = "Phone numbers"
