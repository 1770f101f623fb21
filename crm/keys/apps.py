from django.apps import AppConfig


class KeysConfig(AppConfig):
    name = "crm.keys"
    label = "keys"
