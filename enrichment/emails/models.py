"""Which domains take mail, as DNS said it last; the same for every tenant."""

from django.db import models

from enrichment.emails.answers import Answer, Because, Mail


class MailDomain(models.Model):
    """One domain, as DNS writes it: "xn--bcher-kva.example". No row names a person."""

    domain = models.CharField(max_length=253, primary_key=True, db_collation="C")
    answer = models.CharField(max_length=8, choices=Answer)
    because = models.CharField(max_length=14, choices=Because)
    checked_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "mail domain"

    def __str__(self) -> str:
        return self.domain

    @property
    def mail(self) -> Mail:
        """What the row says."""
        return Mail(Because(self.because), self.checked_at)
