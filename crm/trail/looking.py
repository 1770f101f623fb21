"""Writes down who looked at whose personal data: one cheap statement, once an hour at most."""

from typing import Any

from django.db import connection, models

from crm.ledger import author, kinds
from crm.tenants.permissions import TenantRequest

LOOK = """
INSERT INTO ledger_auditentry (
    tenant_id, actor_id, actor, address, via, kind, verb, target_type, target_id, target, fields
)
SELECT %(tenant)s, %(person)s, %(name)s, %(address)s, %(via)s, 'looked', %(verb)s,
    %(type)s, %(id)s, %(target)s, '[]'
WHERE NOT EXISTS (
    SELECT 1 FROM ledger_auditentry
    WHERE target_id = %(id)s AND target_type = %(type)s AND actor_id = %(person)s
      AND verb = %(verb)s AND at > now() - interval '1 hour' AND at <= now() + interval '1 hour'
)
"""


def at(request: TenantRequest, record: models.Model, verb: str = kinds.LOOKED_AT) -> None:
    """Note that the person sees this record now."""
    now = author.now()
    person = request.membership.user
    given: dict[str, Any] = {
        "tenant": request.tenant.pk,
        "person": person.pk,
        "name": author.labelled(str(person), now.via)[:200],
        "address": now.address,
        "via": now.via,
        "verb": verb,
        "type": record._meta.label_lower,
        "id": str(record.pk),
        "target": str(record)[:400],
    }
    with connection.cursor() as cursor:
        cursor.execute(LOOK, given)
