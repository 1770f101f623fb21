from django.apps import AppConfig


class EmailsConfig(AppConfig):
    name = "enrichment.emails"
    label = "emails"
    verbose_name = "E-mail addresses"
