"""A letter that a person sends to themselves, to see whether e-mail arrives."""

from django.urls import reverse
from django.utils import timezone

from crm import tasks
from crm.ledger import audit
from crm.mail import letter
from crm.mail.letter import Letter
from crm.mail.models import Mail
from crm.tenants.models import Membership
from crm.work.models import State

SUBJECT = "A test e-mail from Fieldfare"


class OnItsWay(ValueError):
    """There is one that has not arrived yet; it is tried again at once."""


def post(membership: Membership) -> None:
    """Send the member a letter by the way of all others; raises OnItsWay."""
    person, tenant = membership.user, membership.tenant
    before = Mail.of(tenant).filter(user=person, subject=SUBJECT, fate="")
    if before.exists():
        before.filter(state=State.WAITING).update(due_at=timezone.now())
        tasks.wake()
        raise OnItsWay("One is on its way already; it is tried again now.")
    settings = reverse("notices:settings")
    wanted = Letter(
        subject=SUBJECT,
        says="If you can read this, e-mail from Fieldfare reaches you.",
        why=f"You get this e-mail because you asked for it at {tenant.name} in Fieldfare.",
        stop=settings,
        path=settings,
    )
    letter.post(wanted, [person], tenant=tenant)
    audit.write(membership, "sent a test e-mail to", by=person)
