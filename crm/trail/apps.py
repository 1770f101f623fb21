from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "crm.trail"
    label = "trail"
