"""What the pages ask of whoever launches or changes a campaign."""

from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.http import QueryDict

from campaigns import criteria, sectors
from campaigns.discovery.contract import Asked
from campaigns.discovery.sources import all_for
from campaigns.fields import LONGEST_EXTRA, PhrasesField, WholeField, fitting, from_to
from campaigns.kinds import Kind
from crm.places import locate
from crm.places.postcode import NotAPostcode
from leads.page.forms import PoundsField

MONTHS = range(1, 37)
MOST_CREDITS = 1_000_000


class CreditsField(forms.IntegerField):
    """So many credits as one run may take."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_CREDITS, **kwargs)


class CriteriaForm(forms.Form):
    """Everything but kind and place; when valid, `criteria` holds what is wanted."""

    miles = WholeField(
        criteria.MILES,
        criteria.check_miles,
        label="Radius in miles",
        initial=15,
        help_text=f"Whole miles, {from_to(criteria.MILES)}.",
        error_messages={"required": f"Give a radius {from_to(criteria.MILES)} miles."},
    )
    max_results = WholeField(
        criteria.MAXIMUM,
        criteria.check_maximum,
        label="Most new leads",
        initial=100,
        help_text=f"{from_to(criteria.MAXIMUM).capitalize()}. Leads you have already do not count.",
        error_messages={"required": f"Give a maximum {from_to(criteria.MAXIMUM)}."},
    )
    takes_edge = forms.BooleanField(
        label="Take those near the edge, too",
        required=False,
        help_text="Of some we know only the area; its middle lies in the circle, they may not.",
    )
    takes_customers = forms.BooleanField(
        label="Include existing customers",
        required=False,
        help_text="They stay duplicates, but count as found by this campaign.",
    )
    min_employees = WholeField(
        criteria.PEOPLE,
        criteria.check_least,
        label="Minimum size (people)",
        required=False,
        help_text="Smaller ones are left out. Where nobody knows the size, they pass with a mark.",
    )
    only_known_size = forms.BooleanField(
        label="Only where the size is known",
        required=False,
        help_text="With a minimum size: leaves out those of unknown size as well.",
    )
    max_employees = WholeField(
        criteria.PEOPLE,
        criteria.check_most,
        label="Maximum size (people)",
        required=False,
        help_text="Larger ones are left out.",
    )
    sectors = PhrasesField(
        label="Sectors",
        help_text="Trades like Dentist, or codes of SIC 2007 like 62020, with commas between them.",
    )
    keywords = PhrasesField(
        label="Keywords",
        help_text="Words that describe whom you look for, with commas between them.",
    )
    job_titles = PhrasesField(
        label="Job titles wanted",
        help_text="Like IT manager, practice manager. Only some sources can look for people.",
    )
    min_score = WholeField(
        criteria.POINTS,
        criteria.check_score,
        label="Lowest score",
        required=False,
        help_text=f"{from_to(criteria.POINTS).capitalize()} points."
        " Whatever would score less is not admitted.",
    )
    takes_unverified = forms.BooleanField(
        label="Take unverified ones, too",
        required=False,
        help_text="Those for which nothing speaks, and nothing against. They bear a mark.",
    )
    sources = forms.MultipleChoiceField(
        label="Where to look",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "There is no source “%(value)s” for this kind."},
    )
    budget = PoundsField(
        label="Budget in pounds",
        required=False,
        help_text="A run stops once what it asked has cost so much.",
    )
    credits_most = CreditsField(
        label="At most so many credits a run",
        required=False,
        help_text="A run never takes more than is confirmed here.",
    )

    OPTIONS = (
        "takes_edge", "takes_customers", "takes_unverified", "min_employees", "max_employees",
        "only_known_size", "sectors", "keywords", "job_titles", "min_score", "budget",
    )  # fmt: skip

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.criteria: criteria.Criteria | None = None
        self._offer_sources(all_for(kind))
        for extra in kind.extras:
            text = forms.Textarea(attrs={"rows": extra.lines}) if extra.lines > 1 else None
            self.fields[extra.name] = forms.CharField(
                label=extra.label,
                help_text=extra.hint,
                required=extra.required,
                initial=extra.given,
                max_length=LONGEST_EXTRA,
                widget=text or forms.TextInput(),
            )

    def _offer_sources(self, sources: Sequence[Asked]) -> None:
        asked: Any = self.fields["sources"]
        asked.choices = [(source.slug, source.label) for source in sources]
        asked.initial = [source.slug for source in sources if not source.costs]
        if not any(source.costs for source in sources):
            del self.fields["budget"], self.fields["credits_most"]

    @property
    def extras(self) -> list[forms.BoundField]:
        """What only this kind asks."""
        return [self[extra.name] for extra in self.kind.extras]

    @property
    def has_options(self) -> bool:
        """Whether one of the further options is chosen, or needs attention."""
        shown = [self[name] for name in self.OPTIONS if name in self.fields]
        return any(control.value() or control.errors for control in shown)

    def clean_sectors(self) -> list[str]:
        """Read trades and codes; what is neither is named."""
        found = [sectors.read(each) for each in self.cleaned_data["sectors"]]
        return list(dict.fromkeys(found))

    def clean_sources(self) -> list[str] | None:
        """Give what was chosen; None for exactly those that are free, or where nothing was."""
        chosen = set(self.cleaned_data["sources"])
        free = {source.slug for source in all_for(self.kind) if not source.costs}
        return None if not chosen or chosen == free else sorted(chosen)

    def clean_budget(self) -> int | None:
        return fitting(self.cleaned_data["budget"], criteria.check_budget)

    def clean_months(self) -> str:
        months = self.cleaned_data["months"].strip()
        if not (months.isdecimal() and int(months) in MONTHS):
            raise forms.ValidationError(f"“{months}” is not a number {from_to(MONTHS)}.")
        return months

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        sizes = ("min_employees", "max_employees")
        is_sized = any(name in self.errors or given.get(name) is not None for name in sizes)
        if given.get("only_known_size") and not is_sized:
            said = "Say how many people at least, or untick “Only where the size is known”."
            self.add_error("min_employees", said)
        least, most = given.get("min_employees"), given.get("max_employees")
        if least is not None and most is not None and least > most:
            self.add_error("max_employees", f"That is less than the minimum of {least:,}.")
        return given

    def _read(self, given: dict[str, Any], postcode: str) -> None:
        """Keep what is wanted around this postcode, if everything is well."""
        if self.errors:
            return
        asked = (
            "miles", "max_results", "takes_edge", "takes_customers", "takes_unverified",
            "min_employees", "max_employees", "sectors", "keywords", "job_titles", "min_score",
            "sources",
        )  # fmt: skip
        try:
            self.criteria = criteria.check(
                self.kind,
                postcode=postcode,
                only_known_size=given["only_known_size"],
                budget_pence=self.pence(given),
                credits_most=given.get("credits_most") or 0,
                extra={each.name: given.get(each.name, "") for each in self.kind.extras},
                **{name: given[name] for name in asked},
            )
        except NotAPostcode as error:
            self.add_error(None, str(error))

    def pence(self, given: dict[str, Any]) -> int | None:
        """Give the budget."""
        return given.get("budget")


class PlaceForm(CriteriaForm):
    """What a new campaign asks for."""

    postcode = forms.CharField(
        label="Postcode",
        max_length=300,
        help_text="The middle of the circle, like LE1 1AA.",
        widget=forms.TextInput(
            attrs={"autocomplete": "postal-code", "autocapitalize": "characters"}
        ),
        error_messages={"required": "Give the postcode of the middle of the circle."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked: Any = self.fields["sources"]
        if len(asked.choices) == 1:
            # Nobody need say which.
            asked.initial = [slug for slug, _ in asked.choices]

    @classmethod
    def filled(cls, kind: Kind, asked: QueryDict) -> Self:
        """Give the form as an address fills it; what is wrong there is said at the next step."""
        form = cls(kind=kind)
        form.initial = {
            name: field.widget.value_from_datadict(asked, {}, name)
            for name, field in form.fields.items()
            if name in asked
        }
        return form

    def clean_postcode(self) -> str:
        try:
            return locate.place(self.cleaned_data["postcode"]).postcode.text
        except NotAPostcode as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self._read(given, given.get("postcode", ""))
        return given


class ConfirmForm(forms.Form):
    """The credits that are confirmed with a launch; `most` is what all sources take at the most."""

    credits_most = CreditsField(label="Credits that I confirm")

    def __init__(self, *, most: int, confirmed: int) -> None:
        super().__init__(initial={"credits_most": confirmed})
        stops = "the run stops at what you confirm. What is not used comes back."
        self.fields["credits_most"].help_text = f"{most:,} at the most; {stops}"
