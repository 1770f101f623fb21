"""How each organisation's website is made: well or badly, quick or slow, open or shut."""

from dataclasses import dataclass

from tests.simulators.world.draw import Draw
from tests.simulators.world.organisation import Organisation

SLOW = 2.0  # simulated seconds


@dataclass(frozen=True)
class Making:
    """One website's ways."""

    host: str  # where it ends up: some send their visitors on to www.
    status: int = 200  # 403 for those that turn robots away, 500 for those that are broken
    seconds: float = 0.1
    name_in: str = "heading"  # heading, image (only its alt and the title) or title
    postcode_on: str = "both"  # both, contact
    json_ld: bool = False
    number_in_footer: bool = False
    script_only: bool = False  # the home page is empty until its script has run
    gone: bool = False  # the organisation has closed and says so
    other_number: str = ""  # the company number in the footer, where it is another company's

    @property
    def opens(self) -> bool:
        """Whether a machine that reads pages gets to see one."""
        return self.status == 200


def of(one: Organisation) -> Making:
    draw = Draw("site", one.id)
    www = draw.chance(0.3)
    status = draw.weighted([(200, 955), (403, 25), (500, 20)])
    return Making(
        host=f"www.{one.domain}" if www else one.domain,
        status=status,
        seconds=SLOW if draw.chance(0.08) else 0.05 + draw.number(300) / 1000,
        name_in=draw.weighted([("heading", 80), ("image", 13), ("title", 7)]),
        postcode_on=draw.weighted([("both", 65), ("contact", 35)]),
        json_ld=draw.chance(0.3),
        number_in_footer=bool(one.number) and draw.chance(0.6),
        script_only=draw.chance(0.03),
        gone=one.closed,
    )
