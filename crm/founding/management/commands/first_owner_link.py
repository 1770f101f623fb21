"""Prints the link that creates the first owner, while nobody is here."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from crm import listening
from crm.founding import first_owner
from crm.tenants.models import User


class Command(BaseCommand):
    help = "Print a one-time link to create the owner of an empty installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--base", default="", help="address of this installation")

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            return
        here = listening.authority(listening.reachable(settings.HOST), settings.PORT)
        base = options["base"] or f"http://{here}"
        link = base + reverse("founding:found", args=[first_owner.token()])
        self.stdout.write(f"Create the owner within 24 hours, once: {link}")
