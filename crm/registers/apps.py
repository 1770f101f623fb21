"""Registers: organisations of official open registers."""

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    """The app of official registers."""

    name = "crm.registers"
    label = "registers"
    verbose_name = "Registers"
