"""The link by which a person sets a password: it works once.

One that a manager hands over works for three days, one that came by e-mail for a day.
"""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.http import base36_to_int, urlsafe_base64_decode, urlsafe_base64_encode

from crm.tenants.models import Membership, Role, User

DAYS = settings.PASSWORD_RESET_TIMEOUT // 86_400
MAILED_SECONDS = 86_400


class _Tokens(PasswordResetTokenGenerator):
    key_salt = "crm.tenants.password_link"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        """Include where the person stands: who became an owner since has no manager's link."""
        places = user.memberships.order_by("pk").values_list("tenant_id", "role")
        standing = ",".join(f"{tenant_id}:{role}" for tenant_id, role in places)
        return f"{super()._make_hash_value(user, timestamp)}{standing}{user.is_superuser}"


class _MailedTokens(_Tokens):
    key_salt = "crm.tenants.password_link by e-mail"

    def check_token(self, user: User | None, token: str | None) -> bool:
        if not super().check_token(user, token):
            return False
        made = base36_to_int(str(token).partition("-")[0])
        return self._num_seconds(self._now()) - made <= MAILED_SECONDS


_tokens = _Tokens()
_mailed = _MailedTokens()


class NoLink(Exception):
    """This person gets no link from this member; the sentence says why."""


def path(membership: Membership, by: Membership) -> str:
    """Make the link's path, for one member to hand to another; raises NoLink."""
    person = membership.user
    if membership.role == Role.OWNER and by.role != Role.OWNER:
        raise NoLink(f"{person} is an owner: only an owner can make that link.")
    if person.is_superuser:
        raise NoLink(f"{person} looks after this installation and keeps the password they have.")
    if not person.is_active:
        raise NoLink(f"The account of {person} is closed.")
    if person.memberships.count() > 1:
        raise NoLink(f"{person} works for another company here, too, and keeps their password.")
    return _path(person, _tokens)


def own_path(person: User) -> str:
    """Make the path of a link that only goes to the person's own mailbox."""
    return _path(person, _mailed)


def _path(person: User, tokens: _Tokens) -> str:
    uid = urlsafe_base64_encode(str(person.pk).encode())
    return reverse("tenants:set_password", args=[uid, tokens.make_token(person)])


def holder(uid: str, token: str) -> User | None:
    """Give the person whom the link is for; None once it works no longer.

    The person is locked, so that of two windows only one can use the link.
    """
    try:
        key = UUID(urlsafe_base64_decode(uid).decode())
    except (ValueError, ValidationError):
        return None
    person = User.objects.select_for_update(no_key=True).filter(pk=key, is_active=True).first()
    if person is None:
        return None
    fits = any(tokens.check_token(person, token) for tokens in (_tokens, _mailed))
    return person if fits else None
