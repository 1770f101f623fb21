"""What a question to the web is told, and which sources a person must do something for."""

from campaigns.discovery.live import Brief
from campaigns.discovery.sources import LIVE
from campaigns.discovery.web import planning
from tests.discovery.asked import wanted
from tests.people import Cast


def test_places_without_a_name_are_not_named(db: None, bundled: None, cast: Cast) -> None:
    asks = wanted("it_msp_expansion")
    brief = Brief(
        tenant=cast.tenant,
        wanted=asks,
        target=asks.target(),
        missing=10,
        most=1,
        earlier=(),
        known=lambda most: ["Acme", "", "Fernbook", "", "Acme"],
    )
    [question] = planning.plan(brief)
    assert question.asked["leave_out"] == ["Acme", "Fernbook"]


def test_only_councils_lists_have_an_obstacle_besides_a_key(db: None, cast: Cast) -> None:
    said = {source.slug: source.obstacle(cast.tenant) for source in LIVE}
    assert {slug for slug, sentence in said.items() if sentence} == {"planning"}
    assert {source.slug for source in LIVE if source.page} == {"planning"}
