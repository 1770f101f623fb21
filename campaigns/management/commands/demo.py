"""Makes the demo tenant: two teams, and a few worked leads in Cornwall, Norfolk and Cumbria."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from campaigns import demo_story
from crm.credits import granting
from crm.pipeline import models as pipeline
from crm.tenants import members, teams
from crm.tenants.acting import acting_for
from crm.tenants.models import Membership, Reach, Role, Tenant, User

PEOPLE = (
    ("Olivia Hart", "olivia@demo.example", Role.OWNER),
    ("Marcus Webb", "marcus@demo.example", Role.MANAGER),
    ("Priya Nair", "priya@demo.example", Role.REP),
    ("Tom Ellis", "tom@demo.example", Role.REP),
    ("Aisha Khan", "aisha@demo.example", Role.REP),
)
# A team's lead comes first.
TEAMS = {
    "South": ("priya@demo.example", "tom@demo.example"),
    "North": ("aisha@demo.example",),
}


class Command(BaseCommand):
    help = "Make the demo tenant, once; the passwords are random, printed once and kept."

    def handle(self, *args: Any, **options: Any) -> None:
        if Tenant.objects.filter(slug="demo").exists():
            return
        kept = settings.DATA_DIR / "demo-people.txt"
        passwords = {email: secrets.token_urlsafe(9) for _, email, _ in PEOPLE}
        with transaction.atomic():
            tenant = Tenant.objects.create(name="Demo", slug="demo", rep_reach=Reach.TEAM)
            with acting_for(tenant):
                pipeline.lay(tenant)
                granting.begin(tenant)
                for name, email, role in PEOPLE:
                    user = User.objects.create_user(email, passwords[email], name=name)
                    members.join(tenant, user, role)
                self.team_up(tenant)
                demo_story.tell(tenant)
            # Kept before they count: no installation whose passwords nobody knows.
            self.keep(kept, passwords)
        self.stdout.write(f"Demo people (kept in {kept}):\n{kept.read_text()}")

    def team_up(self, tenant: Tenant) -> None:
        """Show what a rep sees who works in a team: theirs, and what nobody owns."""
        by = User.objects.get(email=PEOPLE[0][1])
        here = {row.user.email: row for row in Membership.of(tenant).select_related("user")}
        for name, emails in TEAMS.items():
            rows = [here[email] for email in emails]
            team = teams.make(tenant, name, lead=rows[0].user, by=by)
            teams.staff(team, [row.pk for row in rows], by=by, tells=False)

    def keep(self, path: Path, passwords: dict[str, str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.chmod(0o600)
        lines = [f"  {role.label:8} {email:22} {passwords[email]}" for _, email, role in PEOPLE]
        path.write_text("\n".join(lines) + "\n")
