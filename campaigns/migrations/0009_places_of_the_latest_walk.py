"""Says how far a walk had come by the id of the entry, where it said its register and number."""

from django.db import migrations

FAR = 2**63 - 1
# [miles, register, number]; of an entry that is no more, before or behind all at that distance.
IS_OLD = "jsonb_typeof({place}) = 'array' AND jsonb_array_length({place}) = 3"
ANEW = """jsonb_build_array({place} -> 0, COALESCE((
    SELECT e.id FROM registers_registerentry e
    WHERE e.register_id = {place} ->> 1 AND e.number = {place} ->> 2
), {otherwise}))"""
RUNS = "UPDATE campaigns_sourcerun SET {place} = {anew} WHERE {is_old}"
IS_OLD_VALUE = IS_OLD.format(place="value")
VALUE_ANEW = ANEW.format(place="value", otherwise=0)
CAMPAIGNS = f"""
UPDATE campaigns_campaign SET positions = (
    SELECT jsonb_object_agg(key, CASE WHEN {IS_OLD_VALUE} THEN {VALUE_ANEW} ELSE value END)
    FROM jsonb_each(positions)
) WHERE positions <> '{{}}'
"""


def _of_runs(place: str, otherwise: int) -> str:
    anew = ANEW.format(place=place, otherwise=otherwise)
    return RUNS.format(place=place, anew=anew, is_old=IS_OLD.format(place=place))


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0008_findings_that_may_be_known"),
        ("registers", "0002_whole_kingdom"),
    ]

    operations = [
        migrations.RunSQL(_of_runs("cursor", 0), migrations.RunSQL.noop),
        migrations.RunSQL(_of_runs("stop_at", FAR), migrations.RunSQL.noop),
        migrations.RunSQL(CAMPAIGNS, migrations.RunSQL.noop),
    ]
