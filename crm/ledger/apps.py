from django.apps import AppConfig
from django.db.models.signals import post_migrate

from crm.ledger import grants


class LedgerConfig(AppConfig):
    name = "crm.ledger"
    label = "ledger"

    def ready(self) -> None:
        post_migrate.connect(grants.give, sender=self, dispatch_uid="grants")
