from django.apps import AppConfig


class OutsideConfig(AppConfig):
    name = "crm.outside"
    label = "outside"
    verbose_name = "Services outside"
