"""What the components are shown with: made up, and touching no table."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils import timezone

from crm.look import chips
from crm.look.graphs import Bar, Part, Point, Said
from crm.pipeline.models import FIRST_STAGES, Kind

COUNTS = (1840, 912, 403, 127, 86, 0)
LONG = "The Royal and Ancient Worshipful Company of Structured Cabling Contractors of Leicester"


class SampleForm(forms.Form):
    """A control of each sort; one of them is refused."""

    name = forms.CharField(label="Name", help_text="As it stands on the door.")
    postcode = forms.CharField(label="Postcode", error_messages={"required": "Say where."})
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Healthcare"), ("b", "Education")])
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    locked = forms.CharField(label="Company number", disabled=True, initial="04411203")
    agreed = forms.BooleanField(label="Tell me when it is done", required=False)


class SampleFilters(forms.Form):
    """Controls in one line."""

    q = forms.CharField(label="Name, town or postcode", required=False)
    tier = forms.ChoiceField(required=False, choices=[("", "Any"), ("hot", "Hot")])


def of(side: str) -> dict[str, Any]:
    """Give everything to show on one side, light or dark."""
    stages = [SimpleNamespace(kind=kind, name=kind.label) for kind, *_ in FIRST_STAGES]
    return {
        "side": side,
        "form": SampleForm(
            {"name": "Harbour Dental", "postcode": "", "kind": "a"}, auto_id=f"{side}_%s"
        ),
        "filters": SampleFilters({"q": "", "tier": "hot"}, auto_id=f"{side}_%s"),
        "stages": stages,
        "runs": list(_runs()),
        "notices": list(chips.NOTICES),
        "entries": list(chips.TIMELINE),
        "people": [SimpleNamespace(name=name) for name in ("Priya Shah", "Tom", "Ada Lovelace")],
        "steps": [
            SimpleNamespace(stage=stage, count=count, value_pence=count * 21_000, href="#charts")
            for stage, count in zip(stages, COUNTS, strict=True)
        ],
        "bars": list(_bars()),
        "parts": [Part("Within a day", 61), Part("Within a week", 34), Part("Later", 12)],
        "points": [Point(f"Day {n}", (n * 37) % 61 + n) for n in range(1, 31)],
        "minutes": [SimpleNamespace(done=(n * 7) % 19, failed=n % 9 == 4) for n in range(30)],
        "moments": list(_moments(timezone.now())),
        "pages": [
            (None, "#controls", f"1 to 50 of 3,000+, {side}"),
            ("#controls", "#controls", f"51 to 100, {side}"),
            ("#controls", None, f"The last 12, {side}"),
        ],
        "long": LONG,
    }


def _runs() -> Iterable[Any]:
    for state in chips.RUNS:
        yield SimpleNamespace(state=state, get_state_display=state.capitalize)


def _bars() -> Iterable[Bar]:
    for label, now, before in (("Register", 412, 310), ("Referral", 38, 52)):
        beside = (Said(str(before), "#charts", before="/ "),)
        yield Bar(label, now, Said(str(now), "#charts"), beside, before=before)
    yield Bar(LONG, 9, Said("9"), stage=Kind.PROSPECT)
    yield Bar("Paid search", None, Said("3 leads", "#charts"), note="7 more needed")


def _moments(now: datetime) -> Iterable[datetime]:
    for ago in (timedelta(), timedelta(minutes=5), timedelta(days=1), timedelta(days=400)):
        yield now - ago
