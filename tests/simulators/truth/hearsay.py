"""What the sources say of people: much of it right, some of it misspelt, old or about another."""

from dataclasses import dataclass

from tests.simulators.truth import addresses
from tests.simulators.truth.people import Someone, everyone
from tests.simulators.truth.roles import ALSO
from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

SHORT = {
    "Daniel": "Dan", "Andrew": "Andy", "Rebecca": "Becky", "Susan": "Sue", "Barbara": "Barb",
    "Mohammed": "Mo", "Oliver": "Olly", "Nicola": "Nicky", "Sandra": "Sandie", "Simon": "Si",
    "Vikram": "Vik", "Harpreet": "Harps", "Mandeep": "Mandy", "Rachel": "Rach", "Graham": "Gray",
}  # fmt: skip
MISSPELT, SHORTENED, RETITLED, WRONG_ADDRESS = 0.06, 0.08, 0.12, 0.06
NAMESAKE = 0.04
# Hunter and the site never say that somebody has left; Apollo and Clearbit know of half of them.
NOTICED = {"apollo": 0.5, "clearbit": 0.5}


@dataclass(frozen=True, slots=True)
class Told:
    """One person as one source has them."""

    who: Someone
    first: str
    last: str
    title: str
    email: str
    current: bool  # what the source says
    # What is not so: "spelling", "short", "title", "address", "left".
    wrong: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def number(self) -> int:
        return self.who.number


def told(one: Organisation, source: str) -> list[Told]:
    """Everybody a source has heard of."""
    return [tell(one, who, source) for who in everyone(one) if source in who.known]


def tell(one: Organisation, who: Someone, source: str) -> Told:
    draw = Draw("told by", source, one.id, who.number, who.name)
    first, last, title, email = who.first, who.last, who.title, who.email
    wrong: list[str] = []
    if draw.chance(MISSPELT):
        last, wrong = misspelt(last, draw), [*wrong, "spelling"]
    if draw.chance(SHORTENED):
        first, wrong = SHORT.get(first, f"{first[0]}."), [*wrong, "short"]
    if draw.chance(RETITLED) and title in ALSO:
        title, wrong = draw.pick(ALSO[title]), [*wrong, "title"]
    if source != "site" and draw.chance(WRONG_ADDRESS):
        form = draw.pick([form for form, _ in addresses.PATTERNS])
        guessed = addresses.address(one, who.first, who.last, form)
        email, wrong = guessed, [*wrong, "address"] if guessed != email else wrong
    stale = bool(who.left) and not draw.chance(NOTICED.get(source, 0))
    if stale:
        wrong = [*wrong, "left"]
    return Told(who, first, last, title, email, not who.left or stale, tuple(wrong))


def misspelt(name: str, draw: Draw) -> str:
    """A letter doubled, or a double one made single, or two of them turned round."""
    for at in range(len(name) - 1):
        if name[at] == name[at + 1]:
            return name[:at] + name[at + 1 :]
    at = 1 + draw.number(len(name) - 2) if len(name) > 2 else 0
    if draw.chance(0.5):
        return name[: at + 1] + name[at] + name[at + 1 :]
    return name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :]


def mistaken(one: Organisation, who: Someone, source: str) -> bool:
    """Whether the source mixes them up with somebody elsewhere who bears the same name."""
    return source in NOTICED and Draw("namesake", source, one.id, who.number).chance(NAMESAKE)
