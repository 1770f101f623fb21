"""E-mails as they are written when something happens."""

import factory

from crm.mail.models import Mail
from tests.factories.tenants import TenantFactory, UserFactory


class MailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mail

    tenant = factory.SubFactory(TenantFactory)
    user = factory.SubFactory(UserFactory)
    to = factory.SelfAttribute("user.email")
    subject = "Dentists: 3 new leads"
    text = "Dentists: 3 new leads; 491 left."
    html = "<p>Dentists: 3 new leads; 491 left.</p>"
    message_id = factory.Sequence(lambda n: f"<{n}@mail.example>")
