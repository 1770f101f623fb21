"""Weighs what several verifiers said of one address, at different times."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from enrichment.emails.reason import Reason
from enrichment.emails.verifiers import Outcome, Said

# So long a mailbox is taken to be there: of a hundred at work two or three go each month.
PROVES_FOR = timedelta(days=90)
# So long one is taken to be gone: who has left seldom comes back.
REFUTES_FOR = timedelta(days=365)
# A full mailbox may be emptied, and who could not find out may ask again.
PASSES_AFTER = timedelta(days=30)
LASTS = {
    Outcome.EXISTS: PROVES_FOR,
    Outcome.TAKES_ALL: PROVES_FOR,
    Outcome.NO_MAILBOX: REFUTES_FOR,
    Outcome.FULL: PASSES_AFTER,
    Outcome.UNSURE: PASSES_AFTER,
    Outcome.THROWAWAY: REFUTES_FOR,
}
CONTRADICTING = {Outcome.NO_MAILBOX, Outcome.FULL, Outcome.TAKES_ALL}
DECISIVE = {Outcome.EXISTS, *CONTRADICTING}
# Verdicts of so few days apart are of the same time: neither is the newer one.
TOGETHER = timedelta(days=14)
MOST = 50
DISAGREE = Reason("disagree", "Those who have asked its server disagree.")


@dataclass(frozen=True, slots=True)
class Heard:
    """The sentences of each kind: for the mailbox, against it, and those that leave it open."""

    proof: list[Reason] = field(default_factory=list)
    against: list[Reason] = field(default_factory=list)
    doubts: list[Reason] = field(default_factory=list)
    harm: list[Reason] = field(default_factory=list)
    unsure: list[Reason] = field(default_factory=list)
    is_role: bool = False
    is_throwaway: bool = False

    @property
    def is_harmful(self) -> bool:
        """Whether one of them warns of writing there."""
        return any(each.slug == Outcome.HARMFUL for each in self.harm)


def weigh(said: Sequence[Said], today: date) -> Heard:
    """Weigh verdicts: each verifier's newest counts, as long as it lasts; a warning lasts."""
    if not said:
        return Heard()
    newest = _newest(said[:MOST])
    fresh = _without_overtaken([each for each in newest if _lasts(each, today)])
    has = {each.outcome for each in fresh}
    disagree = Outcome.EXISTS in has and bool(has & CONTRADICTING)

    def of(*outcomes: Outcome) -> list[Reason]:
        return [_words(each) for each in fresh if each.outcome in outcomes]

    proof, against = of(Outcome.EXISTS), of(Outcome.NO_MAILBOX, Outcome.FULL)
    open_ = of(Outcome.TAKES_ALL)
    return Heard(
        proof=[] if disagree else proof,
        against=[] if disagree else against,
        doubts=[DISAGREE, *proof, *against, *open_] if disagree else open_,
        harm=of(Outcome.HARMFUL, Outcome.THROWAWAY),
        unsure=[*of(Outcome.UNSURE), *(_stale(each) for each in newest if not _lasts(each, today))],
        is_role=any(each.is_role for each in said),
        is_throwaway=Outcome.THROWAWAY in has,
    )


def _newest(said: Sequence[Said]) -> list[Said]:
    """Each verifier's last word, newest first; every warning; and who could not tell since."""
    told: set[str] = set()
    untold: set[str] = set()
    found = []
    for each in sorted(said, key=lambda each: each.on, reverse=True):
        if each.outcome is Outcome.HARMFUL:
            found.append(each)
        elif each.verifier in told:
            continue
        elif each.outcome is not Outcome.UNSURE:
            told.add(each.verifier)
            found.append(each)
        elif each.verifier not in untold:
            untold.add(each.verifier)
            found.append(each)
    return found


def _lasts(each: Said, today: date) -> bool:
    lasts = LASTS.get(each.outcome)
    return lasts is None or today - each.on <= lasts


def _without_overtaken(fresh: list[Said]) -> list[Said]:
    """Leave out what a clearly newer word of another verifier contradicts."""
    last = next((each for each in fresh if each.outcome in DECISIVE), None)
    if last is None:
        return fresh
    return [
        each
        for each in fresh
        if each.outcome not in DECISIVE
        or each.outcome is last.outcome
        or last.on - each.on <= TOGETHER
    ]


def _words(each: Said) -> Reason:
    words = f"{each.verifier} says that {each.words} ({_day(each.on)})."
    return Reason(each.outcome.value, words)


def _stale(each: Said) -> Reason:
    words = f"What {each.verifier} said on {_day(each.on)} is too long ago to count."
    return Reason("stale", words)


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
