-- The leads whose cards look different now: one row each, or one for all of very many.
CREATE OR REPLACE FUNCTION leads_touch() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'leads_tagging' THEN
        WITH changed AS (
            SELECT DISTINCT lead.tenant_id, lead.pipeline_id, lead.id
            FROM latter JOIN public.leads_lead lead ON lead.id = latter.lead_id
        )
        INSERT INTO public.leads_touched (tenant_id, pipeline, lead, xid)
        SELECT DISTINCT tenant_id, pipeline_id,
            CASE WHEN (SELECT count(*) FROM changed) <= 50 THEN id END,
            pg_current_xact_id()::text::bigint
        FROM changed;
    ELSIF TG_OP = 'UPDATE' THEN
        WITH changed AS (
            SELECT l.tenant_id, l.pipeline_id, l.id
            FROM former o JOIN latter l ON l.id = o.id
            WHERE (o.pipeline_id, o.stage_id, o.rank, o.owner_id, o.value_pence, o.score, o.tier,
                    o.next_due, o.stage_since, o.sort_key, o.version)
                IS DISTINCT FROM
                (l.pipeline_id, l.stage_id, l.rank, l.owner_id, l.value_pence, l.score, l.tier,
                    l.next_due, l.stage_since, l.sort_key, l.version)
        )
        INSERT INTO public.leads_touched (tenant_id, pipeline, lead, xid)
        SELECT DISTINCT tenant_id, pipeline_id,
            CASE WHEN (SELECT count(*) FROM changed) <= 50 THEN id END,
            pg_current_xact_id()::text::bigint
        FROM changed;
    ELSE
        -- Born or gone; a company that is deleted takes its rows along.
        WITH changed AS (
            SELECT tenant_id, pipeline_id, id FROM latter
            WHERE EXISTS (SELECT 1 FROM public.tenants_tenant t WHERE t.id = tenant_id)
        )
        INSERT INTO public.leads_touched (tenant_id, pipeline, lead, xid)
        SELECT DISTINCT tenant_id, pipeline_id,
            CASE WHEN (SELECT count(*) FROM changed) <= 50 THEN id END,
            pg_current_xact_id()::text::bigint
        FROM changed;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER lead_touch_insert AFTER INSERT ON leads_lead
    REFERENCING NEW TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION leads_touch();
CREATE TRIGGER lead_touch_delete AFTER DELETE ON leads_lead
    REFERENCING OLD TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION leads_touch();
CREATE TRIGGER lead_touch_update AFTER UPDATE ON leads_lead
    REFERENCING OLD TABLE AS former NEW TABLE AS latter
    FOR EACH STATEMENT EXECUTE FUNCTION leads_touch();
CREATE TRIGGER tagging_touch_insert AFTER INSERT ON leads_tagging
    REFERENCING NEW TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION leads_touch();
CREATE TRIGGER tagging_touch_delete AFTER DELETE ON leads_tagging
    REFERENCING OLD TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION leads_touch();
