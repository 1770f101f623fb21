from django.apps import AppConfig

from crm import lookups


class TenantsConfig(AppConfig):
    name = "crm.tenants"
    label = "tenants"

    def ready(self) -> None:
        lookups.register()
