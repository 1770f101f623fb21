"""The form of what a company settles about enrichment: who is asked, in which order, how freely."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from crm.tenants.tenant_admin import TenantForm
from enrichment.fields import CONTACT, ORGANISATION
from enrichment.lookups.models import Rules
from enrichment.providers.all import BY_SLUG, OFF_BY_DEFAULT, PROVIDERS
from leads.enriching import plan

FIELDS = ORGANISATION | CONTACT
# A line is "phone: website, hunter_search"; by names or by what people read.
LONGEST = 6_000
BY_NAME = {each.label.casefold(): each.slug for each in PROVIDERS} | {
    each.slug: each.slug for each in PROVIDERS
}
FIELD_BY_NAME = {field.label.casefold(): slug for slug, field in FIELDS.items()} | {
    slug: slug for slug in FIELDS
}


class RulesForm(TenantForm):
    asked = forms.MultipleChoiceField(
        label="Providers that are asked",
        choices=[(each.slug, each.label) for each in PROVIDERS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="One without a key is left out in any case.",
    )
    first = forms.CharField(
        label="Their order",
        widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}),
        max_length=LONGEST,
        required=False,
        help_text="One a line, the first one first. Whoever is not named comes behind, in the "
        "usual order. What costs comes behind all that is free, whatever stands here.",
    )
    of_fields = forms.CharField(
        label="Another order for single fields",
        widget=forms.Textarea(
            attrs={"rows": 4, "spellcheck": "false", "placeholder": "Phone: Its website, Twilio"}
        ),
        max_length=LONGEST,
        required=False,
        help_text="A line for each field: its name, a colon, then providers with commas between.",
    )

    class Meta:
        model = Rules
        fields = (
            "paid_from_score", "refreshes", "refresh_most", "refresh_credits", "cleans",
        )  # fmt: skip
        help_texts = {
            "paid_from_score": "0 to 100; with 0 all of them are asked for every lead.",
            "refresh_credits": "With 0 only those are asked that cost nothing.",
            "cleans": "Old and doubtful values are checked once more, and duplicates are noted.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules: Rules = self.instance
        order = {"": rules.order.get("", [])}
        off = (OFF_BY_DEFAULT - set(rules.on)) | set(rules.off)
        self.initial["asked"] = [each.slug for each in PROVIDERS if each.slug not in off]
        self.initial["first"] = "\n".join(each.label for each in plan.in_order(Rules(order=order)))
        self.initial["of_fields"] = "\n".join(
            f"{FIELDS[name].label if name in FIELDS else name}: {', '.join(_labels(slugs))}"
            for name, slugs in rules.order.items()
            if name
        )

    def clean_first(self) -> list[str]:
        """Read one provider a line."""
        return _slugs(self.cleaned_data["first"].splitlines())

    def clean_of_fields(self) -> dict[str, list[str]]:
        """Read a field and its providers a line."""
        found: dict[str, list[str]] = {}
        for line in filter(str.strip, self.cleaned_data["of_fields"].splitlines()):
            name, colon, rest = line.partition(":")
            slug = FIELD_BY_NAME.get(" ".join(name.split()).casefold())
            if not colon or slug is None:
                raise ValidationError(
                    f"“{name.strip()[:80]}” is no field. Write such as “Phone: Its website”."
                )
            found[slug] = _slugs(rest.split(","))
        return {name: slugs for name, slugs in found.items() if slugs}

    def clean(self) -> dict[str, Any]:
        """Put what was read into the row."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "asked" in given:
            asked = set(given["asked"])
            usual = [each.slug for each in PROVIDERS if each.slug not in OFF_BY_DEFAULT]
            self.instance.off = [slug for slug in usual if slug not in asked]
            self.instance.on = sorted(OFF_BY_DEFAULT & asked)
        if "first" in given and "of_fields" in given:
            usual = [each.slug for each in plan.in_order(Rules())]
            said = given["first"]
            first = {"": said} if said != usual[: len(said)] else {}
            self.instance.order = first | given["of_fields"]
        return given


def _slugs(names: Any) -> list[str]:
    """Read providers by their names, each once; raises ValidationError."""
    found: list[str] = []
    for name in names:
        said = " ".join(name.split())
        if not said:
            continue
        slug = BY_NAME.get(said.casefold())
        if slug is None:
            raise ValidationError(
                f"“{said[:80]}” is no provider. There are: "
                f"{', '.join(each.label for each in PROVIDERS)}."
            )
        found.append(slug)
    return list(dict.fromkeys(found))


def _labels(slugs: Any) -> list[str]:
    return [BY_SLUG[slug].label for slug in slugs if slug in BY_SLUG]
