"""Who acts right now, by what way and from where: set once where the work comes in."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser

from crm.ledger.models import Via


@dataclass(frozen=True)
class Author:
    """Nobody who came in by a page or the worker came by a command."""

    id: UUID | None = None
    name: str = ""
    via: str = Via.COMMAND
    address: str = ""


class _Stranger(AnonymousUser):
    def __str__(self) -> str:
        return "somebody not signed in"


# Who came in by a page without saying who they are; `by=None` is our own background work.
STRANGER = cast(AbstractBaseUser, _Stranger())

_now: ContextVar[Author] = ContextVar("author", default=Author())  # noqa: B039 - frozen


def now() -> Author:
    """Give whoever acts here."""
    return _now.get()


@contextmanager
def acting(
    by: AbstractBaseUser | None = None, *, via: str | None = None, address: str | None = None
) -> Iterator[None]:
    """Have what is done inside written down as done by this person, by this way, from there."""
    given: dict[str, Any] = {}
    if by is not None:
        given |= {"id": by.pk, "name": str(by)}
    if via is not None:
        given["via"] = via
    if address is not None:
        given["address"] = address
    token = _now.set(replace(_now.get(), **given))
    try:
        yield
    finally:
        _now.reset(token)


def from_address(address: str) -> Any:
    """Note where the changes made inside come from (an IP address)."""
    return acting(address=address)


def labelled(name: str, via: str) -> str:
    """Name the person as the trail does: support is told from the company's own people."""
    return f"Support: {name}" if via == Via.SUPPORT else name


def as_setting() -> str:
    """Say it to PostgreSQL (`app.actor`), for what no verb tells of."""
    author = _now.get()
    names = {Via.WORKER: "background work", Via.COMMAND: "the command line"}
    name = labelled(author.name, author.via) if author.name else names.get(Via(author.via), "")
    return json.dumps(
        {
            "id": str(author.id) if author.id else None,
            "name": name or "somebody",
            "via": author.via,
            "address": author.address,
        }
    )
