from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "crm.support"
    label = "support"
