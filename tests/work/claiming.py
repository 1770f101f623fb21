"""`python -m tests.work.claiming 3`: a worker's process that only claims, and says whose rows.

It stands for a worker that has just begun: it remembers nobody's turn.
"""

import sys

import django


def main(claims: int) -> None:
    # Only now may models be imported.
    from campaigns.models import SourceRun  # noqa: PLC0415
    from crm.work.lease import claim  # noqa: PLC0415

    for _ in range(claims):
        lease = claim(SourceRun, 5)
        held = SourceRun.across_tenants.filter(lease_token=lease.token if lease else None)
        slug = held.values_list("tenant__slug", flat=True).first() if lease else "nobody"
        sys.stdout.write(f"{slug}\n")


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]))
