"""SECRET_KEY can be changed: what was sealed before is sealed anew, and no key is lost."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import override_settings

from crm.keys import changing, keys
from crm.keys.models import Credential
from crm.ledger.models import AuditEntry
from tests.keys.conftest import MINE
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("db")


def resealed() -> str:
    said = StringIO()
    call_command("reseal", stdout=said)
    return said.getvalue().strip()


def test_after_resealing_the_former_secret_is_needed_no_more(cast: Cast) -> None:
    with override_settings(SECRET_KEY="former"):
        changing.put(cast.tenant, "openai", MINE, by=cast.ada)
        sealed = Credential.of(cast.tenant).get().sealed
    with override_settings(SECRET_KEY="latter", SECRET_KEY_FALLBACKS=["former"]):
        assert resealed() == (
            "Sealed 1 key anew; every former SECRET_KEY may now leave SECRET_KEY_FALLBACKS."
        )
    assert Credential.of(cast.tenant).get().sealed != sealed
    with override_settings(SECRET_KEY="latter", SECRET_KEY_FALLBACKS=[]):
        key = keys.of(cast.tenant, "openai")
    assert key is not None
    assert key.secret == MINE
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.actor) == ("sealed anew the key of", "background work")


def test_a_key_that_cannot_be_opened_is_left_and_counted(cast: Cast) -> None:
    with override_settings(SECRET_KEY="lost"):
        changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    changing.put(cast.tenant, "hunter", "0123456789abcdef", by=cast.ada)
    assert resealed() == (
        "Sealed 1 key anew. 1 could not be opened with any SECRET_KEY that is known here: their "
        "pages ask for them anew."
    )
