"""What the administration does with leads by the same code as board and list: undone as a whole."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField

from crm.adminsite.previewed import Asked, Previewed
from crm.pipeline.models import Stage
from crm.tenants.models import Membership, Tenant
from leads.acts.act import Act
from leads.acts.delete import Delete as DeleteMany
from leads.bulk import bulk
from leads.models import Change, Lead
from leads.moving import asking, board, moving
from leads.moving.answers_form import AnswersForm
from leads.moving.asking import Answers
from leads.undo import undoing

RELATED = ("organisation", "stage", "owner", "tenant")


class AsInTheList(Previewed):
    """Does by an act of the list what was previewed here."""

    related = RELATED

    @abstractmethod
    def act(self, given: dict[str, Any]) -> Act:
        """Give the act with what it is asked with."""

    def do_all(self, rows: list[Lead], given: dict[str, Any], by: Membership) -> dict[Any, str]:
        batch, outcome = bulk.do(self.act(given), [row.pk for row in rows], by)
        changes = Change.of(by.tenant).filter(batch=batch)
        changed = set(changes.values_list("lead_id", flat=True)) if batch else set()
        # What can be foreseen is left out before, so that hardly ever there are several.
        why = _sentence("; ".join(outcome.skipped)) if outcome.skipped else ""
        return {row.pk: why for row in rows if row.pk not in changed}


class Where(Asked):
    stage = forms.ModelChoiceField(Stage._base_manager.none(), label="Move to")

    def offer(self, tenant: Tenant) -> None:
        stages = Stage.of(tenant).order_by("pipeline__position", "position", "id")
        stages = stages.select_related("pipeline", "tenant")
        self.fields["stage"].queryset = stages  # type: ignore[attr-defined]


class AskedByStage(AnswersForm):
    """What the board asks; `asked_by` keeps by which stage: another asks for other things."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stage = forms.CharField(initial=str(self.to.pk), widget=forms.HiddenInput())
        self.fields["asked_by"] = stage
        if self.is_about_room and self.open.full is not None:
            full = self.open.full
            self.fields["anyway"] = forms.BooleanField(
                label=f"{full.said} Move {full.coming:,} more in all the same",
                help_text="Else as many are moved as there is room for.",
                required=False,
            )

    @property
    def is_needed(self) -> bool:
        return len(self.fields) > 1

    def check_room(self) -> None:
        """Those for which there is no room are left alone, and counted."""


class MoveForm:
    """Where to, and then what that stage asks of those that would come."""

    def __init__(self, sent: Any, rows: list[Lead], by: Membership) -> None:
        self.where = Where(sent, tenant=by.tenant)
        self.asked: AskedByStage | None = None
        if sent is not None and self.where.is_valid():
            to = self.where.cleaned_data["stage"]
            is_answered = sent.get("ask-asked_by") == str(to.pk)
            given = {"open_": asking.open_of(rows, to), "leads": rows, "to": to, "membership": by}
            form = AskedByStage(sent if is_answered else None, **given)
            self.asked = form if form.is_needed else None

    def is_valid(self) -> bool:
        return self.where.is_valid() and (self.asked is None or self.asked.is_valid())

    @property
    def cleaned_data(self) -> dict[str, Any]:
        """Give the stage, and the answers to what it asks."""
        answers = self.asked.answers() if self.asked is not None else Answers()
        return self.where.cleaned_data | {"answers": answers}

    @property
    def parts(self) -> list[forms.Form]:
        """The forms that it is made of."""
        return [self.where] if self.asked is None else [self.where, self.asked]

    def visible_fields(self) -> Iterator[BoundField]:
        for form in self.parts:
            yield from form.visible_fields()

    def hidden_fields(self) -> Iterator[BoundField]:
        for form in self.parts:
            yield from form.hidden_fields()


class Move(Previewed):
    name, label, related = "move", "Move to a stage", RELATED
    seen = ("version",)

    def form(self, sent: Any, rows: list[Any], by: Membership) -> MoveForm:
        return MoveForm(sent, rows, by)

    def left(self, rows: list[Lead], given: dict[str, Any]) -> dict[Any, str]:
        parts = moving.sort(rows, given["stage"], versions={}, answers=given["answers"])
        return {pk: _sentence(why) for pk, why in parts.left.items()}

    def does(self, many: str, given: dict[str, Any]) -> str:
        return f"Move {many} to {given['stage']}"

    def did(self, many: str, given: dict[str, Any]) -> str:
        return undoing.offer(f"Moved {many} to {given['stage']}.")

    def remark(self, rows: list[Lead], given: dict[str, Any]) -> str:
        if given["stage"].is_closed:
            return "Leads that stand there are no longer pursued."
        return ""

    def do_all(self, rows: list[Lead], given: dict[str, Any], by: Membership) -> dict[Any, str]:
        idents = [row.pk for row in rows]
        try:
            moved = board.move_many(idents, to=given["stage"], by=by, answers=given["answers"])
        except board.MoveRefused as refused:
            return dict.fromkeys(idents, str(refused))
        done = {lead.pk for lead in moved.leads}
        left = {pk: _sentence(why) for pk, why in moved.left.items()}
        return {pk: left.get(pk, _sentence(moving.UNSEEN)) for pk in idents if pk not in done}


def _sentence(why: str) -> str:
    return f"{why[0].upper()}{why[1:]}."


class Delete(Previewed):
    name, label, related, is_dangerous, deletes = "delete", "Delete", RELATED, True, True
    seen = ("version", "owner_id", "value_pence")

    def does(self, many: str, given: dict[str, Any]) -> str:
        return f"Delete {many}"

    def did(self, many: str, given: dict[str, Any]) -> str:
        return undoing.offer(f"Deleted {many}.")

    def remark(self, rows: list[Lead], given: dict[str, Any]) -> str:
        return (
            "Their notes, moves, scores, tags, fields and shares go along. You can undo it for ten "
            "minutes; after that they are gone for good. The organisations and contacts stay."
        )

    def do_all(self, rows: list[Lead], given: dict[str, Any], by: Membership) -> dict[Any, str]:
        bulk.do(DeleteMany({}), [row.pk for row in rows], by)
        return {}
