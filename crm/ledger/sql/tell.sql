-- Adds the entry of a change that no verb told of. `was` and `stands` are the row before and after.
CREATE OR REPLACE FUNCTION ledger_tell(
    tenant uuid, model text, row_id text, row_name text, op text,
    was jsonb, stands jsonb, hidden text[]
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $tell$
DECLARE
    who jsonb := nullif(current_setting('app.actor', true), '')::jsonb;
    former jsonb := '{}';
    latter jsonb := '{}';
    entry bigint;
    moment timestamptz := clock_timestamp();
    each text;
BEGIN
    IF op = 'UPDATE' THEN
        SELECT coalesce(jsonb_object_agg(key, was -> key), '{}'),
               coalesce(jsonb_object_agg(key, value), '{}')
        INTO former, latter
        FROM jsonb_each(stands) WHERE value IS DISTINCT FROM was -> key;
        IF latter = '{}' THEN
            RETURN;
        END IF;
    ELSE
        SELECT coalesce(jsonb_object_agg(key, value), '{}') INTO latter
        FROM jsonb_each(coalesce(stands, was)) WHERE value NOT IN ('null', '""', '{}', '[]');
        IF op = 'DELETE' THEN
            former := latter;
            latter := '{}';
        END IF;
    END IF;
    FOREACH each IN ARRAY hidden LOOP
        former := former || CASE WHEN former ? each THEN jsonb_build_object(each, '•••') ELSE '{}' END;
        latter := latter || CASE WHEN latter ? each THEN jsonb_build_object(each, '•••') ELSE '{}' END;
    END LOOP;
    INSERT INTO ledger_auditentry
        (tenant_id, at, actor_id, actor, address, via, kind, verb,
         target_type, target_id, target, fields)
    VALUES (
        coalesce(tenant, nullif(current_setting('app.tenant', true), '')::uuid),
        moment,
        (who ->> 'id')::uuid,
        left(coalesce(who ->> 'name', 'the database’s role ' || session_user), 200),
        left(coalesce(who ->> 'address', ''), 45),
        left(coalesce(who ->> 'via', 'database'), 14),
        CASE op WHEN 'INSERT' THEN 'created' WHEN 'DELETE' THEN 'deleted' ELSE 'changed' END,
        CASE op WHEN 'INSERT' THEN 'created' WHEN 'DELETE' THEN 'deleted' ELSE 'changed' END,
        model, row_id, left(coalesce(row_name, ''), 400),
        (SELECT jsonb_agg(key ORDER BY key) FROM jsonb_object_keys(former || latter) AS key)
    )
    RETURNING id INTO entry;
    INSERT INTO ledger_auditpayload (entry_id, at, before, after)
    VALUES (entry, moment, former, latter);
END $tell$;
