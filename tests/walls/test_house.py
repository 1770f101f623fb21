"""The rules of the house that no other tool checks."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from crm.tenants.models import TenantModel

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("crm", "enrichment", "scoring", "leads", "campaigns")
WRITTEN = (*ROOMS, "tests", "templates", "static")
LONGEST = 300
SOURCES = [
    path
    for room in ROOMS
    for path in sorted((ROOT / room).rglob("*.py"))
    if "migrations" not in path.parts
]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# Who may reach rows of all companies, and why. The administration's pages are walled by
# `TenantAdmin`; commands are told the tenant or look after the whole installation.
ACROSS = {
    "crm/tenants/models.py": "defines it",
    "crm/tenants/middleware.py": "asks whose rows these are",
    "crm/tenants/foreign.py": "tells an id of another company from one that never was",
    "crm/support/visiting.py": "finds the companies that ask to be helped, and who is inside",
    "crm/joining/invitations.py": "a link alone leads to its row, which says of which company",
    "leads/vectors/embedding.py": "finds the companies whose organisations are embedded",
    "leads/vectors/changes.py": "throws away what companies that are gone have left",
    "leads/registers/watch.py": "has every company read what a load changed",
    "leads/scored/recounting.py": "finds the companies whose leads are scored anew this night",
    "leads/enriching/upkeep.py": "finds the companies whose data is seen to this minute",
    "leads/chances/training.py": "finds the companies whose chances are learnt this week",
    "leads/scanning/plan.py": "finds the companies whose records are searched this night",
    "crm/keys/models_check.py": "has each company's key asked once a day",
    "crm/credits/sweeping.py": "gives back what runs of any company have left reserved",
    "campaigns/asking/forgetting.py": "lets go of what no company may keep",
    "enrichment/lookups/keeping.py": "lets go of what no company may keep, or needs any more",
    "enrichment/lookups/sweeping.py": "books answers of any company that nobody awaits",
    "campaigns/metrics.py": "counts runs for machines that watch the installation",
}


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def may_cross(name: str) -> bool:
    return (
        name in ACROSS
        or Path(name).parts[:2] == ("crm", "work")
        or name.endswith("admin.py")
        or "/management/commands/" in name
    )


def test_only_a_few_files_reach_rows_of_all_companies() -> None:
    crossing = {shown(path) for path in SOURCES if "across_tenants" in path.read_text()}
    # A manager of its own kind is declared in the model's file.
    declared = {
        name
        for name in crossing
        if all(
            "across_tenants = " in line
            for line in (ROOT / name).read_text().splitlines()
            if "across_tenants" in line
        )
    }
    assert {name for name in crossing - declared if not may_cross(name)} == set()
    assert set(ACROSS) <= crossing


# Verbs and background work reach all leads and campaigns of a company; whatever shows some to a
# reader goes by `sight.leads` and `sight.campaigns`. The administration is for who sees all.
SHOWING = re.compile(
    r"(views?|forms?|_page|wizard|addressed?|drawing|listing|filters|search|funnel|figures"
    r"|timetable|templating|comparison|findings|discretion|sharing|saved_views|export|tags|fields)$"
)
SHOWING_ROOMS = {"page", "listing", "board", "palette", "reports", "search", "export", "filters"}
REACHING = re.compile(r"\b(?:Lead|Campaign)\.(?:of|across_tenants|_default_manager|objects)\b")
# These fetch rows by ids that sight has given.
BY_ID = {
    "leads/board/windows.py",
    "leads/listing/found.py",
    "leads/listing/sorting.py",
    "leads/page/around.py",
}


def shows(path: Path) -> bool:
    floor, room = path.relative_to(ROOT).parts[:2]
    return bool(SHOWING.search(path.stem)) or (floor == "leads" and room in SHOWING_ROOMS)


def test_what_shows_leads_and_campaigns_reaches_them_by_sight_alone() -> None:
    reaching = {path for path in SOURCES if REACHING.search(path.read_text())}
    assert ROOT / "leads" / "sight" / "sight.py" in reaching
    assert {shown(path) for path in reaching if shows(path)} == BY_ID


def test_the_default_manager_is_used_by_the_queue_and_by_of_alone() -> None:
    using = {shown(path) for path in SOURCES if "_default_manager" in path.read_text()}
    assert {name for name in using if not may_cross(name)} == set()


@pytest.mark.parametrize(
    "model", [m for m in apps.get_models() if issubclass(m, TenantModel)], ids=lambda m: m.__name__
)
def test_a_row_of_a_tenant_has_no_objects(model: type[TenantModel]) -> None:
    assert not hasattr(model, "objects")
    for constraint in model._meta.constraints:
        fields = getattr(constraint, "fields", ())
        assert not fields or fields[0] == "tenant", f"{constraint.name} spans companies"


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {
        shown(path): len(path.read_text().splitlines())
        for room in WRITTEN
        for path in (ROOT / room).rglob("*.*")
        if path.suffix in {".py", ".html", ".css", ".js"} and "migrations" not in path.parts
    }
    assert len(lengths) > 200
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_template_loads_anything_from_elsewhere() -> None:
    elsewhere = re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//")
    assert [shown(path) for path in TEMPLATES if elsewhere.search(path.read_text())] == []


def test_a_fragment_that_is_swapped_has_one_root_with_an_id() -> None:
    """What `hx-target` names must be there again after the swap."""
    for name, ident in {
        "leads/_timeline.html": "timeline",
        "campaigns/_progress.html": "progress",
    }.items():
        text = (ROOT / "templates" / name).read_text()
        body = re.sub(r"{%.*?%}", "", text).strip()
        assert re.match(rf'<\w+[^>]*\sid="{ident}"', body), name
        assert body.endswith(f"</{re.match(r'<(w+|[a-z]+)', body)[1]}>"), name  # type: ignore[index]


def test_no_string_imports_what_lies_above() -> None:
    doors = {"import_module", "import_string", "get_model", "__import__"}
    # What settings name by string is looked up here.
    allowed = {str(Path("crm", "upward.py"))}
    using = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(node, "attr", getattr(node, "id", ""))
            if name in doors:
                using.add(shown(path))
    assert using == allowed


def test_only_settings_and_addresses_name_higher_floors() -> None:
    floors = {"crm": 1, "enrichment": 2, "scoring": 2, "leads": 3, "campaigns": 4}
    allowed = {"crm/wiring.py", "crm/settings.py", "crm/urls.py"}
    dotted = re.compile(r"^(enrichment|scoring|leads|campaigns)\.[a-z_]+(\.\w+)*$")
    offending = []
    for path in SOURCES:
        here = floors[path.relative_to(ROOT).parts[0]]
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found = dotted.match(node.value)
                if found and floors[found[1]] > here and shown(path) not in allowed:
                    offending.append(f"{shown(path)}: {node.value}")
    assert offending == []
