from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VectorsConfig(AppConfig):
    name = "leads.vectors"
    label = "vectors"
    verbose_name = "Closeness"

    def ready(self) -> None:
        # It needs the database's tables, which are not there before.
        from leads.vectors import making  # noqa: PLC0415

        post_migrate.connect(making.make, sender=self, dispatch_uid="vectors")
