"""What a receipt calls the source of a lead."""

import pytest

from tests.scoring.test_points import told


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("companies_house", "Companies House (counts as other)"),
        ("google_places", "Google Places (counts as other)"),
        ("organic_search", "organic search"),
        ("a_fair", "a fair (counts as other)"),
    ],
)
def test_a_vendor_goes_by_its_name(source: str, said: str) -> None:
    lines = {line.key: line for line in told(source=source).lines}
    assert lines["source"].saw == said
