from django.apps import AppConfig
from django.db.models.signals import post_migrate

from crm.ledger import grants


class LedgerConfig(AppConfig):
    name = "crm.ledger"
    label = "ledger"

    def ready(self) -> None:
        # Its queries need the models, which are not there before.
        from crm.ledger import settling  # noqa: PLC0415

        # The partitions first: what is granted is refused of each of them.
        post_migrate.connect(settling.settle, sender=self, dispatch_uid="settle")
        post_migrate.connect(grants.give, sender=self, dispatch_uid="grants")
