"""Where the owner may make no roles, the command says what somebody else should run."""

import base64
import hashlib
import hmac
import re
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management.base import CommandError
from psycopg import errors

from tests.people import Cast
from tests.reporting.conftest import ADDRESS, Reading, report_access

pytestmark = pytest.mark.usefixtures("committed_db")
STATEMENT = re.compile(r"^ {4}((?:CREATE|ALTER|DROP) .*;)$", re.MULTILINE)
DIGEST = "SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'report\\_%'"


def refused(*words: str) -> str:
    with pytest.raises(CommandError) as refusal:
        report_access("acme", *words)
    return str(refusal.value)


def run(superuser: psycopg.Connection[Any], said: str) -> list[str]:
    """Have the statements run by who may."""
    statements = STATEMENT.findall(said)
    for each in statements:
        superuser.execute(each.encode())
    return statements


def digest(superuser: psycopg.Connection[Any]) -> str:
    [(kept,)] = superuser.execute(DIGEST).fetchall()
    return str(kept)


def opens(password: str, kept: str) -> bool:
    """Say whether a server that keeps this lets this password in (RFC 5802)."""
    _, how, keys = kept.split("$")
    rounds, salt = how.split(":")
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), base64.b64decode(salt), int(rounds))
    key = hmac.digest(salted, b"Client Key", "sha256")
    return hashlib.sha256(key).digest() == base64.b64decode(keys.split(":")[0])


def test_the_statements_and_the_command_once_more_let_the_reader_in(
    cast: Cast, superuser: psycopg.Connection[Any], reads: Reading
) -> None:
    said = refused()
    assert "permission denied to create role" in said
    assert run(superuser, said)[0].startswith('CREATE ROLE "report_')
    address = ADDRESS.search(said)
    assert address
    password = urlsplit(address[0]).password or ""
    # Nobody's log or history has the password itself.
    assert password not in "".join(STATEMENT.findall(said))
    with pytest.raises(errors.UndefinedTable):
        reads(said).execute("SELECT * FROM leads")
    report_access("acme")
    reader = reads(said)
    assert reader.execute("SELECT count(*) FROM leads").fetchone() == (0,)
    assert reader.execute("SHOW statement_timeout").fetchone() == ("1min",)
    # The command renewed nothing that it may not.
    assert opens(password, digest(superuser))


def test_a_password_that_was_not_renewed_is_not_said_to_hold(
    cast: Cast, superuser: psycopg.Connection[Any]
) -> None:
    run(superuser, refused())
    before = digest(superuser)
    said = report_access("acme")
    assert "its password was not renewed" in said
    assert digest(superuser) == before
    assert all(each.startswith("ALTER ROLE") for each in run(superuser, said))
    address = ADDRESS.search(said)
    assert address
    assert opens(urlsplit(address[0]).password or "", digest(superuser))


def test_a_role_that_may_not_be_dropped_reads_nothing(
    cast: Cast, superuser: psycopg.Connection[Any], reads: Reading
) -> None:
    said = refused()
    run(superuser, said)
    report_access("acme")
    reader = reads(said)
    left = refused("--remove")
    with pytest.raises(errors.UndefinedTable):
        reader.execute("SELECT * FROM leads")
    assert [each.split()[0] for each in run(superuser, left)] == ["DROP", "DROP"]
    report_access("acme", "--remove")


def test_in_the_embedded_server_nobody_has_to_be_asked(
    cast: Cast, superuser: psycopg.Connection[Any], reads: Reading, settings: Any
) -> None:
    settings.EMBEDDED = True
    said = report_access("acme")
    reader = reads(said)
    assert reader.execute("SELECT count(*) FROM leads").fetchone() == (0,)
    report_access("acme", "--remove")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        reads(said)


def test_without_the_right_to_make_a_schema_nothing_is_made(
    cast: Cast, superuser: psycopg.Connection[Any]
) -> None:
    superuser.execute("ALTER DATABASE crm OWNER TO postgres")
    try:
        said = refused()
        assert "GRANT CREATE ON DATABASE" in said
    finally:
        superuser.execute("ALTER DATABASE crm OWNER TO crm_owner")
