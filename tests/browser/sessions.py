"""Sessions of people who are signed in already; runs inside `manage.py`."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore

from crm.tenants.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"


def session(user: User, **more: Any) -> str:
    """Make one; gives its key, which is the browser's cookie."""
    made = SessionStore()
    made["_auth_user_id"] = str(user.pk)
    made["_auth_user_backend"] = BACKEND
    made["_auth_user_hash"] = user.get_session_auth_hash()
    made.update(more)
    made.create()
    return str(made.session_key)
