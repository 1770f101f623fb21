"""The small form that a stage asks with: only what it asks and the leads lack."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from crm.pipeline.models import Asked, Kind, Stage
from crm.tenants import members
from crm.tenants.models import Membership, User
from crm.tenants.permissions import Permission, may
from leads.models import Contact, Lead
from leads.moving.asking import LONGEST_REASON, REASONS, Answers, Open
from leads.page.forms import PoundsField
from leads.sight import sight
from leads.work import tasks

OTHER = "other"
FIRST_YEAR, LAST_YEAR = 2000, 2099
FIELDS = {
    Asked.OWNER: ("owner",),
    Asked.VALUE: ("value",),
    Asked.CONTACT: ("contact", "contact_name"),
    Asked.TASK: ("task", "due"),
    Asked.REASON: ("reason", "own_words"),
}


class AnswersForm(forms.Form):
    """`open_` says what is asked; `sent` is None where it is asked for the first time."""

    owner = forms.ModelChoiceField(
        User.objects.none(),
        empty_label="Choose a colleague",
        error_messages={"required": "Choose who looks after it."},
    )
    value = PoundsField(label="First-year value in pounds")
    contact = forms.ModelChoiceField(
        Contact._base_manager.none(), required=False, empty_label="Somebody else:"
    )
    contact_name = forms.CharField(
        label="Name of the contact",
        required=False,
        max_length=200,
        error_messages={"required": "Write the name of somebody there."},
    )
    task = forms.CharField(
        label="What is to be done next",
        max_length=tasks.LONGEST,
        error_messages={"required": "Say what is to be done next."},
    )
    due = forms.DateField(
        label="By when",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Choose the day.", "invalid": "Choose the day."},
    )
    reason = forms.ChoiceField(
        error_messages={"required": "Choose a reason."},
        choices=[("", "Choose a reason"), *((r, r) for r in REASONS), (OTHER, "Other")],
    )
    own_words = forms.CharField(
        label="In your own words",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(
        self, sent: Any, *, open_: Open, leads: list[Lead], to: Stage, membership: Membership
    ) -> None:
        super().__init__(sent, prefix="ask")
        self.open, self.to, self.membership = open_, to, membership
        self.only = leads[0] if len(leads) == 1 else None
        unowned = [lead for lead in leads if lead.owner_id is None]
        self.giveable = sight.covered(membership, unowned) if Asked.OWNER in open_.lacking else ()
        asked = [each for each in open_.lacking if self._can_answer(each)]
        wanted = [name for each in Asked if each in asked for name in FIELDS[each]]
        self.fields = {name: self.fields[name] for name in wanted}
        if "owner" in self.fields:
            people = members.able(membership.tenant, Permission.WORK_LEADS)
            self.fields["owner"].queryset = people  # type: ignore[attr-defined]
            self.initial["owner"] = membership.user_id
        if "contact" in self.fields and self.only is not None:
            self._offer_contacts(self.only)

    def _offer_contacts(self, lead: Lead) -> None:
        known = Contact.of(lead.tenant).filter(organisation=lead.organisation_id).order_by("id")
        self.initial["contact"] = known.first()
        if self.initial["contact"] is None:
            del self.fields["contact"]
            self.fields["contact_name"].required = True
        else:
            self.fields["contact"].queryset = known  # type: ignore[attr-defined]

    def _can_answer(self, asked: Asked) -> bool:
        """Whether it can be said here.

        A contact is one of each organisation's own, so it is said of one lead at a time; and only
        what is theirs to give a member may give to somebody.
        """
        if asked == Asked.OWNER:
            return bool(self.giveable)
        return asked != Asked.CONTACT or self.only is not None

    @property
    def may_overfill(self) -> bool:
        """Whether the member may put more into a stage than it takes: who sets the limit."""
        return may(self.membership, Permission.ADMINISTER)

    @property
    def is_about_room(self) -> bool:
        """Whether it asks to go over the limit."""
        return self.open.full is not None and self.may_overfill

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to ask of this person."""
        return bool(self.fields) or self.is_about_room

    @property
    def always_asks_why(self) -> bool:
        """Whether it is about a loss."""
        return self.to.kind == Kind.LOST

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if not FIRST_YEAR <= due.year <= LAST_YEAR:
            raise ValidationError("Choose a day of this century.")
        return due

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("reason") == OTHER and not given.get("own_words"):
            self.add_error("own_words", "Say why in a few words.")
        if "contact" in self.fields and not given.get("contact") and not given.get("contact_name"):
            self.add_error("contact_name", "Choose a contact, or write a name.")
        self.check_room()
        return given

    def check_room(self) -> None:
        """Have the member decide about the limit."""
        if self.is_about_room and not self.data.get(self.add_prefix("anyway")):
            raise ValidationError("Say whether to move it all the same.")

    def answers(self) -> Answers:
        """Give what was said, once it is valid."""
        given = self.cleaned_data
        due = given.get("due")
        return Answers(
            owner=given.get("owner"),
            value_pence=given.get("value"),
            contact=self._contact(),
            task=given.get("task", ""),
            due_at=tasks.moment(due) if due else None,
            reason=self._reason(),
            anyway=bool(self.is_about_room and self.data.get(self.add_prefix("anyway"))),
            giveable=self.giveable,
        )

    def _contact(self) -> Contact | None:
        given = self.cleaned_data
        if given.get("contact") or not given.get("contact_name") or self.only is None:
            found: Contact | None = given.get("contact")
            return found
        return Contact(
            tenant=self.membership.tenant,
            organisation=self.only.organisation,
            name=given["contact_name"],
        )

    def _reason(self) -> str:
        chosen, written = (
            self.cleaned_data.get("reason", ""),
            self.cleaned_data.get("own_words", ""),
        )
        said = [each for each in (chosen, written) if each and each != OTHER]
        return ": ".join(said)[:LONGEST_REASON]
