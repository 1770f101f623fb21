-- One delta per statement, stage and owner; nothing where neither of them nor the value changed.
CREATE OR REPLACE FUNCTION leads_tally() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO public.leads_stagedelta (tenant_id, stage, owner, leads, pence)
        SELECT tenant_id, stage_id, owner_id, count(*), coalesce(sum(value_pence), 0)
        FROM latter GROUP BY tenant_id, stage_id, owner_id;
    ELSIF TG_OP = 'DELETE' THEN
        -- A company that is deleted takes its deltas along.
        INSERT INTO public.leads_stagedelta (tenant_id, stage, owner, leads, pence)
        SELECT tenant_id, stage_id, owner_id, -count(*), -coalesce(sum(value_pence), 0)
        FROM former WHERE EXISTS (SELECT 1 FROM public.tenants_tenant t WHERE t.id = tenant_id)
        GROUP BY tenant_id, stage_id, owner_id;
    ELSE
        INSERT INTO public.leads_stagedelta (tenant_id, stage, owner, leads, pence)
        SELECT tenant_id, stage_id, owner_id, sum(n), sum(n * coalesce(value_pence, 0))
        FROM (
            SELECT o.tenant_id, o.stage_id, o.owner_id, -1 AS n, o.value_pence
            FROM former o JOIN latter l ON l.id = o.id
            WHERE (o.stage_id, o.owner_id, o.value_pence)
                IS DISTINCT FROM (l.stage_id, l.owner_id, l.value_pence)
            UNION ALL
            SELECT l.tenant_id, l.stage_id, l.owner_id, 1, l.value_pence
            FROM former o JOIN latter l ON l.id = o.id
            WHERE (o.stage_id, o.owner_id, o.value_pence)
                IS DISTINCT FROM (l.stage_id, l.owner_id, l.value_pence)
        ) AS changed
        GROUP BY tenant_id, stage_id, owner_id
        HAVING sum(n) <> 0 OR sum(n * coalesce(value_pence, 0)) <> 0;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lead_tally_insert AFTER INSERT ON leads_lead
    REFERENCING NEW TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION leads_tally();
CREATE TRIGGER lead_tally_delete AFTER DELETE ON leads_lead
    REFERENCING OLD TABLE AS former FOR EACH STATEMENT EXECUTE FUNCTION leads_tally();
CREATE TRIGGER lead_tally_update AFTER UPDATE ON leads_lead
    REFERENCING OLD TABLE AS former NEW TABLE AS latter
    FOR EACH STATEMENT EXECUTE FUNCTION leads_tally();
INSERT INTO leads_stagetally (id, tenant_id, stage_id, owner, leads, pence)
SELECT gen_random_uuid(), tenant_id, stage_id, owner_id, count(*), coalesce(sum(value_pence), 0)
FROM leads_lead GROUP BY tenant_id, stage_id, owner_id;
