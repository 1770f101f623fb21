"""The table of what rules can do: a new deed is a line here."""

from leads.models import Reaction
from leads.reacting.acting import Label, MoveOn
from leads.reacting.giving import Give
from leads.reacting.planning import Plan
from leads.reacting.telling import Tell
from leads.reacting.then import Then

DEEDS: dict[str, type[Then]] = {deed.slug: deed for deed in (Give, Label, MoveOn, Plan, Tell)}
LABELS = {
    Give.slug: "give it to somebody, or to several in turn",
    Label.slug: "tag it",
    MoveOn.slug: "move it to a stage",
    Plan.slug: "make a task for its owner",
    Tell.slug: "tell people by the bell",
}


def of(rule: Reaction) -> Then:
    """Give what the rule does."""
    return DEEDS[rule.does](rule.given)
