"""Whether somebody is reached at an address or a number, and whether they may be, in badges."""

from dataclasses import dataclass

from enrichment.emails.verdict import State as Mail
from enrichment.phones import fitting, number, screening
from enrichment.phones.fitting import Fit
from enrichment.phones.kinds import DEAR, LABELS
from enrichment.phones.number import State as Numbering
from enrichment.phones.screening import Screened
from leads.models import EmailCheck

MAIL = {
    Mail.DELIVERABLE: ("Deliverable", "good", "mail-check"),
    Mail.RISKY: ("Risky", "warn", "mail-warning"),
    Mail.UNDELIVERABLE: ("Undeliverable", "bad", "mail-x"),
    Mail.UNKNOWN: ("Delivery unknown", "quiet", "mail-question-mark"),
}
MOST_REASONS = 8


@dataclass(frozen=True)
class Badge:
    """`tone` and `icon` as the badges of the look know them."""

    text: str
    tone: str
    icon: str = ""


@dataclass(frozen=True)
class Reach:
    """`badges` at one look, `why` in sentences; `is_barred` says that nobody should go there.

    `kind` and `place` are of a number.
    """

    badges: tuple[Badge, ...] = ()
    why: tuple[str, ...] = ()
    is_barred: bool = False
    kind: str = ""
    place: str = ""


def email(check: EmailCheck | None) -> Reach | None:
    """Say whether mail would arrive; None where nobody has looked."""
    if check is None:
        return None
    why = tuple(str(each) for each in check.reasons[:MOST_REASONS])
    if check.is_wrong:
        return Reach((Badge("Marked as wrong", "bad", "mail-x"),), why, True)
    state = Mail(check.state) if check.state in set(Mail) else Mail.UNKNOWN
    badges = [Badge(*MAIL[state])]
    if check.is_barred:
        badges.insert(0, Badge("Don’t write", "bad", "ban"))
    return Reach(tuple(badges), why, check.is_barred or state is Mail.UNDELIVERABLE)


def phone(text: str, postcode: str, screened: Screened | None) -> Reach | None:
    """Say what a number is, whether it fits the postcode, and whether it may be rung unasked."""
    if not text:
        return None
    read = number.read(text)
    if read.state is Numbering.WRONG:
        return Reach((Badge("No phone number", "bad", "phone-off"),), (read.reason.words,), True)
    badges, why = [], []
    if screened is not None:
        badges.append(_screened(screened))
        why.append(screened.words)
    if read.kind in DEAR:
        badges.append(Badge("Costs extra", "warn", "circle-pound-sterling"))
    if read.state is Numbering.UNKNOWN:
        badges.append(Badge("Unlikely number", "warn", "phone-off"))
    why.append(read.reason.words)
    fits = fitting.compare(read, postcode)
    if fits.fit is Fit.ELSEWHERE:
        badges.append(Badge("Another area", "warn", "map-pin-off"))
    if fits.fit is not Fit.NO_STATEMENT:
        why.append(fits.words)
    is_listed = screened is not None and screened.state is screening.State.LISTED
    label = LABELS[read.kind]
    return Reach(
        tuple(badges), tuple(why), is_listed, label[0].upper() + label[1:], read.place
    )


def _screened(screened: Screened) -> Badge:
    match screened.state:
        case screening.State.LISTED:
            lists = " and ".join(each.label for each in screened.registers) or "TPS"
            return Badge(f"On the {lists}: don’t call", "bad", "phone-off")
        case screening.State.NOT_LISTED:
            return Badge("Not on the TPS", "good", "phone-call")
        case screening.State.TOO_OLD:
            return Badge("TPS list too old", "warn", "clock")
    return Badge("Not screened", "quiet", "circle-question-mark")
