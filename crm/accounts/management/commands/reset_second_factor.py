"""For somebody whom nobody in a company can help: takes away the second factor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from crm.accounts import factors, letters, sessions, trail
from crm.tenants.models import User
from crm.tenants.people import normal


class Command(BaseCommand):
    help = "Take away the second factor of a person, so that the password alone lets them in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=normal(options["email"])).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {options['email']}.")
        if not factors.remove_all(person):
            raise CommandError(f"{person} has no second factor.")
        sessions.end_all(person)
        trail.write(person, "reset the second factor of", by=None)
        letters.tell(
            person,
            "Your second factor was reset",
            "Whoever looks after this installation has removed the second factor of your Fieldfare "
            "account, so that your password alone lets you in.",
        )
        self.stdout.write(f"{person} signs in with the password alone now.")
