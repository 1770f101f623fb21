from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from leads.reporting import view


class LeadsConfig(AppConfig):
    name = "leads"

    def ready(self) -> None:
        pre_migrate.connect(view.drop_all, sender=self, dispatch_uid="report_views_drop")
        post_migrate.connect(view.make_all, sender=self, dispatch_uid="report_views_make")
