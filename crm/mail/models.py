"""E-mails on their way, and what became of them."""

from django.db import models

from crm.tenants.models import TenantModel, User
from crm.work.models import WorkRow, work_indexes


class Fate(models.TextChoices):
    """Empty while it is on its way."""

    SENT = "sent", "Sent"
    FILED = "filed", "Written into the folder"
    NOT_NEEDED = "unneeded", "Not sent: its reader has left"
    REFUSED = "refused", "Refused"
    NOT_SENT = "unsent", "Could not be sent"
    UNKNOWN = "unknown", "May have been sent"


class Mail(TenantModel, WorkRow):
    """One e-mail to one person, as it was written when its event happened.

    `user` is empty for somebody who is not here yet. What is `is_secret` holds a link that lets
    its reader in: nobody else is shown its text, and it is forgotten once the e-mail is away.

    `sending_at` is set while a mail server may have all of it and has not answered: whoever finds
    it set after a worker has died can't know. `deferrals` counts how often it was put off because
    the server could not be reached or asked for patience; `attempts` counts our own faults.
    """

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    is_secret = models.BooleanField(default=False, db_default=False, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField("HTML")
    # The page where the reader says that it is enough.
    stop_url = models.CharField(max_length=300, blank=True)
    message_id = models.CharField("Message-ID", max_length=300, editable=False)
    at = models.DateTimeField(auto_now_add=True)
    fate = models.CharField(max_length=8, choices=Fate, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)
    sending_at = models.DateTimeField(null=True, editable=False)
    deferrals = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "e-mail"
        indexes = [
            *work_indexes("mail"),
            models.Index(fields=["tenant", "user", "-id"], name="mail_to_person"),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_on_its_way(self) -> bool:
        return not self.fate
