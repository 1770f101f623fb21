-- One company's leads in the columns that dashboards ask for. Whoever may read it reads nothing
-- else: no condition of theirs is looked at before the company's (security_barrier).
-- What takes long stands in the columns alone, where it costs nothing unless it is asked for.
CREATE VIEW {schema}.leads WITH (security_barrier) AS
SELECT
    lead.id,
    organisation.name::text AS company,
    nullif(contact.name, '')::text AS contact_name,
    nullif(contact.email, '')::text AS contact_email,
    -- As scores take it: without a number of the person the organisation's.
    coalesce(nullif(contact.phone, ''), nullif(organisation.phone, ''))::text AS contact_phone,
    jsonb_strip_nulls(jsonb_build_object(
        'address', nullif(organisation.address, ''),
        'town', nullif(organisation.town, ''),
        'postcode', nullif(organisation.postcode, ''),
        'phone', nullif(organisation.phone, ''),
        'website', nullif(organisation.website, ''),
        'company_number', nullif(organisation.company_number, ''),
        'role', nullif(contact.role, '')
    )) AS contact_info,
    lead.score::integer AS lead_score,
    CASE stage.kind WHEN 'customer' THEN 'converted' ELSE stage.kind END::text AS stage,
    lead.tier::text AS tier,
    lead.source::text AS source,
    nullif(organisation.industry, '')::text AS industry,
    organisation.employees::integer AS company_size,
    nullif(contact.job_title, '')::text AS job_title,
    -- Numbers alone: the words that a receipt has seen may be a person's.
    coalesce((
        SELECT jsonb_strip_nulls(jsonb_build_object(
            'grade', nullif(score.grade, ''),
            'grade_value', score.receipt -> 'grade' -> 1,
            'known', score.receipt -> 'grade' -> 2,
            'fit', score.fit,
            'engagement', score.engagement,
            'chance', round(lead.chance / 1000.0, 3),
            'closeness', lead.closeness,
            'scored_at', score.at,
            'factors', CASE jsonb_typeof(score.receipt -> 'marks') WHEN 'array' THEN (
                SELECT jsonb_object_agg(mark ->> 0, mark -> 1)
                FROM jsonb_array_elements(score.receipt -> 'marks') AS mark
                WHERE jsonb_typeof(mark) = 'array' AND mark ->> 0 IS NOT NULL
            ) END
        ))
        FROM public.leads_score AS score
        WHERE score.lead_id = lead.id ORDER BY score.lead_id, score.id DESC LIMIT 1
    ), jsonb_build_object()) AS ai_insights,
    organisation.id::text AS embedding_id,
    lead.created_at,
    greatest(
        lead.created_at,
        lead.stage_since,
        lead.active_at,
        (
            SELECT score.at FROM public.leads_score AS score
            WHERE score.lead_id = lead.id ORDER BY score.lead_id, score.id DESC LIMIT 1
        ),
        (
            SELECT entry.at FROM public.leads_timelineentry AS entry
            WHERE entry.lead_id = lead.id ORDER BY entry.lead_id, entry.id DESC LIMIT 1
        )
    ) AS updated_at
FROM public.leads_lead AS lead
JOIN public.leads_organisation AS organisation ON organisation.id = lead.organisation_id
JOIN public.pipeline_stage AS stage ON stage.id = lead.stage_id
LEFT JOIN public.leads_contact AS contact ON contact.id = lead.contact_id
WHERE lead.tenant_id = {company}
