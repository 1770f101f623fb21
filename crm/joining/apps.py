from django.apps import AppConfig


class JoiningConfig(AppConfig):
    name = "crm.joining"
    label = "joining"
