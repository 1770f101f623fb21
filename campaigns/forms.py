"""What the pages ask of whoever launches or changes a campaign."""

from collections.abc import Callable, Sequence
from typing import Any, Self

from django import forms
from django.http import QueryDict

from campaigns import criteria, sectors
from campaigns.discovery.contract import Asked
from campaigns.discovery.sources import all_for
from campaigns.kinds import Kind
from crm.places import locate
from crm.places.postcode import NotAPostcode
from leads.page.forms import PoundsField

LONGEST_EXTRA = 2000
MONTHS = range(1, 37)
MOST_PHRASES, LONGEST_PHRASE = 12, 60


class PhrasesField(forms.CharField):
    """Words with commas between them, as a list without the same twice."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=LONGEST_EXTRA, **kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).replace("\n", ",").replace(";", ",").split(",")
        phrases = list(dict.fromkeys(" ".join(each.split()) for each in typed if each.strip()))
        if len(phrases) > MOST_PHRASES:
            raise forms.ValidationError(f"At most {MOST_PHRASES}; these are {len(phrases)}.")
        for each in phrases:
            if len(each) > LONGEST_PHRASE:
                raise forms.ValidationError(
                    f"“{each[:30]}…” is too long: at most {LONGEST_PHRASE} characters each."
                )
        return phrases


class CriteriaForm(forms.Form):
    """Everything but kind and place; when valid, `criteria` holds what is wanted."""

    miles = forms.IntegerField(
        label="Radius in miles",
        initial=15,
        help_text="Whole miles, from 1 to 200.",
        widget=forms.NumberInput(attrs={"min": 1, "max": 200}),
        error_messages={"required": "Give a radius from 1 to 200 miles."},
    )
    max_results = forms.IntegerField(
        label="Most new leads",
        initial=100,
        help_text="From 1 to 500. Leads you have already do not count.",
        widget=forms.NumberInput(attrs={"min": 1, "max": 500}),
        error_messages={"required": "Give a maximum from 1 to 500."},
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
    min_employees = forms.IntegerField(
        label="Minimum size (people)",
        required=False,
        help_text="Smaller ones are left out. Where nobody knows the size, they pass with a mark.",
        widget=forms.NumberInput(attrs={"min": 1, "max": 100_000}),
    )
    only_known_size = forms.BooleanField(
        label="Only where the size is known",
        required=False,
        help_text="With a minimum size: leaves out those of unknown size as well.",
    )
    max_employees = forms.IntegerField(
        label="Maximum size (people)",
        required=False,
        help_text="Larger ones are left out.",
        widget=forms.NumberInput(attrs={"min": 1, "max": 100_000}),
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
    min_score = forms.IntegerField(
        label="Lowest score",
        required=False,
        help_text="From 1 to 100 points. Whatever would score less is not admitted.",
        widget=forms.NumberInput(attrs={"min": 1, "max": 100}),
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
    credits_most = forms.IntegerField(
        label="At most so many credits a run",
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text="A run never takes more than is confirmed here.",
        widget=forms.NumberInput(attrs={"min": 0, "max": 1_000_000}),
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

    def clean_miles(self) -> int:
        return self._checked("miles", criteria.check_miles)

    def clean_max_results(self) -> int:
        return self._checked("max_results", criteria.check_maximum)

    def clean_min_employees(self) -> int | None:
        return self._checked("min_employees", criteria.check_size)

    def clean_max_employees(self) -> int | None:
        return self._checked("max_employees", criteria.check_size)

    def clean_min_score(self) -> int | None:
        return self._checked("min_score", criteria.check_score)

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
        return self._checked("budget", criteria.check_budget)

    def _checked(self, name: str, check: Callable[[Any], None]) -> Any:
        number = self.cleaned_data[name]
        try:
            check(number)
        except criteria.Unfit as error:
            raise forms.ValidationError(str(error)) from None
        return number

    def clean_months(self) -> str:
        months = self.cleaned_data["months"].strip()
        if not (months.isdecimal() and int(months) in MONTHS):
            raise forms.ValidationError(f"“{months}” is not a number from 1 to 36.")
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
