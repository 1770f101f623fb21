"""Gives a company credits from the command line, as many as one likes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crm.credits import credits
from crm.credits.models import Source
from crm.tenants.acting import acting_for
from crm.tenants.models import Tenant


class Command(BaseCommand):
    help = "Give a company credits: any number, written down in its audit trail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("company", help="its short name, as `demo`")
        parser.add_argument("credits", type=int)
        parser.add_argument("--note", default="", help="what they are for")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=options["company"]).first()
        if tenant is None:
            raise CommandError(f"There is no company {options['company']}.")
        with acting_for(tenant):
            try:
                entry = credits.grant(
                    tenant,
                    options["credits"],
                    None,
                    options["note"],
                    source=Source.INSTALLATION,
                )
            except ValueError as refusal:
                raise CommandError(str(refusal)) from None
        self.stdout.write(f"{tenant} has {entry.balance_after:,} credits available now.")
