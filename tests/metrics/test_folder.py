"""The folder of the web server's processes: what one has counted outlives it."""

from pathlib import Path

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from prometheus_client import CollectorRegistry
from prometheus_client.mmap_dict import MmapedDict, mmap_key
from prometheus_client.multiprocess import MultiProcessCollector

from crm.metrics import folder
from crm.metrics.pages import PageTimes


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "metrics"
    monkeypatch.setenv(folder.NAME, str(place))
    folder.begin()
    return place


def counted(place: Path, process: int, view: str, many: float) -> None:
    """What a process has counted of a page."""
    folder.join(process)
    file = MmapedDict(str(place / f"histogram_{process}.db"))
    file.write_value(mmap_key("seconds", "seconds_sum", ["view"], [view], "How long."), many, 0.0)
    file.close()


def sums(place: Path) -> dict[str, float]:
    registry = CollectorRegistry()
    MultiProcessCollector(registry, str(place))
    return {
        sample.labels["view"]: sample.value
        for family in registry.collect()
        for sample in family.samples
        if sample.name == "seconds_sum"
    }


def test_the_dead_are_added_up_in_one_file(place: Path) -> None:
    counted(place, 11, "a", 2)
    counted(place, 12, "a", 3)
    counted(place, 13, "b", 4)
    assert sums(place) == {"a": 5, "b": 4}
    for process in (11, 13, 13, 99):
        folder.bury(process)
        assert sums(place) == {"a": 5, "b": 4}
    assert sorted(path.name for path in place.glob("*.db")) == [
        "histogram_12.db",
        "histogram_gone.db",
    ]


def test_a_new_server_begins_anew(place: Path) -> None:
    counted(place, 11, "a", 2)
    folder.begin()
    assert sums(place) == {}


def test_where_there_is_no_room_pages_are_served_uncounted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "taken").touch()
    monkeypatch.setenv(folder.NAME, str(tmp_path / "taken"))
    folder.begin()
    assert "Page times are not counted" in caplog.text
    assert folder.path() is None
    folder.join(1)
    folder.bury(1)
    with pytest.raises(MiddlewareNotUsed):
        PageTimes(lambda request: HttpResponse())


def test_without_a_folder_there_is_nothing_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(folder.NAME, raising=False)
    folder.begin()
    folder.join(1)
    folder.bury(1)
    with folder.at_rest():
        assert not folder.is_off()
