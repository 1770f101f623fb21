"""The server takes as much memory as befits the machine."""

import os
from pathlib import Path

import pytest

from crm.postgres import memory, server

GIGABYTE = 1024**3


@pytest.mark.parametrize(
    ("machine", "container", "megabytes"),
    [
        (16, "max", 2048), (16, "", 2048), (16, f"{4 * GIGABYTE}", 512),
        (4, f"{16 * GIGABYTE}", 512), (0.5, "max", 128), (256, "max", 4096),
    ],
)  # fmt: skip
def test_an_eighth_of_what_may_be_used(
    machine: float,
    container: str,
    megabytes: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": int(machine * GIGABYTE) // 4096}
    monkeypatch.setattr(os, "sysconf", lambda name: said[name])
    limit = tmp_path / "memory.max"
    if container:
        limit.write_text(f"{container}\n")
    monkeypatch.setattr(memory, "LIMIT", limit)

    assert memory.shared() == megabytes
    words = server.command(tmp_path, tmp_path, tmp_path, throwaway=False)
    assert f"-cshared_buffers={megabytes}MB" in words
    assert f"-cmax_wal_size={max(1024, megabytes)}MB" in words


def test_a_server_of_a_test_takes_little(tmp_path: Path) -> None:
    words = server.command(tmp_path, tmp_path, tmp_path, throwaway=True)

    assert "-cshared_buffers=128MB" in words
