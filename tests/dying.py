"""Workers that are killed by what they write, before it is committed."""

import os
import signal
from typing import Any

import pytest
from django.db import connections

from crm.tenants.models import Tenant
from crm.work.drain import drain
from crm.work.lease import Lease
from crm.work.models import WorkRow


def fatal_write(monkeypatch: pytest.MonkeyPatch, model: type[WorkRow], number: int = 1) -> None:
    """Have each worker that `dies` starts be killed at its so manyeth write of such a row."""
    write, parent, written = Lease.write, os.getpid(), []

    def fatal(self: Lease, row: Any, **changes: Any) -> None:
        write(self, row, **changes)
        written.extend([row] if isinstance(row, model) else [])
        if os.getpid() != parent and len(written) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(Lease, "write", fatal)


def dies(tenant: Tenant, seconds: float = 20) -> bool:
    """Let a worker of its own drain the company's work; say whether it died."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            drain(seconds, tenant=tenant)
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
