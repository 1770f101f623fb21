"""What a score may look at: plain values, unknown being None."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """`source` and `industry` are slugs, `employees` a head count."""

    company_name: str | None = None
    email: str | None = None
    phone: str | None = None
    job_title: str | None = None
    industry: str | None = None
    source: str | None = None
    employees: int | None = None
