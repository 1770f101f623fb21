"""Whether runs have left anything behind: each is over, its counts and its account add up."""

from tests.benchmarks.installation import Installation

# Each names what does not hold; nothing comes back where all is well.
WRONG = {
    "is not over": """
SELECT run.id::text || ' ' || run.state FROM campaigns_run AS run
WHERE run.state IN ('queued', 'running', 'waiting') OR (run.state = 'paused' AND run.reason = '')
""",
    "found less than it wanted and does not say why": """
SELECT run.id::text FROM campaigns_run AS run
WHERE run.reason = '' AND run.maximum > (
    SELECT coalesce(sum(created), 0) FROM campaigns_sourcerun WHERE run_id = run.id
)
""",
    "does not add up": """
SELECT format('%s: %s found, %s + %s + %s', source, found, created, duplicates, rejected)
FROM campaigns_sourcerun WHERE found <> created + duplicates + rejected
""",
    "has other findings than it counts": """
SELECT format('%s: %s found, %s findings', row.source, row.found, count(finding.id))
FROM campaigns_sourcerun AS row LEFT JOIN campaigns_finding AS finding
    ON finding.run_id = row.run_id AND finding.source = row.source
GROUP BY row.id HAVING row.found <> count(finding.id)
""",
    "has other leads than it counts": """
SELECT format('%s: %s created, %s leads', run.id, sum(row.created)::int,
    (SELECT count(*) FROM leads_origin WHERE ref = run.campaign_id))
FROM campaigns_run AS run JOIN campaigns_sourcerun AS row ON row.run_id = run.id
GROUP BY run.id HAVING sum(row.created) > (
    SELECT count(*) FROM leads_origin WHERE ref = run.campaign_id
)
""",
    "created more than was wanted": """
SELECT format('%s: %s of %s', run.id, sum(row.created)::int, run.maximum)
FROM campaigns_run AS run JOIN campaigns_sourcerun AS row ON row.run_id = run.id
GROUP BY run.id HAVING sum(row.created) > run.maximum
""",
    "has a question or a check that was given up": """
SELECT key || ': ' || last_error FROM campaigns_inquiry WHERE state = 'dead'
UNION ALL SELECT key || ': ' || last_error FROM campaigns_verification WHERE state = 'dead'
""",
    "has a question or a check left over": """
SELECT run.id::text FROM campaigns_run AS run JOIN campaigns_sourcerun AS row ON row.run_id = run.id
WHERE run.state IN ('completed', 'failed', 'cancelled') AND (
    EXISTS (SELECT FROM campaigns_inquiry WHERE source_run_id = row.id
        AND state NOT IN ('done', 'dead'))
    OR EXISTS (SELECT FROM campaigns_verification WHERE source_run_id = row.id
        AND state NOT IN ('done', 'dead')))
""",
    "holds credits although nothing runs": """
SELECT format('%s: %s held', tenant.slug, entry.held_after)
FROM credits_creditentry AS entry JOIN tenants_tenant AS tenant ON tenant.id = entry.tenant_id
WHERE entry.held_after <> 0 AND entry.number = (
    SELECT max(number) FROM credits_creditentry WHERE tenant_id = tenant.id
) AND NOT EXISTS (
    SELECT FROM campaigns_run WHERE tenant_id = tenant.id
    AND state IN ('queued', 'running', 'waiting', 'paused')
)
""",
    "has an account below nought": """
SELECT number::text FROM credits_creditentry WHERE balance_after < 0 OR held_after < 0
""",
    "has booked other credits than its questions took": """
SELECT format('%s: %s booked, %s taken', run.id,
    (SELECT coalesce(sum(credits), 0) FROM credits_creditentry
        WHERE reservation = run.reservation AND kind = 'spend'), sum(asked.credits))
FROM campaigns_run AS run JOIN campaigns_sourcerun AS row ON row.run_id = run.id
JOIN campaigns_inquiry AS asked ON asked.source_run_id = row.id AND asked.state = 'done'
WHERE run.state <> 'cancelled'
GROUP BY run.id HAVING sum(asked.credits) <> (
    SELECT coalesce(sum(credits), 0) FROM credits_creditentry
    WHERE reservation = run.reservation AND kind = 'spend')
""",
}


def wrong(product: Installation) -> list[str]:
    """Give a sentence for each thing that does not hold."""
    return [
        f"{what}: {said}" for what, statement in WRONG.items() for (said,) in product.ask(statement)
    ]
