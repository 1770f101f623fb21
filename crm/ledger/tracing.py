"""The triggers by which the database tells of what no verb has told of.

At commit they look whether this transaction wrote an entry for the row, and otherwise write one.
So `QuerySet.update`, raw SQL and a cascade leave their trace, and a verb's own entry stays alone.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model

from crm.ledger.audited import Audited
from crm.upward import named

# What was looked at or refused in the same transaction tells of no change.
WROTE = """
    EXISTS (
        SELECT 1 FROM {source} ledger_auditentry e WHERE {which}
        AND e.at > now() - interval '1 day' AND e.at < now() + interval '1 day'
        AND e.txid = pg_current_xact_id()::text::bigint
        AND e.target_type = '{label}' AND e.kind NOT IN ('looked', 'refused')
    )"""
FUNCTION = """
-- Its plan is kept: one made while the month is young would read the whole month for each row.
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off AS $trace$
DECLARE
    r public.{table}%ROWTYPE;
BEGIN
    IF TG_OP = 'DELETE' THEN r := OLD; ELSE r := NEW; END IF;
    IF {told} THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        -- As it stands now: later changes of this transaction belong to the same entry.
        SELECT * INTO r FROM public.{table} WHERE {key} = NEW.{key};
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
    END IF;
    PERFORM public.ledger_tell(
        {tenant}, '{label}', r.{key}::text, {called}, TG_OP,
        CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) - {apart} END,
        CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(r) - {apart} END,
        {secret}
    );
    RETURN NULL;
END $trace$;
DROP TRIGGER IF EXISTS audit_created ON public.{table};
DROP TRIGGER IF EXISTS audit_changed ON public.{table};
DROP TRIGGER IF EXISTS audit_deleted ON public.{table};
CREATE CONSTRAINT TRIGGER audit_created AFTER INSERT ON public.{table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {name}();
CREATE CONSTRAINT TRIGGER audit_changed AFTER UPDATE ON public.{table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (({old}) IS DISTINCT FROM ({new})) EXECUTE FUNCTION {name}();
CREATE CONSTRAINT TRIGGER audit_deleted AFTER DELETE ON public.{table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {name}();
"""


def traced() -> Iterator[tuple[type[Model], Audited]]:
    """Give the models that say what is audited of them."""
    for model in apps.get_models():
        if (audited := getattr(model, "audited", None)) is not None:
            yield model, audited
    yield from named("AUDITED_BESIDE")


def statement(model: type[Model], audited: Audited) -> str:
    """Give the SQL that makes the model's triggers."""
    table, key = model._meta.db_table, _key(model)
    # Whose it is and which one stand in the entry itself.
    apart = [key, *_columns(model, audited.apart_from)]
    apart += [c for c in _columns(model) if c == "tenant_id"]
    watched = [c for c in _columns(model) if c not in apart or c == "tenant_id"]
    return FUNCTION.format(
        name=f"ledger_trace_{table}",
        table=table,
        key=key,
        label=model._meta.label_lower,
        told="\n        OR ".join(_told(model, audited)),
        tenant=_tenant(model),
        called=_value(model, audited.name, "r"),
        apart=_array(apart),
        secret=_array(_columns(model, audited.secret)),
        old=", ".join(f'OLD."{column}"' for column in watched),
        new=", ".join(f'NEW."{column}"' for column in watched),
    )


def _told(model: type[Model], audited: Audited) -> Iterator[str]:
    yield _wrote(model, f"r.{_key(model)}::text")
    for name in audited.told_by:
        yield _elsewhere(model, name)
    for name in audited.born_with:
        yield f"(TG_OP = 'INSERT' AND {_elsewhere(model, name)})"


def _wrote(model: type[Model], value: str) -> str:
    which = f"e.target_id = {value}"
    return WROTE.format(source="", which=which, label=model._meta.label_lower)


def _elsewhere(model: type[Model], name: str) -> str:
    """An entry about the row that a foreign key names, or about rows whose foreign key names it."""
    field: Any = model._meta.get_field(name)
    other: type[Model] = field.related_model
    if isinstance(field, ForeignKey):
        return _wrote(other, f'r."{field.column}"::text')
    column, key = field.field.column, _key(other)
    which = f'o."{column}" = r.{_key(model)}'
    joined = f"e.target_id = o.{key}::text AND {which}"
    source = f"public.{other._meta.db_table} o,"
    return WROTE.format(source=source, which=joined, label=other._meta.label_lower)


def _tenant(model: type[Model]) -> str:
    """Whose trail it belongs to; of what belongs to nobody, the company that is worked for."""
    if model._meta.label_lower == "tenants.tenant":
        return "r.id"
    names = {field.name for field in model._meta.get_fields()}
    if "tenant" in names:
        return "r.tenant_id"
    if "content_object" in names:
        return f"({_value(model, 'content_object__tenant', 'r')})::uuid"
    return "NULL"


def _value(model: type[Model], path: str, row: str) -> str:
    """Follow foreign keys, one way or the other, to a column, as text."""
    name, _, rest = path.partition("__")
    field: Any = model._meta.get_field(name)
    if not rest:
        return f'{row}."{field.column}"::text'
    other: type[Model] = field.related_model
    inner = f"{row}o"
    where = (
        f'{inner}.{_key(other)} = {row}."{field.column}"'
        if field.concrete
        else (f'{inner}."{field.field.column}" = {row}.{_key(model)}')
    )
    found = _value(other, rest, inner)
    # Names of our own models, no words of anybody.
    return f"(SELECT {found} FROM public.{other._meta.db_table} {inner} WHERE {where})"  # noqa: S608


def _key(model: type[Model]) -> str:
    return str(model._meta.pk.column)


def _columns(model: type[Model], names: tuple[str, ...] | None = None) -> list[str]:
    if names is None:
        return [str(field.column) for field in model._meta.concrete_fields]
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return [str(field.column) for field in fields]


def _array(columns: list[str]) -> str:
    return "ARRAY[{}]::text[]".format(", ".join(f"'{column}'" for column in columns))
