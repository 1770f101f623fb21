-- Where the vectors stand: one of an organisation and model. Each company is in one of 64 parts, so
-- that all of its own are read without walking past those of everybody else.
CREATE TABLE IF NOT EXISTS vectors_vector (
    tenant_id uuid NOT NULL REFERENCES tenants_tenant (id) ON DELETE CASCADE,
    model varchar(80) NOT NULL,
    organisation_id uuid NOT NULL REFERENCES leads_organisation (id) ON DELETE CASCADE,
    sha varchar(32) NOT NULL,
    embedding halfvec NOT NULL,
    PRIMARY KEY (tenant_id, model, organisation_id)
) PARTITION BY HASH (tenant_id);
DO $$
BEGIN
    FOR part IN 0..63 LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS vectors_part_%s PARTITION OF vectors_vector '
            'FOR VALUES WITH (MODULUS 64, REMAINDER %s)', part, part);
        -- In the row itself: out of it each is fetched one by one.
        EXECUTE format('ALTER TABLE vectors_part_%s ALTER embedding SET STORAGE MAIN', part);
    END LOOP;
END $$;
CREATE INDEX IF NOT EXISTS vectors_of_organisation ON vectors_vector (organisation_id);
-- The app's role makes no indexes; of one company and model it may have this one made.
CREATE OR REPLACE FUNCTION vectors_index(company uuid, made_with text, size integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET maintenance_work_mem = '512MB' AS $$
DECLARE
    part regclass;
    name text := 'vectors_near_' || left(md5(company || ' ' || made_with), 20);
BEGIN
    IF size NOT BETWEEN 1 AND 4000 OR to_regclass('public.' || name) IS NOT NULL THEN
        RETURN;
    END IF;
    SELECT tableoid::regclass INTO part FROM public.vectors_vector
    WHERE tenant_id = company AND model = made_with LIMIT 1;
    IF part IS NOT NULL THEN
        EXECUTE format(
            'CREATE INDEX %I ON %s USING hnsw ((embedding::halfvec(%s)) halfvec_cosine_ops) '
            'WHERE tenant_id = %L AND model = %L', name, part, size, company, made_with);
    END IF;
END $$;
CREATE OR REPLACE FUNCTION vectors_index_drop(company uuid, made_with text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('DROP INDEX IF EXISTS public.%I',
        'vectors_near_' || left(md5(company || ' ' || made_with), 20));
END $$;
REVOKE EXECUTE ON FUNCTION vectors_index(uuid, text, integer) FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION vectors_index_drop(uuid, text) FROM PUBLIC;
