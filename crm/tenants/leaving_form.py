"""Who takes over from somebody who leaves."""

from typing import Any

from django import forms

from crm.tenants import handovers
from crm.tenants.handovers import MAY_BE_NOBODY, MAY_TAKE, Belongings, Question, Takers
from crm.tenants.models import Tenant, User

LABELS = {
    Question.LEADS: "Who takes over the leads?",
    Question.CAMPAIGNS: "Who takes over campaigns, schedules and templates?",
    Question.VIEWS: "Who takes over the shared views?",
}
# What the choice of nobody is sent as.
FREE = "nobody"
NOBODY = "Nobody: they go back to those without an owner"
NOBODY_LEFT = "Nobody else here may {}. Give somebody a role that may, first."


class TakersForm(forms.Form):
    """Asks only about what there is; views go to `by`, who removes the person, unless said."""

    def __init__(
        self, tenant: Tenant, person: User, belongings: Belongings, *args: Any, by: User
    ) -> None:
        super().__init__(*args)
        self.initial = {Question.VIEWS: str(by.pk)}
        self.people: dict[str, User] = {}
        for question in Question:
            if belongings.asks(question):
                takers = handovers.candidates(tenant, person, question)
                self.people |= {str(taker.pk): taker for taker in takers}
                self.fields[question] = self._field(question, takers)

    def takers(self) -> Takers:
        chosen = {Question(name): value for name, value in self.cleaned_data.items()}
        return Takers({question: self.people.get(value) for question, value in chosen.items()})

    def _field(self, question: Question, takers: list[User]) -> forms.ChoiceField:
        is_free = question in MAY_BE_NOBODY
        first = (FREE, NOBODY) if is_free else ("", "Choose somebody")
        return forms.ChoiceField(
            label=LABELS[question],
            choices=[first, *((str(taker.pk), str(taker)) for taker in takers)],
            help_text="" if takers or is_free else NOBODY_LEFT.format(MAY_TAKE[question]),
            error_messages={"required": f"Say who takes over the {question}."},
        )
