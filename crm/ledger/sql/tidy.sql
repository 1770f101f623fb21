-- Makes the coming months' partitions and drops those that are older than is kept. It runs with the
-- owner's rights and takes no arguments: whoever calls it decides nothing.
CREATE OR REPLACE FUNCTION ledger_tidy() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '3s' SET timezone = 'UTC'
AS $tidy$
DECLARE
    parents constant text[] := ARRAY['ledger_auditentry', 'ledger_auditpayload'];
    kept integer := coalesce((SELECT months FROM ledger_retention WHERE id = 1), 0);
    this_month constant timestamp := date_trunc('month', now()::timestamp);
    first_kept constant timestamp := this_month - make_interval(months => kept);
    month timestamp;
    parent text;
    part text;
BEGIN
    PERFORM pg_advisory_xact_lock(7164780001);

    -- The coming months, and those of which the rest holds rows; nothing was refused meanwhile.
    FOR month IN
        SELECT generate_series(this_month, this_month + interval '3 months', interval '1 month')
        UNION
        SELECT date_trunc('month', at::timestamp) FROM ledger_auditentry_rest
        WHERE at > now() - interval '10 years' AND at < now() + interval '3 months'
    LOOP
        FOREACH parent IN ARRAY parents LOOP
            part := parent || to_char(month, '_YYYY_MM');
            CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
            EXECUTE format(
                'CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING INDEXES)',
                part, parent
            );
            EXECUTE format(
                'WITH moved AS (DELETE FROM public.%I WHERE at >= %L AND at < %L RETURNING *)'
                ' INSERT INTO public.%I SELECT * FROM moved',
                parent || '_rest', month, month + interval '1 month', part
            );
            EXECUTE format(
                'ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                parent, part, month, month + interval '1 month'
            );
        END LOOP;
    END LOOP;

    IF kept = 0 THEN
        RETURN;
    END IF;
    FOR part IN
        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'public.ledger_auditentry'::regclass
          AND c.relname ~ '^ledger_auditentry_\d{4}_\d{2}$'
          AND to_date(right(c.relname, 7), 'YYYY_MM') < first_kept
        ORDER BY 1
    LOOP
        -- Each company is told how many of its entries go, by an entry that stays.
        EXECUTE format(
            'INSERT INTO public.ledger_auditentry (tenant_id, actor, address, via, kind, verb,'
            ' target_type, target_id, target, fields)'
            ' SELECT tenant_id, ''background work'', '''', ''worker'', ''deleted'', ''deleted'','
            ' ''ledger.auditentry'', %L, to_char(count(*), ''FM999,999,999'')'
            ' || CASE count(*) WHEN 1 THEN '' entry'' ELSE '' entries'' END || %L, ''[]'''
            ' FROM public.%I GROUP BY tenant_id',
            right(part, 7),
            format(' of the audit trail of %s, which is kept for %s months',
                   to_char(to_date(right(part, 7), 'YYYY_MM'), 'FMMonth YYYY'), kept),
            part
        );
        EXECUTE format('DROP TABLE public.%I', part);
        EXECUTE format('DROP TABLE IF EXISTS public.%I',
                       replace(part, 'ledger_auditentry', 'ledger_auditpayload'));
    END LOOP;
    DELETE FROM ledger_auditentry_rest WHERE at < first_kept;
    DELETE FROM ledger_auditpayload_rest WHERE at < first_kept;
END $tidy$;
REVOKE ALL ON FUNCTION ledger_tidy() FROM PUBLIC;
