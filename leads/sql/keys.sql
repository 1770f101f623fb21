-- What a lead is sorted by stands in the lead itself, so that an index holds the whole order.
CREATE OR REPLACE FUNCTION leads_set_keys() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.organisation_id <> OLD.organisation_id THEN
        NEW.sort_key := coalesce(
            (SELECT sort_key FROM public.leads_organisation WHERE id = NEW.organisation_id), '');
    END IF;
    IF TG_OP = 'INSERT' OR NEW.owner_id IS DISTINCT FROM OLD.owner_id THEN
        NEW.owner_key := coalesce(
            (SELECT left(lower(name), 200) FROM public.tenants_user WHERE id = NEW.owner_id), '');
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION leads_name_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.leads_lead SET sort_key = NEW.sort_key WHERE organisation_id = NEW.id;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION leads_owner_renamed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE public.leads_lead SET owner_key = left(lower(NEW.name), 200) WHERE owner_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER lead_keys BEFORE INSERT OR UPDATE OF organisation_id, owner_id
    ON leads_lead FOR EACH ROW EXECUTE FUNCTION leads_set_keys();
CREATE TRIGGER lead_name AFTER UPDATE OF sort_key ON leads_organisation FOR EACH ROW
    WHEN (OLD.sort_key IS DISTINCT FROM NEW.sort_key) EXECUTE FUNCTION leads_name_changed();
CREATE TRIGGER lead_owner_name AFTER UPDATE OF name ON tenants_user FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION leads_owner_renamed();
