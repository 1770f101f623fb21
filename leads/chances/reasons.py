"""Why a lead has the chance that it has, as of today, or why it has none."""

from dataclasses import dataclass

from leads.chances import chances, ended, shown
from leads.models import Lead
from leads.scored import cards, evidence, rows
from scoring.chance.model import Chance

MILLE = 1_000


@dataclass(frozen=True)
class Told:
    """`chance` is None where `why` says why there is none. `percent` is what the lead shows."""

    chance: Chance | None
    why: str = ""
    percent: int | None = None


def of(lead: Lead) -> Told:
    """Say what speaks for the lead and what against it, by what is known today."""
    percent = None if lead.chance is None else round(100 * lead.chance / MILLE)
    if lead.closed_at is not None:
        kept = f"It stood at {percent} % when the lead ended." if percent is not None else ""
        return Told(None, f"The lead has ended. {kept}".strip(), percent)
    known = chances.of(lead.tenant)
    if known is None:
        return Told(None, none_yet(lead))
    by = cards.current(lead.tenant)
    read = rows.read(lead.tenant, [lead.pk])
    wanted = evidence.asked(by.engine.card) | known.facts
    gathered = evidence.gather(lead.tenant, read, wanted=wanted)
    scored = [by.engine.score(each) for each in gathered]
    asked = known.examples(read, gathered, scored)
    if not asked:
        # It has ended in this moment.
        return Told(None, "The lead has ended.", percent)
    chance = known.model.chance(asked[0].features, asked[0].at)
    shown_percent = round(100 * chance.value) if percent is None else percent
    return Told(chance, percent=shown_percent)


def none_yet(lead: Lead) -> str:
    """Say what is missing until there are chances."""
    said = shown.missing(shown.counts(*ended.count(lead.tenant)))
    if said:
        return f"There is no chance of winning yet: {said} to learn from."
    return "There is no chance of winning yet: no training has found anything that tells."
