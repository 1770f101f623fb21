"""By which key a company asks: its own, or else the installation's; never two at once."""

from typing import Any

import pytest
from django.test import override_settings

from crm.keys import changing, keys, own
from crm.keys.keys import Stands
from crm.keys.models import Credential
from crm.outside.errors import Refused
from tests.people import Cast

pytestmark = pytest.mark.usefixtures("db")

MINE = "sk-proj-0000000000000000mine"
OURS = "sk-proj-0000000000000000ours"


@pytest.fixture(autouse=True)
def _systems(settings: Any) -> None:
    settings.OPENAI_API_KEY = OURS
    settings.HUNTER_KEY = ""


def test_without_one_of_its_own_a_company_asks_with_the_installations(cast: Cast) -> None:
    key = keys.of(cast.tenant, "openai")
    assert key is not None
    assert (key.secret, key.is_system) == (OURS, True)
    standing = keys.standing(cast.tenant, "openai")
    assert standing.state == Stands.SYSTEM
    assert standing.label == "Falls back to the installation’s key"
    assert (standing.own, standing.last4, standing.usable) == (False, "", True)


def test_where_there_is_neither_nothing_is_asked(cast: Cast) -> None:
    assert keys.of(cast.tenant, "hunter") is None
    standing = keys.standing(cast.tenant, "hunter")
    assert (standing.state, standing.label, standing.usable) == (Stands.MISSING, "No key", False)
    assert standing.said == "Campaigns do not search Hunter."


def test_its_own_key_comes_first_and_is_no_other_companys(cast: Cast) -> None:
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    key = keys.of(cast.tenant, "openai")
    assert key is not None
    assert (key.secret, key.is_system, key.tenant_id) == (MINE, False, cast.tenant.pk)
    standing = keys.standing(cast.tenant, "openai")
    assert (standing.state, standing.label) == (Stands.UNTESTED, "Never tested")
    assert (standing.own, standing.last4) == (True, "mine")
    theirs = keys.of(cast.other, "openai")
    assert theirs is not None
    assert theirs.secret == OURS


def test_a_key_that_is_refused_never_gives_way_to_the_installations(cast: Cast) -> None:
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    key = keys.of(cast.tenant, "openai")
    assert key is not None
    keys.report(key, Refused("OpenAI refused the key (401).", kind="key"))
    again = keys.of(cast.tenant, "openai")
    assert again is not None
    assert again.secret == MINE
    standing = keys.standing(cast.tenant, "openai")
    assert (standing.state, standing.usable) == (Stands.REFUSED, False)
    assert standing.said == "OpenAI refused the key (401)."


def test_a_key_that_is_removed_does(cast: Cast) -> None:
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    changing.remove(cast.tenant, "openai", by=cast.ada)
    key = keys.of(cast.tenant, "openai")
    assert key is not None
    assert key.secret == OURS
    assert keys.standing(cast.tenant, "openai").state == Stands.SYSTEM


def test_a_sealed_key_opens_in_no_other_row(cast: Cast) -> None:
    row = changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    for tenant, service in ((cast.other, "openai"), (cast.tenant, "hunter")):
        copied = Credential.of(tenant).create(tenant=tenant, service=service, sealed=row.sealed)
        with pytest.raises(own.CannotBeOpened):
            own.opened(copied)
        assert keys.of(tenant, service) is None
        assert keys.standing(tenant, service).state == Stands.UNREADABLE


def test_a_key_from_before_the_secret_changed_is_asked_for_anew(cast: Cast) -> None:
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]):
        assert keys.of(cast.tenant, "openai") is None
        standing = keys.standing(cast.tenant, "openai")
    assert (standing.state, standing.usable) == (Stands.UNREADABLE, False)
    assert "Put the key in again." in standing.said


def test_a_key_does_not_show_its_secret(cast: Cast) -> None:
    changing.put(cast.tenant, "openai", MINE, by=cast.ada)
    assert MINE not in repr(keys.of(cast.tenant, "openai"))
