"""How far a company's run is, asked over a connection of our own that outlives the server."""

from contextlib import suppress
from dataclasses import dataclass

import psycopg

# One source serves the kind that is launched here, so these are the values of one row.
ASK = """
SELECT run.state, source.found, coalesce(source.cursor::text, ''), source.lease_holder
FROM campaigns_run AS run
JOIN campaigns_sourcerun AS source ON source.run_id = run.id
JOIN tenants_tenant AS tenant ON tenant.id = run.tenant_id
WHERE tenant.slug = %s
"""
BEAT = "SELECT count(*) FROM work_heartbeat WHERE at > now() - %s * interval '1 second'"
UNFINISHED = """
SELECT count(*) FROM leads_flowstep AS step JOIN tenants_tenant AS tenant
ON tenant.id = step.tenant_id WHERE tenant.slug = %s AND step.state NOT IN ('done', 'dead')
"""


@dataclass(frozen=True)
class Look:
    """What stands in the row at this moment; `holder` is "host:pid", or "" between two pieces."""

    state: str
    found: int
    cursor: str
    holder: str

    @property
    def is_over(self) -> bool:
        return self.state in ("completed", "failed", "cancelled")

    @property
    def in_flight(self) -> str:
        """The row in words."""
        return f"{self.found} found, held by {self.holder or 'nobody'}, cursor {self.cursor or '-'}"


class Progress:
    """Asks as the database's superuser."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.connection: psycopg.Connection | None = None

    def look(self, company: str) -> Look | None:
        """Look at the run; None while there is none, or no database."""
        rows = self._ask(ASK, company)
        return Look(*rows[0]) if rows else None

    def has_beaten(self, seconds: float) -> bool:
        """Say whether a worker has given a sign of life in the last seconds."""
        return bool(self._count(BEAT, seconds))

    def is_settled(self, company: str) -> bool:
        """Say whether what the run left to be done is done as well."""
        return self._count(UNFINISHED, company) == 0

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None

    def _count(self, statement: str, value: object) -> int | None:
        rows = self._ask(statement, value)
        return rows[0][0] if rows else None

    def _ask(self, statement: str, value: object) -> list[tuple]:
        try:
            if self.connection is None:
                self.connection = psycopg.connect(self.url, autocommit=True, connect_timeout=2)
            return self.connection.execute(statement.encode(), [value]).fetchall()
        except psycopg.OperationalError:
            with suppress(psycopg.Error):
                self.close()
            self.connection = None
            return []
