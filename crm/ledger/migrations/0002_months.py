"""Divide the trail by months, and let it say by what way something was done.

Filled first and indexed then: 1,000,000 entries take a few seconds.
"""

import django.db.models.functions.datetime
from django.db import migrations, models

import crm.ledger.models

DIVIDE = """
ALTER TABLE ledger_auditentry RENAME TO ledger_auditentry_whole;
ALTER TABLE ledger_auditpayload RENAME TO ledger_auditpayload_whole;

CREATE SEQUENCE ledger_auditentry_number AS bigint;
CREATE TABLE ledger_auditentry (
    id bigint NOT NULL DEFAULT nextval('ledger_auditentry_number'),
    tenant_id uuid,
    at timestamptz NOT NULL DEFAULT statement_timestamp(),
    actor_id uuid,
    actor varchar(200) NOT NULL,
    address varchar(45) NOT NULL,
    via varchar(14) NOT NULL,
    kind varchar(8) NOT NULL,
    verb varchar(40) NOT NULL,
    target_type varchar(80) NOT NULL,
    target_id varchar(64) NOT NULL,
    target varchar(400) NOT NULL,
    fields jsonb NOT NULL,
    txid bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint)
) PARTITION BY RANGE (at);
ALTER SEQUENCE ledger_auditentry_number OWNED BY ledger_auditentry.id;
CREATE TABLE ledger_auditentry_rest PARTITION OF ledger_auditentry DEFAULT;

CREATE TABLE ledger_auditpayload (
    entry_id bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT statement_timestamp(),
    before jsonb NOT NULL,
    after jsonb NOT NULL
) PARTITION BY RANGE (at);
CREATE TABLE ledger_auditpayload_rest PARTITION OF ledger_auditpayload DEFAULT;

DO $$
DECLARE
    month timestamp;
    parent text;
BEGIN
    FOR month IN SELECT generate_series(
        date_trunc('month', least(min(at), now()) AT TIME ZONE 'UTC'),
        date_trunc('month', now() AT TIME ZONE 'UTC') + interval '3 months',
        interval '1 month'
    ) FROM ledger_auditentry_whole
    LOOP
        FOREACH parent IN ARRAY ARRAY['ledger_auditentry', 'ledger_auditpayload'] LOOP
            EXECUTE format(
                'CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
                parent || to_char(month, '_YYYY_MM'), parent,
                month AT TIME ZONE 'UTC', (month + interval '1 month') AT TIME ZONE 'UTC'
            );
        END LOOP;
    END LOOP;
END $$;

INSERT INTO ledger_auditentry
    (id, tenant_id, at, actor_id, actor, address, via, kind, verb,
     target_type, target_id, target, fields, txid)
SELECT id, tenant_id, at, actor_id, actor, address,
    CASE WHEN actor_id IS NULL THEN 'worker' ELSE 'page' END,
    CASE WHEN verb IN ('created', 'admitted', 'joined') THEN 'created'
         WHEN verb = 'deleted' THEN 'deleted' ELSE 'changed' END,
    verb, target_type, target_id, target, fields, 0
FROM ledger_auditentry_whole;
INSERT INTO ledger_auditpayload (entry_id, at, before, after)
SELECT entry_id, at, before, after
FROM ledger_auditpayload_whole JOIN ledger_auditentry_whole ON id = entry_id;
SELECT setval('ledger_auditentry_number', coalesce(max(id), 0) + 1, false)
FROM ledger_auditentry_whole;

DROP TABLE ledger_auditentry_whole;
DROP TABLE ledger_auditpayload_whole;

ALTER TABLE ledger_auditentry ADD PRIMARY KEY (id, at);
ALTER TABLE ledger_auditpayload ADD PRIMARY KEY (entry_id, at);
CREATE INDEX audit_of_tenant ON ledger_auditentry (tenant_id, at DESC, id DESC);
CREATE INDEX audit_of_person ON ledger_auditentry (tenant_id, actor_id, at DESC, id DESC);
CREATE INDEX audit_of_kind ON ledger_auditentry (tenant_id, kind, at DESC, id DESC);
CREATE INDEX audit_of_type ON ledger_auditentry (tenant_id, target_type, at DESC, id DESC);
CREATE INDEX audit_of_way ON ledger_auditentry (tenant_id, via, at DESC, id DESC)
    WHERE via NOT IN ('page', 'worker');
CREATE INDEX audit_of_record ON ledger_auditentry (target_id, at DESC, id DESC);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(DIVIDE)],
            state_operations=[
                migrations.RemoveIndex(
                    model_name='auditentry',
                    name='ledger_audi_tenant__be3116_idx',
                ),
                migrations.RemoveIndex(
                    model_name='auditentry',
                    name='ledger_audi_target__dcc469_idx',
                ),
                migrations.AddField(
                    model_name='auditentry',
                    name='kind',
                    field=models.CharField(choices=[('created', 'Added'), ('changed', 'Changed'), ('deleted', 'Deleted'), ('access', 'Sign-in and security'), ('looked', 'Looked at'), ('exported', 'Exported'), ('refused', 'Was refused')], default='changed', max_length=8, verbose_name='what'),
                ),
                migrations.AddField(
                    model_name='auditentry',
                    name='txid',
                    field=models.BigIntegerField(db_default=crm.ledger.models.ThisTransaction(), editable=False),
                ),
                migrations.AddField(
                    model_name='auditentry',
                    name='via',
                    field=models.CharField(choices=[('page', 'on a page'), ('administration', 'in the administration'), ('worker', 'in the background'), ('import', 'by an import'), ('command', 'from the command line'), ('key', 'with a key'), ('support', 'as support'), ('database', 'straight in the database')], default='command', max_length=14, verbose_name='by what way'),
                ),
                migrations.AddField(
                    model_name='auditpayload',
                    name='at',
                    field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                migrations.AlterField(
                    model_name='auditentry',
                    name='actor',
                    field=models.CharField(max_length=200, verbose_name='who'),
                ),
                migrations.AlterField(
                    model_name='auditentry',
                    name='address',
                    field=models.CharField(blank=True, max_length=45, verbose_name='from'),
                ),
                migrations.AlterField(
                    model_name='auditentry',
                    name='at',
                    field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                migrations.AlterField(
                    model_name='auditentry',
                    name='target',
                    field=models.CharField(max_length=400, verbose_name='record'),
                ),
                migrations.AlterField(
                    model_name='auditentry',
                    name='target_id',
                    field=models.CharField(max_length=64, verbose_name="record's id"),
                ),
                migrations.AlterField(
                    model_name='auditentry',
                    name='target_type',
                    field=models.CharField(max_length=80, verbose_name='kind of record'),
                ),
                migrations.AddIndex(
                    model_name='auditentry',
                    index=models.Index(fields=['tenant_id', '-at', '-id'], name='audit_of_tenant'),
                ),
                migrations.AddIndex(
                    model_name='auditentry',
                    index=models.Index(fields=['tenant_id', 'actor_id', '-at', '-id'], name='audit_of_person'),
                ),
                migrations.AddIndex(
                    model_name='auditentry',
                    index=models.Index(fields=['tenant_id', 'kind', '-at', '-id'], name='audit_of_kind'),
                ),
                migrations.AddIndex(
                    model_name='auditentry',
                    index=models.Index(fields=['tenant_id', 'target_type', '-at', '-id'], name='audit_of_type'),
                ),
                migrations.AddIndex(
                    model_name='auditentry',
                    index=models.Index(condition=models.Q(('via__in', ['page', 'worker']), _negated=True), fields=['tenant_id', 'via', '-at', '-id'], name='audit_of_way'),
                ),
                migrations.AddIndex(
                    model_name='auditentry',
                    index=models.Index(fields=['target_id', '-at', '-id'], name='audit_of_record'),
                ),
            ],
        ),
        migrations.CreateModel(
            name='Retention',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('months', models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.AddConstraint(
            model_name='retention',
            constraint=models.CheckConstraint(condition=models.Q(('id', 1)), name='one_retention'),
        ),
    ]
