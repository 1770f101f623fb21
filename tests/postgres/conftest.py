"""Clusters of their own for tests of the launcher."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that the server's user can reach."""
    above = Path(tempfile.mkdtemp(prefix="crm-cluster-"))
    above.chmod(0o711)
    yield above / "data"
    shutil.rmtree(above)
