"""What a caller asks of Apollo, and who fits."""

from collections.abc import Iterator

from tests.simulators.messages import Call
from tests.simulators.truth.figures import headcount
from tests.simulators.truth.hearsay import Told
from tests.simulators.truth.roles import APOLLO_RANKS, filed
from tests.simulators.world import Organisation


class Asked:
    """The parameters of a search, from the query string or a JSON body."""

    def __init__(self, call: Call) -> None:
        self.given: dict[str, list[str]] = {}
        for name, values in call.query.items():
            self.given.setdefault(name.removesuffix("[]"), []).extend(values)
        body = call.json if isinstance(call.json, dict) else {}
        for name, value in body.items():
            values = value if isinstance(value, list) else [value]
            self.given.setdefault(name.removesuffix("[]"), []).extend(map(str, values))
        self.page = max(1, self.number("page", 1))
        self.size = min(100, max(1, self.number("per_page", 10)))
        self.start = (self.page - 1) * self.size

    def all(self, name: str) -> list[str]:
        return [value for value in self.given.get(name, []) if value.strip()]

    def one(self, name: str) -> str:
        return (self.all(name) or [""])[-1]

    def number(self, name: str, otherwise: int) -> int:
        value = self.one(name)
        return int(value) if value.isdigit() else otherwise

    def breadcrumbs(self) -> list[dict[str, str]]:
        labels = {
            "organization_num_employees_ranges": "# Employees",
            "organization_locations": "Company Locations",
            "q_organization_keyword_tags": "Company Keywords Contain ANY Of",
        }
        return [
            {
                "label": label,
                "signal_field_name": name,
                "value": value,
                "display_name": value.replace(",", "-"),
            }
            for name, label in labels.items()
            for value in self.all(name)
        ]


def fits(one: Organisation, asked: Asked) -> bool:
    """Size and name; places that are not wanted."""
    ranges = [value.split(",") for value in asked.all("organization_num_employees_ranges")]
    size = headcount(one)
    spans = [(int(low or 0), int(high or 10**9)) for low, high in ranges_of(ranges)]
    if spans and (size is None or not any(low <= size <= high for low, high in spans)):
        return False
    name = asked.one("q_organization_name").lower()
    unwanted = [where.lower() for where in asked.all("organization_not_locations")]
    return name in one.name.lower() and one.town.lower() not in unwanted


def ranges_of(given: list[list[str]]) -> Iterator[tuple[str, str]]:
    for parts in given:
        if len(parts) == 2 and all(part.strip().isdigit() or not part.strip() for part in parts):
            yield parts[0].strip(), parts[1].strip()


def fits_person(who: Told, asked: Asked) -> bool:
    """Title, rank and words."""
    titles = [title.lower() for title in asked.all("person_titles")]
    exact = asked.one("include_similar_titles") == "false"
    own = who.title.lower()
    if titles and not any(own == each or (not exact and alike(each, own)) for each in titles):
        return False
    ranks = asked.all("person_seniorities")
    if ranks and APOLLO_RANKS[filed(who.title)[1]] not in ranks:
        return False
    words = asked.one("q_keywords").lower().split()
    return all(word in f"{who.name} {who.title}".lower() for word in words)


def alike(wanted: str, title: str) -> bool:
    """Apollo takes similar titles too: one word of weight in common is enough."""
    little = {"of", "the", "and", "head", "manager", "director"}
    return wanted == title or bool((set(wanted.split()) & set(title.split())) - little)
