"""Whether mail to an address would arrive, from all that is known of it, with the reasons.

What each state takes, and why no kinder:

- `deliverable`: somebody asked the mail server within the last three months, and it has that very
  mailbox. Nothing else proves one. A domain with mail servers proves that there is a post room, not
  that the person works there; an address on the organisation's own website was right when the page
  was written, and pages outlive people. Hunter, ZeroBounce and the others that senders trust call
  nothing else deliverable or valid, and whoever writes to many such addresses with 5 in 100 wrong
  has their own domain blocked. We don't ask mail servers ourselves: the large hosts lie to
  strangers, and whoever asks often lands on their block lists.
- `unknown`: nothing speaks against it, and nobody has asked, or whoever did could not find out. The
  best that an address can be without a verifier. How sure it is that the address is theirs at all
  is another question, which the way it was told answers (`enrichment.ways`).
- `risky`: something speaks against it: a guess, a server that takes everything, no mail server of
  its own, a desk where a person is meant, a host for minutes, a slip of the pen.
- `undeliverable`: no mailbox can be meant, the domain takes no mail, or its server said no.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from enrichment.emails import hearing, lists, slips, syntax
from enrichment.emails.answers import UNASKED, Answer, Because, Mail
from enrichment.emails.hearing import Heard
from enrichment.emails.reason import Reason
from enrichment.emails.syntax import Address
from enrichment.emails.verifiers import Said


class State(StrEnum):
    DELIVERABLE = "deliverable"
    RISKY = "risky"
    UNDELIVERABLE = "undeliverable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reasons` are in the order in which they counted; the first decided.

    `address` is in lower case, "" where it is none. `proposal` is what was probably meant.
    `is_barred`: nobody should write there, whatever the state.
    """

    state: State
    reasons: tuple[Reason, ...]
    address: str = ""
    proposal: str = ""
    is_role: bool = False
    is_free: bool = False
    is_disposable: bool = False
    is_barred: bool = False


def judge(
    text: str,
    mail: Mail = UNASKED,
    said: Sequence[Said] = (),
    *,
    today: date,
    is_person: bool = False,
    is_guess: bool = False,
) -> Verdict:
    """Judge an address; never raises, whatever is written there.

    `mail` is what DNS says of its domain, `said` what verifiers said of it. `is_person`: it was
    given as one person's own; `is_guess`: nobody gave it, it was made up by a pattern.
    """
    try:
        address = syntax.read(text)
    except syntax.NotAnAddress as error:
        return Verdict(State.UNDELIVERABLE, (error.reason,))
    return read(address, mail, said, today=today, is_person=is_person, is_guess=is_guess)


def read(
    address: Address,
    mail: Mail = UNASKED,
    said: Sequence[Said] = (),
    *,
    today: date,
    is_person: bool = False,
    is_guess: bool = False,
) -> Verdict:
    """Judge an address that is one."""
    heard = hearing.weigh(said, today)
    is_role = lists.is_role(address.local) or heard.is_role
    lasting = _lasting(address, is_role and is_person, heard)
    host = slips.proposal(address.domain)
    settled = _settled_by_asking(address, mail, host, is_guess)
    state, reasons = _state(address, mail, heard, lasting, settled)
    free = lists.is_free(address.domain)
    also = [_free(address)] if free else []
    return Verdict(
        state,
        tuple(dict.fromkeys([*reasons, *also])),
        address.text,
        f"{address.local}@{host}" if host and state is not State.DELIVERABLE else "",
        is_role=is_role,
        is_free=free,
        is_disposable=lists.is_disposable(address.domain) or heard.is_throwaway,
        is_barred=heard.is_harmful,
    )


def _state(
    address: Address, mail: Mail, heard: Heard, lasting: list[Reason], settled: list[Reason]
) -> tuple[State, list[Reason]]:
    dns = mail.said(address.domain)
    if mail.answer is Answer.NO_MAIL:
        return State.UNDELIVERABLE, [dns, *(each for each in settled if each.slug == "slip")]
    if heard.against:
        return State.UNDELIVERABLE, [*heard.against, *lasting]
    if lasting:
        return State.RISKY, [*lasting, *heard.doubts, *heard.proof, dns]
    if heard.proof:
        return State.DELIVERABLE, [*heard.proof, dns]
    if heard.doubts or settled:
        return State.RISKY, [*heard.doubts, *settled, *heard.unsure, dns]
    if mail.answer is Answer.UNKNOWN:
        return State.UNKNOWN, [dns, *heard.unsure]
    unasked = [] if heard.unsure else [_unasked()]
    return State.UNKNOWN, [*heard.unsure, *unasked, dns]


def _lasting(address: Address, is_desk: bool, heard: Heard) -> list[Reason]:
    """What stays a risk even where the mailbox is there."""
    found = list(heard.harm)
    if lists.is_disposable(address.domain):
        words = f"{address.domain} lends mailboxes for minutes: nobody reads there tomorrow."
        found.append(Reason("disposable", words))
    if address.is_mixed:
        words = f"{address.domain} mixes alphabets, as names do that are made to be mistaken."
        found.append(Reason("mixed", words))
    if is_desk:
        words = f"“{address.local}” is a desk’s address and no person’s own."
        found.append(Reason("role", words))
    return found


def _settled_by_asking(address: Address, mail: Mail, host: str, is_guess: bool) -> list[Reason]:
    """What is a risk as long as no server has said that the mailbox is there."""
    found = []
    if host:
        words = f"{address.domain} looks like a slip of the pen for {host}."
        found.append(Reason("slip", words))
    if is_guess:
        words = "Nobody gave this address: it is a guess by the pattern of others."
        found.append(Reason("guess", words))
    if mail.because is Because.ADDRESS_ALONE:
        found.append(mail.said(address.domain))
    if address.is_quoted:
        words = "What stands before the @ is in quotes, which hardly any mailbox has."
        found.append(Reason("quoted", words))
    if address.is_foreign:
        words = "Before the @ are signs that many mail servers do not take (RFC 6531)."
        found.append(Reason("beyond_ascii", words))
    return found


def _free(address: Address) -> Reason:
    words = f"Anybody may have a mailbox at {address.domain}: it may be a private one."
    return Reason("free", words)


def _unasked() -> Reason:
    return Reason("unasked", "No verifier has asked whether the mailbox is there.")
