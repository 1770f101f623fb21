from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "crm.accounts"
    label = "accounts"

    def ready(self) -> None:
        # Only now: it needs the models.
        from crm.accounts import receivers  # noqa: PLC0415

        receivers.connect()
