"""Judges many addresses at once: their domains are looked up together, and each only once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from enrichment.emails import domains, syntax, verdict
from enrichment.emails.answers import UNASKED
from enrichment.emails.syntax import Address
from enrichment.emails.verdict import State, Verdict
from enrichment.emails.verifiers import Said


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An address to be judged; see `verdict.judge` for what the rest means."""

    text: str
    said: Sequence[Said] = ()
    is_person: bool = False
    is_guess: bool = False


def check(asked: Sequence[Asked], *, seconds: float = domains.PATIENCE) -> list[Verdict]:
    """Judge addresses, in their order; DNS is asked where it must be, so not in a transaction."""
    read = [_read(each.text) for each in asked]
    named = {each.asked for each in read if isinstance(each, Address)}
    mail = domains.look_up(named, seconds=seconds)
    today = timezone.localdate()
    return [
        address
        if isinstance(address, Verdict)
        else verdict.read(
            address,
            mail.get(address.asked, UNASKED),
            each.said,
            today=today,
            is_person=each.is_person,
            is_guess=each.is_guess,
        )
        for each, address in zip(asked, read, strict=True)
    ]


def _read(text: str) -> Address | Verdict:
    try:
        return syntax.read(text)
    except syntax.NotAnAddress as error:
        return Verdict(State.UNDELIVERABLE, (error.reason,))
