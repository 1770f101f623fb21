from django.apps import AppConfig


class CreditsConfig(AppConfig):
    name = "crm.credits"
    label = "credits"
