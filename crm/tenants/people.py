"""People sign in with their e-mail address; case never makes two people of one."""

from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from crm.ids import uuid7
from crm.ledger.audited import Audited


def check_zone(name: str) -> None:
    """Refuse a time zone that the machine doesn't know."""
    if name not in available_timezones():
        raise ValidationError(f"“{name}” is no time zone. Write it like Europe/London.")


def normal(email: str) -> str:
    """Write an address the one way in which it is kept, looked for and counted.

    The database's own comparison without case takes an i without a dot for an i: with it somebody
    could be found by an address that is not theirs.
    """
    return email.strip().lower()


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=normal(username or ""))

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person; without a password nobody can sign in as them yet."""
        user = self.model(email=normal(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person who sees the installation itself, and no tenant unless a member."""
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField("e-mail", unique=True)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64, default="Europe/London", validators=[check_zone])
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    audited = Audited(
        apart_from=("last_login",),
        secret=("password",),
        told_by=("memberships",),
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_person_per_email",
                violation_error_message="Somebody with this e-mail address is here already.",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = normal(self.email)
        super().save(*args, **kwargs)
