"""What the verdict of those who ask the mail servers tells of an address, and how it is kept."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from enrichment.contract import Subject
from enrichment.emails import syntax
from enrichment.emails.syntax import Address, NotAnAddress
from enrichment.emails.verifiers import Outcome, Said
from enrichment.told import ORGANISATION, Told

# Of all others the server says nothing, or says it of whom to write to and not of the mailbox.
TELLING = {Outcome.EXISTS: False, Outcome.NO_MAILBOX: True}


def read(written: Any) -> Address | None:
    """Read what is known as an address; None where nobody could be asked about it."""
    if not isinstance(written, str):
        return None
    try:
        return syntax.read(written)
    except NotAnAddress:
        return None


def told(subject: Subject, address: str, said: Said) -> Sequence[Told]:
    """Give the proof that an address is right, or the one that it is wrong; mostly one of them.

    The person, where it is about one, is known by the address.
    """
    if said.outcome not in TELLING:
        return ()
    about, is_denied = address if subject.person else ORGANISATION, TELLING[said.outcome]
    return (Told("email", address, "checked", as_of=said.on, about=about, is_denied=is_denied),)


def kept(address: str, said: Said) -> dict[str, list[Any]]:
    """Give the verdict as JSON, for whoever judges the address later."""
    return {"said": [{"address": address, **asdict(said), "on": said.on.isoformat()}]}
