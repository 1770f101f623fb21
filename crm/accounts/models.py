"""What is kept of people's ways in, besides what the libraries keep."""

from django.db import models

from crm.tenants.models import User


class Try(models.Model):
    """Something that may be done only so often: what, by or for whom, and when."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["kind", "key", "-at"], name="tries_of_one")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class NewAddress(models.Model):
    """An e-mail address that a person wants to have and has not shown to be theirs yet.

    `digest` is all that is kept of the link, so that nobody can read it here.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="new_address")
    email = models.EmailField()
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.email
