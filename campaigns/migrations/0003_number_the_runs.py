"""Gives the runs and findings that are there what 0002 asks of new ones."""

from django.db import migrations

RUNS = """
UPDATE campaigns_run AS run SET
    number = counted.place,
    since = COALESCE(run.finished_at, run.started_at, run.created_at),
    wanted = jsonb_build_object(
        'kind', campaign.kind, 'postcode', campaign.postcode, 'miles', campaign.miles,
        'max_results', campaign.max_results, 'takes_edge', campaign.takes_edge,
        'takes_customers', false, 'min_employees', NULL, 'only_known_size', false,
        'budget_pence', NULL, 'extra', campaign.extra
    )
FROM (
    SELECT id, row_number() OVER (PARTITION BY campaign_id ORDER BY id) AS place
    FROM campaigns_run
) AS counted, campaigns_campaign AS campaign
WHERE counted.id = run.id AND campaign.id = run.campaign_id
"""
FINDINGS = """
UPDATE campaigns_finding SET ground = CASE
    WHEN verdict = 'created' THEN 'new'
    WHEN reason = 'Existing customer' THEN 'customer'
    WHEN reason = 'Lost before' THEN 'lost'
    WHEN verdict = 'duplicate' THEN 'known'
    WHEN reason = 'Near the edge of the circle' THEN 'edge'
    WHEN reason = 'Closed in the register' THEN 'closed'
    ELSE 'unusable'
END
"""
PROOFS = """
UPDATE campaigns_finding AS finding
SET proof = organisation.proof, proof_date = organisation.proof_date
FROM leads_organisation AS organisation WHERE organisation.id = finding.organisation_id
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_life_of_a_run")]

    operations = [
        migrations.RunSQL(RUNS, migrations.RunSQL.noop),
        migrations.RunSQL(FINDINGS, migrations.RunSQL.noop),
        migrations.RunSQL(PROOFS, migrations.RunSQL.noop),
    ]
