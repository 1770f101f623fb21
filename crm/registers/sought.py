"""What a search around a place looks for, where trades alone do not say it; for `near`."""

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef

from crm.registers.models import Change, Load, Register
from crm.registers.near import MILES, Sought

# Cell by cell, so that the index finds the days; of those without a day, who came since then.
OPENED = f"""
    SELECT s.id AS entry_id, s.is_vague, {MILES} AS miles
    FROM unnest(%(first)s::integer[], %(last)s::integer[]) AS run(first, last),
        generate_series(run.first, run.last) AS here(cell),
        LATERAL (
            SELECT id, latitude, longitude, precision = 'outward' AS is_vague
            FROM registers_registerentry
            WHERE cell = here.cell AND opened_date >= %(since)s::date
            AND status = 'active' AND came_with_id = ANY(%(loads)s::bigint[])
            UNION ALL
            SELECT id, latitude, longitude, precision = 'outward'
            FROM registers_registerentry e
            WHERE cell = here.cell AND opened_date IS NULL
            AND status = 'active' AND came_with_id = ANY(%(loads)s::bigint[])
            AND register_id = ANY(%(telling)s::text[])
            AND EXISTS (SELECT FROM registers_change c WHERE c.entry_id = e.id
                AND c.kind = 'opened' AND c."on" >= %(since)s::date)
            OFFSET 0
        ) s
"""
# By the index of sites: a name is followed by "|" there, and "}" is the sign behind that.
CALLED = f"""
    SELECT s.id AS entry_id, s.precision = 'outward' AS is_vague, {MILES} AS miles
    FROM unnest(%(names)s::text[]) AS wanted(name),
        LATERAL (
            SELECT * FROM registers_registerentry
            WHERE site_key >= wanted.name || '|' AND site_key < wanted.name || '}}'
            AND status = 'active' AND cell IS NOT NULL
            AND came_with_id = ANY(%(loads)s::bigint[]) OFFSET 0
        ) s
"""


def opened(since: date) -> Sought:
    """What opened on that day or later: so its register says, or it came into one since then."""
    came = Change.objects.filter(register=OuterRef("pk"), kind=Change.Kind.OPENED, on__gte=since)
    telling = Register.objects.filter(Exists(came)).values_list("slug", flat=True)
    return Sought(OPENED, {"since": since, "loads": _loads(), "telling": list(telling)})


def called(names: Collection[str]) -> Sought:
    """What has one of these names, which are keys of names."""
    return Sought(CALLED, {"names": list(names), "loads": _loads()})


def _loads() -> list[int]:
    """Give the files that are in whole: what came with another one nobody sees."""
    return list(Load.objects.filter(state=Load.State.DONE).values_list("pk", flat=True))
