"""The trail's months: the coming ones are made in time, those beyond retention are dropped.

The app's role may only ask for it; what is done, and how long entries are kept, is the owner's.
"""

import logging

from django.db import OperationalError, connections, transaction

logger = logging.getLogger(__name__)


def tidy(using: str = "default") -> None:
    """Make and drop what is due; when others are in the way for long, the next time will do."""
    try:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            cursor.execute("SELECT ledger_tidy()")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") != "55P03":
            raise
        logger.warning("The audit trail is busy; its months are looked after an hour later.")
