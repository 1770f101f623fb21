"""Lists the twelve kinds, and with --report what each finds from the loaded registers."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from campaigns import kinds
from campaigns.discovery.contract import Target
from campaigns.discovery.sources import serving
from crm.places import locate
from crm.tenants.models import Tenant

PLACES = ("LE1 1AA", "M1 1AA", "EC1A 1BB")
MILES = 15


class Command(BaseCommand):
    help = "List the kinds of campaign."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--report", action="store_true", help="count what each would find")

    def handle(self, *args: Any, **options: Any) -> None:
        head = [f"{place.split()[0]:>7}" for place in PLACES] if options["report"] else []
        if head:
            self.stdout.write(f"Sites in the registers within {MILES} miles of each centre.")
        self.stdout.write(f"{'Kind':26}{''.join(head)}  More with")
        for kind in kinds.KINDS:
            counts = [f"{self.count(kind, place):>7,}" for place in PLACES] if head else []
            self.stdout.write(f"{kind.name:26}{''.join(counts)}  {', '.join(kind.needs)}")

    def count(self, kind: kinds.Kind, postcode: str) -> int:
        target = Target(kind, locate.place(postcode), MILES)
        # A tenant that knows nothing yet: everything is new to it.
        return sum(source.new(Tenant(), target) for source in serving(kind))
