-- Organisations that read otherwise now or are gone, of companies whose organisations are embedded.
CREATE OR REPLACE FUNCTION vectors_note() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'leads_organisation' THEN
        INSERT INTO public.vectors_changed (tenant_id, organisation, is_outcome)
        SELECT tenant_id, id, false FROM latter
        WHERE tenant_id IN (SELECT tenant_id FROM public.vectors_embedding);
    ELSE
        INSERT INTO public.vectors_changed (tenant_id, organisation, is_outcome)
        SELECT DISTINCT tenant_id, organisation_id, false FROM latter
        WHERE status = 'applied' AND contact_id IS NULL AND field IN (
                'summary', 'description', 'customers', 'services', 'technologies', 'sic_codes')
            AND tenant_id IN (SELECT tenant_id FROM public.vectors_embedding);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION vectors_note_one() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    organisation uuid;
    is_outcome boolean := TG_TABLE_NAME = 'leads_lead';
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.vectors_embedding e WHERE e.tenant_id = coalesce(NEW.tenant_id, OLD.tenant_id)
    ) THEN
        RETURN NULL;
    END IF;
    IF TG_TABLE_NAME = 'leads_organisation' THEN
        organisation := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        organisation := OLD.organisation_id;
    ELSE
        organisation := NEW.organisation_id;
    END IF;
    INSERT INTO public.vectors_changed (tenant_id, organisation, is_outcome)
    VALUES (coalesce(NEW.tenant_id, OLD.tenant_id), organisation, is_outcome);
    RETURN NULL;
END $$;
CREATE TRIGGER organisation_vector_insert AFTER INSERT ON leads_organisation
    REFERENCING NEW TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION vectors_note();
CREATE TRIGGER fact_vector_insert AFTER INSERT ON leads_fact
    REFERENCING NEW TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION vectors_note();
CREATE TRIGGER organisation_vector_delete AFTER DELETE ON leads_organisation
    REFERENCING OLD TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION vectors_note();
-- Only where these columns are written does the database look at all.
CREATE TRIGGER organisation_vector_update
    AFTER UPDATE OF name, trade, industry, town, postcode ON leads_organisation FOR EACH ROW
    WHEN ((OLD.name, OLD.trade, OLD.industry, OLD.town, OLD.postcode)
        IS DISTINCT FROM (NEW.name, NEW.trade, NEW.industry, NEW.town, NEW.postcode))
    EXECUTE FUNCTION vectors_note_one();
CREATE TRIGGER fact_vector_update
    AFTER UPDATE OF value, status, organisation_id ON leads_fact FOR EACH ROW
    WHEN (NEW.contact_id IS NULL AND NEW.field IN (
            'summary', 'description', 'customers', 'services', 'technologies', 'sic_codes')
        AND 'applied' IN (OLD.status, NEW.status)
        AND (OLD.value, OLD.status, OLD.organisation_id)
            IS DISTINCT FROM (NEW.value, NEW.status, NEW.organisation_id))
    EXECUTE FUNCTION vectors_note_one();
CREATE TRIGGER fact_vector_delete AFTER DELETE ON leads_fact FOR EACH ROW
    WHEN (OLD.contact_id IS NULL AND OLD.status = 'applied' AND OLD.field IN (
            'summary', 'description', 'customers', 'services', 'technologies', 'sic_codes'))
    EXECUTE FUNCTION vectors_note_one();
-- Won, lost, or neither any more.
CREATE TRIGGER lead_vector_outcome AFTER UPDATE OF stage_id, closed_at ON leads_lead FOR EACH ROW
    WHEN ((OLD.closed_at IS NOT NULL OR NEW.closed_at IS NOT NULL)
        AND (OLD.stage_id, OLD.closed_at) IS DISTINCT FROM (NEW.stage_id, NEW.closed_at))
    EXECUTE FUNCTION vectors_note_one();
