"""The form of a rule: its name, and what is done; the filters stand beside it, as in an address."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from crm.pipeline.models import Stage
from crm.tenants import members
from crm.tenants.models import Tenant
from crm.tenants.permissions import Permission
from leads.acts.act import ident
from leads.moving import asking
from leads.own import tags
from leads.reacting import deeds
from leads.reacting.planning import MOST_DAYS
from leads.work import tasks

PREFIX = "rule_"
MOST_PEOPLE = 200
# So many can be ticked: they stand in an address while the leads are chosen.
MOST_TICKED = 40
NO_NAME = "Give the rule a name, such as “Hot leads in the North”."
NO_DEED = "Choose what is done."
BOXES = forms.CheckboxSelectMultiple
ONE_OF = "Choose one of them."


class RuleForm(forms.Form):
    """Each deed asks for its own fields; those of the others are left alone."""

    rule_name = forms.CharField(label="Name", max_length=120, error_messages={"required": NO_NAME})
    rule_does = forms.ChoiceField(
        label="Then",
        choices=list(deeds.LABELS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": NO_DEED, "invalid_choice": NO_DEED},
    )
    rule_people = forms.MultipleChoiceField(label="To", required=False, widget=BOXES)
    rule_tag = forms.ChoiceField(label="Tag", required=False)
    rule_stage = forms.ChoiceField(label="Stage", required=False)
    rule_reason = forms.CharField(
        label="Reason, where the stage asks for one",
        max_length=asking.LONGEST_REASON,
        required=False,
    )
    rule_text = forms.CharField(
        label="What is to be done", max_length=tasks.LONGEST, required=False
    )
    rule_days = forms.IntegerField(
        label="Due in so many days", min_value=0, max_value=MOST_DAYS, required=False
    )
    rule_owner = forms.BooleanField(label="The lead's owner", required=False)
    rule_managers = forms.BooleanField(label="Owners and managers of the company", required=False)
    rule_tell = forms.MultipleChoiceField(label="Colleagues", required=False, widget=BOXES)
    rule_new = forms.BooleanField(label="Leave alone the leads that match already", required=False)

    def __init__(self, *args: Any, tenant: Tenant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tenant = tenant
        for name, permission in (
            ("rule_people", Permission.WORK_LEADS), ("rule_tell", Permission.SEE_LEADS)
        ):  # fmt: skip
            people = members.able(tenant, permission)[:MOST_PEOPLE]
            self.fields[name].choices = [(str(each.pk), str(each)) for each in people]  # type: ignore[attr-defined]
        self.fields["rule_tag"].choices = [  # type: ignore[attr-defined]
            ("", "Choose…"), *((str(tag.pk), tag.name) for tag in tags.of(tenant))
        ]  # fmt: skip
        self.fields["rule_stage"].choices = [("", "Choose…"), *self._stages()]  # type: ignore[attr-defined]
        for name in ("rule_people", "rule_tell", "rule_tag", "rule_stage"):
            self.fields[name].error_messages["invalid_choice"] = ONE_OF

    def _stages(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        rows = Stage.of(self.tenant).select_related("pipeline")
        found: dict[str, list[tuple[str, str]]] = {}
        for stage in rows.order_by("pipeline__position", "position", "id"):
            found.setdefault(stage.pipeline.name, []).append((str(stage.pk), stage.name))
        yield from found.items()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        match given.get("rule_does"):
            case "assign" if not given.get("rule_people"):
                self._refuse("rule_people", "Tick at least one colleague.")
            case "tag" if not given.get("rule_tag"):
                self._refuse("rule_tag", "Choose a tag. New ones are made on a lead's page.")
            case "move":
                self._check_stage(given)
            case "task":
                if not given.get("rule_text"):
                    self._refuse("rule_text", "Say what is to be done.")
                if given.get("rule_days") is None:
                    self._refuse("rule_days", f"Say in how many days, from 0 to {MOST_DAYS}.")
            case "tell" if not any(
                given.get(name) for name in ("rule_owner", "rule_managers", "rule_tell")
            ):
                self._refuse("rule_tell", "Tick whom to tell.")
        return given

    def clean_rule_people(self) -> list[str]:
        return self._few("rule_people")

    def clean_rule_tell(self) -> list[str]:
        return self._few("rule_tell")

    def _few(self, name: str) -> list[str]:
        ticked: list[str] = self.cleaned_data[name]
        if len(ticked) > MOST_TICKED:
            raise forms.ValidationError(f"Tick at most {MOST_TICKED}.")
        return ticked

    def _refuse(self, name: str, why: str) -> None:
        if name not in self.errors:
            self.add_error(name, why)

    def _check_stage(self, given: Mapping[str, Any]) -> None:
        wanted = ident(given.get("rule_stage") or "")
        stage = Stage.of(self.tenant).filter(pk=wanted).first()
        if stage is None:
            self._refuse("rule_stage", "Choose the stage to move them to.")
        elif why := asking.asks_why(stage, given.get("rule_reason")):
            self._refuse("rule_reason", why)

    def given(self) -> dict[str, Any]:
        """Give what the chosen deed asks for, as the rule keeps it."""
        told = self.cleaned_data
        names = {
            "assign": {"people": "rule_people"},
            "tag": {"tag": "rule_tag"},
            "move": {"stage": "rule_stage", "reason": "rule_reason"},
            "task": {"text": "rule_text", "days": "rule_days"},
            "tell": {"owner": "rule_owner", "managers": "rule_managers", "people": "rule_tell"},
        }[told["rule_does"]]
        return {name: told[field] for name, field in names.items()}


def pairs(name: str, does: str, given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Write a rule's deed as the form sends it."""
    found = [("rule_name", name), ("rule_does", does)]
    people = "rule_tell" if does == "tell" else "rule_people"
    for key, value in given.items():
        if key == "people":
            found += [(people, str(each)) for each in value]
        elif isinstance(value, bool):
            found += [(f"{PREFIX}{key}", "on")] if value else []
        else:
            found.append((f"{PREFIX}{key}", str(value)))
    return found
