-- Whom keys mean, and who stands where somebody else is said to stand; the nearest of very many.
-- `called` has the names by which each was met so far, `listed` its entries in registers.
-- One plan for all that is ever asked: to make one takes longer than to carry it out.
CREATE OR REPLACE FUNCTION leads_met(
    whose uuid, kinds text[], "values" text[], postcodes text[], phones text[],
    places text[], names text[]
) RETURNS TABLE (
    kind text, value text, called text[], listed text[], organisation public.leads_organisation
)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    RETURN QUERY
    SELECT asked.kind, asked.value, ARRAY(
        SELECT split_part(site.value, '|', 1) FROM public.leads_identitykey AS site
        WHERE site.organisation_id = (known.o).id AND site.kind = 'site'
    ), ARRAY(
        SELECT entry.value::text FROM public.leads_identitykey AS entry
        WHERE entry.organisation_id = (known.o).id AND entry.kind = 'listing'
    ), known.o
    FROM unnest(kinds, "values", postcodes, phones) AS asked (kind, value, postcode, phone)
    CROSS JOIN LATERAL (
        SELECT o FROM public.leads_identitykey AS key
        JOIN public.leads_organisation AS o ON o.id = key.organisation_id
        WHERE key.tenant_id = whose AND key.kind = asked.kind AND key.value = asked.value
        -- A chain may share a domain, a bureau a phone.
        ORDER BY asked.postcode <> '' AND o.postcode = asked.postcode DESC,
            asked.phone <> '' AND o.phone = asked.phone DESC, o.id
        LIMIT 25
    ) AS known;
    RETURN QUERY
    SELECT 'place', asked.postcode, '{}'::text[], ARRAY(
        SELECT entry.value::text FROM public.leads_identitykey AS entry
        WHERE entry.organisation_id = (known.o).id AND entry.kind = 'listing'
    ), known.o
    FROM unnest(places, names) AS asked (postcode, name)
    CROSS JOIN LATERAL (
        SELECT there.o FROM (
            SELECT o FROM public.leads_organisation AS o
            WHERE o.tenant_id = whose AND o.postcode = asked.postcode
            -- Where companies are formed by the thousand, a search for duplicates looks at the rest.
            LIMIT 300
        ) AS there
        ORDER BY public.similarity((there.o).name_key, asked.name) DESC, (there.o).id
        LIMIT 8
    ) AS known;
END $$;
