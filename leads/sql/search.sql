-- Small letters without accents; immutable, so that an index may hold it.
CREATE OR REPLACE FUNCTION leads_plain(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = public, pg_catalog, pg_temp AS $$
    SELECT lower(unaccent('unaccent', $1))
$$;
CREATE OR REPLACE FUNCTION leads_search_refresh(uuid[]) RETURNS void
LANGUAGE sql SET search_path = public, pg_catalog, pg_temp AS $$
    INSERT INTO leads_searchtext (lead_id, tenant_id, words, vector)
    SELECT id, tenant_id, left(concat_ws(' ', a, b, c, d), 20000),
        setweight(to_tsvector('simple', a), 'A') || setweight(to_tsvector('simple', b), 'B')
        || setweight(to_tsvector('simple', c), 'C') || setweight(to_tsvector('simple', d), 'D')
    FROM (
        SELECT lead.id, lead.tenant_id,
            leads_plain(o.name) AS a,
            leads_plain(concat_ws(' ', people.named, o.domain, o.phone,
                regexp_replace(o.phone, '^\+44', '0'))) AS b,
            leads_plain(concat_ws(' ', o.town, o.postcode, replace(o.postcode, ' ', ''),
                replace(o.trade, '_', ' '), o.company_number, o.address)) AS c,
            leads_plain(coalesce(notes.text, '')) AS d
        FROM leads_lead lead
        JOIN leads_organisation o ON o.id = lead.organisation_id
        LEFT JOIN LATERAL (
            SELECT string_agg(concat_ws(' ', contact.name, contact.email,
                replace(split_part(contact.email, '@', 1), '.', ' '), contact.phone,
                regexp_replace(contact.phone, '^\+44', '0'), contact.job_title), ' ') AS named
            FROM leads_contact contact WHERE contact.organisation_id = o.id
        ) AS people ON true
        LEFT JOIN LATERAL (
            SELECT string_agg(text, ' ') AS text FROM (
                SELECT entry.text FROM leads_timelineentry entry
                WHERE entry.lead_id = lead.id AND entry.kind IN ('note', 'call', 'task')
                ORDER BY entry.id DESC LIMIT 50
            ) AS latest
        ) AS notes ON true
        WHERE lead.id = ANY ($1)
    ) AS said
    ON CONFLICT (lead_id) DO UPDATE SET words = excluded.words, vector = excluded.vector
    WHERE leads_searchtext.words IS DISTINCT FROM excluded.words
$$;
CREATE OR REPLACE FUNCTION leads_search_leads() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.leads_search_refresh(array_agg(id)) FROM latter HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION leads_search_notes() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.leads_search_refresh(array_agg(DISTINCT lead_id))
    FROM latter WHERE kind IN ('note', 'call', 'task') HAVING count(*) > 0;
    RETURN NULL;
END $$;
-- Of organisations and contacts, whose leads may be several; a birth comes before that of the lead.
CREATE OR REPLACE FUNCTION leads_search_organisations() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.leads_search_refresh(array_agg(lead.id))
    FROM public.leads_lead lead WHERE lead.organisation_id IN (SELECT id FROM latter)
    HAVING count(*) > 0;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION leads_search_contacts() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        PERFORM public.leads_search_refresh(array_agg(lead.id))
        FROM public.leads_lead lead WHERE lead.organisation_id IN (SELECT organisation_id FROM latter)
        HAVING count(*) > 0;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM public.leads_search_refresh(array_agg(lead.id))
        FROM public.leads_lead lead WHERE lead.organisation_id IN (SELECT organisation_id FROM former)
        HAVING count(*) > 0;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER search_insert AFTER INSERT ON leads_lead
    REFERENCING NEW TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION leads_search_leads();
CREATE OR REPLACE TRIGGER search_insert AFTER INSERT ON leads_timelineentry
    REFERENCING NEW TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION leads_search_notes();
CREATE OR REPLACE TRIGGER search_update AFTER UPDATE ON leads_organisation
    REFERENCING NEW TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION leads_search_organisations();
CREATE OR REPLACE TRIGGER search_insert AFTER INSERT ON leads_contact
    REFERENCING NEW TABLE AS latter FOR EACH STATEMENT EXECUTE FUNCTION leads_search_contacts();
CREATE OR REPLACE TRIGGER search_update AFTER UPDATE ON leads_contact
    REFERENCING OLD TABLE AS former NEW TABLE AS latter
    FOR EACH STATEMENT EXECUTE FUNCTION leads_search_contacts();
CREATE OR REPLACE TRIGGER search_delete AFTER DELETE ON leads_contact
    REFERENCING OLD TABLE AS former FOR EACH STATEMENT EXECUTE FUNCTION leads_search_contacts();
-- Whoever deletes leads by hand need not know of their words.
CREATE OR REPLACE FUNCTION leads_search_forget() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM public.leads_searchtext WHERE lead_id IN (SELECT id FROM former);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER search_delete AFTER DELETE ON leads_lead
    REFERENCING OLD TABLE AS former FOR EACH STATEMENT EXECUTE FUNCTION leads_search_forget();
