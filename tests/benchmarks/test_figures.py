"""What a benchmark promises can be read: each figure says its unit or what it counts."""

import pytest

from tests.benchmarks.__main__ import BENCHMARKS, COUNTS, UNITS


@pytest.mark.parametrize("name", BENCHMARKS)
def test_each_figure_says_its_unit(name: str) -> None:
    assert [each for each in BENCHMARKS[name].figures if not each.endswith(UNITS + COUNTS)] == []
