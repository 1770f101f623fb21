"""Apollo's ids: 24 hexadecimal digits, which begin with an organisation's place in the world."""

from tests.simulators.truth.figures import figure
from tests.simulators.truth.hearsay import Told, told
from tests.simulators.world import Organisation, Population

FIRST = 0x5E000000


def of_organisation(one: Organisation) -> str:
    return f"{FIRST + int(one.id[1:]):08x}{figure('apollo' + one.id):016x}"


def index_of(id_: str) -> int | None:
    try:
        return int(id_[:8], 16) - FIRST
    except ValueError:
        return None


def of_person(one: Organisation, who: Told) -> str:
    mark = figure(f"apollo{who.who.name}{who.number}")
    return f"{FIRST + int(one.id[1:]):08x}{who.number:02x}{mark:014x}"


def person(population: Population, id_: str) -> tuple[Organisation, Told] | None:
    index = index_of(id_)
    if index is None or not 0 <= index < len(population):
        return None
    one = population.at(index)
    return next(((one, who) for who in told(one, "apollo") if of_person(one, who) == id_), None)
